import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { report } from '../../themes/default/player/report.js';

const detail = { guide: 'token', step: 2, id: 'open-the-menu', total: 12, percent: 17 };
let posted = [];

/** @param {object} settings what the reader's browser says */
const browser = (settings) => {
  const navigator = { sendBeacon: (url, body) => posted.push([url, JSON.parse(body)]), ...settings };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
};

beforeEach(() => {
  posted = [];
  browser({});
});
afterEach(() => delete globalThis.dataLayer);

test('without a beacon and a dataLayer nothing leaves', () => {
  report('step', detail, undefined);
  assert.deepEqual(posted, []);
  assert.equal('dataLayer' in globalThis, false);
});

test('the beacon gets the event and nothing about the reader', () => {
  report('step', detail, 'https://stats.example.com/guides');
  assert.deepEqual(posted, [['https://stats.example.com/guides', { type: 'step', ...detail }]]);
});

test('a reader who asked not to be followed is not', () => {
  for (const wish of [{ doNotTrack: '1' }, { globalPrivacyControl: true }]) {
    browser(wish);
    report('step', detail, 'https://stats.example.com/guides');
  }
  assert.deepEqual(posted, []);
});

test('a dataLayer gets the event in its own form', () => {
  globalThis.dataLayer = [];
  report('complete', detail, undefined);
  assert.deepEqual(globalThis.dataLayer, [{ event: 'guidemark:complete', guidemark: detail }]);
});
