import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aimCamera, arcPoint, busyness, frameCamera, mixCamera, onScreen, overlap, placeCard, tipPoint } from '../../themes/default/player/geometry.js';

const view = [0, 0, 1280, 800];
const wide = { w: 1032, h: 645 };
const phone = { w: 343, h: 286, phone: true };
const inside = (box, camera, lens) => {
  const [x, y, w, h] = onScreen(box, camera);
  return x >= -0.01 && y >= -0.01 && x + w <= lens.w + 0.01 && y + h <= lens.h + 0.01;
};

test('without a target the whole screenshot is seen', () => {
  assert.deepEqual(frameCamera(view, undefined, null, wide), { x: 0, y: 0, s: 645 / 800 });
});

test('the camera comes closer to a small target and keeps it in sight', () => {
  for (const target of [[1248, 9, 16, 24], [20, 299, 13, 13], [0, 790, 10, 10], [640, 400, 0, 0]]) {
    const camera = frameCamera(view, undefined, target, wide);
    assert.ok(camera.s > 1.2, `${target}`);
    assert.ok(inside(target, camera, wide), `${target}`);
  }
});

test('the camera stays where a target is large, or the author says so', () => {
  const all = frameCamera(view, undefined, null, wide);
  assert.deepEqual(frameCamera(view, undefined, [0, 100, 1280, 300], wide), all);
  assert.deepEqual(frameCamera(view, null, [20, 299, 13, 13], wide), all);
});

test('a zoom region fills the screen', () => {
  const camera = frameCamera(view, [100, 100, 640, 400], null, wide);
  assert.ok(inside([100, 100, 640, 400], camera, wide));
  assert.ok(camera.s > 1.6);
});

test('on a phone a point has at least 0.7 pixels where something is to be done, and all is shown where nothing is', () => {
  for (const [zoom, target] of [[null, [20, 299, 13, 13]], [[0, 0, 1280, 700], [600, 300, 40, 20]], [undefined, [0, 0, 1280, 800]]]) {
    assert.ok(frameCamera(view, zoom, target, phone).s >= 0.7);
  }
  assert.ok(inside(view, frameCamera(view, undefined, null, phone), phone));
  assert.ok(inside(view, frameCamera(view, null, null, phone), phone));
});

test('on a phone a zoom region too wide to read is shown around the target', () => {
  const target = [1200, 600, 40, 20];
  assert.ok(inside(target, frameCamera(view, [0, 0, 1280, 700], target, phone), phone));
});

test('of a target wider than the screen the beginning is seen, with the cursor on it', () => {
  const target = [16, 207, 1248, 24];
  const camera = frameCamera(view, undefined, target, phone);
  assert.ok(onScreen(target, camera)[0] >= -0.01);
  const tip = tipPoint(target);
  assert.ok(inside([tip.x, tip.y, 0, 0], camera, phone));
});

test('the camera stays while a target is in view and large enough', () => {
  const from = frameCamera(view, undefined, [600, 400, 40, 24], wide);
  assert.equal(frameCamera(view, undefined, [650, 420, 40, 24], wide, from), from);
  assert.notEqual(frameCamera(view, undefined, [1200, 20, 40, 24], wide, from), from);
  const all = frameCamera(view, undefined, null, wide);
  assert.notEqual(frameCamera(view, undefined, [650, 420, 40, 24], wide, all), all);
  assert.equal(frameCamera(view, undefined, [300, 200, 700, 300], wide, all), all);
});

test('without a target the camera goes back to all of the screenshot', () => {
  const from = frameCamera(view, undefined, [600, 400, 40, 24], wide);
  assert.ok(inside(view, frameCamera(view, undefined, null, wide, from), wide));
});

test('the camera begins where the screenshot does, as far as the target stays well in sight', () => {
  const { x, y } = frameCamera(view, undefined, [560, 210, 119, 21], wide);
  assert.deepEqual([x, y], [0, 0]);
});

test('what is marked beside a target is shown with it if both fit', () => {
  const [target, focus] = [[600, 400, 40, 24], [300, 380, 80, 40]];
  const camera = frameCamera(view, undefined, target, wide, undefined, focus);
  assert.ok(inside(target, camera, wide) && inside(focus, camera, wide));
});

test('a tall page is not shrunk until nobody can read it', () => {
  const tall = [0, 0, 1280, 8000];
  const camera = frameCamera(tall, undefined, [600, 7900, 80, 30], wide);
  assert.ok(camera.s >= 0.5);
  assert.ok(inside([600, 7900, 80, 30], camera, wide));
});

test('the camera shows nothing beyond the screenshot, and centres what is smaller than the screen', () => {
  assert.deepEqual(aimCamera({ x: 0, y: 0 }, 1, view, wide), { x: 0, y: 0, s: 1 });
  assert.deepEqual(aimCamera({ x: 9999, y: 9999 }, 1, view, wide), { x: 1280 - 1032, y: 800 - 645, s: 1 });
  assert.equal(aimCamera({ x: 0, y: 0 }, 1, [0, 0, 32, 45], wide).x, -500);
});

test('the camera and the cursor arrive exactly', () => {
  const [a, b] = [{ x: 0, y: 0, s: 1 }, { x: 100, y: 50, s: 2 }];
  assert.deepEqual(mixCamera(a, b, 1), b);
  assert.deepEqual(mixCamera(a, b, 0), a);
  const end = arcPoint({ x: 0, y: 0 }, { x: 100, y: 0 }, 1);
  assert.ok(Math.hypot(end.x - 100, end.y) < 1e-9);
  assert.notEqual(arcPoint({ x: 0, y: 0 }, { x: 100, y: 0 }, 0.5).y, 0);
});

test('the tip of the cursor rests on its target', () => {
  for (const box of [[10, 10, 0, 0], [0, 0, 16, 24], [16, 207, 1248, 24]]) {
    const { x, y } = tipPoint(box);
    assert.ok(x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3]);
  }
});

test('a card neither covers its target nor leaves the stage, wherever the target is', () => {
  for (const [w, h] of [[620, 388], [1032, 645], [1900, 1000]]) {
    const box = [12, 12, w - 24, h - 24];
    for (const height of [120, 170, 230]) {
      for (let x = 0; x <= w - 40; x += 37) {
        for (let y = 0; y <= h - 30; y += 31) {
          const target = [x, y, 40, 30];
          const size = { w: 330, h: height };
          const spot = placeCard(target, size, box);
          const card = [spot.x, spot.y, size.w, Math.min(size.h, spot.h)];
          assert.equal(overlap(target, card), 0, `covered: ${w} ${height} ${x},${y}`);
          assert.ok(card[0] >= 12 && card[1] >= 12 && card[0] + card[2] <= w - 12 && card[1] + card[3] <= h - 12, `out: ${w} ${height} ${x},${y}`);
        }
      }
    }
  }
});

test('a card stands on the side the author wishes', () => {
  const target = [400, 250, 40, 30];
  for (const wish of ['top', 'right', 'bottom', 'left']) {
    const spot = placeCard(target, { w: 300, h: 150 }, [0, 0, 1000, 600], { wish });
    assert.equal(spot.side, wish);
    assert.equal(overlap(target, [spot.x, spot.y, 300, spot.h]), 0);
  }
});

test('a card goes where the screenshot is empty, and off all that must be seen', () => {
  const [target, size, box] = [[480, 280, 40, 30], { w: 300, h: 150 }, [0, 0, 1000, 600]];
  const full = (x, y, w, h) => (at) => overlap(at, [x, y, w, h]) / (at[2] * at[3]);
  assert.equal(placeCard(target, size, box, { busy: full(0, 0, 1000, 300) }).side, 'bottom');
  assert.equal(placeCard(target, size, box, { busy: full(0, 300, 1000, 300) }).side, 'top');
  const keep = [[200, 320, 600, 280]];
  const spot = placeCard(target, size, box, { keep, busy: full(0, 0, 1000, 300) });
  assert.equal(overlap(keep[0], [spot.x, spot.y, 300, spot.h]), 0);
});

test('a card stays where it was if that is as good', () => {
  const [size, box] = [{ w: 300, h: 150 }, [0, 0, 1000, 600]];
  const first = placeCard([480, 100, 40, 30], size, box, {});
  const second = placeCard([480, 104, 40, 30], size, box, { last: first });
  assert.deepEqual([second.side, second.x], [first.side, first.x]);
  const above = placeCard([480, 300, 40, 30], size, box, { last: { x: 350, y: 130 } });
  assert.equal(above.side, 'top');
});

test('the arrow of a card points at its target', () => {
  for (const x of [20, 300, 620, 940]) {
    const target = [x, 300, 40, 30];
    const spot = placeCard(target, { w: 300, h: 150 }, [0, 0, 1000, 700]);
    const tip = spot.side === 'top' || spot.side === 'bottom' ? spot.x + spot.arrow - x : spot.y + spot.arrow - 300;
    assert.ok(tip >= 0 && tip <= 40, `${x} ${spot.side} ${tip}`);
    const gap = { bottom: spot.y - 330, top: 300 - spot.y - 150, right: spot.x - x - 40, left: x - spot.x - 300 }[spot.side];
    assert.ok(gap > 0 && gap <= 14, `${gap}`);
  }
});

test('a card finds a place even where its target fills the stage', () => {
  const spot = placeCard([0, 0, 1000, 600], { w: 300, h: 150 }, [12, 12, 976, 576]);
  assert.equal(spot.side, '');
  assert.ok(spot.x + 300 <= 988 && spot.y + 150 <= 588);
});

test('a map tells how much there is to see in a region', () => {
  // The left half of the picture is full, the right is empty.
  const map = 'fffff00000'.repeat(12);
  assert.equal(busyness(map, view, [0, 0, 320, 200]), 1);
  assert.equal(busyness(map, view, [700, 0, 320, 200]), 0);
  assert.equal(busyness(map, view, [540, 0, 200, 200]), 0.5);
  assert.equal(busyness(map, view, [540, -400, 200, 200]), 0);
  assert.equal(busyness('', view, [0, 0, 320, 200]), 0);
});

test('without a target the card stands where the screenshot is empty', () => {
  const full = (...taken) => (box) => overlap(box, taken) / (box[2] * box[3]);
  const spot = (busy) => {
    const { x, y } = placeCard(undefined, { w: 300, h: 150 }, [0, 0, 1000, 600], { busy });
    return [x, y];
  };
  assert.deepEqual(spot(() => 0), [350, 450]);
  assert.deepEqual(spot(full(0, 0, 700, 600)), [700, 450]);
  assert.deepEqual(spot(full(0, 160, 1000, 440)), [0, 0]);
});
