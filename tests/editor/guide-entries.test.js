import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideEntries } from '../../editor/guide-entries.js';
import { find } from '../../editor/palette.js';

const listed = (slug, change = {}) => ({ slug, path: `guides/${slug}.md`, title: slug.toUpperCase(), draft: false, steps: 3, app: null, page: true, cover: null, ...change });

function made(change = {}) {
  const calls = [];
  const does = new Proxy({}, { get: (_, name) => (name in change ? change[name] : (...given) => calls.push([name, ...given])) });
  const library = { title: 'L', brand: null, apps: [], guides: [listed('a'), listed('b', { draft: true, page: false })], trash: [{ id: 't1', title: 'Gone', path: 'gone.md' }] };
  return { calls, library, all: guideEntries(library, does) };
}

test('all that the buttons of the list do is there by name', () => {
  const names = made().all.map(({ name }) => name);
  for (const name of ['New guide…', 'Record a guide…', 'View as a reader', 'Edit: A', 'Open the page of: A', 'Make it a draft: A', 'Publish: B', 'Duplicate: B', 'Rename: A', 'Export: A', 'Delete: B', 'Restore: Gone']) assert.ok(names.includes(name), name);
  assert.ok(!names.includes('Open the page of: B'), 'a draft that is not built has no page');
  assert.ok(!made({ undo: null }).all.some(({ key }) => key), 'nothing is deleted that could come back');
});

test('they do it to the guide they name', () => {
  const { all, calls, library } = made();
  const run = (words) => { find(all, words)[0].run(); return calls.at(-1); };
  assert.deepEqual(run('publish b'), ['publish', 'b', false]);
  assert.deepEqual(run('draft a'), ['publish', 'a', true]);
  assert.deepEqual(run('rename a'), ['rename', library.guides[0]]);
  assert.deepEqual(run('delete b'), ['remove', 'b']);
  assert.deepEqual(run('restore gone'), ['restore', 't1']);
  assert.deepEqual(run('edit a'), ['edit', 'a']);
});
