import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAnnotation, match, recognise, stepIndex } from '../../editor/identity.js';
import { guide, annotationOf } from './guide.js';

const uids = ({ outline }) => outline.steps.map(({ uid }) => uid);
const marks = ({ outline }) => outline.steps.flatMap(({ scenes }) => scenes.flatMap(({ annotations }) => annotations.map(({ uid }) => uid)));

test('steps keep their name while others come, go and move', () => {
  const before = recognise(null, guide([['One', []], ['Two', []], ['Three', []]]));
  const [one, two, three] = uids(before);
  assert.equal(new Set([one, two, three]).size, 3);
  assert.deepEqual(uids(recognise(before, guide([['Three', []], ['One', []], ['Two', []]]))), [three, one, two]);
  assert.deepEqual(uids(recognise(before, guide([['One', []], ['Three', []]]))), [one, three]);
  const added = uids(recognise(before, guide([['One', []], ['New', []], ['Two', []], ['Three', []]])));
  assert.deepEqual([added[0], added[2], added[3]], [one, two, three]);
  assert.ok(![one, two, three].includes(added[1]));
});

test('a step whose text changes, and with it its id, is the same step', () => {
  const before = recognise(null, guide([['One', []], ['Two', []]]));
  assert.deepEqual(uids(recognise(before, guide([['One', []], ['Other words', []]]))), uids(before));
});

test('of two equal steps the first is the old one', () => {
  const before = recognise(null, guide([['One', []], ['Two', []]]));
  const after = uids(recognise(before, guide([['One', []], ['One', []], ['Two', []]])));
  assert.equal(after[0], uids(before)[0]);
  assert.equal(after[2], uids(before)[1]);
  assert.equal(new Set(after).size, 3);
});

test('annotations keep their name when moved, changed, added before or reordered', () => {
  const before = recognise(null, guide([['One', [annotationOf('click'), annotationOf('highlight')]]]));
  const [click, highlight] = marks(before);
  assert.deepEqual(marks(recognise(before, guide([['One', [annotationOf('click', 99), annotationOf('highlight')]]]))), [click, highlight]);
  assert.deepEqual(marks(recognise(before, guide([['One', [annotationOf('highlight'), annotationOf('click')]]]))), [highlight, click]);
  const added = marks(recognise(before, guide([['One', [annotationOf('type'), annotationOf('click'), annotationOf('highlight')]]])));
  assert.deepEqual(added.slice(1), [click, highlight]);
  assert.deepEqual(marks(recognise(before, guide([['One', [annotationOf('highlight')]]]))), [highlight]);
});

test('an annotation that becomes another verb is the same annotation', () => {
  const before = recognise(null, guide([['One', [annotationOf('click'), annotationOf('redact')]]]));
  assert.deepEqual(marks(recognise(before, guide([['One', [annotationOf('type', 10, { text: 'x' }), annotationOf('redact')]]]))), marks(before));
});

test('steps and annotations are found by name', () => {
  const made = recognise(null, guide([['One', []], ['Two', [annotationOf('click')]]]));
  const [uid] = marks(made);
  assert.equal(stepIndex(made, uids(made)[1]), 1);
  assert.equal(stepIndex(made, 'nobody'), -1);
  assert.equal(findAnnotation(made, uid).step.title, 'Two');
  assert.equal(findAnnotation(made, 'nobody'), null);
});

test('nothing is matched twice', () => {
  const exact = (item) => item.slice(0, 1);
  const found = match(['a1', 'a2', 'b1'], ['a3', 'a4', 'a5', 'b2'], exact, () => true);
  const matched = found.filter(Boolean);
  assert.equal(new Set(matched).size, matched.length);
});
