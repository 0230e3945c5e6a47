/** The stage on the page: frames become elements, and nothing here decides what comes next. */
import { element, put, shift, stepText } from './dom.js';
import { busyness, least, onScreen, overlap, placeCard } from './geometry.js';
import { cut, Scenery } from './scenery.js';
import { outside } from './state.js';

/** @import {Box, Camera, Lens, Point, Spot} from './geometry.js' */
/** @import {Frame, Scene, Step} from './timeline.js' */
/** @import {State} from './state.js' */
/**
 * @typedef {object} StageData What the page says of the walkthrough.
 * @property {string} guide
 * @property {number} width
 * @property {number} height
 * @property {string} [cursor]
 * @property {Record<string, string>} [color] Custom properties of the cursor.
 * @property {string[]} [maps] What there is to see in each shot.
 * @property {Step[]} steps
 */

export class StageView extends Scenery {
  /** @param {HTMLElement} root @param {StageData} data */
  constructor(root, data) {
    super(root);
    this.data = data;
    /** How many steps there are. */
    this.total = data.steps.length;
    // From here on a step whose scenes have texts of their own stands there once for each.
    const { phone } = this.lens();
    data.steps = data.steps.flatMap((step, at) => (step.turns || [/** @type {any} */ ({})]).flatMap((turn) => {
      const scenes = step.scenes.slice(...(turn.scenes || []));
      const whole = { ...step, ...turn, number: at + 1, scenes };
      const scene = /** @type {Scene} */ (scenes.at(-1));
      const { notes = [], actions } = scene;
      // On a phone there is room for one note beside its region: the reader goes from one to the next.
      return phone && notes[1] ? notes.map((note, index) => ({ ...whole,
        scenes: scenes.slice(index && -1).with(-1, { ...scene, notes: [note], focus: note.at, actions: notes[index + 1] ? [] : actions }) })) : whole;
    }));
    const { cursor, name, menu } = this.part;
    name.textContent = data.cursor || '';
    put(cursor, data.color || {});
    /** What the list of steps holds. */
    this.entries = [...menu.querySelectorAll('button')];
    cursor.hidden = false;
    /** Width of the cursor's name, in pixels. */
    this.tag = name.offsetWidth;
    /** Where the card stood last. @type {Point | undefined} */
    this.last;
    /** What the target, the marks and the card take of the stage. @type {Box[]} */
    this.taken = [];
    /** The corner of the screen in the stage. */
    this.at = { x: 0, y: 0 };
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
    const { root, part, data, total } = this;
    const { number, title } = data.steps[step];
    root.setAttribute('state', status);
    root.setAttribute('step', `${number}`);
    root.setAttribute('total', `${total}`);
    part.cover.hidden = status !== 'cover';
    part.end.hidden = status !== 'ended';
    part.card.inert = outside({ status, step });
    part.play.ariaLabel = part.play.dataset[status === 'playing' ? 'pause' : 'play'] || '';
    [...part.segs.children].forEach((seg, index) => seg.classList.toggle('gm-done', status !== 'cover' && index < number));
    part.segs.ariaValueNow = `${number}`;
    part.segs.ariaValueText = `${number} / ${total}: ${title}`;
    /** @type {HTMLButtonElement} */ (part.back).disabled = !step;
  }

  /** The card's words. @param {number} index @param {boolean} coming Whether more is on its way. */
  words(index, coming) {
    const { part, data, total } = this;
    const step = data.steps[index];
    // Laid out anew, the card's parts don't count as having moved; what has the focus in it keeps it.
    const focused = part.card.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement);
    part.card.hidden = true;
    void part.stage.offsetHeight;
    part.card.hidden = false;
    if (focused) focused.focus({ preventScroll: true });
    const text = stepText(step.id, step.text);
    const count = `${step.number} / ${total}`;
    part.chapter.textContent = step.chapter || '';
    part.text.replaceChildren(...(text.length ? text : [step.title]));
    if (coming) part.text.append(element('p', '', part.text.dataset.coming));
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
    const [x, y] = pointAt(frame.cursor, frame.camera);
    shift(cursor, x, y, 1 - 0.16 * frame.dip);
    cursor.hidden = !scene?.shot;
    ripple.hidden = !frame.ripple;
    if (frame.ripple) {
      const [left, top] = pointAt(frame.ripple.at, frame.camera);
      shift(ripple, left, top, 0.2 + frame.ripple.p);
      ripple.style.opacity = `${1 - frame.ripple.p}`;
    }
    stage.classList.toggle('gm-card-shown', frame.card);
    stage.classList.toggle('gm-bare', !scene?.shot);
    if (scene?.url) url.textContent = scene.url;
    if (frame.card && frame.raster === frame.camera.s) this.place(frame, lens);
    this.showAid(frame, step, lens);
  }

  /** Keys, a scroll. @param {Frame} frame @param {Step} step @param {Lens} lens */
  showAid(frame, step, lens) {
    const { aid } = this.part;
    const shown = frame.aid;
    put(aid, { age: frame.aidAge });
    if (!this.fresh('aid', shown)) return;
    aid.hidden = !shown;
    if (!shown) return;
    const text = shown.text || '';
    aid.ariaLabel = shown.verb === 'press' ? text : step.title;
    aid.replaceChildren(...(shown.verb === 'scroll' ? [element('b', '', text)] : text.split(/(?<=[^+])\+/).map((key) => element('kbd', 'gm-key', key))));
    const { offsetWidth: w, offsetHeight: h } = aid;
    const top = least([0.36, 0.7, 0.16], (top) => this.covered([(lens.w - w) / 2 + this.at.x, lens.h * top - h / 2 + this.at.y, w, h]));
    put(aid, { top: `${100 * top}%` });
  }

  /** How much of a box is taken. @param {Box} box */
  covered(box) {
    return this.taken.reduce((sum, each) => sum + overlap(box, each), 0);
  }

  /** Puts the card and the notes where they don't cover the target. @param {Frame} frame @param {Lens} lens @param {boolean} [again] */
  place(frame, lens, again) {
    const { window, screen, card, stage, bar, text } = this.part;
    const { hot, camera: { s, x, y } } = frame;
    const scene = /** @type {Scene} */ (frame.scene);
    if (!this.fresh('place', hot || scene) && !again) return;
    this.at = lens.phone ? { x: 0, y: 0 } : { x: window.offsetLeft, y: window.offsetTop + screen.offsetTop };
    // A slide is measured as wide as it is going to be.
    stage.classList.toggle('gm-bare', !scene.shot);
    // Everything in pixels of the stage.
    const { x: dx, y: dy } = this.at;
    const look = { x: x - dx / s, y: y - dy / s, s };
    const inner = /** @type {Box} */ ([dx, dy, lens.w, lens.h]);
    const seen = (/** @type {Box | undefined} */ box) => (box && scene.shot ? [cut(grow(onScreen(box, look), 10), inner)] : []);
    const tip = pointAt(frame.cursor, look);
    const notes = scene.notes || [];
    // A list opens below its field.
    const list = hot?.at && hot.verb === 'select' && /** @type {Box} */ (hot.at.with(3, 3 * hot.at[3]));
    this.taken = [list || hot?.to, hot?.at, scene.focus, ...notes.map(({ at }) => at)].flatMap(seen);
    this.part.notes.replaceChildren();
    for (const { at, text, side } of notes) {
      const note = element('div', 'gm-note', text);
      this.part.notes.append(note);
      const { offsetWidth: w, offsetHeight: h } = note;
      const [target] = seen(at);
      // It may cover what it is a part of.
      const keep = this.taken.filter((box) => overlap(box, target) < target[2] * target[3]);
      const spot = placeCard(target, { w, h }, grow(inner, -6), { keep, wish: side });
      this.taken.push([spot.x, spot.y, w, h]);
      stand(note, spot, this.at);
    }
    card.dataset.side = '';
    // Measured as if all of it could be seen: text that scrolls has room below for its last line.
    text.removeAttribute('tabindex');
    if (!lens.phone) {
      // Beside a narrow picture there is room for the card.
      const aside = scene.shot && dx > 290;
      put(card, { room: `${Math.round(lens.h * (scene.shot ? 0.6 : 0.9))}px`, wide: aside ? `${dx - 30}px` : '100%' });
      const [aim] = this.taken;
      const { offsetWidth: w, offsetHeight: h } = card;
      const map = this.data.maps?.[Number(scene.shot?.slice(8)) - 1] || '';
      const busy = (/** @type {Box} */ box) => busyness(map, scene.view, [box[0] / s + look.x, box[1] / s + look.y, box[2] / s, box[3] / s])
        + overlap(box, [tip[0] - 6, tip[1] - 6, 23 + this.tag, 52]) / 4e4;
      const spots = [grow(inner, -12), /** @type {Box} */ ([8, 8, stage.offsetWidth - 16, bar.offsetTop - 12])].map((box) =>
        placeCard(aim && aside ? [dx, aim[1], lens.w, aim[3]] : aim, { w, h }, box, { keep: aside ? [...this.taken, inner] : this.taken, last: this.last, wish: (hot || scene).side, busy }));
      const spot = spots[+(spots[1].cost < spots[0].cost - 80)];
      if (!scene.shot) spot.y = dy + (lens.h - h) / 2;
      if (spot.h < h) put(card, { room: `${spot.h}px` });
      stand(card, spot);
      this.last = spot;
      this.taken.push([spot.x, spot.y, w, spot.h]);
    }
    if (text.scrollHeight > text.clientHeight + 1) text.tabIndex = 0;
    this.turnTag(tip, inner);
  }

  /** Turns the cursor's name to a side that is free. @param {Box} tip @param {Box} inner */
  turnTag([x, y], inner) {
    const { classList } = this.part.cursor;
    const ways = [0, 1, 2, 3].map((way) => {
      const box = /** @type {Box} */ ([way & 1 ? x - 5 - this.tag : x + 17, way & 2 ? y - 28 : y + 20, this.tag, 26]);
      return { way, free: this.tag * 13 + overlap(box, inner) - this.covered(box) };
    });
    const { way, free } = least(ways, ({ free }) => -free);
    classList.toggle('gm-flip', !!(way & 1));
    classList.toggle('gm-up', way > 1);
    classList.toggle('gm-mute', free < this.tag * 31);
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

  /** The number of the step whose segment is nearest. @param {number} x In pixels of the window. */
  stepAt(x) {
    const segs = [...this.part.segs.children];
    return 1 + segs.indexOf(least(segs, (seg) => {
      const { left, right } = seg.getBoundingClientRect();
      return Math.abs(left + right - 2 * x);
    }));
  }
}

/** Puts a card or a note where it found room. @param {HTMLElement} at @param {Spot} spot @param {Point} [corner] */
function stand(at, { x, y, side, arrow }, corner = { x: 0, y: 0 }) {
  shift(at, Math.round(x - corner.x), Math.round(y - corner.y));
  at.dataset.side = side;
  put(at, { arrow: `${arrow}px` });
}

/** A box with a margin. @param {Box} box @param {number} margin @returns {Box} */
const grow = ([x, y, w, h], margin) => [x - margin, y - margin, w + 2 * margin, h + 2 * margin];

/** Where a point is on the screen. @param {Point} point @param {Camera} camera */
const pointAt = ({ x, y }, camera) => onScreen([x, y, 0, 0], camera);
