import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOOLS, convert, defaultRegion, firstFields, place, ratioOf, regionDrawn, saying, verbNamed, withOption } from '../../editor/tools.js';
import { annotationOf, verbs } from './guide.js';

const size = { width: 1280, height: 800 };
const scene = (annotations = [], crop = null) => ({ picture: 0, inherited: false, alt: '', crop, annotations });
const verb = (name) => verbNamed(verbs, name);

test('every tool has a key of its own and a verb that there is', () => {
  assert.equal(new Set(TOOLS.map(({ key }) => key)).size, TOOLS.length);
  for (const tool of TOOLS.slice(1)) assert.ok(verbs.some(({ name }) => name === tool.verb), tool.name);
});

test('a click with a tool is a point where a verb may have one, else a box around it', () => {
  const click = { x: 600, y: 400, w: 1, h: 0 };
  assert.deepEqual(regionDrawn(verb('click'), click, scene(), size), { x: 600, y: 400, w: 0, h: 0 });
  const { x, y, w, h } = regionDrawn(verb('redact'), click, scene(), size);
  assert.ok(w > 20 && h > 20 && x < 600 && x + w > 600 && y < 400 && y + h > 400);
});

test('a default box lies in the middle of what is shown', () => {
  const { x, y, w, h } = defaultRegion(verb('click'), scene([], { x: 640, y: 0, w: 640, h: 800 }), size);
  assert.equal(x + w / 2, 960);
  assert.equal(y + h / 2, 400);
});

test('the camera keeps the proportions of what is shown', () => {
  assert.equal(ratioOf(verb('zoom'), scene(), size), 1.6);
  assert.equal(ratioOf(verb('zoom'), scene([], { x: 0, y: 0, w: 400, h: 400 }), size), 1);
  assert.equal(ratioOf(verb('click'), scene(), size), undefined);
});

test('a new annotation says what its verb must say', () => {
  assert.equal(firstFields(verb('click'), null, scene(), size).text, null);
  assert.ok(firstFields(verb('callout'), null, scene(), size).text);
  assert.ok(firstFields(verb('drag'), null, scene(), size).to);
  assert.equal(firstFields(verb('press'), null, scene(), size).region, null);
  assert.equal(firstFields(verb('scroll'), null, scene(), size).word, 'down');
  assert.ok(firstFields(verb('zoom'), null, scene(), size).region);
});

test('a verb that may stand only once moves there instead of standing twice', () => {
  const area = { x: 1, y: 2, w: 3, h: 4 };
  assert.equal(place('s', 0, scene(), verb('crop'), area, size).op, 'annotate');
  assert.deepEqual(place('s', 0, scene([{ ...annotationOf('crop'), uid: 'c' }]), verb('crop'), area, size), { op: 'set-region', annotation: 'c', which: 'region', area, uid: 'c' });
  assert.equal(place('s', 0, scene([{ ...annotationOf('click'), uid: 'c' }]), verb('click'), area, size).op, 'annotate');
  const off = { ...annotationOf('zoom'), uid: 'z', region: null, word: 'none' };
  const again = place('s', 0, scene([off]), verb('zoom'), area, size);
  assert.deepEqual([again.op, again.fields.region, again.fields.word], ['set', area, null]);
});

test('another verb keeps what it takes and adds what it needs', () => {
  const label = annotationOf('click', 10, { text: 'Save', on: 'button "Save"' });
  assert.deepEqual(convert(label, verb('type'), scene(), size), { ...label, verb: 'type' });
  assert.equal(convert(label, verb('highlight'), scene(), size).text, null);
  assert.equal(convert(label, verb('press'), scene(), size).region, null);
  assert.equal(convert(label, verb('press'), scene(), size).on, null);
  assert.equal(withOption(label, 'side', 'left').on, label.on);
  assert.ok(convert(label, verb('drag'), scene(), size).to);
  assert.ok(convert(annotationOf('click', 10, { region: { x: 5, y: 5, w: 0, h: 0 } }), verb('redact'), scene(), size).region.w > 0);
  assert.deepEqual(convert(annotationOf('callout', 10, { options: { side: 'top' } }), verb('redact'), scene(), size).options, {});
});

test('fields change what they are for', () => {
  assert.equal(saying(annotationOf('click', 10, { text: 'a' }), verb('click'), { text: '' }).text, null);
  assert.equal(saying(annotationOf('type', 10, { text: 'a' }), verb('type'), { text: '' }).text, '');
  const none = saying(annotationOf('zoom'), verb('zoom'), { word: 'none' });
  assert.deepEqual([none.word, none.region], ['none', null]);
  assert.deepEqual(withOption(annotationOf('callout', 10, { options: { side: 'top' } }), 'side', '').options, {});
  assert.deepEqual(withOption(annotationOf('callout'), 'side', 'left').options, { side: 'left' });
});
