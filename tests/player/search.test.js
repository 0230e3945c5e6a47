import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildIndex, decode, distance, likeness, search, wordsOf } from '../../themes/default/player/search.js';

const cards = [
  { title: 'How to create a read-only API token', app: 'Datasette', tags: ['api', 'permissions'] },
  { title: 'How to add a transaction', app: 'Actual Budget', tags: ['money'] },
  { title: 'Überweisung anlegen', app: 'Actual Budget', tags: [] },
  { title: 'How to take back a token', app: 'Datasette', tags: ['permissions'] },
];
const steps = { words: 'menu expire days amount', guides: ['0 1 1', '3', '0', '0'] };
const index = buildIndex(cards, steps);
const titles = (query) => search(index, query).map((at) => cards[at].title);

test('a word of the title finds its guides, in their order', () => {
  assert.deepEqual(titles('token'), [cards[0].title, cards[3].title]);
});

test('applications, tags and steps are searched too', () => {
  assert.deepEqual(titles('budget'), [cards[1].title, cards[2].title]);
  assert.deepEqual(titles('money'), [cards[1].title]);
  assert.deepEqual(titles('expire'), [cards[0].title]);
  assert.deepEqual(titles('amount'), [cards[1].title]);
});

test('all words of a query must be answered', () => {
  assert.deepEqual(titles('token expire'), [cards[0].title]);
  assert.deepEqual(titles('token money'), []);
});

test('a title counts more than a step', () => {
  const two = buildIndex(
    [{ title: 'Other', app: '', tags: [] }, { title: 'Menu', app: '', tags: [] }],
    { words: 'menu', guides: ['0', ''] },
  );
  assert.deepEqual(search(two, 'menu'), [1, 0]);
});

test('what stands on screenshots finds guides after those whose words fit, however loosely', () => {
  const three = buildIndex(
    ['On screen', 'Resembling', 'Said'].map((title) => ({ title, app: '', tags: [] })),
    { words: 'currency currancy', guides: ['', '1', '0'], screens: ['0', '', ''] },
  );
  assert.deepEqual(search(three, 'currency'), [2, 1, 0]);
});

test('slips and half words are forgiven', () => {
  for (const query of ['tokne', 'tokn', 'tok', 'permisions', 'transa', 'tranzaction']) {
    assert.ok(titles(query).length > 0, query);
  }
  assert.deepEqual(titles('xyzzy'), []);
});

test('accents and case make no difference', () => {
  assert.deepEqual(titles('uberweisung'), [cards[2].title]);
  assert.deepEqual(titles('DATASETTE'), [cards[0].title, cards[3].title]);
});

test('ß is ss, whichever is typed', () => {
  const german = buildIndex([{ title: 'Größe ändern', app: '', tags: [] }, { title: 'Strasse', app: '', tags: [] }], { words: '', guides: [] });
  for (const query of ['grosse', 'größe', 'GRÖSSE', 'Grösse']) assert.deepEqual(search(german, query), [0], query);
  assert.deepEqual(search(german, 'Straße'), [1]);
});

test('two letters are a word where nothing parts words', () => {
  const eastern = buildIndex(
    [{ title: '新しい設定を開く', app: '', tags: [] }, { title: '如何创建访问令牌', app: '', tags: [] }, { title: 'Abide', app: '', tags: [] }],
    { words: '東京都を選ぶ', guides: ['', '0', ''] },
  );
  assert.deepEqual(search(eastern, '設定'), [0]);
  assert.deepEqual(search(eastern, '令牌'), [1]);
  assert.deepEqual(search(eastern, '京都'), [1]);
  assert.deepEqual(search(eastern, 'を'), [], 'a letter alone stands everywhere');
  assert.deepEqual(search(eastern, 'id'), [], 'two letters of a word are none');
});

test('an empty query answers nothing', () => {
  assert.deepEqual(search(index, ''), []);
  assert.deepEqual(search(index, ' ?! '), []);
});

test('words are parted in any script', () => {
  assert.deepEqual(wordsOf('Read-only, “Token” 東京'), ['read', 'only', 'token', '東京']);
  assert.deepEqual(wordsOf('Écran'), ['ecran']);
});

test('numbers are differences in base 36', () => {
  assert.deepEqual(decode('0 1 z 10'), [0, 1, 36, 72]);
  assert.deepEqual(decode(''), []);
});

test('distance counts swaps as one slip and stops early', () => {
  assert.equal(distance('token', 'tokne', 2), 1);
  assert.equal(distance('token', 'taken', 2), 1);
  assert.equal(distance('token', 'bananas', 2), 3);
  assert.equal(likeness('a', 'b'), 0);
});
