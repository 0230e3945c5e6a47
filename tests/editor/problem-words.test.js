import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { recognise } from '../../editor/identity.js';
import { WORDS, coverLeaks, tell } from '../../editor/problem-words.js';
import { guide, annotationOf } from './guide.js';

function made() {
  const here = guide([['Open it', []], ['Close it', [annotationOf('click', 1270)]]]);
  const [one, two] = here.outline.steps;
  Object.assign(one, { line: 10, source: '1. Open it\n\n   ![](a.png)\n\n   Then wait\n\n   ![](b.png)', runs: ['Open it', 'Then wait'], scenes: [{ picture: 0, inherited: false, alt: '', crop: null, annotations: [] }, { picture: 0, inherited: false, alt: '', crop: null, annotations: [] }] });
  Object.assign(two, { line: 20, source: '2. Close it\n   <!-- @click 1270,20 30x40 -->' });
  two.scenes[0].annotations[0].line = 21;
  here.outline.sections = [{ kind: 'text', at: 5, line: 5, markdown: 'Why.' }, { kind: 'steps', from: 0, to: 2 }, { kind: 'text', at: 90, line: 30, markdown: 'End.' }];
  return recognise(null, here);
}
const problem = (code, line, more = {}) => ({ severity: 'warning', code, line, column: 1, message: 'a message', help: null, fix: null, ...more });

test('each problem leads to the field in which it is fixed', () => {
  const here = made();
  const [one, two] = here.outline.steps.map(({ uid }) => uid);
  const place = (code, line, more) => tell(problem(code, line, more), here).place;
  assert.deepEqual(place('missing-alt', 12), { kind: 'alt', step: one, scene: 0 });
  assert.deepEqual(place('missing-alt', 16), { kind: 'alt', step: one, scene: 1 }, 'of the second screenshot');
  assert.deepEqual(place('repeated-word', 14), { kind: 'run', step: one, run: 1 });
  assert.deepEqual(place('small-target', 21), { kind: 'annotation', annotation: here.outline.steps[1].scenes[0].annotations[0].uid });
  assert.deepEqual(place('empty-step', 20), { kind: 'step', step: two });
  assert.deepEqual(place('broken-link', 31), { kind: 'section', section: 2 });
  assert.deepEqual(place('broken-link', 5), { kind: 'section', section: 0 });
  assert.deepEqual(place('bad-date', 3, { message: '`2026-13` is not a day of the calendar', key: 'created' }), { kind: 'setting', setting: 'created' });
  assert.deepEqual(place('bad-value', 3, { message: '`frame` can\'t be `x`' }), { kind: 'setting', setting: 'frame' }, 'as long as nothing says the key');
  assert.deepEqual(place('unknown-step', 3, { message: 'the guide has no step `tags`' }), { kind: 'setting', setting: 'cover' });
  assert.deepEqual(place('unknown-key', 3, { message: 'unknown key `titel`', key: 'titel' }), { kind: 'setting', setting: 'title' });
  assert.deepEqual(place('missing-description', null), { kind: 'setting', setting: 'description' });
  assert.equal(place('heavy-page', null), null);
  assert.equal(tell(problem('missing-alt', 12), here).words, 'Describe this screenshot');
  assert.equal(tell(problem('never-heard-of', 12), here).words, '', 'then the message says it');
});

test('what has one right answer is offered', () => {
  const here = made();
  const fix = (code, line, more) => tell(problem(code, line, more), here).fix;
  const leak = fix('leaked-redaction', 16, { help: 'add `@redact 10.5,20 30.5x40` below this screenshot' });
  assert.deepEqual([leak.intent.op, leak.intent.scene], ['annotate', 1]);
  assert.deepEqual([leak.intent.fields.verb, leak.intent.fields.region], ['redact', { x: 10, y: 20, w: 31, h: 40 }], 'all that shows, in whole points');
  const outside = fix('region-outside', 21).intent;
  assert.deepEqual([outside.op, outside.area], ['set-region', { x: 1250, y: 20, w: 30, h: 40 }]);
  assert.deepEqual(fix('loose-image', 12, { fix: [12, 13] }).intent, { op: 'fix', lines: [12, 13] });
  assert.equal(fix('missing-alt', 12), null);
  const described = fix('missing-alt', 16, { help: 'say between the brackets what it shows, perhaps `![Sign in, Log in](…)`' });
  assert.deepEqual([described.label, described.intent.op, described.intent.scene, described.intent.alt], ['Write “Sign in, Log in”', 'alt', 1, 'Sign in, Log in']);
  assert.equal(fix('redacted-words', 12, { help: 'add `@redact 1,2 3x4` below this screenshot' }).intent.fields.verb, 'redact');
  here.problems = [problem('leaked-redaction', 12, { help: 'add `@redact 1,2 3x4`' }), problem('missing-alt', 12), problem('redacted-elsewhere', 16, { help: 'add `@redact 5,6 7x8`' })];
  assert.deepEqual(coverLeaks(here).intents.map(({ scene, fields: { region } }) => [scene, region.x]), [[0, 1], [1, 5]], 'all that shows something, as one change');
});

test('every code has words', () => {
  const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const found = (path, form) => [...text(path).matchAll(form)].map(([, code]) => code);
  const lints = readdirSync(new URL('../../src/guide/lints/', import.meta.url)).flatMap((file) => found(`src/guide/lints/${file}`, /\bcode: "([\w-]+)"/g));
  const codes = [...found('src/project/codes.rs', /\bcode\("([\w-]+)"/g), ...lints, ...found('docs/reference/diagnostics/README.md', /^\| \[`([\w-]+)`\]/gm)];
  assert.ok(lints.length > 25 && codes.length > 150, 'they are read');
  assert.deepEqual(codes.filter((code) => !WORDS[code]), []);
  assert.deepEqual(Object.keys(WORDS).filter((code) => !codes.includes(code)), [], 'of codes that there are');
  for (const [words] of Object.values(WORDS)) assert.match(words, /^[A-Z].*[^.\s]$/);
});
