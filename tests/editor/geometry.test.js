import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrow, beside, between, centred, fit, grow, move, resize, roomiest, settle, sideOf, spread, toPoint, withNumber } from '../../editor/geometry.js';

const size = { width: 1280, height: 800 };
const area = (x, y, w, h) => ({ x, y, w, h });

test('regions are whole points on the screenshot', () => {
  assert.deepEqual(settle(area(10.4, 10.6, 20.5, 3.2), size), area(10, 11, 21, 3));
  assert.deepEqual(settle(area(1275, -5, 20, 20), size), area(1260, 0, 20, 20));
  assert.deepEqual(settle(area(2000, 2000, 0, 0), size), area(1280, 800, 0, 0));
  assert.deepEqual(settle(area(0, 0, 9999, 9999), size), area(0, 0, 1280, 800));
});

test('what has one size gets the other, a point stays a point', () => {
  assert.deepEqual(settle(area(5, 5, 10, 0), size), area(5, 5, 10, 1));
  assert.deepEqual(settle(area(5, 5, 0, 0), size), area(5, 5, 0, 0));
});

test('a moved region keeps its size at every edge', () => {
  for (const [dx, dy] of [[-9999, 0], [9999, 9999], [0, -9999], [3.4, 7.7]]) {
    const moved = move(area(100, 100, 82, 29), dx, dy, size);
    assert.deepEqual([moved.w, moved.h], [82, 29]);
    assert.ok(moved.x >= 0 && moved.y >= 0 && moved.x + moved.w <= 1280 && moved.y + moved.h <= 800);
  }
});

test('a handle moves its edges and leaves the others', () => {
  const start = area(100, 100, 80, 40);
  assert.deepEqual(resize(start, 'se', 10, 5, size), area(100, 100, 90, 45));
  assert.deepEqual(resize(start, 'nw', 10, 5, size), area(110, 105, 70, 35));
  assert.deepEqual(resize(start, 'n', 10, -5, size), area(100, 95, 80, 45));
  assert.deepEqual(resize(start, 'w', -10, 99, size), area(90, 100, 90, 40));
});

test('a handle pulled across the other side turns the region over', () => {
  assert.deepEqual(resize(area(100, 100, 80, 40), 'e', -100, 0, size), area(80, 100, 20, 40));
});

test('a resized region never vanishes and stays on the screenshot', () => {
  for (const handle of ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w']) {
    for (const [dx, dy] of [[-80, -40], [80, 40], [9999, 9999], [-9999, -9999]]) {
      const { x, y, w, h } = resize(area(100, 100, 80, 40), handle, dx, dy, size);
      assert.ok(w >= 1 && h >= 1 && x >= 0 && y >= 0 && x + w <= 1280 && y + h <= 800, `${handle} ${dx}`);
    }
  }
});

test('a frame keeps its proportions at every handle, also against an edge', () => {
  for (const handle of ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w']) {
    for (const [dx, dy] of [[40, 10], [-40, 30], [900, 900], [-900, -900]]) {
      const { x, y, w, h } = resize(area(320, 200, 640, 400), handle, dx, dy, size, 1.6);
      assert.ok(Math.abs(w / h - 1.6) < 0.05 || w < 40, `${handle} ${dx},${dy}: ${w}x${h}`);
      assert.ok(x >= 0 && y >= 0 && x + w <= 1280 && y + h <= 800);
    }
  }
});

test('a region is drawn in every direction', () => {
  for (const to of [{ x: 300, y: 300 }, { x: 100, y: 300 }, { x: 300, y: 100 }, { x: 100, y: 100 }]) {
    assert.deepEqual(spread({ x: 200, y: 200 }, to, size), area(Math.min(200, to.x), Math.min(200, to.y), 100, 100));
  }
  assert.deepEqual(between(-50, -50, 40, 40, size), area(0, 0, 40, 40));
});

test('keys make a point a region, and shrink none away', () => {
  assert.deepEqual(grow(area(50, 50, 0, 0), 10, 0, size), area(50, 50, 10, 1));
  assert.deepEqual(grow(area(50, 50, 3, 3), -10, -10, size), area(50, 50, 1, 1));
  assert.deepEqual(grow(area(1270, 0, 10, 10), 10, 0, size), area(1270, 0, 10, 10));
  assert.deepEqual(grow(area(0, 0, 320, 200), 16, 0, size, 1.6), area(0, 0, 336, 210));
});

test('the screenshot fits its room; a tall one stays legible and scrolls', () => {
  assert.equal(fit(size, { width: 640, height: 800 }), 0.5);
  assert.equal(fit(size, { width: 9999, height: 9999 }), 1.5);
  assert.equal(fit({ width: 1280, height: 9000 }, { width: 900, height: 600 }), 0.5);
});

test('a place in the window is a point of the screenshot', () => {
  assert.deepEqual(toPoint({ x: 150, y: 90 }, { left: 100, top: 50 }, 0.5, size), { x: 100, y: 80 });
  assert.deepEqual(toPoint({ x: 0, y: 9999 }, { left: 100, top: 50 }, 0.5, size), { x: 0, y: 800 });
});

test('a default box lies in the middle', () => {
  assert.deepEqual(centred(size, 160, 48), area(560, 376, 160, 48));
  assert.deepEqual(centred({ width: 20, height: 10 }, 160, 48), area(0, 0, 20, 10));
});

test('a note is on the side it was dragged to, and inside the screenshot', () => {
  const target = area(600, 400, 80, 40);
  assert.equal(sideOf(target, { x: 900, y: 430 }), 'right');
  assert.equal(sideOf(target, { x: 640, y: 100 }), 'top');
  assert.equal(sideOf(target, { x: 100, y: 410 }), 'left');
  assert.equal(sideOf(target, { x: 640, y: 700 }), 'bottom');
  assert.equal(roomiest(area(0, 300, 100, 40), size), 'right');
  assert.deepEqual(beside(target, 'right', { w: 100, h: 40 }, size, 10), { x: 690, y: 400 });
  assert.deepEqual(beside(area(0, 0, 80, 40), 'left', { w: 100, h: 40 }, size, 10), { x: 0, y: 0 });
});

test('an arrow runs from border to border', () => {
  assert.deepEqual(arrow(area(0, 0, 20, 20), area(100, 0, 20, 20)), { from: { x: 20, y: 10 }, to: { x: 100, y: 10 } });
  assert.deepEqual(arrow(area(0, 0, 0, 0), area(0, 0, 0, 0)), { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } });
});

test('a number that is written stands, and the size gives way at the edge', () => {
  const size = { width: 1280, height: 800 };
  assert.deepEqual(withNumber({ x: 560, y: 376, w: 160, h: 48 }, 'x', 1213, size), { x: 1213, y: 376, w: 67, h: 48 });
  assert.deepEqual(withNumber({ x: 560, y: 376, w: 160, h: 48 }, 'y', 790, size), { x: 560, y: 790, w: 160, h: 10 });
  assert.deepEqual(withNumber({ x: 560, y: 376, w: 160, h: 48 }, 'w', 47, size), { x: 560, y: 376, w: 47, h: 48 });
  assert.deepEqual(withNumber({ x: 5, y: 5, w: 0, h: 0 }, 'x', 9, size), { x: 9, y: 5, w: 0, h: 0 }, 'a point stays one');
});
