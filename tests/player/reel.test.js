import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeReel, nextChange, planTime, presence, scrolled, scrollTurns } from '../../themes/default/player/reel.js';

// A step whose cursor moves for half a second, whose words are read for three, and which is clicked then.
const clicked = { card: 500, stop: 500, end: 3640, cues: [{ at: 0, end: 500 }, { at: 500, end: 500 }, { at: 3500, end: 3640 }] };
const shown = { card: 0, stop: 0, end: 2500, cues: [{ at: 0, end: 0 }] };
const steps = [{ title: 'a', chapter: 'One', number: 1 }, { title: 'b', chapter: 'One', number: 2 }, { title: 'c', chapter: 'Two', number: 3 }];
const reel = (options) => makeReel(steps, (step) => (step === 1 ? shown : clicked), options);

test('a film has a cover, a slide a chapter, the steps and an end, one after the other', () => {
  const { parts, total } = reel();
  assert.deepEqual(parts.map(({ kind }) => kind), ['cover', 'chapter', 'step', 'step', 'chapter', 'step', 'end']);
  parts.forEach((part, index) => assert.equal(part.start, parts[index - 1]?.end ?? 0));
  assert.equal(total, parts.at(-1).end);
  const part = parts[2];
  assert.equal(part.end - part.start, clicked.end);
});

test('some of the steps come without cover and end', () => {
  assert.deepEqual(reel({ first: 2, last: 3 }).parts.map(({ kind, step }) => [kind, step]), [['step', 2], ['chapter', 3], ['step', 3]]);
});

test('the texts of a step come one after the other, and all of them with it', () => {
  const texts = [steps[0], { ...steps[1], text: [0, 1] }, { ...steps[1], text: [1, 2] }, steps[2]];
  const { parts } = makeReel(texts, () => shown, { first: 2, last: 2 });
  assert.deepEqual(parts.map(({ step, index }) => [step, index]), [[2, 1], [2, 2]]);
  assert.equal(makeReel(texts, () => shown).parts.at(-1).step, 3);
});

test('who reads faster waits less, and nothing moves faster', () => {
  const [, , slow] = reel().parts;
  const [, , fast] = reel({ pace: 400 }).parts;
  assert.equal(slow.resume - slow.stop, 3000);
  assert.equal(fast.resume - fast.stop, 1500);
  assert.equal(fast.stop - fast.start, slow.stop - slow.start);
});

test('pauses are shortened first, and no more than people can follow', () => {
  const short = reel({ max: 12_000 });
  assert.ok(Math.abs(short.total - 12_000) < 1, `${short.total}`);
  assert.ok(short.parts.every(({ speed, stop, resume }) => speed === 1 && resume - stop >= 900));
  const faster = reel({ max: 7000 });
  assert.ok(faster.total <= 7001 && faster.parts[0].speed > 1);
  assert.ok(reel({ max: 1000 }).total > 1000, 'there is a least');
});

test('the time of a step stands still while its words are read', () => {
  const part = reel().parts[2];
  const at = (ms) => planTime(part, clicked, part.start + ms);
  assert.deepEqual([0, 250, 500, 2000, 3570, 3640].map(at), [0, 250, 500, 500, 3570, 3640]);
});

test('still stretches are one change long', () => {
  const { parts } = reel();
  const part = parts[2];
  const next = (ms) => nextChange(part, clicked, part.start + ms) - part.start;
  assert.equal(next(100), 100, 'the cursor moves');
  assert.equal(next(550), 550, 'the card comes');
  assert.equal(next(620), 3500, 'until the click');
  assert.equal(nextChange(parts[0], undefined, 0), 2600 - 320);
});

test('cards and titles come and go', () => {
  const { parts } = reel();
  assert.equal(presence(parts[0], 0), 1, 'the first picture is the whole cover');
  assert.equal(presence(parts.at(-1), parts.at(-1).end), 1, 'the last one the whole end');
  const [only] = reel({ first: 2, last: 2 }).parts;
  assert.equal(presence(only, only.end - 1), 1, 'a film of some steps ends with the words of the last');
  const [slide] = reel({ first: 1, last: 1 }).parts;
  assert.deepEqual([slide.kind, presence(slide, 0), presence(slide, slide.end - 160)], ['chapter', 1, 0.5]);
  const part = parts[2];
  assert.equal(presence(part, part.start), 0);
  assert.equal(presence(part, part.card + 60), 0.5);
  assert.equal(presence(part, part.end - 60), 0.5);
});

test('a card goes on to the words that it had no room for while they are read', () => {
  const part = reel().parts[2];
  assert.deepEqual(scrollTurns(part, 100, 100), [], 'all of them are seen');
  const turns = scrollTurns(part, 100, 250);
  assert.equal(turns.length, 2);
  assert.ok(turns.every(([from, to]) => from > part.stop && to < part.resume && to > from));
  assert.deepEqual([part.stop, (turns[0][1] + turns[1][0]) / 2, part.resume].map((ms) => scrolled(turns, ms)), [0, 0.5, 1]);
});
