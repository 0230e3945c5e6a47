/**
 * What may have to be redacted, as a recording proposes it: shown on the screenshot, taken or left with a click, and all of it
 * listed before a guide is published, with what is not ready.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Proposal} Proposal
 */
import { makeDialog } from './dialogs.js';
import { arrange, h, keep, say } from './dom.js';
import { unready } from './problem-words.js';
import { count } from './words.js';

const WHY = /** @type {Record<string, string>} */ ({ email: 'E-mail address', random: 'Random string' });
/** Around a place in its small picture, in points. */
const AROUND = 60;

/** @param {Proposal} proposal */
const nameOf = ({ why }) => WHY[why] || 'Private words';
/** @param {Proposal} proposal */
const keyOf = ({ picture, why, area }) => JSON.stringify([picture, why, area]);

/** Where a picture is shown first, by its own step. @param {Session} session @param {string} path */
function placeOf(session, path) {
  const { steps, pictures } = session.guide.outline;
  for (const step of steps) {
    const scene = step.scenes.findIndex((each) => !each.inherited && each.picture !== null && pictures[each.picture]?.path === path);
    if (scene >= 0) return { step: step.uid, scene };
  }
  return null;
}

/** Those that are not decided yet. @param {Session} session */
export function openProposals(session) {
  const { outline, proposals = [] } = session.guide;
  const covered = (/** @type {Proposal} */ { picture, area }) => outline.steps.some((step) => step.scenes.some((scene) => scene.picture !== null && outline.pictures[scene.picture]?.path === picture
    && scene.annotations.some(({ verb, region }) => verb === 'redact' && region && region.x <= area.x + 1 && region.y <= area.y + 1 && region.x + region.w >= area.x + area.w - 1 && region.y + region.h >= area.y + area.h - 1)));
  return proposals.filter((proposal) => placeOf(session, proposal.picture) && !covered(proposal));
}

/** @param {string} label */
function choices(label) {
  const redact = h('button', { type: 'button', class: 'small primary', 'aria-label': `Redact: ${label}` }, 'Redact');
  const leave = h('button', { type: 'button', class: 'small', 'aria-label': `Leave: ${label}` }, 'Leave');
  return { redact, leave };
}

export class Proposals {
  /** Lies on the screenshot. */
  element = h('div', { class: 'proposals' });
  #words = h('p', {});
  #unready = h('p', {});
  #list = h('ul', { class: 'proposal-list' });
  #all = h('button', { type: 'button' }, 'Redact all');
  #publish = h('button', { type: 'button', class: 'primary' }, 'Publish');
  dialog;
  /** @type {Map<string, HTMLElement>} */
  #here = new Map();
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  /** @type {() => void} */
  #then = () => {};

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.signal = signal;
    this.dialog = makeDialog('Before it is published', 'before-publishing', [h('div', { class: 'dialog-body' }, this.#unready, this.#words, this.#list), h('footer', {}, this.#all, h('i', { class: 'gap' }), this.#publish)], signal);
    // What lies on the screenshot would draw or move otherwise.
    this.element.addEventListener('pointerdown', (event) => event.stopPropagation(), { signal });
    this.#all.addEventListener('click', async () => { for (const each of openProposals(session)) await this.redact(each); }, { signal });
    this.#publish.addEventListener('click', () => {
      this.dialog.close();
      this.#then();
    }, { signal });
    session.listen(() => this.update(), signal);
  }

  /** Does something once all is decided on, or the author does not want to. @param {() => void} then */
  ask(then) {
    if (!openProposals(this.session).length && !unready(this.session.guide.problems)) return then();
    this.#then = then;
    this.update();
    this.dialog.showModal();
    /** @type {HTMLElement} */ (this.dialog.querySelector('li button') || this.#publish).focus();
  }

  /** @param {Proposal} proposal */
  async redact(proposal) {
    const { session } = this;
    const place = placeOf(session, proposal.picture);
    if (!place) return;
    const { x, y, w, h: high } = proposal.area;
    const region = { x: Math.max(0, x - 2), y: Math.max(0, y - 2), w: w + 4, h: high + 4 };
    const fields = { verb: 'redact', region, on: proposal.on || null, to: null, to_on: null, text: null, word: null, options: {} };
    const { ok } = await session.ask({ op: 'annotate', ...place, fields, uid: `p${Math.random()}` });
    if (ok && !this.dialog.open) session.toast(`Redacted: ${nameOf(proposal)}`, { undo: true });
  }

  /** @param {Proposal} proposal */
  async leave(proposal) {
    const { status, body } = await this.session.api.send('proposal', { picture: proposal.picture, why: proposal.why, area: proposal.area }).catch(() => ({ status: 0, body: {} }));
    if (status === 200) this.session.queue.refresh();
    else this.session.toast(body.message || 'The server does not answer', { bad: true });
  }

  update() {
    const { session } = this;
    const open = openProposals(session);
    const here = session.playing ? [] : open.filter(({ picture }) => picture === session.picture?.path);
    const known = new Map(open.map((each) => [keyOf(each), each]));
    const make = (/** @type {string} */ key) => this.#box(/** @type {Proposal} */ (known.get(key)));
    const focused = this.element.contains(document.activeElement);
    arrange(this.element, keep(this.#here, here.map(keyOf), make));
    here.forEach((each) => this.#lay(/** @type {HTMLElement} */ (this.#here.get(keyOf(each))), each, here.length));
    // The next one is decided on.
    if (focused && !this.element.contains(document.activeElement)) /** @type {HTMLElement | null} */ (this.element.querySelector('.primary'))?.focus();
    const left = unready(session.guide.problems);
    say(this.#unready, left);
    this.#unready.hidden = !left;
    this.#words.hidden = Boolean(left) && !open.length;
    say(this.#words, open.length ? `${count(open.length, 'place')} on the screenshots may show something private. What you leave as it is stays readable for every reader.` : 'All is decided.');
    arrange(this.#list, keep(this.#rows, open.map(keyOf), (key) => this.#row(/** @type {Proposal} */ (known.get(key)))));
    this.#all.hidden = open.length < 2;
    say(this.#publish, open.length || left ? 'Publish anyway' : 'Publish');
  }

  /** @param {Proposal} proposal @param {string} label */
  #choices(proposal, label) {
    const { redact, leave } = choices(label);
    redact.addEventListener('click', () => this.redact(proposal), { signal: this.signal });
    leave.addEventListener('click', () => this.leave(proposal), { signal: this.signal });
    return [redact, leave];
  }

  /** @param {Proposal} proposal */
  #box(proposal) {
    const label = nameOf(proposal);
    return h('div', { class: 'proposal', role: 'group', 'aria-label': `May have to be redacted: ${label}` }, h('div', { class: 'proposal-tools' }, h('span', {}, `${label}?`), ...this.#choices(proposal, label)));
  }

  /** @param {HTMLElement} box @param {Proposal} proposal @param {number} many How many there are on the screenshot. */
  #lay(box, proposal, many) {
    const { area } = proposal;
    say(/** @type {HTMLElement} */ (box.querySelector('.proposal-tools span')), `${nameOf(proposal)}?${many > 1 ? ` 1 of ${many}` : ''}`);
    const { width, height } = this.session.size;
    const percent = (/** @type {number} */ part, /** @type {number} */ whole) => `${(100 * part) / whole}%`;
    Object.assign(box.style, { left: percent(area.x, width), top: percent(area.y, height), width: percent(area.w, width), height: percent(area.h, height) });
    box.classList.toggle('at-end', area.x > width * 0.6);
    box.classList.toggle('above', area.y > height * 0.8);
  }

  /** @param {Proposal} proposal */
  #row(proposal) {
    const { session } = this;
    const { picture, area } = proposal;
    const { steps, pictures } = session.guide.outline;
    const shown = pictures.find(({ path }) => path === picture);
    const at = steps.findIndex(({ uid }) => uid === placeOf(session, picture)?.step);
    const label = `${nameOf(proposal)}, step ${at + 1}`;
    const thumb = h('span', { class: 'proposal-thumb', 'aria-hidden': 'true' });
    if (shown) {
      const wide = Math.max(area.w + 2 * AROUND, 3 * area.h);
      const scale = 200 / wide;
      const image = h('img', { src: session.api.picture(shown.hash), alt: '' });
      Object.assign(image.style, { width: `${shown.width * scale}px`, translate: `${-(area.x - (wide - area.w) / 2) * scale}px ${-(area.y + area.h / 2) * scale + 32}px` });
      const mark = h('i', {});
      Object.assign(mark.style, { left: `${((wide - area.w) / 2) * scale}px`, width: `${area.w * scale}px`, top: `${32 - (area.h / 2) * scale}px`, height: `${area.h * scale}px` });
      thumb.append(image, mark);
    }
    return h('li', {}, thumb, h('span', { class: 'proposal-name' }, label), ...this.#choices(proposal, label));
  }
}
