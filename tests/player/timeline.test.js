import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { FADE, PRESS, frameAt, moveMs, planStep, readingMs, restBefore, typeMs } from '../../themes/default/player/timeline.js';

const lens = { w: 1032, h: 645 };
const scene = (shot, actions = [], more = {}) => ({ shot, view: [0, 0, 1280, 800], alt: '', actions, ...more });
const step = (id, ...scenes) => ({ id, title: id, words: 4, scenes });
const click = (x, y) => ({ verb: 'click', at: [x, y, 40, 30] });
const plan = (steps, index, how = lens) => planStep(steps[index], restBefore(steps, index, how), how);

test('a step lasts what reading takes, at least 2.5 seconds', () => {
  assert.equal(readingMs(1), 2500);
  assert.equal(readingMs(200), 60_000);
});

test('the cursor takes 350 to 900 ms by distance', () => {
  assert.equal(moveMs(0), 0);
  assert.equal(moveMs(5), 350);
  assert.equal(moveMs(5000), 900);
  assert.ok(moveMs(300) > 350 && moveMs(300) < 900);
});

test('the cursor begins where the step before left it, and is never far from where it was', () => {
  const steps = [step('a', scene('s1', [click(100, 100)])), step('b', scene('s2', [click(900, 600)]))];
  const first = plan(steps, 0);
  const second = plan(steps, 1);
  assert.deepEqual(frameAt(second, 0).cursor, frameAt(first, first.end).cursor);
  for (let ms = 0; ms < second.end; ms += 16) {
    const [a, b] = [frameAt(second, ms).cursor, frameAt(second, ms + 16).cursor];
    assert.ok(Math.hypot(a.x - b.x, a.y - b.y) < 100, `at ${ms} ms`);
  }
});

test('the card comes up when the cursor has arrived, and the press comes after the reading', () => {
  const steps = [step('a', scene('s1', [click(100, 100)]))];
  const { card, stop, end } = plan(steps, 0);
  assert.ok(card >= 350);
  assert.equal(frameAt(plan(steps, 0), card - 1).card, false);
  assert.equal(frameAt(plan(steps, 0), card).card, true);
  assert.equal(frameAt(plan(steps, 0), stop).ripple, null);
  assert.ok(frameAt(plan(steps, 0), stop + 2500 + PRESS / 2).ripple);
  assert.ok(end - card >= 2500);
});

test('letters are typed one by one and stay in the field while the screenshot does', () => {
  const typed = { verb: 'type', at: [10, 10, 200, 30], text: 'añ😀d' };
  const steps = [step('a', scene('s1', [typed])), step('b', scene('s1', [click(300, 300)])), step('c', scene('s2', []))];
  const first = plan(steps, 0);
  const seen = new Set();
  for (let ms = first.card; ms <= first.stop; ms += 8) seen.add(frameAt(first, ms).typed[0]?.text);
  assert.deepEqual([...seen].filter((text) => text !== undefined), ['', 'a', 'añ', 'añ😀', 'añ😀d']);
  assert.equal(frameAt(plan(steps, 1), 0).typed[0].text, 'añ😀d');
  assert.deepEqual(frameAt(plan(steps, 2), 0).typed, []);
  assert.ok(typeMs('x'.repeat(1000)) <= 3000);
});

test('screens cross-fade, and only when they change', () => {
  const steps = [step('a', scene('s1')), step('b', scene('s2')), step('c', scene('s2'))];
  const half = frameAt(plan(steps, 1), FADE / 2);
  assert.equal(half.before.shot, 's1');
  assert.equal(half.fade, 0.5);
  assert.ok(!frameAt(plan(steps, 1), FADE).before);
  assert.ok(!frameAt(plan(steps, 2), 10).before);
});

test('the scenes of a step play in order and the last one stays', () => {
  const steps = [step('a', scene('s1', [click(5, 5)]), scene('s2', [{ verb: 'wait', ms: 2000 }]), scene('s3', [click(500, 500)]))];
  const all = plan(steps, 0);
  const order = [];
  for (let ms = 0; ms <= all.end; ms += 20) {
    const { shot } = frameAt(all, ms).scene;
    if (order.at(-1) !== shot) order.push(shot);
  }
  assert.deepEqual(order, ['s1', 's2', 's3']);
  assert.deepEqual(frameAt(all, all.stop).hot.at, [500, 500, 40, 30]);
  assert.ok(all.stop > 2000 + PRESS);
});

test('every verb plays and leaves a frame at every moment', () => {
  const at = [100, 100, 200, 40];
  const actions = ['click', 'double-click', 'right-click', 'hover'].map((verb) => ({ verb, at }))
    .concat({ verb: 'type', at, text: 'x' }, { verb: 'select', at, text: 'y' }, { verb: 'press', text: 'Ctrl+K' },
      { verb: 'drag', at, to: [500, 500, 10, 10] }, { verb: 'scroll', text: '↓' }, { verb: 'wait', ms: 500 });
  for (const action of actions) {
    const one = plan([step('a', scene('s1', [action], { focus: at }))], 0);
    assert.ok(one.card >= 0 && one.stop >= one.card && one.end >= one.stop + 2500, action.verb);
    for (let ms = 0; ms <= one.end; ms += 50) assert.ok(Number.isFinite(frameAt(one, ms).cursor.x), action.verb);
  }
});

test('a list is open from the press until the option is taken, and then the field has it', () => {
  const one = plan([step('a', scene('s1', [{ verb: 'select', at: [100, 100, 200, 40], text: 'Daily' }]))], 0);
  const shown = [];
  for (let ms = 0; ms <= one.end; ms += 10) {
    const now = frameAt(one, ms).typed.filter(({ text }) => text).map(({ verb }) => verb).join();
    if (shown.at(-1) !== now) shown.push(now);
  }
  assert.deepEqual(shown, ['', 'options', 'select']);
});

test('a drag ends where it is dropped', () => {
  const drag = { verb: 'drag', at: [100, 100, 20, 20], to: [500, 500, 10, 10] };
  const one = plan([step('a', scene('s1', [drag]))], 0);
  const { cursor, dip } = frameAt(one, one.stop);
  assert.ok(Math.abs(cursor.x - 505) < 6 && dip === 0);
});

test('with reduced motion the end state is there at once, and reading time is left', () => {
  const steps = [step('a', scene('s1', [click(100, 100), { verb: 'type', at: [9, 9, 90, 20], text: 'hello' }]))];
  const still = plan(steps, 0, { ...lens, still: true });
  assert.equal(still.stop, 0);
  assert.equal(frameAt(still, 0).typed[0].text, 'hello');
  assert.equal(frameAt(still, 0).card, true);
  assert.equal(still.end, 2500);
});

test('a frame depends on step and time alone', () => {
  const steps = [step('a', scene('s1', [click(100, 100)])), step('b', scene('s2', [click(900, 600)]))];
  assert.deepEqual(frameAt(plan(steps, 1), 777), frameAt(plan(structuredClone(steps), 1), 777));
});

test('a step that nothing moves in still shows its own screen when the reader has the turn', () => {
  const mark = { side: '', at: [600, 400, 80, 40], text: 'here' };
  const steps = [step('a', scene('s1', [click(100, 100)])), step('b', scene('s2', [], { focus: [600, 400, 80, 40], notes: [mark], zoom: null }))];
  const one = plan(steps, 1, { ...lens, w: 1280, h: 800 });
  const { scene: shown, fade, before } = frameAt(one, one.stop);
  assert.equal(shown.shot, 's2');
  assert.ok(!before || fade === 1);
});

/** The plan of the second of two steps after a press on the first. */
function pressed(steps, how = lens) {
  const first = plan(steps, 0, how);
  const { scene, cursor, camera, typed } = frameAt(first, first.stop);
  return planStep(steps[1], { scene, cursor, camera, typed, pressed: true }, how);
}

test('a click is seen on the page it leaves, then the new page is there, then something moves', () => {
  const two = pressed([step('a', scene('s1', [click(100, 100)])), step('b', scene('s2', [click(900, 600)]))]);
  const start = frameAt(two, 0);
  assert.ok(PRESS >= 120 && PRESS <= 160);
  for (let ms = 0; ms < PRESS; ms += 5) {
    const frame = frameAt(two, ms);
    assert.equal(frame.scene.shot, 's1', `${ms}`);
    assert.deepEqual([frame.camera, frame.cursor], [start.camera, start.cursor], `${ms}`);
    assert.ok(frame.ripple, `${ms}`);
  }
  for (let ms = PRESS; ms < PRESS + FADE; ms += 5) {
    const frame = frameAt(two, ms);
    assert.equal(frame.scene.shot, 's2', `${ms}`);
    assert.equal(frame.ripple, null, `${ms}`);
    assert.deepEqual(frame.camera, start.camera, `${ms}`);
  }
  assert.notDeepEqual(frameAt(two, PRESS + FADE + 200).cursor, start.cursor);
});

test('a screenshot of another shape comes up framed, with nothing of the other below it', () => {
  const small = { view: [0, 0, 600, 1200] };
  const two = pressed([step('a', scene('s1', [click(1200, 700)])), step('b', scene('s2', [click(100, 900)], small))]);
  const frame = frameAt(two, PRESS);
  assert.equal(frame.before, null);
  assert.deepEqual(frame.camera, frameAt(two, two.stop).camera);
});

test('never two screenshots under a camera that moves', () => {
  const steps = [step('a', scene('s1', [click(100, 100)])), step('b', scene('s2', [click(1200, 700)])), step('c', scene('s3', [], { view: [0, 0, 400, 800] })), step('d', scene('s1', [click(640, 400)]))];
  for (let index = 0; index < steps.length; index++) {
    const one = plan(steps, index);
    for (let ms = 0; ms < one.end; ms += 10) {
      const [now, next] = [frameAt(one, ms), frameAt(one, ms + 1)];
      if (now.before) assert.deepEqual(now.camera, next.camera, `${index} ${ms}`);
    }
  }
});

/** The steps of a guide of this repository, as far as the camera is concerned. */
function recorded(slug) {
  const text = readFileSync(new URL(`../../guides/${slug}/index.md`, import.meta.url), 'utf8');
  return text.split(/^\d+\. /m).slice(1).map((part, index) => {
    const boxes = [...part.matchAll(/@(click|type|select|hover|double-click|right-click) (\d+),(\d+) (\d+)x(\d+)/g)];
    const marks = [...part.matchAll(/@(highlight|callout) (\d+),(\d+) (\d+)x(\d+)/g)].map((found) => found.slice(2).map(Number));
    return step(`s${index}`, scene(`shot${index}`, boxes.map(([, verb, ...at]) => ({ verb, at: at.map(Number), text: 'x' })), marks.length ? { focus: marks[0] } : {}));
  });
}

test('the camera is calm: where the target is in view already, it moves in one step of three at most', () => {
  for (const how of [lens, { w: 740, h: 462 }]) {
    let [seen, moves] = [0, 0];
    for (const slug of ['datasette-api-token', 'actual-transaction']) {
      const steps = recorded(slug);
      assert.ok(steps.length > 10);
      for (let index = 1; index < steps.length; index++) {
        const target = steps[index].scenes[0].actions[0]?.at;
        const { camera } = restBefore(steps, index, how);
        if (!target) continue;
        const [x, y] = [(target[0] - camera.x) * camera.s, (target[1] - camera.y) * camera.s];
        if (x < 0 || y < 0 || x + target[2] * camera.s > how.w || y + target[3] * camera.s > how.h) continue;
        seen += 1;
        const one = plan(steps, index, how);
        if (Math.abs(frameAt(one, one.stop).camera.s - camera.s) > 0.01 || Math.hypot(frameAt(one, one.stop).camera.x - camera.x, frameAt(one, one.stop).camera.y - camera.y) > 2) moves += 1;
      }
    }
    assert.ok(seen >= 8, `${seen}`);
    assert.ok(moves * 3 <= seen, `${moves} moves of ${seen}`);
  }
});
