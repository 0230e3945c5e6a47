import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder, pictures } from '../../editor/files.js';
import { resolve } from '../../editor/intent.js';
import { guide } from './guide.js';

const names = (files) => files.map(({ name }) => name);

test('pictures come in the order a person counts', () => {
  const files = ['10.png', 'Step 2.png', '9.png', 'step 10.png', '1.png'].map((name) => ({ name }));
  assert.deepEqual(names(inOrder(files)), ['1.png', '9.png', '10.png', 'Step 2.png', 'step 10.png']);
  assert.equal(files[0].name, '10.png', 'the list given stays as it is');
});

test('other files are no pictures', () => {
  assert.deepEqual(names(pictures([{ name: 'a', type: 'image/png' }, { name: 'b', type: 'text/plain' }, { name: 'c', type: '' }])), ['a']);
});

test('the first step of a guide without any has none before it', () => {
  const empty = { ...guide([]), outline: { ...guide([]).outline, steps: [] } };
  assert.equal(resolve({ op: 'add-steps', after: '', steps: [] }, empty).after, null);
});

test('a text or a heading is named by its first byte, and one that is gone not at all', () => {
  const sections = [{ kind: 'text', at: 7, markdown: 'Why.' }, { kind: 'steps', from: 0, to: 1 }, { kind: 'heading', at: 40, level: 2, title: 'More', chapter: false }];
  const withSections = { ...guide([]), outline: { ...guide([]).outline, sections } };
  assert.deepEqual(resolve({ op: 'prose', section: 0, markdown: 'So.' }, withSections), { op: 'prose', at: 7, markdown: 'So.' });
  assert.deepEqual(resolve({ op: 'add-prose', spot: { below: 2 }, markdown: 'So.' }, withSections), { op: 'add-prose', spot: { below: 40 }, markdown: 'So.' });
  assert.equal(resolve({ op: 'prose', section: 1, markdown: 'So.' }, withSections), null);
  assert.equal(resolve({ op: 'heading', section: 9, title: 'So' }, withSections), null);
});
