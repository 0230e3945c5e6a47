import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyCommand } from '../../editor/keys.js';
import { find } from '../../editor/palette.js';
import { written } from '../../editor/writing.js';

/** The text with its selection between `[` and `]`, after a key. */
function press(key, marked) {
  const start = marked.indexOf('⟦');
  const end = marked.indexOf('⟧') - 1;
  const value = marked.replace(/[⟦⟧]/g, '');
  const words = written(key, value, start, end);
  if (!words) return null;
  const after = value.slice(0, words.from) + words.text + value.slice(words.to);
  const [from, to] = [words.from + words.start, words.from + words.end];
  return `${after.slice(0, from)}⟦${after.slice(from, to)}⟧${after.slice(to)}`;
}

test('words become bold and italic, and plain again', () => {
  assert.equal(press('b', 'Open ⟦Menu⟧.'), 'Open **⟦Menu⟧**.');
  assert.equal(press('b', 'Open **⟦Menu⟧**.'), 'Open ⟦Menu⟧.');
  assert.equal(press('i', 'Open ⟦Menu⟧.'), 'Open *⟦Menu⟧*.');
  assert.equal(press('i', 'Open *⟦Menu⟧*.'), 'Open ⟦Menu⟧.');
  assert.equal(press('i', 'Open **⟦Menu⟧**.'), 'Open ***⟦Menu⟧***.');
  assert.equal(press('i', 'Open ***⟦Menu⟧***.'), 'Open **⟦Menu⟧**.');
  assert.equal(press('b', 'Open⟦ Menu ⟧now'), 'Open **⟦Menu⟧** now', 'marks stand at words');
  assert.equal(press('b', 'Open ⟦⟧'), 'Open **⟦⟧**');
});

test('other keys write nothing', () => {
  assert.equal(press('u', 'See ⟦⟧'), null);
});

test('the palette is called everywhere, and leaves Ctrl+K to texts', () => {
  const command = (key, more) => keyCommand({ key, control: true, ...more })?.name;
  assert.equal(command('k', { on: 'none' }), 'palette');
  assert.equal(command('k', { on: 'field' }), undefined);
  assert.equal(command('P', { on: 'field', shift: true, unsent: true }), 'palette');
  assert.equal(command('p', { on: 'none' }), undefined, 'printing is the browser’s');
});

test('an action is found by any of its words, in any order', () => {
  const entries = ['Move step up', 'Step, add', 'Go to step 2: Add a user'].map((name) => ({ name, run: () => {} }));
  const names = (words) => find(entries, words).map(({ name }) => name);
  assert.deepEqual(names('add step'), ['Step, add', 'Go to step 2: Add a user']);
  assert.deepEqual(names('step'), ['Step, add', 'Move step up', 'Go to step 2: Add a user']);
  assert.deepEqual(names('none'), []);
});
