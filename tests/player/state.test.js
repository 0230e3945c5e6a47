import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyCommand } from '../../themes/default/player/keys.js';
import { percentOf, reduce } from '../../themes/default/player/state.js';

const run = (state, ...commands) => commands.reduce((now, command) => reduce(now, command, 3), state);
const cover = { status: 'cover', step: 0 };

test('next goes from the cover through all steps to the end, and no further', () => {
  assert.deepEqual(run(cover, 'next'), { status: 'paused', step: 0 });
  assert.deepEqual(run(cover, 'next', 'next', 'next'), { status: 'paused', step: 2 });
  assert.deepEqual(run(cover, 'next', 'next', 'next', 'next', 'next'), { status: 'ended', step: 2 });
});

test('back goes from the end to the last step, and stays at the first', () => {
  assert.deepEqual(run({ status: 'ended', step: 2 }, 'back'), { status: 'paused', step: 2 });
  assert.deepEqual(run({ status: 'paused', step: 0 }, 'back'), { status: 'paused', step: 0 });
  assert.deepEqual(run(cover, 'back'), cover);
});

test('play starts from cover and end, and goes on where the reader is', () => {
  assert.deepEqual(run(cover, 'play'), { status: 'playing', step: 0 });
  assert.deepEqual(run({ status: 'ended', step: 2 }, 'play'), { status: 'playing', step: 0 });
  assert.deepEqual(run({ status: 'paused', step: 1 }, 'play', 'next'), { status: 'playing', step: 2 });
  assert.deepEqual(run({ status: 'paused', step: 1 }, 'play', 'pause'), { status: 'paused', step: 1 });
});

test('loop begins again instead of ending, when it plays by itself', () => {
  assert.deepEqual(reduce({ status: 'playing', step: 2 }, 'next', 3, { loop: true }), { status: 'playing', step: 0 });
  assert.deepEqual(reduce({ status: 'paused', step: 2 }, 'next', 3, { loop: true }), { status: 'ended', step: 2 });
});

test('go stays among the steps', () => {
  assert.equal(reduce(cover, 'go', 3, { step: 99 }).step, 2);
  assert.equal(reduce(cover, 'go', 3, { step: -5 }).step, 0);
});

test('a command that is none changes nothing', () => {
  assert.deepEqual(run({ status: 'paused', step: 1 }, 'explode', 'pause', 'start'), { status: 'paused', step: 1 });
});

test('percent is 0 on the cover and 100 at the end', () => {
  assert.equal(percentOf(cover, 3), 0);
  assert.equal(percentOf({ status: 'paused', step: 0 }, 3), 33);
  assert.equal(percentOf({ status: 'ended', step: 2 }, 3), 100);
});

test('keys', () => {
  for (const [key, command] of [['ArrowRight', 'next'], [' ', 'next'], ['Enter', 'next'], ['ArrowLeft', 'back'],
    ['Home', 'first'], ['End', 'last'], ['p', 'toggle'], ['P', 'toggle'], ['f', 'full'], ['Escape', 'leave'], ['x', undefined], ['constructor', undefined]]) {
    assert.equal(keyCommand({ key }), command, key);
  }
});

test('keys are left to fields, to buttons and to the browser', () => {
  assert.equal(keyCommand({ key: 'ArrowRight', field: true }), undefined);
  assert.equal(keyCommand({ key: 'ArrowRight', modified: true }), undefined);
  assert.equal(keyCommand({ key: 'Enter', control: true }), undefined);
  assert.equal(keyCommand({ key: 'ArrowRight', control: true }), 'next');
});

test('arrows are mirrored in a language written from right to left', () => {
  assert.equal(keyCommand({ key: 'ArrowLeft', rtl: true }), 'next');
  assert.equal(keyCommand({ key: 'ArrowRight', rtl: true }), 'back');
});
