/**
 * The walkthrough as a film: every moment by its time, without bar and buttons. No page has this; `guidemark export` adds it to
 * the page that it draws.
 */
import { element, put } from './dom.js';
import { makeReel, nextChange, planTime, presence, scrolled, scrollTurns } from './reel.js';
import { frameAt, planStep, restBefore } from './timeline.js';
import { StageView } from './view.js';

/** @import {FilmOptions, Part} from './reel.js' */
/** @import {Plan} from './timeline.js' */
/** @import {StageData} from './view.js' */

/** What only films look like. The bar keeps its place below the screen: it says where cards end. */
const FACE = `
.gm-stage *, .gm-stage ::before, .gm-stage ::after { animation: none !important; transition: none !important; }
.stage-alone .gm-stage { --size: clamp(1.06rem, 1.7cqi, 2rem); }
.stage-alone .gm-size { --free: 100svh - 36px - 1.6 * var(--pad); }
.gm-bar { visibility: hidden; height: calc(.8 * var(--pad)); overflow: hidden; }
.gm-foot button, .copy, .gm-start, .gm-ways, .gm-after, .gm-hot::after { display: none !important; }
.gm-foot { margin-top: 6px; }
.gm-card-shown :is(.gm-card, .gm-note) { opacity: var(--there) !important; }
:is(.gm-cover, .gm-end) { opacity: var(--there); }
.gm-stage:has(> :is(.gm-cover, .gm-end):not([hidden])) :is(.gm-world, .gm-still) { filter: blur(calc(3px * var(--there))); }
.gm-panel { position: static; }
`;

class Film {
  /** @param {HTMLElement} root @param {StageData} data */
  constructor(root, data) {
    this.data = data;
    this.view = new StageView(root, data);
    this.lens = this.view.lens();
    /** @type {Plan[]} */
    this.plans = data.steps.map((step, index) => planStep(step, restBefore(data.steps, index, this.lens), this.lens));
    const { end } = this.view.part;
    this.slide = element('div', 'gm-end');
    this.slide.append(element('div', 'gm-panel'));
    this.slide.hidden = true;
    end.after(this.slide);
    /** @type {{parts: Part[], total: number}} */
    this.reel = { parts: [], total: 0 };
    /** Whether titles and cards are there whole as long as they stand. */
    this.still = false;
    /** The step that is drawn, from 0, and the time of its plan. */
    this.step = -1;
    this.time = 0;
  }

  /** @param {FilmOptions} [options] */
  cut(options) {
    this.still = !!options?.still;
    return (this.reel = makeReel(this.data.steps, (step) => this.plans[step], options));
  }

  /** Shows a moment; returns when the next change is. @param {number} ms */
  seek(ms) {
    const { parts } = this.reel;
    const part = parts.findLast(({ start }) => start <= ms) || parts[0];
    const plan = part.kind === 'step' ? this.plans[part.index] : undefined;
    const { view } = this;
    put(view.root, { there: this.still ? 1 : presence(part, ms) });
    this.slide.hidden = part.kind !== 'chapter';
    if (part.kind === 'chapter') this.title(part.title);
    const status = part.kind === 'cover' ? 'cover' : part.kind === 'end' ? 'ended' : 'paused';
    view.state({ status, step: part.index });
    // Behind a title stands what it comes before, or after.
    this.draw(part.index, plan ? planTime(part, plan, ms) : part.kind === 'end' ? Infinity : 0);
    return Math.min(this.scroll(part, ms), nextChange(part, plan, ms));
  }

  /**
   * Shows what of a long card is read at a moment; returns when it shows more.
   * @param {Part} part @param {number} ms
   */
  scroll(part, ms) {
    const { text } = this.view.part;
    const turns = part.kind === 'step' ? scrollTurns(part, text.clientHeight, text.scrollHeight) : [];
    text.scrollTop = scrolled(turns, ms) * (text.scrollHeight - text.clientHeight);
    if (turns.some(([from, to]) => from <= ms && ms < to)) return ms;
    return Math.min(Infinity, ...turns.map(([from]) => from).filter((from) => from > ms));
  }

  /** @param {string} title */
  title(title) {
    this.slide.firstElementChild?.replaceChildren(element('p', 'gm-title', title));
  }

  /**
   * Draws a moment of a step by all that comes before it there: where a card stands follows from where it stood.
   * @param {number} step @param {number} time
   */
  draw(step, time) {
    const { view, lens, data } = this;
    const plan = this.plans[step];
    if (step !== this.step || time < this.time) {
      view.last = undefined;
      view.words(step, false);
      view.place(frameAt(plan, plan.card), lens, true);
      this.time = -1;
    }
    const turns = [plan.card, ...plan.cues.flatMap(({ at, end }) => [at, end])].filter((at) => at > this.time && at < time);
    for (const at of [...turns.sort((a, b) => a - b), time]) view.draw(frameAt(plan, at), data.steps[step], lens);
    this.step = step;
    this.time = time;
  }
}

/** Gives the player of the page a film, unless it has one of its own. */
async function wakeFilm() {
  const player = /** @type {any} */ (document.querySelector('guidemark-player'));
  if (player?.film && player.seekFilm) return '';
  const text = player?.querySelector('.stage-data')?.textContent;
  if (!text || !player.querySelector('.gm-screen')) return 'its page has no walkthrough of the built-in parts, nor `film()` and `seekFilm(ms)`';
  await customElements.whenDefined('guidemark-player');
  document.documentElement.classList.add('stage-alone');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(FACE);
  document.adoptedStyleSheets.push(sheet);
  // The film alone draws from now on.
  player.disconnectedCallback?.();
  await document.fonts.ready;
  const film = new Film(player, JSON.parse(text));
  // What is drawn before the first moment must not be there: a browser that draws a layer again keeps the fraction of a pixel at
  // which it stood, and whether it has drawn it depends on how busy the machine is.
  player.style.display = 'none';
  player.film = (/** @type {FilmOptions} */ options) => film.cut(options);
  player.seekFilm = (/** @type {number} */ ms) => {
    player.style.display = '';
    return film.seek(ms);
  };
  return '';
}

/** @type {any} */ (globalThis).guidemarkFilm = wakeFilm;
