import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../../editor/queue.js';
import { guide, annotationOf } from './guide.js';

/** A queue with a server that answers when and what the test says. */
function made(steps = [['One', [annotationOf('click'), annotationOf('zoom')]], ['Two', []]]) {
  const asked = [];
  const timers = [];
  const queue = new Queue(guide(steps), {
    send: (path, body) => new Promise((resolve, reject) => asked.push({ path, body, answer: (status, body) => resolve({ status, body }), fail: () => reject(new Error('gone')) })),
    later: (call) => { timers.push(call); return () => {}; },
    changed: () => {},
  });
  return { queue, asked, timers };
}
const settled = () => new Promise((done) => { setImmediate(done); });

test('edits go one at a time, each on the newest version, and are seen at once', async () => {
  const { queue, asked } = made();
  const { uid: one } = queue.guide.outline.steps[0];
  const { uid: two } = queue.guide.outline.steps[1];
  queue.push({ op: 'text', step: one, run: 0, markdown: 'First' });
  queue.push({ op: 'text', step: two, run: 0, markdown: 'Second' });
  assert.deepEqual(queue.guide.outline.steps.map(({ runs }) => runs[0]), ['First', 'Second']);
  assert.equal(asked.length, 1);
  assert.equal(queue.status.state, 'saving');
  asked[0].answer(200, guide([['First', [annotationOf('click'), annotationOf('zoom')]], ['Two', []]], 'v2'));
  await settled();
  assert.equal(asked[1].body.base, 'v2');
  assert.equal(asked[1].body.edit.markdown, 'Second');
  assert.equal(queue.guide.outline.steps[1].runs[0], 'Second');
  asked[1].answer(200, guide([['First', [annotationOf('click'), annotationOf('zoom')]], ['Second', []]], 'v3'));
  await settled();
  assert.equal(queue.status.state, 'saved');
  assert.equal(queue.busy, false);
});

test('an edit that waits finds its annotation where the edit before has moved it', async () => {
  const { queue, asked } = made();
  const [, zoom] = queue.guide.outline.steps[0].scenes[0].annotations;
  queue.push({ op: 'set-region', annotation: zoom.uid, which: 'region', area: { x: 0, y: 0, w: 9, h: 9 } });
  queue.push({ op: 'remove', annotation: zoom.uid });
  const after = guide([['One', [annotationOf('click'), annotationOf('zoom', 0, { region: { x: 0, y: 0, w: 9, h: 9 } })]], ['Two', []]], 'v2');
  after.outline.steps[0].scenes[0].annotations[1].at = 777;
  asked[0].answer(200, after);
  await settled();
  assert.equal(asked[1].body.edit.at, 777);
});

test('what was added keeps its name when the server answers', async () => {
  const { queue, asked } = made([['One', []]]);
  queue.push({ op: 'annotate', step: queue.guide.outline.steps[0].uid, scene: 0, fields: annotationOf('click'), uid: 'mine' });
  asked[0].answer(200, guide([['One', [annotationOf('click')]]], 'v2'));
  await settled();
  assert.equal(queue.guide.outline.steps[0].scenes[0].annotations[0].uid, 'mine');
});

test('a refused edit is taken back, told, and the next one goes', async () => {
  const { queue, asked } = made();
  const { uid } = queue.guide.outline.steps[0];
  const outcome = queue.push({ op: 'text', step: uid, run: 0, markdown: 'Bad' });
  queue.push({ op: 'text', step: uid, run: 0, markdown: 'Good' });
  asked[0].answer(422, { message: 'no' });
  assert.equal((await outcome).message, 'no');
  await settled();
  assert.equal(asked[1].body.edit.markdown, 'Good');
  assert.equal(asked[1].body.base, 'v1');
});

test('nothing is lost while the server is gone', async () => {
  const { queue, asked, timers } = made();
  queue.push({ op: 'text', step: queue.guide.outline.steps[0].uid, run: 0, markdown: 'Kept' });
  asked[0].fail();
  await settled();
  assert.deepEqual(queue.status, { state: 'gone', message: 'the server does not answer' });
  assert.equal(queue.busy, true);
  assert.equal(queue.guide.outline.steps[0].runs[0], 'Kept');
  timers.pop()();
  asked[1].answer(503, {});
  await settled();
  assert.equal(queue.status.state, 'gone');
  queue.retry();
  assert.equal(asked[2].body.edit.markdown, 'Kept');
});

const DISPUTE = { message: 'changed', yours: 'mine', theirs: 'theirs' };

test('a conflict waits for its author: the file’s version stays', async () => {
  const { queue, asked } = made();
  const outcome = queue.push({ op: 'text', step: queue.guide.outline.steps[0].uid, run: 0, markdown: 'Mine' });
  asked[0].answer(409, { ...DISPUTE, guide: guide([['Theirs', [annotationOf('click'), annotationOf('zoom')]], ['Two', []]], 'v9') });
  await settled();
  assert.equal(queue.conflict.theirs, 'theirs');
  assert.equal(queue.conflict.possible, true);
  assert.equal(asked.length, 1);
  queue.decide('keep');
  assert.equal((await outcome).ok, false);
  assert.equal(queue.guide.outline.steps[0].runs[0], 'Theirs');
});

test('a conflict waits for its author: the edit is made again on the new version', async () => {
  const { queue, asked } = made();
  queue.push({ op: 'text', step: queue.guide.outline.steps[0].uid, run: 0, markdown: 'Mine' });
  asked[0].answer(409, { ...DISPUTE, guide: guide([['Theirs', [annotationOf('click'), annotationOf('zoom')]], ['Two', []]], 'v9') });
  await settled();
  queue.decide('again');
  assert.equal(asked[1].body.base, 'v9');
  assert.equal(asked[1].body.edit.markdown, 'Mine');
});

test('a conflict over what is gone can’t be made again', async () => {
  const { queue, asked } = made();
  const [click] = queue.guide.outline.steps[0].scenes[0].annotations;
  queue.push({ op: 'set-region', annotation: click.uid, which: 'region', area: { x: 0, y: 0, w: 1, h: 1 } });
  asked[0].answer(409, { ...DISPUTE, guide: guide([['One', []]], 'v9') });
  await settled();
  assert.equal(queue.conflict.possible, false);
});

test('a change from outside is fetched when nothing is on its way, and names stay', async () => {
  const { queue, asked } = made();
  const { uid } = queue.guide.outline.steps[0];
  queue.push({ op: 'text', step: uid, run: 0, markdown: 'Mine' });
  queue.refresh();
  assert.equal(asked.length, 1);
  asked[0].answer(200, guide([['Mine', [annotationOf('click'), annotationOf('zoom')]], ['Two', []]], 'v2'));
  await settled();
  assert.equal(asked[1].path, 'guide');
  asked[1].answer(200, guide([['New', []], ['Mine', [annotationOf('click'), annotationOf('zoom')]], ['Two', []]], 'v3'));
  await settled();
  assert.equal(queue.guide.outline.steps[1].uid, uid);
  assert.equal(queue.status.state, 'saved');
});

test('a change that comes while the last one is fetched is fetched too', async () => {
  const { queue, asked } = made();
  queue.refresh();
  queue.refresh();
  asked[0].answer(200, guide([['Second', []]], 'v2'));
  await settled();
  assert.equal(asked.length, 2);
  asked[1].answer(200, guide([['Third', []]], 'v3'));
  await settled();
  assert.equal(queue.guide.outline.steps[0].title, 'Third');
  assert.equal(asked.length, 2);
});
