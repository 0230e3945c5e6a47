import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { entries } from '../../editor/entries.js';
import { HELP } from '../../editor/keys.js';
import { guide, annotationOf } from './guide.js';

const folder = new URL('../../editor/', import.meta.url);

/** All that a view can do, done by nobody: the last call is remembered. */
function stub(calls, path = '') {
  return new Proxy(() => {}, {
    get: (_, name) => (typeof name === 'symbol' ? undefined : name === 'length' ? 2 : name === 'isFolded' ? () => false : stub(calls, `${path}.${name}`)),
    apply: (_, __, given) => void calls.push([path.slice(1), ...given]),
  });
}

/** The second of three steps, all of whose parts can be worked on. */
function made(change = {}) {
  const here = guide([['One', []], ['Two', [annotationOf('redact'), annotationOf('redact', 50), annotationOf('click')]], ['Three', []]]);
  Object.assign(here, { undo: 1, redo: 1, fixes: 2, problems: [{}] });
  const step = here.outline.steps[1];
  here.outline.steps.forEach((each, at) => Object.assign(each, { uid: `s${at}` }));
  step.scenes[0].annotations.forEach((each, at) => Object.assign(each, { uid: `a${at}` }));
  step.scenes.push({ picture: 0, inherited: false, alt: '', crop: null, annotations: [] });
  const calls = [];
  const does = stub(calls, '.session');
  const session = {
    guide: here, current: step, index: 1, chosen: ['s1'], step: 's1', scene: 0, currentScene: step.scenes[0], picture: here.outline.pictures[0], size: { width: 1280, height: 800 },
    selected: { uid: 'a1', which: 'region' }, annotation: step.scenes[0].annotations[1], tool: 'hotspot', playing: false, unsaved: false, ratio: () => undefined, verb: () => ({ anchor: 'may' }),
    goBy: does.goBy, go: does.go, select: does.select, nudge: does.nudge, choose: does.choose, extendTo: does.extendTo, writing: does.writing, ...change,
  };
  here.outline.meta.draft = change.draft ?? true;
  return { session, calls, all: entries(session, stub(calls)) };
}

/** The names of the buttons that work on the guide, as the modules that are always on the page give them. */
function buttons() {
  const parts = ['topbar', 'steps', 'canvas', 'panel', 'folds', 'problems', 'mark-actions', 'annotation-list', 'recording', 'play', 'source', 'anchor-field', 'runs'];
  const names = parts.flatMap((name) => {
    const text = readFileSync(new URL(`${name}.js`, folder), 'utf8');
    return [...text.matchAll(/'?data-focus'?: (?:'|`)([\w -]+)|dataset\.focus = `(?:list \$\{uid\} )?([\w]+)/g)].map(([, one, other]) => (one || other).trim());
  });
  return new Set(names.concat('remove', 'up', 'down'));
}

test('every button has an entry that names it', () => {
  const found = new Set(made().all.flatMap(({ of = '' }) => (/^(?:tool|fold) /.test(of) ? [of, of.split(' ')[0]] : of.split(' '))));
  // A step has its title as its entry; the screenshot and the list of annotations are no actions.
  const known = ['step', 'canvas', 'list'];
  const missing = [...buttons()].filter((name) => !found.has(name) && !known.includes(name));
  assert.deepEqual(missing, []);
  assert.ok(buttons().size > 35, `they are found: ${buttons().size}`);
});

test('every key has an entry that names it', () => {
  const arrows = (key) => (key.endsWith('arrow keys') ? ['←', '→', '↑', '↓'].map((each) => key.replace(/arrow keys/i, each)) : key.endsWith('Arrow keys') ? ['←', '→', '↑', '↓'] : [key]);
  // `↑ or ↓` share what is held with them.
  const each = (key) => key.split(' or ').map((part, at, all) => (at && all[0].includes(' + ') ? all[0].replace(/[^ ]+$/, part) : part)).flatMap(arrows).map((one) => one.replaceAll(' + ', ' '));
  const { all } = made();
  const keys = new Set(all.flatMap(({ key }) => (key || '').replace(' pastes one', '').split(' or ')));
  // Held or pressed while something else is done; and the keys of the palette itself.
  const gestures = ['Alt while drawing', 'Tab', 'Ctrl click', 'Ctrl Shift P'];
  const missing = HELP.flatMap(([, rows]) => rows).flatMap(([key]) => each(key)).filter((key) => !keys.has(key) && !gestures.includes(key));
  assert.deepEqual(missing, []);
});

test('every verb can be added, every step and screenshot gone to', () => {
  const { all, session } = made();
  const names = all.map(({ name }) => name);
  for (const { name } of session.guide.verbs) assert.ok(names.includes(`Add annotation: ${name}`), name);
  for (const name of ['Go to step 3: Three', 'Go to screenshot 2 of the step', 'Replace screenshot in all 2 places that show it…', 'Preview as phone', 'Preview as embed', 'Preview in colours: dark']) assert.ok(names.includes(name), name);
  assert.equal(new Set(names).size, names.length, 'no name stands twice');
  assert.ok(made({ draft: false }).all.some(({ name }) => name === 'Make it a draft again'));
  assert.ok(!names.includes('Make it a draft again'));
});

test('what can’t be done is not offered', () => {
  const { all } = made({ index: 0, selected: null, annotation: undefined, picture: undefined, tool: 'select' });
  const names = all.map(({ name }) => name);
  for (const name of ['Previous step', 'Remove annotation', 'Enlarge the screenshot', 'Tool: Crop', 'Put the tool’s box at the middle of the screenshot']) assert.ok(!names.includes(name), name);
  assert.ok(names.includes('Next step'));
});

test('entries do what they say', () => {
  const { all, calls } = made();
  const done = (name) => {
    calls.length = 0;
    all.find((each) => each.name === name).run();
    return calls.at(-1);
  };
  assert.deepEqual(done('Previous step'), ['session.goBy', -1]);
  assert.deepEqual(done('Remove annotation'), ['panel.list.remove', 'a1', false]);
  assert.deepEqual(done('Move annotation down in the list'), ['panel.list.shift', 'a1', 1]);
  assert.deepEqual(done('Move annotation right by 10 points'), ['session.nudge', 'a1', 'region', { x: 60, y: 20, w: 30, h: 40 }]);
  assert.deepEqual(done('Make annotation wider by 1 point'), ['session.nudge', 'a1', 'region', { x: 50, y: 20, w: 31, h: 40 }]);
  assert.deepEqual(done('Preview as tablet'), ['play.show', { view: 'tablet' }]);
  assert.deepEqual(done('Fold the list of steps'), ['folds.fold', 'steps', true]);
  assert.deepEqual(done('Add annotation: press'), ['panel.list.add', 'press']);
});
