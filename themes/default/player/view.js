/** The stage on the page: frames become elements, and nothing here decides what comes next. */
import { element, put, stepText, svg } from './dom.js';
import { clamp, middle, onScreen, overlap, placeCard } from './geometry.js';
import { Scenery } from './scenery.js';
import { focusOf } from './timeline.js';

/** @import {Box, Lens} from './geometry.js' */
/** @import {Frame, Scene, Step} from './timeline.js' */
/** @import {State} from './state.js' */
/**
 * @typedef {object} StageData What the page says of the walkthrough.
 * @property {string} guide
 * @property {number} width
 * @property {number} height
 * @property {string} [cursor]
 * @property {string} [color]
 * @property {{title: string, first: number, last: number}[]} chapters
 * @property {Step[]} steps
 */

const ARROWS = /** @type {Record<string, string>} */ ({ up: '↑', down: '↓', left: '←', right: '→' });

export class StageView {
  /** @param {HTMLElement} root @param {StageData} data */
  constructor(root, data) {
    this.data = data;
    this.root = root;
    /** @type {Record<string, HTMLElement>} The parts by name; one that a theme leaves out is a loose element. */
    this.part = new Proxy({}, {
      get: (/** @type {any} */ found, name) => (found[name] ||= root.querySelector(`.gm-${String(name)}`) || element('div')),
    });
    this.scenery = new Scenery(this.part.screen);
    this.cursor = element('div', 'gm-cursor');
    this.cursor.append(svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: 'M3 2 21 9.5 13 12.5 9.5 21z' })));
    if (data.cursor) this.cursor.append(element('span', '', data.cursor));
    if (data.color) {
      // White on colours of a luminance below 0.18, else black: both then have a contrast of 4.5.
      const on = 'calc((.18 - y) * 99)';
      put(this.cursor, { brand: data.color, 'on-brand': `color(from ${data.color} xyz-d65 ${on} ${on} ${on})` });
    }
    /** The card on the screen. @type {Box} */
    this.box = [0, 0, 0, 0];
    /** Width of the cursor and its name, in pixels. */
    this.tag = 26;
    this.ripple = element('div', 'gm-ripple');
    this.aid = element('button', 'gm-aid');
    this.aid.hidden = true;
    this.notes = element('div');
    this.part.screen.append(this.ripple, this.notes, this.aid, this.cursor);
    this.tag = data.cursor ? 20 + this.cursor.scrollWidth : 26;
    this.part.segs.replaceChildren(...data.steps.map((_, index) =>
      element('i', data.chapters.some((chapter) => index && chapter.first === index + 1) ? 'gm-gap' : '')));
  }

  /** Takes out what the constructor put in. */
  remove() {
    for (const made of [this.scenery.world, this.ripple, this.notes, this.aid, this.cursor]) made.remove();
    this.part.segs.replaceChildren();
  }

  /** The screen as the camera needs it. @returns {Lens} */
  lens() {
    const { screen, card } = this.part;
    return {
      w: screen.clientWidth, h: screen.clientHeight,
      phone: getComputedStyle(card).position !== 'absolute',
      still: matchMedia('(prefers-reduced-motion:reduce)').matches,
    };
  }

  /** The height at which the stage shows its picture whole, in pixels. */
  height() {
    const { stage, screen, bar } = this.part;
    if (this.lens().phone) return stage.offsetHeight;
    const { paddingLeft, paddingTop } = getComputedStyle(stage);
    const wanted = ((stage.clientWidth - 2 * parseFloat(paddingLeft)) * this.data.height) / this.data.width;
    return Math.ceil(parseFloat(paddingTop) + screen.offsetTop + wanted + bar.offsetHeight);
  }

  /** What belongs to the state, not to a moment. @param {State} state */
  state({ status, step }) {
    const { root, part, data } = this;
    const total = data.steps.length;
    const playing = status === 'playing';
    for (const [name, value] of Object.entries({ state: status, step: step + 1, total })) root.setAttribute(name, `${value}`);
    part.cover.hidden = status !== 'cover';
    part.end.hidden = status !== 'ended';
    part.card.inert = status === 'cover' || status === 'ended';
    part.play.ariaLabel = (playing ? part.play.dataset.pause : part.play.dataset.play) || '';
    [...part.segs.children].forEach((seg, index) => seg.classList.toggle('gm-done', status !== 'cover' && index <= step));
    part.segs.ariaValueNow = `${step + 1}`;
    part.segs.ariaValueText = `${step + 1} / ${total}: ${data.steps[step].title}`;
    /** @type {HTMLButtonElement} */ (part.back).disabled = !step;
  }

  /** The card's words. @param {number} index */
  words(index) {
    const { part, data } = this;
    const step = data.steps[index];
    // Laid out anew, the card's parts don't count as having moved.
    part.card.hidden = true;
    void part.stage.offsetHeight;
    part.card.hidden = false;
    const text = stepText(step.id);
    const count = `${index + 1} / ${data.steps.length}`;
    const chapter = data.chapters.find(({ first, last }) => first <= index + 1 && index < last);
    part.chapter.textContent = chapter?.title || '';
    part.text.replaceChildren(...(text.length ? text : [step.title]));
    part.text.scrollTop = 0;
    part.count.textContent = count;
    part.card.ariaLabel = count;
    part.live.textContent = `${count}: ${part.text.textContent}`;
  }

  /** @param {Frame} frame @param {Step} step @param {Lens} lens */
  draw(frame, step, lens) {
    const { part, scenery } = this;
    scenery.draw(frame, step.title);
    const shift = (/** @type {{x: number, y: number}} */ at) => `translate(${(at.x - frame.camera.x) * frame.camera.s}px,${(at.y - frame.camera.y) * frame.camera.s}px)`;
    this.cursor.style.transform = `${shift(frame.cursor)} scale(${1 - 0.16 * frame.dip})`;
    this.cursor.hidden = !frame.scene?.shot;
    this.cursor.classList.toggle('gm-flip', (frame.cursor.x - frame.camera.x) * frame.camera.s + this.tag > lens.w);
    this.ripple.hidden = !frame.ripple;
    if (frame.ripple) {
      this.ripple.style.transform = `${shift(frame.ripple.at)} scale(${0.2 + frame.ripple.p})`;
      this.ripple.style.opacity = String(1 - frame.ripple.p);
    }
    this.showAid(frame, step, lens);
    part.stage.classList.toggle('gm-told', frame.card);
    part.stage.classList.toggle('gm-bare', !frame.scene?.shot);
    if (frame.scene?.url) part.url.textContent = frame.scene.url.replace(/^https?:\/\//, '');
    if (frame.card && frame.raster === frame.camera.s) this.place(frame, lens);
  }

  /** Keys, a scroll. @param {Frame} frame @param {Step} step @param {Lens} lens */
  showAid({ aid, aidAge, camera, cursor, scene }, step, lens) {
    const shown = aid?.verb === 'press' || aid?.verb === 'scroll' ? aid : null;
    this.aid.style.setProperty('--age', String(aidAge));
    if (!this.scenery.fresh('aid', shown)) return;
    this.aid.hidden = !shown;
    if (!shown) return;
    const text = shown.text || '';
    this.aid.ariaLabel = shown.verb === 'press' ? text : step.title;
    this.aid.replaceChildren(...(ARROWS[text] ? [element('b', '', ARROWS[text])] : text.split(/(?<=[^+])\+/).map((key) => element('kbd', '', key))));
    const { offsetWidth: w, offsetHeight: h } = this.aid;
    const focus = scene && focusOf(scene);
    const at = onScreen([cursor.x, cursor.y, 0, 0], camera);
    const taken = [this.box, ...focus ? [onScreen(focus, camera)] : [], /** @type {Box} */ ([at[0] - 60, at[1] - 30, 60 + this.tag, 76])];
    const covered = (/** @type {number} */ top) => coverage([(lens.w - w) / 2, lens.h * top - h / 2, w, h], taken);
    put(this.aid, { top: `${100 * least([0.36, 0.7, 0.16], covered)}%` });
  }

  /** Puts the card and the notes where they don't cover the target. @param {Frame} frame @param {Lens} lens @param {boolean} [again] */
  place(frame, lens, again) {
    const { part, scenery } = this;
    const key = frame.hot || frame.scene;
    if (!scenery.fresh('place', key) && !again) return;
    const { screen, card, stage, bar } = part;
    const scene = /** @type {Scene} */ (frame.scene);
    const aim = frame.hot?.at ? (frame.hot.to || frame.hot.at) : focusOf(scene);
    const target = scene.shot && aim ? grow(onScreen(aim, frame.camera), frame.hot ? 10 : 4, lens) : null;
    const tip = onScreen([frame.cursor.x, frame.cursor.y, 0, 0], frame.camera);
    const tag = /** @type {Box} */ ([tip[0] + this.tag > lens.w ? tip[0] - this.tag + 26 : tip[0], tip[1], this.tag, this.data.cursor ? 46 : 24]);
    const base = stage.getBoundingClientRect();
    const at = screen.getBoundingClientRect();
    const [dx, dy] = [at.left - base.left, at.top - base.top];
    const move = (/** @type {Box} */ [x, y, w, h]) => /** @type {Box} */ ([x + dx, y + dy, w, h]);
    this.box = [0, 0, 0, 0];
    card.dataset.side = '';
    // Measured as if all of it could be seen: text that scrolls has room below for its last line.
    const { text } = part;
    text.removeAttribute('tabindex');
    if (!lens.phone) {
      // Beside a narrow picture there is room for the card.
      const free = (base.width - lens.w) / 2 - 40;
      const aside = target && free > 240;
      put(card, { room: `${Math.round(lens.h * (scene.shot ? 0.6 : 0.9))}px`, wide: aside ? `${free}px` : '100%' });
      const inner = move([12, 12, lens.w - 24, lens.h - 24]);
      const outer = /** @type {Box} */ ([8, 8, base.width - 16, (bar.offsetTop || base.height) - 12]);
      const size = { w: card.offsetWidth, h: card.offsetHeight };
      const keep = target && aside ? /** @type {Box} */ ([0, target[1], lens.w, target[3]]) : frame.hot ? tag : null;
      const spot = placeCard(target && move(target), keep && move(keep), size, aside ? outer : inner, outer, aside ? 'right' : '');
      if (!scene.shot) spot.y = dy + (lens.h - size.h) / 2;
      if (spot.h < size.h) put(card, { room: `${spot.h}px` });
      card.dataset.side = spot.side;
      card.style.transform = `translate(${Math.round(spot.x)}px,${Math.round(spot.y)}px)`;
      const upright = spot.side === 'top' || spot.side === 'bottom';
      const edge = { top: size.h + 4, bottom: -4, left: size.w + 4, right: -4 }[spot.side] || 0;
      put(card, { ax: `${upright ? spot.arrow : edge}px`, ay: `${upright ? edge : spot.arrow}px` });
      this.box = [spot.x - dx, spot.y - dy, size.w, size.h];
      this.cursor.classList.toggle('gm-mute', overlap(tag, this.box) > 0);
    }
    if (text.scrollHeight > text.clientHeight + 1) text.tabIndex = 0;
    this.placeNotes(scene, frame, lens, [this.box, tag, ...target && frame.hot ? [target] : []]);
  }

  /** @param {Scene} scene @param {Frame} frame @param {Lens} lens @param {Box[]} taken */
  placeNotes(scene, frame, lens, taken) {
    const marks = (scene.marks || []).filter((mark) => mark.verb === 'callout');
    this.notes.replaceChildren(...marks.map((mark) => element('div', 'gm-note', mark.text)));
    const bounds = /** @type {Box} */ ([6, 6, lens.w - 12, lens.h - 12]);
    marks.forEach((mark, index) => {
      const note = /** @type {HTMLElement} */ (this.notes.children[index]);
      const size = { w: note.offsetWidth, h: note.offsetHeight };
      const target = grow(onScreen(mark.at, frame.camera), 0, lens);
      const spots = [mark.side || '', 'top', 'bottom', 'right', 'left'].map((side) => placeCard(target, null, size, bounds, bounds, side));
      const spot = least(spots, ({ x, y }) => coverage([x, y, size.w, size.h], taken));
      note.dataset.side = spot.side;
      note.style.transform = `translate(${spot.x}px,${spot.y}px)`;
      put(note, { arrow: `${spot.arrow}px` });
      taken.push([spot.x, spot.y, size.w, size.h]);
    });
  }

  /** Makes the hotspot show itself again. */
  nudge() {
    for (const target of [this.scenery.hot, this.aid]) {
      target.classList.remove('gm-nudge');
      void target.offsetWidth;
      target.classList.add('gm-nudge');
    }
  }

  /** The list of chapters and steps. @param {number} current */
  openMenu(current) {
    const { menu, list } = this.part;
    menu.replaceChildren(...this.data.steps.flatMap((step, index) => {
      const chapter = this.data.chapters.find(({ first }) => first === index + 1);
      const button = element('button', '', `${index + 1}. ${step.title}`);
      button.dataset.step = String(index);
      if (index === current) button.ariaCurrent = 'step';
      return chapter ? [element('p', 'gm-chapter', chapter.title), button] : [button];
    }));
    menu.hidden = false;
    list.ariaExpanded = 'true';
    /** @type {HTMLElement | null} */ (menu.querySelector('[aria-current]') || menu.querySelector('button'))?.focus();
  }

  closeMenu() {
    const { menu, list } = this.part;
    if (menu.hidden) return false;
    const inside = menu.contains(document.activeElement);
    menu.hidden = true;
    list.ariaExpanded = 'false';
    if (inside) list.focus();
    return true;
  }

  /** The step whose segment is nearest. @param {number} x In pixels of the window. */
  stepAt(x) {
    const far = [...this.part.segs.children].map((seg) => {
      const box = seg.getBoundingClientRect();
      return Math.abs(middle([box.left, 0, box.width, 0]).x - x);
    });
    return far.indexOf(Math.min(...far));
  }
}

/** How much of a box others cover. @param {Box} box @param {Box[]} others */
const coverage = (box, others) => others.reduce((sum, other) => sum + overlap(box, other), 0);

/** The first of those that cost least. @template T @param {T[]} all @param {(each: T) => number} cost @returns {T} */
const least = (all, cost) => all.reduce((best, each) => (cost(each) < cost(best) ? each : best));

/** A box with a margin, cut at the edges of the screen. @param {Box} box @param {number} margin @param {Lens} lens @returns {Box} */
function grow([x, y, w, h], margin, lens) {
  const left = clamp(0, x - margin, lens.w);
  const top = clamp(0, y - margin, lens.h);
  return [left, top, Math.max(0, Math.min(lens.w, x + w + margin) - left), Math.max(0, Math.min(lens.h, y + h + margin) - top)];
}
