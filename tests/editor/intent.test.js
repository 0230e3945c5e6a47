import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognise } from '../../editor/identity.js';
import { foresee, moved, resolve, written } from '../../editor/intent.js';
import { guide, annotationOf } from './guide.js';

const made = () => recognise(null, guide([['One', [annotationOf('click'), annotationOf('zoom')]], ['Two', []], ['Three', []]]));
const annotations = (from, step = 0) => from.outline.steps[step].scenes[0].annotations;

test('names become places of the text the server has', () => {
  const here = made();
  const [one, two] = here.outline.steps;
  const [click] = annotations(here);
  assert.deepEqual(resolve({ op: 'delete', step: two.uid }, here), { op: 'delete', step: 1 });
  assert.deepEqual(resolve({ op: 'remove', annotation: click.uid }, here), { op: 'remove', at: click.at });
  assert.deepEqual(resolve({ op: 'add-step', after: one.uid, markdown: 'x', path: null, alt: '' }, here), { op: 'add-step', after: 0, markdown: 'x', path: null, alt: '' });
  assert.deepEqual(resolve({ op: 'annotate', step: one.uid, scene: 0, fields: annotationOf('click'), uid: 'new' }, here), { op: 'annotate', step: 0, scene: 0, fields: annotationOf('click') });
  assert.deepEqual(resolve({ op: 'split', step: one.uid, run: 0, offset: 2, from: click.uid }, here), { op: 'split', step: 0, run: 0, offset: 2, at: click.at });
  assert.deepEqual(resolve({ op: 'split', step: one.uid, run: 0, offset: 2 }, here).at, null);
});

test('an id shows before the server answers, and the one of the title stays until then', () => {
  const here = made();
  const { uid, id } = here.outline.steps[0];
  const [given] = foresee(here, { op: 'id', step: uid, id: 'own' }).outline.steps;
  assert.deepEqual([given.id, given.own_id], ['own', 'own']);
  const [taken] = foresee(here, { op: 'id', step: uid, id: null }).outline.steps;
  assert.deepEqual([taken.id, taken.own_id], [id, null]);
});

test('an edit of what is gone is no edit', () => {
  const here = made();
  assert.equal(resolve({ op: 'remove', annotation: 'gone' }, here), null);
  assert.equal(resolve({ op: 'delete', step: 'gone' }, here), null);
  assert.equal(resolve({ op: 'alt', step: here.outline.steps[0].uid, scene: 4, alt: '' }, here), null);
});

test('what an edit does is seen before the server answers, and the old guide stays', () => {
  const here = made();
  const text = JSON.stringify(here);
  const [one, two] = here.outline.steps;
  const [click, zoom] = annotations(here);
  const area = { x: 1, y: 2, w: 3, h: 4 };
  assert.equal(foresee(here, { op: 'text', step: one.uid, run: 0, markdown: 'New' }).outline.steps[0].runs[0], 'New');
  assert.deepEqual(annotations(foresee(here, { op: 'set-region', annotation: click.uid, which: 'region', area }))[0].region, area);
  assert.deepEqual(annotations(foresee(here, { op: 'remove', annotation: click.uid })).map(({ uid }) => uid), [zoom.uid]);
  assert.deepEqual(annotations(foresee(here, { op: 'shift', annotation: zoom.uid, by: -1 })).map(({ uid }) => uid), [zoom.uid, click.uid]);
  assert.equal(annotations(foresee(here, { op: 'annotate', step: one.uid, scene: 0, fields: annotationOf('redact'), uid: 'new' }))[2].uid, 'new');
  assert.deepEqual(foresee(here, { op: 'move', step: one.uid, to: 2 }).outline.steps.map(({ title }) => title), ['Two', 'Three', 'One']);
  assert.equal(foresee(here, { op: 'delete', step: two.uid }).outline.steps.length, 2);
  assert.deepEqual(foresee(here, { op: 'meta', key: 'cta', value: { label: 'a', url: 'b' } }).outline.meta.cta, ['a', 'b']);
  assert.equal(JSON.stringify(here), text);
});

test('nothing moves beyond the ends', () => {
  const items = [{ uid: 'a' }, { uid: 'b' }];
  assert.equal(moved(items, 'a', -1), items);
  assert.equal(moved(items, 'b', 1), items);
  assert.deepEqual(moved(items, 'a', 1), [{ uid: 'b' }, { uid: 'a' }]);
});

test('an annotation is written as authors write it', () => {
  assert.equal(written(annotationOf('click')), '@click 10,20 30x40');
  assert.equal(written({ ...annotationOf('callout'), text: 'Say "hi" \\', options: { side: 'left' } }), '@callout 10,20 30x40 "Say \\"hi\\" \\\\" side=left');
  assert.equal(written({ ...annotationOf('drag'), to: { x: 1, y: 2, w: 0, h: 0 } }), '@drag 10,20 30x40 to 1,2');
  assert.equal(written({ ...annotationOf('click'), on: 'button "Save"', options: { side: 'left' } }), '@click 10,20 30x40 side=left on button "Save"');
  assert.equal(written({ ...annotationOf('drag'), on: 'row "A"', to: { x: 1, y: 2, w: 0, h: 0 }, to_on: 'row "B"' }), '@drag 10,20 30x40 on row "A" to 1,2 on row "B"');
});

test('how much can be undone is known before the server answers', () => {
  const here = made();
  const once = foresee(here, { op: 'delete', step: here.outline.steps[1].uid });
  assert.deepEqual([once.undo, once.redo], [1, 0]);
  const undone = foresee(once, { op: 'undo' });
  assert.deepEqual([undone.undo, undone.redo], [0, 1]);
  assert.deepEqual([foresee(undone, { op: 'redo' }).undo, foresee(undone, { op: 'undo' }).undo], [1, 0]);
});

test('several steps are named by their places, and seen moved and gone at once', () => {
  const here = made();
  const [one, two, three] = here.outline.steps.map(({ uid }) => uid);
  assert.deepEqual(resolve({ op: 'move-steps', steps: [one, three], to: 1 }, here), { op: 'move-steps', steps: [0, 2], to: 1 });
  assert.deepEqual(foresee(here, { op: 'move-steps', steps: [one, three], to: 1 }).outline.steps.map(({ title }) => title), ['Two', 'One', 'Three']);
  assert.deepEqual(foresee(here, { op: 'delete-steps', steps: [one, two] }).outline.steps.map(({ title }) => title), ['Three']);
  assert.deepEqual(resolve({ op: 'delete-steps', steps: ['gone', two] }, here), { op: 'delete-steps', steps: [1] }, 'what is gone already need not go');
  assert.equal(resolve({ op: 'delete-steps', steps: ['gone'] }, here), null);
});

test('changes made at once are resolved and seen together', () => {
  const here = made();
  const [one, two] = here.outline.steps;
  const [click] = annotations(here);
  const all = { op: 'all', intents: [{ op: 'text', step: two.uid, run: 0, markdown: 'B' }, { op: 'set-text', annotation: click.uid, text: 'A' }] };
  assert.deepEqual(resolve(all, here), { op: 'all', edits: [{ op: 'text', step: 1, run: 0, markdown: 'B' }, { op: 'set-text', at: click.at, text: 'A' }] });
  const seen = foresee(here, all);
  assert.equal(seen.outline.steps[1].runs[0], 'B');
  assert.equal(annotations(seen)[0].text, 'A');
  assert.equal(seen.undo, 1, 'one undo');
  assert.equal(resolve({ op: 'all', intents: [{ op: 'delete', step: 'gone' }, { op: 'delete', step: one.uid }] }, here), null);
});
