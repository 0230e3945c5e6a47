import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognise } from '../../editor/identity.js';
import { backTo } from '../../editor/unsaved.js';
import { waiting } from '../../editor/waiting.js';
import { guide, annotationOf } from './guide.js';

const made = () => {
  const now = recognise(null, guide([['Open it', [annotationOf('click', 10)]], ['Close it', [annotationOf('click', 50), annotationOf('hover', 80)]], ['Save it', []]]));
  now.outline.sections = [{ kind: 'text', at: 0, markdown: 'Why.' }];
  return now;
};
const AREA = { x: 1, y: 2, w: 3, h: 4 };

/** As another window gets them, through what the browser keeps. */
const portable = (now, intents, owners = []) => JSON.parse(JSON.stringify(waiting(now, intents, owners)));

test('edits that wait are found again in another window, in words that say what they are', () => {
  const now = made();
  const [open, close, save] = now.outline.steps;
  const [, hover] = close.scenes[0].annotations;
  const all = portable(now, [
    { op: 'set-region', annotation: hover.uid, which: 'region', area: AREA },
    { op: 'delete', step: open.uid },
    { op: 'move-steps', steps: [close.uid, save.uid], to: 0 },
    { op: 'add-steps', after: save.uid, steps: [{ markdown: 'Go.', path: null }] },
    { op: 'meta', key: 'tags', value: ['a', 'b'] },
  ]);
  assert.deepEqual(all.map(({ value }) => value), ['Step 2: hover moved to 1,2 3x4', 'Step 1 deleted', 'Steps 1, 2 moved to place 1', 'Steps added: Go.', 'Setting tags: a, b']);
  const later = made();
  const [first, second, third] = later.outline.steps;
  assert.deepEqual(all.map((each) => backTo(later, each)), [
    { op: 'set-region', annotation: second.scenes[0].annotations[1].uid, which: 'region', area: AREA },
    { op: 'delete', step: first.uid },
    { op: 'move-steps', steps: [second.uid, third.uid], to: 0 },
    { op: 'add-steps', after: third.uid, steps: [{ markdown: 'Go.', path: null }] },
    { op: 'meta', key: 'tags', value: ['a', 'b'] },
  ]);
});

test('an edit of what another edit adds is found at its place', () => {
  const now = made();
  const [, , save] = now.outline.steps;
  const all = portable(now, [
    { op: 'annotate', step: save.uid, scene: 0, fields: annotationOf('click', 7), uid: 'new' },
    { op: 'set-region', annotation: 'new', which: 'region', area: AREA },
  ]);
  const later = made();
  const [annotate] = all.map((each) => backTo(later, each));
  assert.equal(annotate.step, later.outline.steps[2].uid);
  assert.equal(backTo(later, all[1]), null, 'what it moves is not there yet');
  const after = recognise(later, guide([['Open it', [annotationOf('click', 10)]], ['Close it', [annotationOf('click', 50), annotationOf('hover', 80)]], ['Save it', [annotationOf('click', 7)]]]));
  assert.equal(backTo(after, all[0]), null, 'it is there already');
  assert.equal(backTo(after, all[1]).annotation, after.outline.steps[2].scenes[0].annotations[0].uid);
});

test('what a field keeps, what is gone and what the file says already is not offered', () => {
  const now = made();
  const [open, close] = now.outline.steps;
  const [click] = close.scenes[0].annotations;
  assert.deepEqual(portable(now, [{ op: 'text', step: open.uid, run: 0, markdown: 'x' }, { op: 'undo' }, { op: 'set', annotation: click.uid, fields: annotationOf('click', 50, { text: 'y' }) }], [click.uid]), []);
  const [gone, region] = portable(now, [{ op: 'delete', step: close.uid }, { op: 'remove', annotation: now.outline.steps[0].scenes[0].annotations[0].uid }]);
  const without = recognise(null, guide([['Open it', [annotationOf('type', 10)]]]));
  assert.equal(backTo(without, gone), null);
  assert.equal(backTo(without, region), null, 'another annotation stands there');
  const [same] = portable(now, [{ op: 'set-region', annotation: click.uid, which: 'region', area: { x: 50, y: 20, w: 30, h: 40 } }]);
  assert.equal(backTo(made(), same), null);
});
