import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyCommand } from '../../editor/keys.js';

test('arrow keys move and resize the selected annotation, by 1 and by 10', () => {
  assert.deepEqual(keyCommand({ key: 'ArrowRight', on: 'mark' }), { name: 'nudge', dx: 1, dy: 0 });
  assert.deepEqual(keyCommand({ key: 'ArrowUp', shift: true, on: 'mark' }), { name: 'nudge', dx: 0, dy: -10 });
  assert.deepEqual(keyCommand({ key: 'ArrowLeft', alt: true, on: 'mark' }), { name: 'grow', dx: -1, dy: 0 });
  assert.deepEqual(keyCommand({ key: 'ArrowDown', alt: true, shift: true, on: 'mark' }), { name: 'grow', dx: 0, dy: 10 });
  assert.equal(keyCommand({ key: 'ArrowRight', on: 'none' }), undefined);
});

test('letters take tools, but not in a field and not with Control', () => {
  assert.deepEqual(keyCommand({ key: 'h', on: 'none' }), { name: 'tool', tool: 'hotspot' });
  assert.deepEqual(keyCommand({ key: 'X', on: 'mark' }), { name: 'tool', tool: 'crop' });
  assert.equal(keyCommand({ key: 'h', on: 'field' }), undefined);
  assert.equal(keyCommand({ key: 'c', control: true, on: 'none' }), undefined);
});

test('undo and redo work everywhere; unsent text has its own first', () => {
  assert.deepEqual(keyCommand({ key: 'z', control: true, on: 'none' }), { name: 'undo' });
  assert.deepEqual(keyCommand({ key: 'Z', control: true, shift: true, on: 'mark' }), { name: 'redo' });
  assert.deepEqual(keyCommand({ key: 'y', control: true, on: 'none' }), { name: 'redo' });
  assert.deepEqual(keyCommand({ key: 'z', control: true, on: 'field' }), { name: 'undo' });
  assert.equal(keyCommand({ key: 'z', control: true, on: 'field', unsent: true }), undefined);
});

test('steps are changed and moved by keys', () => {
  assert.deepEqual(keyCommand({ key: ']', on: 'none' }), { name: 'go', by: 1 });
  assert.deepEqual(keyCommand({ key: 'PageUp', on: 'mark' }), { name: 'go', by: -1 });
  assert.deepEqual(keyCommand({ key: 'ArrowUp', alt: true, on: 'step' }), { name: 'move-step', by: -1 });
  assert.deepEqual(keyCommand({ key: 'ArrowDown', on: 'step' }), { name: 'go', by: 1 });
  assert.deepEqual(keyCommand({ key: 'ArrowDown', shift: true, on: 'step' }), { name: 'extend', by: 1 });
  assert.deepEqual(keyCommand({ key: 'a', control: true, on: 'step' }), { name: 'choose-all' });
  assert.equal(keyCommand({ key: 'a', control: true, on: 'field' }), undefined);
  assert.equal(keyCommand({ key: 'PageDown', on: 'field' }), undefined);
});

test('Delete removes only what has the focus', () => {
  assert.deepEqual(keyCommand({ key: 'Delete', on: 'mark' }), { name: 'remove' });
  assert.deepEqual(keyCommand({ key: 'n', on: 'mark' }), { name: 'copy-on' });
  assert.equal(keyCommand({ key: 'n', on: 'canvas' }), undefined);
  assert.deepEqual(keyCommand({ key: '\\', on: 'canvas' }), { name: 'fold' });
  assert.deepEqual(keyCommand({ key: 'Delete', on: 'step' }), { name: 'delete-step' });
  assert.equal(keyCommand({ key: 'Delete', on: 'none' }), undefined);
  assert.equal(keyCommand({ key: 'Delete', on: 'control' }), undefined);
});

test('Enter places a tool’s box, and is left to buttons', () => {
  assert.deepEqual(keyCommand({ key: 'Enter', on: 'canvas' }), { name: 'place' });
  assert.equal(keyCommand({ key: 'Enter', on: 'control' }), undefined);
  assert.equal(keyCommand({ key: 'Enter', on: 'step' }), undefined);
});

test('Escape leaves a field for what it is about', () => {
  assert.deepEqual(keyCommand({ key: 'Escape', on: 'field', unsent: true }), { name: 'leave' });
  assert.deepEqual(keyCommand({ key: 'Escape', on: 'mark' }), { name: 'escape' });
});

test('the screenshot is enlarged by keys, but not from a field', () => {
  assert.deepEqual(keyCommand({ key: '+', on: 'none' }), { name: 'zoom', by: 1 });
  assert.deepEqual(keyCommand({ key: '0', on: 'mark' }), { name: 'zoom', by: 0 });
  assert.equal(keyCommand({ key: '-', on: 'field' }), undefined);
});
