/**
 * The library's search: words of titles, applications, tags, steps and screenshots, forgiving of slips. Pure.
 *
 * @typedef {{title: string, app: string, tags: string[]}} Card
 * @typedef {{words: string, guides: string[], screens?: string[]}} Steps The words of all steps and screenshots, and which
 *   each guide has.
 * @typedef {{words: string[], places: number[][], letters: number[], titles: string[]}} Index For each
 *   word, cards and the weight it has in each, in turn.
 */

const TITLE = 4;
const APP = 3;
const TAG = 3;
const STEP = 1;
/** Less than a word of a step that only resembles what was typed. */
const SCREEN = 0.2;

/** Letters that are written without spaces between words. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** The words of a text in lower case, without accents, `ß` as `ss`. @param {string} text */
export function wordsOf(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').match(/[\p{L}\p{N}]+/gu) || [];
}

/** The numbers of a guide's words. @param {string} list Differences in base 36. */
export function decode(list) {
  let last = 0;
  return list ? list.split(' ').map((part) => (last += parseInt(part, 36))) : [];
}

/** @param {Card[]} cards @param {Steps} steps @returns {Index} */
export function buildIndex(cards, steps) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {Index} */
  const index = { words: [], places: [], letters: [], titles: cards.map(({ title }) => wordsOf(title).join(' ')) };
  const add = (/** @type {string} */ word, /** @type {number} */ card, /** @type {number} */ weight) => {
    let number = numbers.get(word);
    if (number === undefined) {
      numbers.set(word, number = index.words.length);
      index.words.push(word);
      index.places.push([]);
      index.letters.push(letters(word));
    }
    // Heavier weights come first, so that the first of a card counts.
    const places = index.places[number];
    if (places.at(-2) !== card) places.push(card, weight);
  };
  const vocabulary = steps.words.split(' ').map(wordsOf);
  cards.forEach(({ title, app, tags }, card) => {
    for (const word of wordsOf(title)) add(word, card, TITLE);
    for (const word of wordsOf(app)) add(word, card, APP);
    for (const word of tags.flatMap(wordsOf)) add(word, card, TAG);
    for (const number of decode(steps.guides[card] || '')) for (const word of vocabulary[number] || []) add(word, card, STEP);
    for (const number of decode(steps.screens?.[card] || '')) for (const word of vocabulary[number] || []) add(word, card, SCREEN);
  });
  return index;
}

/** The letters of a word as bits, so that most words are put aside without a closer look. @param {string} word */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** Whether more of the letters are missing than slips explain. @param {number} missing @param {number} most */
function tooMany(missing, most) {
  for (; missing; missing &= missing - 1) if (--most < 0) return true;
  return false;
}

/** How well a word answers what was typed, 0 to 1. @param {string} typed @param {string} word */
export function likeness(typed, word) {
  if (word === typed) return 1;
  if (word.startsWith(typed)) return 0.9;
  // Where nothing parts words, two letters are one, and may stand anywhere.
  if ((typed.length > 2 || (typed.length > 1 && DENSE.test(typed))) && word.includes(typed)) return 0.6;
  const slips = slipsIn(typed);
  if (!slips) return 0;
  // Half a long word may be typed: compare with as much of it.
  const found = Math.min(distance(typed, word, slips), word.length > typed.length ? distance(typed, word.slice(0, typed.length), slips) + 0.5 : Infinity);
  return found <= slips ? 0.5 - 0.1 * found : 0;
}

/** Slips that are forgiven. @param {string} typed */
const slipsIn = (typed) => (typed.length > 7 ? 2 : typed.length > 3 ? 1 : 0);

/** Letters to add, drop, change or swap; more than `most` is only that. @param {string} a @param {string} b @param {number} most */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length];
}

/**
 * The cards that answer all words of a query, the best first; equals stay in their order.
 * @param {Index} index @param {string} query @returns {number[]}
 */
export function search(index, query) {
  const typed = wordsOf(query);
  if (!typed.length) return [];
  const phrase = typed.join(' ');
  const each = typed.map((word) => scoresOf(index, word));
  const points = index.titles.map((title, card) =>
    each.reduce((sum, scores) => sum + (scores[card] || -Infinity), title.includes(phrase) ? TITLE : 0));
  return [...points.keys()].filter((card) => points[card] > 0).sort((a, b) => points[b] - points[a] || a - b);
}

/** Points of each card for one word. @param {Index} index @param {string} typed */
function scoresOf(index, typed) {
  const scores = new Float64Array(index.titles.length);
  const bits = letters(typed);
  const slips = slipsIn(typed);
  index.words.forEach((word, number) => {
    if (tooMany(bits & ~index.letters[number], slips)) return;
    const like = likeness(typed, word);
    const places = like ? index.places[number] : [];
    for (let at = 0; at < places.length; at += 2) {
      const score = like * places[at + 1];
      if (score > scores[places[at]]) scores[places[at]] = score;
    }
  });
  return scores;
}
