/**
 * When a film shows what: the plans of the steps on one clock. Pure.
 *
 * @import {Plan, Step} from './timeline.js'
 * @typedef {object} FilmOptions
 * @property {number} [pace] Words a minute.
 * @property {number} [max] The longest that the film may be, in milliseconds; 0: as long as it takes.
 * @property {number} [first] The first step, from 1.
 * @property {number} [last] The last step.
 * @property {boolean} [still] Whether titles and cards are there whole as long as they stand: no reader sees them come and go.
 * @typedef {object} Part A stretch of the film, in milliseconds of the film.
 * @property {'cover' | 'chapter' | 'step' | 'end'} kind
 * @property {number} step From 1.
 * @property {number} index Of what is shown, among the steps and their texts.
 * @property {string} title
 * @property {number} start
 * @property {number} card When the words come up.
 * @property {number} stop When they can be read in peace: everything stands still.
 * @property {number} resume When that is over.
 * @property {number} end
 * @property {boolean} last Whether the film ends with it.
 * @property {number} speed How much faster than in the walkthrough things move.
 */

/** How long titles stand, in milliseconds. @type {Record<string, number>} */
const STANDS = { cover: 2600, chapter: 2000, end: 2800 };
/** How long titles take to come and to go. */
export const DISSOLVE = 320;
/** How long a card takes. */
const COMES = 120;
/** How long a card takes to show more of its words. */
const TURNS = 400;
/** The least pause that is left when a film has to be short. */
const BREATH = 900;
/** How much faster than in the walkthrough things move at the most. */
const FASTEST = 3;

/** When the pause of a plan is over. @param {Plan} plan */
const resumes = ({ cues, stop, end }) => Math.min(end, ...cues.filter(({ at }) => at > stop).map(({ at }) => at));

/**
 * The parts of a film.
 * @param {Step[]} steps @param {(step: number) => Plan} planOf @param {FilmOptions} [options]
 * @returns {{parts: Part[], total: number}}
 */
export function makeReel(steps, planOf, { pace = 200, max = 0, first = 1, last = Infinity } = {}) {
  /** @type {{kind: Part['kind'], step: number, index: number, title: string, plan?: Plan, pause: number}[]} */
  const shots = [];
  const title = (/** @type {Part['kind']} */ kind, /** @type {number} */ index, /** @type {string} */ title) => shots.push({ kind, step: steps[index].number, index, title, pause: STANDS[kind] });
  const end = steps.length - 1;
  const whole = first <= 1 && last >= steps[end].number;
  if (whole) title('cover', 0, '');
  steps.forEach((step, index) => {
    const { number } = step;
    if (number < first || number > last) return;
    const before = steps[index - 1];
    if (step.chapter && step.chapter !== before?.chapter && step.chapter !== before?.title) title('chapter', index, step.chapter);
    const plan = planOf(index);
    shots.push({ kind: 'step', step: number, index, title: step.title, plan, pause: ((resumes(plan) - plan.stop) * 200) / pace });
  });
  if (whole) title('end', end, '');
  const moves = shots.reduce((sum, { plan }) => sum + (plan ? plan.end - resumes(plan) + plan.stop : 0), 0);
  const { part, speed } = shortened(shots.map(({ pause }) => pause), moves, max);
  let now = 0;
  const parts = shots.map(({ kind, step, index: shown, title, plan, pause }, index) => {
    const start = now;
    const rest = Math.min(pause, Math.max(BREATH, pause * part));
    const stop = start + (plan ? plan.stop / speed : 0);
    const resume = stop + rest;
    now = resume + (plan ? (plan.end - resumes(plan)) / speed : 0);
    return { kind, step, index: shown, title, start, card: plan ? start + plan.card / speed : start, stop, resume, end: now, last: index === shots.length - 1, speed };
  });
  return { parts, total: now };
}

/** Which part of each pause is left, so that all takes no longer than it may; then things move faster. @param {number[]} pauses @param {number} moves @param {number} max */
function shortened(pauses, moves, max) {
  const sum = (/** @type {number} */ part) => pauses.reduce((sum, pause) => sum + Math.min(pause, Math.max(BREATH, pause * part)), 0);
  if (!max || moves + sum(1) <= max) return { part: 1, speed: 1 };
  const least = sum(0);
  if (moves + least > max) return { part: 0, speed: Math.min(FASTEST, Math.max(1, moves / Math.max(1, max - least))) };
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 40; turn += 1) {
    const middle = (low + high) / 2;
    if (moves + sum(middle) <= max) low = middle;
    else high = middle;
  }
  return { part: low, speed: 1 };
}

/** The time of a step's plan at a time of the film. @param {Part} part @param {Plan} plan @param {number} ms */
export function planTime({ start, stop, resume, speed }, plan, ms) {
  if (ms < stop) return (ms - start) * speed;
  return ms < resume ? plan.stop : Math.min(plan.end, resumes(plan) + (ms - resume) * speed);
}

/** When something moves in a part: from and to, in order; both the same where something is there at once. @param {Part} part @param {Plan} [plan] @returns {[number, number][]} */
export function busyTimes({ kind, start, card, stop, resume, end, last, speed }, plan) {
  /** @type {[number, number][]} The first picture of a film is whole, and the last one too. */
  const titles = kind === 'step' || start === 0 ? [] : [[start, start + DISSOLVE]];
  if (!last) titles.push([end - (kind === 'step' ? COMES : DISSOLVE), end]);
  if (!plan) return titles;
  const again = resumes(plan);
  const film = (/** @type {number} */ at) => (at <= plan.stop ? start + at / speed : resume + (at - again) / speed);
  /** @type {[number, number][]} */
  const cues = plan.cues.map(({ at, end }) => [film(at), film(end)]);
  return [...cues, ...titles, /** @type {[number, number]} */ ([card, card + COMES])].sort((a, b) => a[0] - b[0]);
}

/** When the picture changes after a time of the film; the time itself while something moves. @param {Part} part @param {Plan | undefined} plan @param {number} ms */
export function nextChange(part, plan, ms) {
  const times = busyTimes(part, plan);
  if (times.some(([from, to]) => from <= ms && ms < to)) return ms;
  return Math.min(part.end, ...times.map(([from]) => from).filter((from) => from > ms));
}

/**
 * When a card goes on to words that it had no room for: from and to, in order. @param {Part} part
 * @param {number} room What of its words is seen. @param {number} all How high they all are. @returns {[number, number][]}
 */
export function scrollTurns({ stop, resume }, room, all) {
  if (all <= room + 1) return [];
  // A line is seen before and after.
  const count = Math.min(20, Math.ceil((all - room) / Math.max(1, 0.8 * room)));
  const each = (resume - stop) / (count + 1);
  return Array.from({ length: count }, (_, at) => {
    const from = stop + each * (at + 1);
    return /** @type {[number, number]} */ ([from, from + Math.min(TURNS, each / 3)]);
  });
}

/** How far a card is scrolled at a time, 0 to 1. @param {[number, number][]} turns @param {number} ms */
export function scrolled(turns, ms) {
  const parts = turns.map(([from, to]) => Math.max(0, Math.min(1, (ms - from) / (to - from))));
  const eased = parts.map((part) => part * part * (3 - 2 * part));
  return turns.length ? eased.reduce((sum, part) => sum + part, 0) / turns.length : 0;
}

/** How much of what comes and goes is there, 0 to 1: a title or a card. @param {Part} part @param {number} ms */
export function presence({ kind, start, card, end, last }, ms) {
  const time = kind === 'step' ? COMES : DISSOLVE;
  const come = kind !== 'step' && start === 0 ? 1 : (ms - (kind === 'step' ? card : start)) / time;
  const go = last ? 1 : (end - ms) / time;
  return Math.max(0, Math.min(1, come, go));
}
