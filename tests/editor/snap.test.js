import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognise } from '../../editor/identity.js';
import { copyOn, covering, shownBy } from '../../editor/mark-actions.js';
import { snapped } from '../../editor/snap.js';
import { guide, annotationOf } from './guide.js';

/** White, with a dark box. */
function pixels(width, height, [left, top, right, bottom]) {
  const light = new Uint8Array(width * height).fill(250);
  for (let y = top; y < bottom; y += 1) light.fill(60, y * width + left, y * width + right);
  return { width, height, light };
}

test('the sides of a region go to the edges near them', () => {
  const box = pixels(200, 100, [50, 30, 110, 60]);
  const exact = { x: 50, y: 30, w: 60, h: 30 };
  assert.deepEqual(snapped({ x: 46, y: 33, w: 68, h: 24 }, box, 1, 1), exact);
  assert.deepEqual(snapped(exact, box, 1, 1), exact, 'what lies there stays');
  assert.deepEqual(snapped({ x: 30, y: 10, w: 20, h: 12 }, box, 1, 1), { x: 30, y: 10, w: 20, h: 12 }, 'none is near');
  assert.deepEqual(snapped({ x: 46, y: 33, w: 68, h: 24 }, box, 1, 1, 'e'), { x: 46, y: 33, w: 64, h: 24 }, 'only the side that is pulled');
  assert.deepEqual(snapped({ x: 23, y: 16, w: 34, h: 12 }, box, 2, 1), { x: 25, y: 15, w: 30, h: 15 }, 'in points of a picture with two pixels each');
  assert.deepEqual(snapped({ x: 44, y: 33, w: 68, h: 24 }, box, 1, 2).x, 44, 'enlarged, a hand is more exact');
});

test('what a redaction covers stays covered, and letters are no edges', () => {
  const box = pixels(200, 100, [50, 30, 110, 60]);
  assert.deepEqual(snapped({ x: 46, y: 33, w: 68, h: 24 }, box, 1, 1, 'nesw', true), { x: 46, y: 30, w: 68, h: 30 }, 'only outwards');
  // The stem of a letter, two thirds as high as what is drawn around it.
  const stem = pixels(200, 100, [52, 36, 54, 50]);
  assert.deepEqual(snapped({ x: 50, y: 32, w: 60, h: 22 }, stem, 1, 1), { x: 50, y: 32, w: 60, h: 22 });
});

test('another guide that shows the picture gets a redaction once, and a mark goes on to the next step', () => {
  const here = recognise(null, guide([['One', [annotationOf('redact')]], ['Two', [annotationOf('click')]], ['Three', []]]));
  const [redaction] = here.outline.steps[0].scenes[0].annotations;
  const [, two] = here.outline.steps;
  assert.equal(shownBy(here, redaction.uid), 3);
  const other = guide([['A', []], ['B', []]]);
  const edit = covering(other, '00', redaction);
  assert.deepEqual([edit.op, edit.step, edit.scene, edit.fields.verb, edit.fields.region], ['annotate', 0, 0, 'redact', redaction.region]);
  assert.equal(covering(other, '01', redaction), null, 'another picture');
  assert.equal(covering(here, '00', redaction), null, 'it is covered there');
  const copy = copyOn(here, redaction.uid);
  assert.deepEqual([copy.op, copy.step, copy.scene, copy.fields.region], ['annotate', two.uid, 0, redaction.region]);
  here.outline.steps[1].scenes[0].picture = null;
  assert.equal(copyOn(here, redaction.uid), null, 'a step without a screenshot takes none');
});
