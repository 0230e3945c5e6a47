/**
 * What the author has before them: the step, the scene, the selection, the tool; and the one way in which edits
 * leave, so that what was typed or moved before goes first.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {import('./types.js').Area} Area
 * @typedef {import('./types.js').Which} Which
 * @typedef {{uid: string, which: Which}} Selected
 * @typedef {{undo?: boolean, bad?: boolean, action?: {label: string, run: () => void}}} ToastOptions
 */
import { Drafts } from './drafts.js';
import { findAnnotation, stepIndex } from './identity.js';
import { foresee } from './intent.js';
import { Queue } from './queue.js';
import { ratioOf, verbNamed } from './tools.js';

/** How long after the last arrow key a move is sent, in milliseconds. */
const REST = 300;
const NOWHERE = { width: 1280, height: 800 };

/** @param {() => void} call @param {number} milliseconds */
const later = (call, milliseconds) => {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
};

export class Session {
  /** @type {Set<() => void>} */
  #ears = new Set();
  /** @type {(() => void) | undefined} */
  #rest;
  /** @type {Intent | null} */
  #nudge = null;
  #index = 0;
  #telling = false;
  #again = false;

  step = '';
  /** Steps that are chosen beside the current one. @type {Set<string>} */
  #chosen = new Set();
  /** The step from which a stretch of chosen ones begins. */
  #anchor = '';
  scene = 0;
  /** @type {Selected | null} */
  selected = null;
  tool = 'select';
  playing = false;
  /** How much the screenshot is enlarged; 1: it fits. */
  zoom = 1;
  /** How many pictures are on their way. */
  uploads = 0;
  /** @type {(message: string) => void} */
  announce = () => {};
  /** Shows what can't be done. @type {(message: string, options?: ToastOptions) => void} */
  toast = () => {};

  /** What is done for a text that is written. @type {import('./writing.js').Helpers} */
  writing = { link: () => {}, pictures: () => false };

  /** What is changed in a dialog and not asked for yet. @type {() => Intent[]} */
  begun = () => [];

  /** How many edits were asked for. */
  edits = 0;
  /** That edit is in the file. @type {(edit: number) => void} */
  passed = () => {};
  /** Takes away what `toast` has shown. */
  dismiss = () => {};

  /** @param {Guide} guide @param {import('./api.js').Api} api */
  constructor(guide, api) {
    this.api = api;
    const changed = () => this.changed();
    this.queue = new Queue(guide, { send: (path, body) => api.send(path, body), later, changed });
    this.drafts = new Drafts({ later, changed });
    this.step = this.guide.outline.steps[0]?.uid || '';
  }

  /** As the author has made it, a move that is not sent yet included. @returns {Guide} */
  get guide() {
    const guide = this.queue.guide;
    return this.#nudge ? foresee(guide, this.#nudge) : guide;
  }

  get index() {
    return Math.max(0, stepIndex(this.guide, this.step));
  }

  get current() {
    return this.guide.outline.steps[this.index];
  }

  get currentScene() {
    return this.current?.scenes[this.scene];
  }

  /** Whether the step shows no picture of its own, and points at nothing on the one before either. */
  get lacksPicture() {
    const [scene, ...more] = this.current?.scenes || [];
    if (!scene?.inherited || more.length) return false;
    return scene.picture === null || scene.annotations.every(({ region, on, to }) => !region && !on && !to);
  }

  get picture() {
    const at = this.currentScene?.picture;
    return at === null || at === undefined ? undefined : this.guide.outline.pictures[at];
  }

  /** Of the screenshot, in points. @returns {import('./types.js').Size} */
  get size() {
    return this.picture || NOWHERE;
  }

  /** The selected annotation. */
  get annotation() {
    return this.selected && this.currentScene?.annotations.find(({ uid }) => uid === this.selected?.uid);
  }

  /** All chosen steps in order, by their uids: the current one, and others. */
  get chosen() {
    return this.guide.outline.steps.map(({ uid }) => uid).filter((uid) => uid === this.step || this.#chosen.has(uid));
  }

  /** Whether a step is chosen beside others. @param {string} uid */
  isChosen(uid) {
    return this.#chosen.size > 0 && (uid === this.step || this.#chosen.has(uid));
  }

  /** Chooses these, of which one becomes the current one. @param {string[]} uids @param {string} current */
  choose(uids, current) {
    this.#moveTo(current, 0);
    this.#chosen = new Set(uids.filter((uid) => uid !== current));
    this.changed();
    if (this.#chosen.size) this.announce(`${this.chosen.length} steps selected`);
  }

  /** Adds a step to the chosen ones, or takes it from them. @param {string} uid */
  toggle(uid) {
    const chosen = this.chosen;
    if (!chosen.includes(uid)) this.choose([...chosen, uid], uid);
    else if (chosen.length > 1) {
      const rest = chosen.filter((each) => each !== uid);
      this.choose(rest, uid === this.step ? rest[rest.length - 1] : this.step);
    }
    this.#anchor = uid;
  }

  /** Chooses the stretch from where choosing began to a step. @param {string} uid */
  extendTo(uid) {
    const all = this.guide.outline.steps.map((step) => step.uid);
    const from = all.includes(this.#anchor) ? this.#anchor : this.step;
    const [a, b] = [all.indexOf(from), all.indexOf(uid)].sort((one, other) => one - other);
    this.choose(all.slice(a, b + 1), uid);
    this.#anchor = from;
  }

  /** @param {string} name */
  verb(name) {
    return verbNamed(this.guide.verbs, name);
  }

  /** The proportions that the region of a verb keeps. @param {string} name */
  ratio(name) {
    return this.currentScene && ratioOf(this.verb(name), this.currentScene, this.size);
  }

  /** @param {() => void} heard @param {AbortSignal} signal */
  listen(heard, signal) {
    this.#ears.add(heard);
    signal.addEventListener('abort', () => this.#ears.delete(heard));
  }

  /** Tells all views; once more if one of them changed something meanwhile. */
  changed() {
    this.#again = true;
    if (this.#telling) return;
    this.#telling = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#fix();
        this.#ears.forEach((heard) => heard());
      }
    } finally {
      this.#telling = false;
    }
  }

  /** What is no longer there is no longer selected. */
  #fix() {
    const steps = this.guide.outline.steps;
    const at = stepIndex(this.guide, this.step);
    if (at < 0) {
      this.step = steps[Math.min(this.#index, steps.length - 1)]?.uid || '';
      this.scene = 0;
      this.selected = null;
    } else this.#index = at;
    this.scene = Math.min(this.scene, Math.max(0, (this.current?.scenes.length || 1) - 1));
    if (this.selected && !this.annotation) this.selected = null;
    for (const uid of this.#chosen) if (uid === this.step || stepIndex(this.guide, uid) < 0) this.#chosen.delete(uid);
  }

  /** Another step, by its uid. @param {string} uid @param {number} [scene] */
  go(uid, scene = 0) {
    if (uid === this.step && scene === this.scene && !this.#chosen.size) return;
    this.#chosen.clear();
    this.#anchor = uid;
    this.#moveTo(uid, scene);
    this.changed();
  }

  /** @param {string} uid @param {number} scene */
  #moveTo(uid, scene) {
    if (uid === this.step && scene === this.scene) return;
    this.flush();
    this.step = uid;
    this.scene = scene;
    this.selected = null;
  }

  /** So many steps on. @param {number} by */
  goBy(by) {
    const step = this.guide.outline.steps[this.index + by];
    if (!step) return false;
    this.go(step.uid);
    this.announce(`Step ${this.index + 1} of ${this.guide.outline.steps.length}: ${step.title}`);
    return true;
  }

  /** @param {Selected | null} selected */
  select(selected) {
    if (selected?.uid === this.selected?.uid && selected?.which === this.selected?.which) return;
    this.flush();
    this.selected = selected;
    this.changed();
  }

  /** @param {string} tool */
  take(tool) {
    this.tool = tool;
    this.playing = false;
    if (tool !== 'select') this.selected = null;
    this.changed();
  }

  /** Goes to the step, the scene and the annotation of that name. @param {string} uid */
  show(uid) {
    const found = findAnnotation(this.guide, uid);
    if (!found) return;
    this.go(found.step.uid, found.scene);
    this.select({ uid, which: 'region' });
  }

  /** Sends what was moved and typed. */
  flush() {
    this.#sendNudge();
    this.drafts.flush();
  }

  #sendNudge() {
    this.#rest?.();
    const nudge = this.#nudge;
    this.#nudge = null;
    if (nudge) this.#push(nudge);
  }

  /** Puts a region somewhere by keys: seen at once, sent when the keys rest. @param {string} annotation @param {Which} which @param {Area} area */
  nudge(annotation, which, area) {
    if (this.#nudge && (this.#nudge.annotation !== annotation || this.#nudge.which !== which)) this.#sendNudge();
    this.#rest?.();
    this.#nudge = { op: 'set-region', annotation, which, area };
    this.#rest = later(() => this.#sendNudge(), REST);
    this.changed();
  }

  /** Asks for an edit, after all that was done before. @param {Intent} intent */
  ask(intent) {
    this.flush();
    return this.#push(intent);
  }

  /** Asks for an edit of what was typed, which does not wait for other drafts. @param {Intent} intent */
  write(intent) {
    this.#sendNudge();
    return this.#send(intent);
  }

  /** @param {Intent} intent */
  async #send(intent) {
    const edit = (this.edits += 1);
    const outcome = await this.queue.push(intent);
    if (outcome.ok) this.passed(edit);
    return outcome;
  }

  /** @param {Intent} intent */
  async #push(intent) {
    const outcome = await this.#send(intent);
    if (!outcome.ok && outcome.message) this.toast(outcome.message, { bad: true });
    return outcome;
  }

  /** Edits that have not reached the file, in order. @returns {Intent[]} */
  get waiting() {
    return [...this.queue.waiting, ...(this.#nudge ? [this.#nudge] : [])];
  }

  /** Whether something has not reached the file yet. */
  get unsaved() {
    return this.queue.busy || this.drafts.any || this.#nudge !== null || this.uploads > 0;
  }
}
