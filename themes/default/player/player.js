/** `<guidemark-player>`: state, time and the reader's wishes; what is seen is the view's. */
import { put } from './dom.js';
import { aimCamera, clamp, fitScale } from './geometry.js';
import { hashId, heard, isFramed, parameters, tellParent, writeHash } from './host.js';
import { keyCommand } from './keys.js';
import { report } from './report.js';
import { outside, percentOf, reduce } from './state.js';
import { FADE, frameAt, planStep, restBefore } from './timeline.js';
import { watchTouch } from './touch.js';
import { StageView } from './view.js';

/** @import {Command, State} from './state.js' */
/** @import {Camera, Lens} from './geometry.js' */
/** @import {Frame, Plan, Rest} from './timeline.js' */
/** @import {Fingers} from './touch.js' */
/** @import {StageData} from './view.js' */

/** Methods that another page may call. */
const OBEYED = ['go', 'next', 'back', 'play', 'pause', 'restart'];
/** What the buttons of the stage do. @type {[name: string, command: Command][]} */
const BUTTONS = [['back', 'back'], ['next', 'next'], ['restart', 'restart'], ['play', 'toggle']];
/** Space between the stage and the window's edge, in pixels. */
const MARGIN = 8;

/**
 * The walkthrough of a guide. Attributes, reflected: `step` (from 1; setting it goes there), `total`, `state`
 * (`cover`, `paused`, `playing` or `ended`). `autoplay` and `loop` are read. Events, bubbling, `detail` =
 * `{guide, step, id, total, percent}`: `guidemark:load`, `:start`, `:step`, `:complete`, `:cta`, `:close`.
 */
export class GuidemarkPlayer extends HTMLElement {
  static observedAttributes = ['step'];

  /** @type {AbortController | null} */
  #life = null;
  /** @type {StageData} */
  #data = { guide: '', width: 1, height: 1, steps: [] };
  /** @type {State} */
  #state = { status: 'cover', step: 0 };
  /** @type {StageView | null} */
  #view = null;
  /** @type {Lens} */
  #lens = { w: 1, h: 1 };
  /** @type {Plan | null} */
  #plan = null;
  #time = 0;
  #raf = 0;
  #last = 0;
  /** @type {Camera | null} What the reader's fingers made of it. */
  #own = null;
  /** Whether the card has no words of this step, those that have arrived, or all: 0, 1, 2. */
  #worded = 0;
  #hovered = false;
  #alone = false;
  #idle = 0;
  /** The height that was sent last. */
  #sentHeight = 0;
  /** @type {HTMLElement | null} What had the focus before the stage. */
  #origin = null;

  connectedCallback() {
    const text = this.querySelector('.stage-data')?.textContent;
    if (!text || this.#life) return;
    this.#data = JSON.parse(text);
    if (!this.#data.steps.length) return;
    this.#life = new AbortController();
    this.#view = new StageView(this, this.#data);
    this.#alone = document.documentElement.classList.contains('stage-alone');
    this.#fit();
    this.#listen(this.#view, this.#life.signal);
    this.#view.state(this.#state);
    this.#measure();
    this.#emit('load');
    if (!this.#follow(true) && (parameters().has('autoplay') || this.hasAttribute('autoplay'))) this.play();
  }

  disconnectedCallback() {
    this.#life?.abort();
    this.#life = null;
    this.#halt();
    clearTimeout(this.#idle);
    this.#view = null;
    this.#plan = null;
    this.#origin = null;
  }

  /** @param {string} _ @param {string | null} before @param {string | null} after */
  attributeChangedCallback(_, before, after) {
    if (this.#life && Number(after) !== this.step) this.go(Number(after));
  }

  /** The step shown, from 1. */
  get step() {
    return this.#data.steps[this.#state.step].number;
  }

  set step(number) {
    this.go(number);
  }

  /** Number of steps. */
  get total() {
    return this.#view?.total || 0;
  }

  /** `cover`, `paused`, `playing` or `ended`. */
  get state() {
    return this.#state.status;
  }

  /** Shows a step. @param {number | string} target Its number from 1, or its id. */
  go(target) {
    const number = this.#index(target);
    if (number >= 0) this.#obey('go', number);
  }

  /** Goes on; from the last step to the end. */
  next() {
    this.#obey('next');
  }

  /** Goes back a step. */
  back() {
    this.#obey('back');
  }

  /** Plays by itself. */
  play() {
    this.#obey('play');
  }

  /** Stops playing by itself. */
  pause() {
    this.#obey('pause');
  }

  /** Begins again at the first step. */
  restart() {
    this.#obey('restart');
  }

  /** Shows one moment and stands still: for films. @param {number | string} target @param {number} ms Since the step's beginning. */
  seek(target, ms) {
    let step;
    for (step of this.#texts(target)) {
      this.#time = ms;
      this.#plan = this.#planOf(step);
      ms -= this.#plan.end;
      if (ms <= 0) break;
    }
    if (step === undefined || !this.#view) return;
    this.#state = { status: 'paused', step };
    this.#halt();
    this.#view.state(this.#state);
    this.#worded = 0;
    this.#prepare();
    this.#draw();
    for (const motion of this.getAnimations({ subtree: true })) {
      motion.pause();
      motion.currentTime = motion instanceof CSSTransition ? 1e4 : this.#time;
    }
  }

  /** How long a step lasts when it plays by itself, in milliseconds. @param {number | string} target */
  duration(target) {
    return this.#texts(target).reduce((sum, step) => sum + this.#planOf(step).end, 0);
  }

  /** @param {number | string} [target] @returns {number} From 0; -1: there is none. */
  #index(target) {
    const { steps } = this.#data;
    const byId = steps.findIndex(({ id }) => id === target);
    const wanted = clamp(1, Math.round(Number(target)), this.total);
    return byId >= 0 || target === '' ? byId : steps.findIndex(({ number }) => number === wanted);
  }

  /** All that belongs to a step. @param {number | string} target @returns {number[]} */
  #texts(target) {
    const { steps } = this.#data;
    const at = this.#index(target);
    return [...steps.keys()].filter((index) => steps[index].number === steps[at]?.number);
  }

  /** @param {number} step @param {Rest} [from] */
  #planOf(step, from = restBefore(this.#data.steps, step, this.#lens)) {
    return planStep(this.#data.steps[step], from, this.#lens);
  }

  #planned() {
    return this.#plan ||= this.#planOf(this.#state.step);
  }

  #halt() {
    cancelAnimationFrame(this.#raf);
    this.#raf = 0;
  }

  /** @param {Command} command @param {number} [step] @param {boolean} [quiet] Leave the address. */
  #obey(command, step, quiet) {
    if (!this.#view) return;
    const before = this.#state;
    const after = reduce(before, command, this.#data.steps.length, { step, loop: this.hasAttribute('loop') || parameters().has('loop') });
    const moved = after.step !== before.step || outside(before) || command === 'restart';
    if (!moved && after.status === before.status) return;
    this.#view.closeMenu();
    const within = this.contains(document.activeElement);
    const auto = before.status === 'playing' && command === 'next' && this.#time >= (this.#plan?.end || 0);
    this.#state = after;
    this.#view.state(after);
    if (outside(after)) {
      this.#halt();
      if (after.status === 'cover') {
        this.#plan = null;
        this.#draw();
      } else {
        this.#emit('complete');
        if (within) /** @type {HTMLElement | null} */ (this.#view.part.end.querySelector('[tabindex]'))?.focus({ preventScroll: true });
      }
    } else {
      if (moved) this.#enter(before, command);
      if (before.status === 'cover') this.#emit('start');
      if (moved) {
        if (!quiet) writeHash(this.#data.steps[after.step].id, !auto);
        this.#emit('step');
      }
      if (after.status === 'playing' && !auto && this.#view.part.card.contains(document.activeElement)) this.#view.part.play.focus();
      else if (within && moved && after.status === 'paused') this.#view.part.card.focus({ preventScroll: true });
      this.#wake();
    }
  }

  /** What the reader does: the stage is whole in the window then. @param {Command} command @param {number} [number] Of a step. */
  #act(command, number) {
    this.#obey(command, this.#index(number));
    this.#reveal(!this.#lens.still);
  }

  /** Scrolls if the stage is not whole in the window, and no page around this one. @param {boolean} [smooth] */
  #reveal(smooth) {
    const { top, bottom } = this.getBoundingClientRect();
    if (this.classList.contains('gm-whole') || (top >= 0 && bottom <= innerHeight)) return;
    scrollBy({ top: top - MARGIN, behavior: smooth ? 'smooth' : 'instant' });
  }

  /** @param {State} before @param {Command} command */
  #enter(before, command) {
    const { step } = this.#state;
    let plan = this.#planOf(step);
    if (!outside(before) && this.#plan) {
      const { scene, cursor, camera, typed, hot } = frameAt(this.#plan, this.#time);
      plan = this.#planOf(step, { scene, cursor, camera: this.#own || camera, cues: plan.cues, typed: scene?.shot === plan.from.scene?.shot ? plan.from.typed : typed,
        pressed: command === 'next' && !!hot?.verb.endsWith('click') && this.#time < this.#plan.end });
    }
    this.#own = null;
    this.#plan = plan;
    this.#time = 0;
    this.#worded = 0;
    this.#draw();
  }

  /** Whether all of this step is there: the page may still be on its way. */
  #arrived() {
    // Its text and its pictures stand before the next step.
    const after = this.#data.steps.find(({ number }) => number > this.step)?.id || '';
    return document.readyState !== 'loading' || !!document.getElementById(after);
  }

  /** Gives the card its words and its place before it comes up, so that it need not move. */
  #prepare() {
    const plan = this.#planned();
    const arrived = this.#arrived() ? 2 : 1;
    if (this.#worded < arrived) this.#view?.words(this.#state.step, arrived < 2);
    this.#worded = arrived;
    if (arrived < 2) setTimeout(() => this.#wake(), 100);
    if (!this.#view) return;
    // It stays near where it is in the step before, however the reader came here.
    this.#view.last = undefined;
    const { step } = this.#state;
    for (const each of [this.#planOf(step && step - 1), plan]) this.#view.place(frameAt(each, each.card), this.#lens, true);
  }

  #draw() {
    if (!this.#view) return;
    const plan = this.#planned();
    // The card fades with its old words.
    if (this.#worded < 2 && !outside(this.#state) && this.#time >= Math.min(FADE, plan.card)) this.#prepare();
    const frame = frameAt(plan, this.#time);
    if (this.#own) {
      frame.camera = this.#own;
      frame.raster = this.#own.s;
    }
    this.#view.draw(frame, this.#data.steps[this.#state.step], this.#lens);
    const playing = this.#state.status === 'playing';
    put(this.#view.part.segs, { gone: playing ? this.#time / (this.#plan?.end || 1) : 1 });
  }

  /** Runs the clock as long as something moves. */
  #wake() {
    if (this.#raf || outside(this.#state)) return;
    this.#last = 0;
    this.#raf = requestAnimationFrame(this.#tick);
  }

  #tick = (/** @type {number} */ now) => {
    this.#raf = 0;
    if (!this.#view || outside(this.#state)) return;
    const plan = this.#planned();
    const playing = this.#state.status === 'playing';
    const waits = playing && this.#time >= plan.stop && this.#waits();
    const limit = playing ? plan.end : Math.max(plan.stop, this.#time);
    if (!waits) this.#time = Math.min(limit, this.#time + (this.#last ? Math.min(100, now - this.#last) : 0));
    this.#draw();
    this.#last = now;
    if (this.#time < limit && !waits) this.#raf = requestAnimationFrame(this.#tick);
    else if (playing && !waits) this.next();
  };

  /** Whether the reader is busy with the card. */
  #waits() {
    return this.#hovered || this.#worded < 2 || !!this.#view?.part.card.contains(document.activeElement);
  }

  #measure() {
    if (!this.#view) return;
    this.#lens = this.#view.lens();
    this.#own = null;
    const rested = this.#plan && this.#time >= this.#plan.stop;
    this.#plan = this.#planOf(this.#state.step);
    if (rested) this.#time = Math.max(this.#time, this.#plan.stop);
    if (!outside(this.#state)) this.#prepare();
    this.#draw();
    this.#tellHeight();
  }

  /** Tells the framing page how high the stage would be, when that changes. */
  #tellHeight() {
    const height = this.#alone ? /** @type {StageView} */ (this.#view).height() : document.documentElement.offsetHeight;
    if (height === this.#sentHeight) return;
    this.#sentHeight = height;
    tellParent('resize', { guide: this.#data.guide, height });
  }

  /** @param {string} type */
  #emit(type) {
    const { guide, steps } = this.#data;
    const detail = { guide, step: this.step, id: steps[this.#state.step].id, total: this.total, percent: percentOf(this.#state, steps.length) };
    this.dispatchEvent(new CustomEvent(`guidemark:${type}`, { bubbles: true, composed: true, detail }));
    tellParent(type, detail);
    report(type, detail, this.dataset.beacon);
  }

  /** Goes where the address says. @param {boolean} first @returns {boolean} */
  #follow(first) {
    const id = hashId();
    const step = this.#data.steps.findIndex((each) => each.id === id);
    if (step >= 0) {
      this.#obey('go', step, true);
      // The browser would show that step of the article.
      const show = () => this.#reveal();
      if (first && document.readyState !== 'complete') addEventListener('load', () => setTimeout(show), { signal: this.#life?.signal });
      else if (first) show();
    } else if (!id && !first) this.#obey('cover');
    return step >= 0;
  }

  /** @param {StageView} view @param {AbortSignal} signal */
  #listen(view, signal) {
    const { part } = view;
    /** @param {EventTarget} at @param {string} names @param {(event: any) => void} handle */
    const on = (at, names, handle) => names.split(' ').forEach((name) => at.addEventListener(name, handle, { signal }));
    const start = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#act('start');
      part.card.focus({ preventScroll: true });
    };
    on(part.start, 'keydown', (event) => event.key === ' ' && start(event));
    on(part.cover, 'click', start);
    for (const [name, command] of BUTTONS) on(part[name], 'click', () => this.#act(command));
    on(part.cta, 'click', () => this.#emit('cta'));
    on(part.full, 'click', () => this.#full());
    on(part.list, 'click', () => view.closeMenu() || view.openMenu(this.step - 1));
    on(part.menu, 'click', (event) => {
      const number = view.entries.indexOf(event.target.closest('button')) + 1;
      if (!number) return;
      view.closeMenu();
      this.#act('go', number);
    });
    on(part.segs, 'click', (event) => this.#act('go', view.stepAt(event.clientX)));
    on(part.screen, 'click', (event) => {
      if (outside(this.#state)) return;
      if (event.target.closest('button')) return this.#act('next');
      this.#own = null;
      this.#draw();
      view.nudge();
    });
    on(part.card, 'pointerenter pointerleave', (event) => {
      this.#hovered = event.type === 'pointerenter' && event.pointerType === 'mouse';
      this.#wake();
    });
    on(part.card, 'focusout', () => queueMicrotask(() => this.#wake()));
    on(this, 'focusin', (event) => {
      if (event.relatedTarget instanceof HTMLElement && !this.contains(event.relatedTarget)) this.#origin ||= event.relatedTarget;
    });
    on(this, 'pointermove pointerdown keydown', () => this.#stir());
    on(document, 'keydown', (event) => this.#key(event));
    on(document, 'fullscreenchange', () => this.#fit());
    on(document, 'pointerdown', (event) => {
      if (!part.menu.contains(event.target) && !part.list.contains(event.target)) view.closeMenu();
    });
    let within = false;
    on(window, 'popstate', () => {
      within = this.contains(document.activeElement);
      this.#follow(false);
    });
    on(window, 'hashchange', () => {
      this.#follow(false);
      // The browser has just taken the focus away, to the part of the article that has the id.
      if (within && !outside(this.#state)) part.card.focus({ preventScroll: true });
    });
    on(matchMedia('(prefers-reduced-motion:reduce)'), 'change', () => this.#measure());
    on(window, 'message', (event) => {
      const { command, step } = heard(event);
      if (OBEYED.includes(command)) /** @type {any} */ (this)[command](step);
    });
    this.#watch(view, signal);
  }

  /** Size and fingers. @param {StageView} view @param {AbortSignal} signal */
  #watch(view, signal) {
    const sizes = new ResizeObserver(() => {
      const { w, h, phone } = view.lens();
      if (w !== this.#lens.w || h !== this.#lens.h || phone !== this.#lens.phone) this.#measure();
      else this.#tellHeight();
    });
    sizes.observe(view.part.screen);
    sizes.observe(view.part.stage);
    signal.addEventListener('abort', () => sizes.disconnect());
    const swipe = (/** @type {number} */ way) => this.#act((way > 0) === this.#rtl() ? 'back' : 'next');
    const pinch = (/** @type {Fingers} */ before, /** @type {Fingers} */ after) => {
      const { scene, camera } = frameAt(this.#planned(), this.#time);
      if (!scene) return;
      const now = this.#own || camera;
      const { left, top } = view.part.screen.getBoundingClientRect();
      const { w, h } = this.#lens;
      const s = Math.max(clamp(0.2, (now.s * after.d) / before.d, 4), fitScale(scene.view, this.#lens));
      this.#own = aimCamera({
        x: now.x + (before.x - left) / now.s + (w / 2 - after.x + left) / s,
        y: now.y + (before.y - top) / now.s + (h / 2 - after.y + top) / s,
      }, s, scene.view, this.#lens);
      this.#draw();
    };
    watchTouch(view.part.screen, { swipe, pinch, held: () => !!this.#own }, signal);
    watchTouch(view.part.card, { swipe }, signal);
  }

  #rtl() {
    return getComputedStyle(this).direction === 'rtl';
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.defaultPrevented || !(this.#alone || this.#filled() || this.contains(target))) return;
    const command = keyCommand({
      key: event.key,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      field: !!target.closest?.('input,select,textarea,[contenteditable]'),
      control: !!target.closest?.('a,button,summary'),
      rtl: this.#rtl(),
    });
    const { keys } = /** @type {StageView} */ (this.#view).part;
    // Told at the first one, until another is used.
    if (command && !keys.hidden) keys.remove();
    keys.hidden = false;
    if (!command) return;
    event.preventDefault();
    if (command === 'full') this.#full();
    else if (command === 'leave') this.#escape();
    else this.#act(/** @type {Command} */ (command));
  }

  /** Esc: the menu, then the full screen, then the stage. */
  #escape() {
    if (this.#view?.closeMenu()) return;
    if (this.#filled()) return void this.#full();
    this.pause();
    this.#emit('close');
    const origin = this.#origin;
    this.#origin = null;
    if (origin?.isConnected) origin.focus();
    else if (this.contains(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
  }

  #filled() {
    return document.fullscreenElement === this || this.hasAttribute('filled');
  }

  /** Full screen, or all of the window where the browser has none. */
  #full() {
    const fill = () => {
      this.toggleAttribute('filled');
      this.#fit();
    };
    if (document.fullscreenElement === this) document.exitFullscreen();
    else if (this.hasAttribute('filled') || !document.fullscreenEnabled) fill();
    else this.requestFullscreen().catch(fill);
  }

  /** The stage has all of the window, or a place in a page. */
  #fit() {
    this.classList.toggle('gm-whole', this.#alone || this.#filled());
    this.#stir();
  }

  /** Shows the bar, and hides it after a while in full screen. */
  #stir() {
    clearTimeout(this.#idle);
    this.classList.remove('gm-idle');
    if (this.#filled()) this.#idle = setTimeout(() => this.classList.add('gm-idle'), 2500);
  }
}
