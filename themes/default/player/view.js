/** The stage on the page: frames become elements, and nothing here decides what comes next. */
import { element, put, shift, stepText } from './dom.js';
import { least, onScreen, overlap, placeCard } from './geometry.js';
import { cut, Scenery } from './scenery.js';
import { outside } from './state.js';

/** @import {Box, Lens, Point, Spot} from './geometry.js' */
/** @import {Frame, Scene, Step} from './timeline.js' */
/** @import {State} from './state.js' */
/**
 * @typedef {object} StageData What the page says of the walkthrough.
 * @property {string} guide
 * @property {number} width
 * @property {number} height
 * @property {string} [cursor]
 * @property {Record<string, string>} [color] Custom properties of the cursor.
 * @property {Step[]} steps
 */

const ARROWS = /** @type {any} */ ({ __proto__: null, up: '↑', down: '↓', left: '←', right: '→' });

export class StageView extends Scenery {
  /** @param {HTMLElement} root @param {StageData} data */
  constructor(root, data) {
    super(root);
    this.data = data;
    const { cursor, name, menu } = this.part;
    name.textContent = data.cursor || '';
    put(cursor, data.color || {});
    /** What the list of steps holds. */
    this.entries = [...menu.querySelectorAll('button')];
    cursor.hidden = false;
    /** Width and height of the cursor and its name, in pixels. */
    this.tag = data.cursor ? [20 + cursor.scrollWidth, 46] : [26, 24];
    /** What the card, the cursor and the target take of the screen. @type {Box[]} */
    this.taken = [];
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
    // The bar has all the width that the picture may have; above the window is 0.8 of the space beside it.
    return Math.ceil(0.8 * bar.offsetLeft + screen.offsetTop + (bar.offsetWidth * this.data.height) / this.data.width + bar.offsetHeight);
  }

  /** What belongs to the state, not to a moment. @param {State} state */
  state({ status, step }) {
    const { root, part, data } = this;
    const total = data.steps.length;
    root.setAttribute('state', status);
    root.setAttribute('step', `${step + 1}`);
    root.setAttribute('total', `${total}`);
    part.cover.hidden = status !== 'cover';
    part.end.hidden = status !== 'ended';
    part.card.inert = outside({ status, step });
    part.play.ariaLabel = part.play.dataset[status === 'playing' ? 'pause' : 'play'] || '';
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
    part.chapter.textContent = step.chapter || '';
    part.text.replaceChildren(...(text.length ? text : [step.title]));
    part.text.scrollTop = 0;
    part.count.textContent = count;
    part.card.ariaLabel = count;
    part.live.textContent = `${count}: ${part.text.textContent}`;
  }

  /** @param {Frame} frame @param {Step} step @param {Lens} lens */
  draw(frame, step, lens) {
    const { stage, cursor, ripple, url } = this.part;
    const { scene } = frame;
    this.drawScenery(frame, step.title);
    const [x, y] = seen(frame.cursor, frame);
    shift(cursor, x, y, 1 - 0.16 * frame.dip);
    cursor.hidden = !scene?.shot;
    cursor.classList.toggle('gm-flip', x + this.tag[0] > lens.w);
    ripple.hidden = !frame.ripple;
    if (frame.ripple) {
      const [left, top] = seen(frame.ripple.at, frame);
      shift(ripple, left, top, 0.2 + frame.ripple.p);
      ripple.style.opacity = `${1 - frame.ripple.p}`;
    }
    stage.classList.toggle('gm-told', frame.card);
    stage.classList.toggle('gm-bare', !scene?.shot);
    if (scene?.url) url.textContent = scene.url;
    if (frame.card && frame.raster === frame.camera.s) this.place(frame, lens);
    this.showAid(frame, step, lens);
  }

  /** Keys, a scroll. @param {Frame} frame @param {Step} step @param {Lens} lens */
  showAid(frame, step, lens) {
    const { aid } = this.part;
    const shown = frame.aid?.verb === 'drag' ? null : frame.aid;
    put(aid, { age: frame.aidAge });
    if (!this.fresh('aid', shown)) return;
    aid.hidden = !shown;
    if (!shown) return;
    const text = shown.text || '';
    const arrow = ARROWS[text];
    aid.ariaLabel = shown.verb === 'press' ? text : step.title;
    aid.replaceChildren(...(arrow ? [element('b', '', arrow)] : text.split(/(?<=[^+])\+/).map((key) => element('kbd', '', key))));
    const { offsetWidth: w, offsetHeight: h } = aid;
    const { focus } = /** @type {Scene} */ (frame.scene);
    const taken = focus ? [...this.taken, onScreen(focus, frame.camera)] : this.taken;
    const top = least([0.36, 0.7, 0.16], (top) => coverage([(lens.w - w) / 2, lens.h * top - h / 2, w, h], taken));
    put(aid, { top: `${100 * top}%` });
  }

  /** Puts the card and the notes where they don't cover the target. @param {Frame} frame @param {Lens} lens @param {boolean} [again] */
  place(frame, lens, again) {
    const { screen, card, cursor, stage, bar, text } = this.part;
    const { hot, camera } = frame;
    if (!this.fresh('place', hot || frame.scene) && !again) return;
    const scene = /** @type {Scene} */ (frame.scene);
    const aim = hot ? hot.to || hot.at : scene.focus;
    const target = scene.shot && aim ? grow(onScreen(aim, camera), hot ? 10 : 4, lens) : null;
    const [wide, high] = this.tag;
    const [x, y] = seen(frame.cursor, frame);
    const tag = /** @type {Box} */ ([x + wide > lens.w ? x - wide + 26 : x, y, wide, high]);
    this.taken = target && hot ? [tag, target] : [tag];
    card.dataset.side = '';
    // Measured as if all of it could be seen: text that scrolls has room below for its last line.
    text.removeAttribute('tabindex');
    if (!lens.phone) {
      const base = stage.getBoundingClientRect();
      const at = screen.getBoundingClientRect();
      const [dx, dy] = [at.left - base.left, at.top - base.top];
      const move = (/** @type {Box | null} */ box) => box && /** @type {Box} */ ([box[0] + dx, box[1] + dy, box[2], box[3]]);
      // Beside a narrow picture there is room for the card.
      const free = (base.width - lens.w) / 2 - 40;
      const aside = target && free > 240;
      put(card, { room: `${Math.round(lens.h * (scene.shot ? 0.6 : 0.9))}px`, wide: aside ? `${free}px` : '100%' });
      const outer = /** @type {Box} */ ([8, 8, base.width - 16, (bar.offsetTop || base.height) - 12]);
      const inner = aside ? outer : /** @type {Box} */ ([dx + 12, dy + 12, lens.w - 24, lens.h - 24]);
      const { offsetWidth: w, offsetHeight: h } = card;
      const keep = aside ? /** @type {Box} */ ([0, target[1], lens.w, target[3]]) : hot ? tag : null;
      const spot = placeCard(move(target), move(keep), { w, h }, inner, outer, aside ? 'right' : '');
      if (!scene.shot) spot.y = dy + (lens.h - h) / 2;
      if (spot.h < h) put(card, { room: `${spot.h}px` });
      stand(card, spot);
      const box = /** @type {Box} */ ([spot.x - dx, spot.y - dy, w, h]);
      this.taken.push(box);
      cursor.classList.toggle('gm-mute', overlap(tag, box) > 0);
    }
    if (text.scrollHeight > text.clientHeight + 1) text.tabIndex = 0;
    this.placeNotes(scene, frame, lens);
  }

  /** @param {Scene} scene @param {Frame} frame @param {Lens} lens */
  placeNotes(scene, frame, lens) {
    const bounds = /** @type {Box} */ ([6, 6, lens.w - 12, lens.h - 12]);
    this.part.notes.replaceChildren();
    for (const { at, text, side: wish } of scene.notes || []) {
      const note = element('div', 'gm-note', text);
      this.part.notes.append(note);
      const { offsetWidth: w, offsetHeight: h } = note;
      const target = grow(onScreen(at, frame.camera), 0, lens);
      const spots = [wish, 'top', 'bottom', 'right', 'left'].map((side) => placeCard(target, null, { w, h }, bounds, bounds, side));
      const spot = least(spots, ({ x, y }) => coverage([x, y, w, h], this.taken));
      stand(note, spot);
      this.taken.push([spot.x, spot.y, w, h]);
    }
  }

  /** Makes the hotspot show itself again. */
  nudge() {
    for (const target of [this.part.hot, this.part.aid]) target.animate({ opacity: [1, 0.2, 1, 0.2, 1] }, 700);
  }

  /** The list of chapters and steps. @param {number} current */
  openMenu(current) {
    const { menu, list } = this.part;
    menu.hidden = false;
    list.ariaExpanded = 'true';
    this.entries.forEach((entry, index) => entry.ariaCurrent = index === current ? 'step' : null);
    this.entries[current]?.focus();
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
    const segs = [...this.part.segs.children];
    return segs.indexOf(least(segs, (seg) => {
      const { left, right } = seg.getBoundingClientRect();
      return Math.abs(left + right - 2 * x);
    }));
  }
}

/** How much of a box others cover. @param {Box} box @param {Box[]} others */
const coverage = (box, others) => others.reduce((sum, other) => sum + overlap(box, other), 0);

/** Puts a card or a note where it found room. @param {HTMLElement} at @param {Spot} spot */
function stand(at, { x, y, side, arrow }) {
  shift(at, Math.round(x), Math.round(y));
  at.dataset.side = side;
  put(at, { arrow: `${arrow}px` });
}

/** A box with a margin, cut at the edges of the screen. @param {Box} box @param {number} margin @param {Lens} lens */
const grow = ([x, y, w, h], margin, lens) => cut([x - margin, y - margin, w + 2 * margin, h + 2 * margin], [0, 0, lens.w, lens.h]);

/** Where a point is on the screen. @param {Point} point @param {Frame} frame */
const seen = ({ x, y }, { camera }) => onScreen([x, y, 0, 0], camera);
