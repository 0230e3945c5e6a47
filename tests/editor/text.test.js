import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, palette } from '../../editor/colour.js';
import { bytes, common, compare, editorLink, nearChanges } from '../../editor/text.js';
import { areaName, listDetail, markLabel, markName } from '../../editor/words.js';
import { annotationOf, verbs } from './guide.js';

test('a caret is counted in bytes', () => {
  assert.equal(bytes('abc', 2), 2);
  assert.equal(bytes('ä€😀x', 4), 9);
});

test('changed lines are marked on both sides', () => {
  const { mine, theirs } = compare('a\nmine\nc', 'a\ntheirs\nc\nd');
  assert.deepEqual(mine.map(({ changed }) => changed), [false, true, false]);
  assert.deepEqual(theirs.map(({ changed }) => changed), [false, true, false, true]);
  assert.ok(compare('same', 'same').mine.every(({ changed }) => !changed));
});

test('the longest common lines are found', () => {
  assert.deepEqual(common(['a', 'b', 'c'], ['b', 'x', 'c']), [[1, 0], [2, 2]]);
  assert.deepEqual(common([], ['a']), []);
});

test('only the neighbourhood of a change is shown', () => {
  const lines = Array.from({ length: 20 }, (_, at) => ({ text: String(at), changed: at === 10 }));
  const shown = nearChanges(lines, 1);
  assert.deepEqual(shown.map((line) => line && line.number), [null, 10, 11, 12, null]);
});

test('a link to the source survives spaces and drives', () => {
  assert.equal(editorLink('vscode', '/a b/c#.md', 3), 'vscode://file/a%20b/c%23.md:3');
  assert.equal(editorLink('zed', 'C:\\a\\b.md', 1), 'zed://file/C:/a/b.md:1');
});

test('annotations have names that tell what and where', () => {
  const click = annotationOf('click', 336, { region: { x: 336, y: 112, w: 82, h: 29 } });
  assert.equal(markName(click, verbs[0], 'region'), 'Hotspot: click, 336,112, 82 by 29 points');
  assert.equal(markLabel(click, 'region'), 'click · 336,112 · 82×29');
  assert.equal(areaName({ x: 1, y: 2, w: 0, h: 0 }), 'point 1,2');
  assert.match(markName({ ...annotationOf('callout'), text: 'Note' }, verbs[6], 'region'), /^Callout: .*“Note”$/);
  assert.equal(listDetail(click), '336,112 82×29');
  assert.equal(listDetail({ ...click, region: null, text: 'Ctrl+K' }), 'Ctrl+K');
});

test('the brand’s colour can be read in both schemes, whatever it is', () => {
  for (const brand of ['#5645e6', '#ffff00', '#000000', '#ffffff', '#ff6600', '#0a0', 'nonsense']) {
    for (const dark of [false, true]) {
      const colours = palette(brand, dark);
      assert.ok(contrast(colours['on-brand'], colours.brand) >= 4.5, `${brand} ${dark} button`);
      assert.ok(contrast(colours['brand-text'], colours['brand-soft']) >= 4.5, `${brand} ${dark} soft`);
      assert.ok(contrast(colours['brand-text'], dark ? '#1b1c24' : '#ffffff') >= 4.5, `${brand} ${dark} paper`);
    }
  }
});
