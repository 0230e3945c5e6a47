/**
 * One region on the screenshot: a box with its label and handles, for the pointer, the keyboard and a screen reader.
 *
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Annotation} Annotation
 * @typedef {import('./types.js').Size} Size
 * @typedef {import('./types.js').Verb} Verb
 * @typedef {import('./types.js').Which} Which
 */
import { attribute, h, say, svg } from './dom.js';
import { HANDLES, beside, isPoint, onScreen, roomiest } from './geometry.js';
import { isFrame } from './tools.js';
import { markLabel, markName, markShort } from './words.js';

/** Between a region and its bubble, in pixels. */
const GAP = 14;

export class Mark {
  #edges = ['n', 'e', 's', 'w'].map((side) => h('i', { class: `edge ${side}` }));
  #handles = HANDLES.map((name) => h('i', { class: `handle ${name}`, 'data-handle': name }));
  #label = h('span', { class: 'mark-label' });
  #text = h('span', {});
  /** The note of a callout. */
  bubble = h('div', { class: 'bubble', 'aria-hidden': 'true' }, this.#text);
  /** The line from a note to its region. */
  leader = svg('line', { class: 'leader' });
  box = h('div', { class: 'mark', role: 'button', tabindex: '0', 'aria-describedby': 'mark-keys' }, ...this.#edges, this.#label, ...this.#handles);

  /** @param {string} uid @param {Which} which */
  constructor(uid, which) {
    this.uid = uid;
    this.which = which;
    this.box.dataset.uid = this.bubble.dataset.uid = uid;
    this.box.dataset.which = which;
    this.box.dataset.focus = `mark ${uid} ${which}`;
    /** @type {Area} */
    this.area = { x: 0, y: 0, w: 0, h: 0 };
    this.side = 'right';
  }

  /** @param {Annotation} annotation @param {Verb} verb @param {boolean} selected @param {number} order */
  tell(annotation, verb, selected, order) {
    this.annotation = annotation;
    this.verb = verb;
    this.area = /** @type {Area} */ (this.which === 'to' ? annotation.to : annotation.region);
    const frame = isFrame(verb);
    this.box.className = ['mark', `mark-${verb.kind}`, `verb-${verb.name}`, frame && 'frame', isPoint(this.area) && 'point', selected && 'selected', this.which].filter(Boolean).join(' ');
    attribute(this.box, 'aria-label', markName(annotation, verb, this.which));
    attribute(this.box, 'aria-pressed', String(selected));
    this.box.style.zIndex = String(selected ? 1000 : order);
    this.bubble.classList.toggle('selected', selected);
    say(this.#text, annotation.text || '');
    this.bubble.hidden = !this.noted;
    attribute(this.leader, 'visibility', this.noted ? null : 'hidden');
  }

  /** Whether a note stands beside it. */
  get noted() {
    return this.verb?.name === 'callout' && this.which === 'region';
  }

  /** Puts it where its area is, or another one while it is dragged. @param {Area} area @param {number} scale @param {Size} size @param {string} [turned] The side a note is dragged to. */
  lay(area, scale, size, turned) {
    const { x, y, w, h: high } = onScreen(area, scale);
    const room = { width: size.width * scale, height: size.height * scale };
    const { style } = this.box;
    style.transform = `translate(${x}px, ${y}px)`;
    style.width = `${w}px`;
    style.height = `${high}px`;
    const annotation = this.annotation;
    if (!annotation) return;
    const full = this.box.classList.contains('selected') || area !== this.area;
    this.#label.dataset.label = full ? markLabel({ ...annotation, [this.which]: area }, this.which) : markShort(annotation, this.which);
    this.box.classList.toggle('tiny', !isPoint(area) && (w < 44 || high < 44));
    const side = this.noted ? this.#sideAt(area, size, turned) : '';
    this.box.classList.toggle('label-above', (y + high + 30 > room.height || side === 'bottom') && y > 30);
    this.box.classList.toggle('label-end', x + (full ? 190 : 90) > room.width);
    if (side) this.#layBubble({ x, y, w, h: high }, room, side);
  }

  /** @param {Area} area @param {Size} size @param {string} [turned] */
  #sideAt(area, size, turned) {
    const side = turned || this.annotation?.options.side || 'auto';
    return side === 'auto' ? roomiest(area, size) : side;
  }

  /** @param {Area} at @param {Size} room @param {string} side */
  #layBubble(at, room, side) {
    this.side = side;
    const bubble = { w: this.bubble.offsetWidth, h: this.bubble.offsetHeight };
    const { x, y } = beside(at, this.side, bubble, room, GAP);
    this.bubble.style.transform = `translate(${x}px, ${y}px)`;
    const middle = { x: at.x + at.w / 2, y: at.y + at.h / 2 };
    const end = {
      top: [middle.x, at.y, middle.x, y + bubble.h], bottom: [middle.x, at.y + at.h, middle.x, y],
      left: [at.x, middle.y, x + bubble.w, middle.y], right: [at.x + at.w, middle.y, x, middle.y],
    }[this.side] || [0, 0, 0, 0];
    ['x1', 'y1', 'x2', 'y2'].forEach((name, index) => this.leader.setAttribute(name, String(end[index])));
  }
}
