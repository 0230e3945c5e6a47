import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognise } from '../../editor/identity.js';
import { backTo, lost } from '../../editor/unsaved.js';
import { guide, annotationOf } from './guide.js';

const recognised = () => {
  const made = guide([['Open it', []], ['Close it', []]]);
  made.outline.sections = [{ kind: 'text', at: 0, markdown: 'Why.' }];
  return recognise(null, made);
};

test('what was typed is kept by what another window finds again', () => {
  const now = recognised();
  const [, second] = now.outline.steps;
  const words = lost(now, [[`${second.uid} text 0`, 'Close it well'], ['section 0', 'So.'], ['gone text 0', 'x']]);
  assert.deepEqual(words, [{ kind: 'text', id: 'close-it', run: 0, value: 'Close it well' }, { kind: 'section', section: 0, value: 'So.' }]);
  const later = recognised();
  assert.deepEqual(backTo(later, words[0]), { op: 'text', step: later.outline.steps[1].uid, run: 0, markdown: 'Close it well' });
  assert.deepEqual(backTo(later, words[1]), { op: 'prose', section: 0, markdown: 'So.' });
});

test('alternative texts, ids and words of annotations are kept and put back', () => {
  const made = () => recognise(null, guide([['Open it', []], ['Close it', [annotationOf('click', 10, { text: 'Shut' }), annotationOf('press', 0, { region: null, text: 'Esc' })]]]));
  const now = made();
  const [, second] = now.outline.steps;
  const [click, press] = second.scenes[0].annotations;
  const words = lost(now, [[`${second.uid} alt 0`, 'The form'], [`${second.uid} id`, 'close'], [`${click.uid} text`, 'Shut it'], [`${click.uid} on`, 'button "Shut"'], [`${press.uid} text`, 'Ctrl+W'], ['gone word', 'x']]);
  assert.deepEqual(words.map(({ kind, value }) => [kind, value]), [['alt', 'The form'], ['id', 'close'], ['annotation', 'Shut it'], ['annotation', 'button "Shut"'], ['annotation', 'Ctrl+W']]);
  const later = made();
  const [alt, id, text, on, keys] = words.map((each) => backTo(later, each));
  const { uid, scenes } = later.outline.steps[1];
  assert.deepEqual(alt, { op: 'alt', step: uid, scene: 0, alt: 'The form' });
  assert.deepEqual(id, { op: 'id', step: uid, id: 'close' });
  assert.deepEqual([text.annotation, text.fields.text, text.fields.region], [scenes[0].annotations[0].uid, 'Shut it', { x: 10, y: 20, w: 30, h: 40 }]);
  assert.equal(on.fields.on, 'button "Shut"');
  assert.deepEqual([keys.annotation, keys.fields.verb, keys.fields.text], [scenes[0].annotations[1].uid, 'press', 'Ctrl+W']);
  // Another annotation stands there now, or says it already.
  assert.equal(backTo(later, { ...words[2], verb: 'hover' }), null);
  assert.equal(backTo(later, { ...words[2], value: 'Shut' }), null);
  assert.equal(backTo(later, { ...words[0], value: '' }), null);
});

test('what is in the file already, or has no place any more, is not offered', () => {
  const now = recognised();
  assert.equal(backTo(now, { kind: 'text', id: 'close-it', run: 0, value: 'Close it' }), null);
  assert.equal(backTo(now, { kind: 'text', id: 'gone', run: 0, value: 'x' }), null);
  assert.equal(backTo(now, { kind: 'section', section: 7, value: 'x' }), null);
});
