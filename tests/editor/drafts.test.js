import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drafts } from '../../editor/drafts.js';

function made() {
  const timers = [];
  const sent = [];
  const drafts = new Drafts({ later: (call) => { timers.push(call); return () => { timers.splice(timers.indexOf(call), 1); }; }, changed: () => {} });
  const save = (value) => new Promise((answer) => sent.push({ value, answer }));
  return { drafts, sent, save, rest: () => timers.splice(0).forEach((call) => call()) };
}
const settled = () => new Promise((done) => { setImmediate(done); });

test('typing is saved once it pauses', async () => {
  const { drafts, sent, save, rest } = made();
  drafts.type('a', 'on', 'one', save);
  drafts.type('a', 'o', 'one', save);
  assert.equal(sent.length, 0);
  rest();
  assert.deepEqual(sent.map(({ value }) => value), ['o']);
  sent[0].answer({ ok: true });
  await settled();
  assert.equal(drafts.any, false);
});

test('what is typed while it is saved is saved next', async () => {
  const { drafts, sent, save } = made();
  drafts.type('a', 'x', '', save);
  drafts.flush();
  drafts.type('a', 'xy', '', save);
  sent[0].answer({ ok: true });
  await settled();
  assert.equal(sent[1].value, 'xy');
  sent[1].answer({ ok: true });
  await settled();
  assert.equal(drafts.any, false);
});

test('a text typed back to what the file has is no draft', () => {
  const { drafts, save } = made();
  drafts.type('a', 'ab', 'a', save);
  drafts.type('a', 'a', 'a', save);
  assert.equal(drafts.any, false);
});

test('a refused text stays, with the reason, and is sent again only when it was changed', async () => {
  const { drafts, sent, save } = made();
  drafts.type('a', 'bad', '', save);
  drafts.flush();
  sent[0].answer({ ok: false, message: 'no' });
  await settled();
  assert.equal(drafts.get('a').value, 'bad');
  assert.equal(drafts.get('a').error, 'no');
  assert.equal(drafts.stuck, true);
  drafts.flush();
  assert.equal(sent.length, 1);
  drafts.type('a', 'good', '', save);
  drafts.flush();
  assert.equal(sent[1].value, 'good');
});

test('a file with other words under unsent text asks the author', () => {
  const { drafts, sent, save } = made();
  drafts.type('a', 'mine', 'was', save);
  assert.equal(drafts.meet('a', 'was').theirs, null);
  assert.equal(drafts.meet('a', 'theirs').theirs, 'theirs');
  drafts.flush();
  assert.equal(sent.length, 0);
  drafts.choose('a', 'mine');
  assert.equal(sent[0].value, 'mine');
});

test('the author may take what the file has', () => {
  const { drafts, save } = made();
  drafts.type('a', 'mine', 'was', save);
  drafts.meet('a', 'theirs');
  drafts.choose('a', 'theirs');
  assert.equal(drafts.get('a'), undefined);
});

test('a file that has the typed text already ends the draft', () => {
  const { drafts, save } = made();
  drafts.type('a', 'same', 'was', save);
  drafts.meet('a', 'same');
  assert.equal(drafts.any, false);
});
