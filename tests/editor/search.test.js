import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognise } from '../../editor/identity.js';
import { hits, replaced, replacing, texts } from '../../editor/search.js';
import { guide, annotationOf } from './guide.js';

function made() {
  const here = recognise(null, guide([['Open it', [annotationOf('click', 1, { text: 'it' })]], ['Close it', [annotationOf('callout', 1, { text: 'Note it' }), annotationOf('click', 2, { text: 'Not this' })]]]));
  const { outline } = here;
  Object.assign(outline.meta, { title: 'How it works', description: 'It all.', cta: ['See it', 'https://a.example/it'] });
  outline.steps[1].scenes[0].alt = 'A page with IT';
  outline.sections = [
    { kind: 'heading', at: 0, level: 1, title: 'How it works', chapter: false }, { kind: 'text', at: 10, markdown: 'Why it is done: it is quick.' },
    { kind: 'heading', at: 30, level: 2, title: 'First it', chapter: true }, { kind: 'steps', from: 0, to: 2 }, { kind: 'text', at: 90, markdown: 'The end.' },
  ];
  return here;
}

test('words are found in all that a reader sees, in its order', () => {
  const all = texts(made());
  const found = hits(all, 'it', true).map(({ at, start }) => `${all[at].where}: ${all[at].text.slice(start, start + 2)} at ${start}`);
  assert.deepEqual(found, ['Title: it at 4', 'Call to action: it at 4', 'Text: it at 4', 'Text: it at 16', 'Heading: it at 6', 'Step 1: it at 5', 'Step 1, click: it at 0', 'Step 2: it at 6', 'Step 2, alternative text: it at 8', 'Step 2, callout: it at 5']);
  assert.equal(hits(all, 'it', false).length, 12, 'and the description and the alternative text');
  assert.deepEqual(hits(all, '', false), []);
  assert.equal(hits(all, '.', false).length, 3, 'a letter that means something else in patterns is that letter');
});

test('other words come in the place of some, and nothing else changes', () => {
  const all = [{ text: 'aa b aa' }];
  assert.equal(replaced('aa b aa', hits(all, 'aa', true), '$1'), '$1 b $1');
  assert.equal(replaced('aa b aa', hits(all, 'aa', true).slice(1), ''), 'aa b ');
  assert.equal(replaced('İ ıt', hits([{ text: 'İ ıt' }], 'ıt', false), 'x'), 'İ x', 'letters that grow in lower case move nothing');
});

test('all are replaced as one change, what stands last first, and what must have words keeps them', () => {
  const here = made();
  const all = texts(here);
  const { intent, count } = replacing(all, hits(all, 'it', false), 'that');
  assert.equal(count, 12);
  assert.deepEqual(intent.intents.map(({ op, section, key }) => [op, section, key].filter((each) => each !== undefined).join(' ')), [
    'set-text', 'alt', 'text', 'set-text', 'text', 'heading 2', 'prose 1', 'meta cta', 'meta description', 'meta title',
  ]);
  const [callout] = here.outline.steps[1].scenes[0].annotations;
  assert.deepEqual(intent.intents[0], { op: 'set-text', annotation: callout.uid, text: 'Note that' });
  assert.deepEqual(replacing(all, hits(all, 'Open it', true), ''), { intent: null, count: 0 }, 'a step keeps its words');
  assert.equal(replacing(all, hits(all, 'How it works', true), '').count, 0);
});
