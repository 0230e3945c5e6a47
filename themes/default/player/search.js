/**
 * The library's search: words of titles, applications, tags and steps, forgiving of slips. Pure.
 *
 * @typedef {{title: string, app: string, tags: string[]}} Card
 * @typedef {{words: string, guides: string[]}} Steps The words of all steps, and which each guide has.
 * @typedef {{words: string[], places: Map<number, number>[], titles: string[]}} Index For each word, the
 *   weight it has in each card.
 */

const TITLE = 4;
const APP = 3;
const TAG = 3;
const STEP = 1;

/** The words of a text in lower case, without accents. @param {string} text */
export function wordsOf(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
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
  const index = { words: [], places: [], titles: cards.map(({ title }) => wordsOf(title).join(' ')) };
  const add = (/** @type {string} */ word, /** @type {number} */ card, /** @type {number} */ weight) => {
    let number = numbers.get(word);
    if (number === undefined) {
      numbers.set(word, number = index.words.length);
      index.words.push(word);
      index.places.push(new Map());
    }
    const places = index.places[number];
    places.set(card, Math.max(weight, places.get(card) || 0));
  };
  const vocabulary = steps.words.split(' ').map(wordsOf);
  cards.forEach(({ title, app, tags }, card) => {
    for (const word of wordsOf(title)) add(word, card, TITLE);
    for (const word of wordsOf(app)) add(word, card, APP);
    for (const word of tags.flatMap(wordsOf)) add(word, card, TAG);
    for (const number of decode(steps.guides[card] || '')) for (const word of vocabulary[number] || []) add(word, card, STEP);
  });
  return index;
}

/** How well a word answers what was typed, 0 to 1. @param {string} typed @param {string} word */
export function likeness(typed, word) {
  if (word === typed) return 1;
  if (word.startsWith(typed)) return 0.9;
  if (typed.length > 2 && word.includes(typed)) return 0.6;
  const slips = typed.length > 7 ? 2 : typed.length > 3 ? 1 : 0;
  if (!slips) return 0;
  // Half a long word may be typed: compare with as much of it.
  const found = Math.min(distance(typed, word, slips), word.length > typed.length ? distance(typed, word.slice(0, typed.length), slips) + 0.5 : Infinity);
  return found <= slips ? 0.5 - 0.1 * found : 0;
}

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
  /** @type {Map<number, number> | undefined} */
  let scores;
  for (const word of typed) {
    const found = scoresOf(index, word);
    if (scores) for (const [card, score] of found) found.set(card, score + (scores.get(card) ?? -Infinity));
    scores = new Map([...found].filter(([, score]) => score > 0));
  }
  const phrase = typed.join(' ');
  const points = (/** @type {number} */ card) => (scores?.get(card) || 0) + (index.titles[card].includes(phrase) ? TITLE : 0);
  return [...scores?.keys() || []].sort((a, b) => points(b) - points(a) || a - b);
}

/** @param {Index} index @param {string} typed */
function scoresOf(index, typed) {
  /** @type {Map<number, number>} */
  const scores = new Map();
  index.words.forEach((word, number) => {
    const like = likeness(typed, word);
    if (!like) return;
    for (const [card, weight] of index.places[number]) scores.set(card, Math.max(like * weight, scores.get(card) || 0));
  });
  return scores;
}
