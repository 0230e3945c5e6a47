import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognise } from '../../src/serve/editor/identity.js';
import { backTo, lost } from '../../src/serve/editor/unsaved.js';
import { guide } from './guide.js';

const told = () => {
  const made = guide([['Open it', []], ['Close it', []]]);
  made.outline.sections = [{ kind: 'text', at: 0, markdown: 'Why.' }];
  return recognise(null, made);
};

test('what was typed is kept by what another window finds again', () => {
  const now = told();
  const [, second] = now.outline.steps;
  const words = lost(now, [[`${second.uid} text 0`, 'Close it well'], ['section 0', 'So.'], [`${second.uid} alt 0`, 'x'], ['gone text 0', 'x']]);
  assert.deepEqual(words, [{ kind: 'text', id: 'close-it', run: 0, value: 'Close it well' }, { kind: 'section', section: 0, value: 'So.' }]);
  const later = told();
  assert.deepEqual(backTo(later, words[0]), { op: 'text', step: later.outline.steps[1].uid, run: 0, markdown: 'Close it well' });
  assert.deepEqual(backTo(later, words[1]), { op: 'prose', section: 0, markdown: 'So.' });
});

test('what is in the file already, or has no place any more, is not offered', () => {
  const now = told();
  assert.equal(backTo(now, { kind: 'text', id: 'close-it', run: 0, value: 'Close it' }), null);
  assert.equal(backTo(now, { kind: 'text', id: 'gone', run: 0, value: 'x' }), null);
  assert.equal(backTo(now, { kind: 'section', section: 7, value: 'x' }), null);
});
