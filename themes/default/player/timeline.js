/**
 * What is shown when: a step becomes a list of cues, and cues and a time become a frame. Pure.
 *
 * @import {Box, Camera, Lens, Point} from './geometry.js'
 * @typedef {{verb: string, at?: Box, to?: Box, text?: string, ms?: number, ground?: string, letters?: Letters, side?: string}} Action
 * @typedef {{f: number, face: string}} Letters Size in points and faces of what is written in a field.
 * @typedef {{at: Box, text: string, side: string}} Note
 * @typedef {{shot?: string, view: Box, alt: string, url?: string, zoom?: Box | null, actions: Action[], focus?: Box, side?: string, dim?: string, notes?: Note[]}} Scene
 * @typedef {object} Step A step, or of a step whose scenes have texts of their own one text and its scenes.
 * @property {string} id
 * @property {string} title
 * @property {string} [chapter]
 * @property {number} words
 * @property {Scene[]} scenes
 * @property {{words: number, text: number[], scenes: number[]}[]} [turns] As the page has it: texts of its own with their words and the range of their scenes.
 * @property {number[]} [text] Which parts of the step's text are shown: the first, and that behind the last; absent: all.
 * @property {number} number The step's, from 1.
 * @typedef {{at: Box, text?: string, caret?: boolean, verb: string, ground?: string, letters?: Letters}} Typed
 * @typedef {object} Rest What one step leaves to the next.
 * @property {Scene | null} scene
 * @property {Point} cursor
 * @property {Camera} camera
 * @property {Typed[]} typed
 * @property {Cue[]} [cues] Those of the step as it is reached directly: what moves ends there, whatever is under way.
 * @property {boolean} [pressed] The cursor has just been pressed there by the reader.
 * @typedef {object} Cue Something that begins at `at` and ends at `end`, in milliseconds.
 * @property {keyof typeof CUES} kind
 * @property {number} at
 * @property {number} end
 * @property {any} [from]
 * @property {any} [to]
 * @property {Scene} [scene]
 * @property {Action} [action]
 * @typedef {object} Plan
 * @property {Rest} from
 * @property {Cue[]} cues In order of their beginning.
 * @property {number} card When the card comes up.
 * @property {number} stop Where a paused walkthrough rests: the reader's turn.
 * @property {number} end When autoplay goes on.
 * @typedef {object} Frame What is shown at one moment.
 * @property {Scene | null} scene
 * @property {Scene | null} [before] The scene that fades away.
 * @property {number} [fade] 0 to 1: how far `scene` has come.
 * @property {Camera} camera
 * @property {number} raster The larger scale of the move under way.
 * @property {Point} cursor
 * @property {number} dip 0 to 1: how far the cursor is pressed.
 * @property {{at: Point, p: number} | null} [ripple]
 * @property {Typed[]} typed
 * @property {Action | null} [hot] The target that waits for the reader.
 * @property {Action | null} [aid] Keys or a gesture shown.
 * @property {number} aidAge 0 to 1
 * @property {boolean} card
 */
import { arcPoint, clamp, frameCamera, mix, mixCamera, tipPoint, union } from './geometry.js';

/** Screens cross-fade, in milliseconds. */
export const FADE = 120;
/** A click, on the page that it leaves. */
export const PRESS = 140;
/** A scene or an action that the reader should see before the next one. */
const BEAT = 700;
/** A list opens, and an option is taken. */
const CHOICE = 1000;

/** Reading time at 200 words a minute. @param {number} words */
export const readingMs = (words) => Math.max(2500, words * 300);
/** How long the cursor takes for a way in pixels. @param {number} distance */
export const moveMs = (distance) => (distance < 1 ? 0 : clamp(350, 300 + distance * 0.7, 900));
/** How long letters take. @param {string} text */
export const typeMs = (text) => clamp(300, [...text].length * 75, 3000);

const easeOut = (/** @type {number} */ p) => 1 - (1 - p) ** 3;
const easeBoth = (/** @type {number} */ p) => (p < 0.5 ? 4 * p ** 3 : 1 - (2 - 2 * p) ** 3 / 2);

/**
 * What the steps before `index` leave behind.
 * @param {Step[]} steps @param {number} index @param {Lens} lens @returns {Rest}
 */
export function restBefore(steps, index, lens) {
  const first = steps[0].scenes[0];
  const [x, y, w, h] = first.view;
  const camera = frameCamera(first.view, null, null, lens);
  const seen = (/** @type {number} */ size, /** @type {number} */ all) => 0.7 * Math.min(size / camera.s, all);
  /** @type {Rest} */
  const rest = { scene: null, cursor: { x: x + seen(lens.w, w), y: y + seen(lens.h, h) }, camera, typed: [] };
  for (const step of steps.slice(0, index)) for (const scene of step.scenes) leaveScene(rest, scene, lens);
  return rest;
}

/** @param {Rest} rest @param {Scene} scene @param {Lens} lens */
function leaveScene(rest, scene, lens) {
  if (rest.scene?.shot !== scene.shot) rest.typed = [];
  rest.camera = arrive(scene, rest.scene, rest.camera, lens);
  rest.scene = scene;
  const aims = scene.actions.filter((action) => action.at);
  for (const action of aims) {
    rest.camera = aim(scene, action, rest.camera, lens);
    rest.cursor = tipPoint(/** @type {Box} */ (action.to || action.at));
    if (writes(action)) rest.typed = rest.typed.concat(written(action, 1));
  }
  if (!aims.length) rest.camera = aim(scene, null, rest.camera, lens);
}

/** What the camera frames for an action, or for what is marked. @param {Scene} scene @param {Action | null} action @param {Camera | undefined} from @param {Lens} lens */
function aim(scene, action, from, lens) {
  const at = action && /** @type {Box} */ (action.at);
  const target = at ? (action.to ? union(at, action.to) : at) : scene.focus;
  return frameCamera(scene.view, scene.zoom, target, lens, from, scene.focus);
}

/** The camera as a scene comes up: as it was, or framed at once where the screenshot has another shape. @param {Scene} scene @param {Scene | null} before @param {Camera} camera @param {Lens} lens */
const arrive = (scene, before, camera, lens) => (alike(scene, before || scene) ? camera
  : aim(scene, scene.actions.find((action) => action.at) || null, undefined, lens));

/** Whether two scenes can fade into each other under one camera. @param {Scene} a @param {Scene} b */
const alike = (a, b) => `${a.view}` === `${b.view}`;

/** Whether an action leaves letters in a field. @param {Action} action */
export const writes = (action) => action.verb === 'type' || action.verb === 'select';

/** @param {Action} action @param {number} p @returns {Typed} */
function written(action, p) {
  const letters = [...(action.text || '')];
  const shown = action.verb === 'type' ? letters.slice(0, Math.round(letters.length * p)) : p < 0.75 ? [] : letters;
  return /** @type {Typed} */ ({ ...action, text: shown.join(''), caret: action.verb === 'type' });
}

/**
 * The plan of a step.
 * @param {Step} step @param {Rest} from @param {Lens} lens @returns {Plan}
 */
export function planStep(step, from, lens) {
  /** @type {Plan} */
  const plan = { from, cues: [], card: -1, stop: -1, end: 0 };
  const read = readingMs(step.words);
  let { cursor, camera } = from;
  let now = 0;
  const ms = (/** @type {number} */ time) => (lens.still ? 0 : time);
  const cue = (/** @type {Cue['kind']} */ kind, /** @type {number} */ time, /** @type {Partial<Cue>} */ more) => {
    plan.cues.push({ kind, at: now, end: now + ms(time), ...more });
    return ms(time);
  };
  const move = (/** @type {Scene} */ scene, /** @type {Action | null} */ action, /** @type {Point} */ tip) => {
    const [next, to] = from.cues?.slice(plan.cues.length).map((each) => each.to) || [aim(scene, action, camera, lens), tip];
    const far = Math.hypot(to.x - cursor.x, to.y - cursor.y) * next.s;
    const turns = Math.abs(next.s / camera.s - 1) > 0.01 || Math.hypot(next.x - camera.x, next.y - camera.y) * next.s > 2;
    const time = Math.max(moveMs(far), turns ? 600 : 0);
    cue('camera', time, { from: camera, to: next });
    now += cue('move', time, { from: cursor, to });
    cursor = to;
    camera = next;
  };
  let before = from.scene;
  now += cue('press', from.pressed ? PRESS : 0, {});
  step.scenes.forEach((scene, index) => {
    const lastScene = index === step.scenes.length - 1;
    const cut = !before || before.shot === scene.shot || !alike(scene, before);
    // The new page is there before anything on it moves.
    camera = arrive(scene, before, camera, lens);
    now += cue('scene', cut ? 0 : FADE, { scene, to: camera });
    before = scene;
    if (!scene.actions.some((action) => action.at)) move(scene, null, cursor);
    scene.actions.forEach((action, order) => {
      const last = lastScene && order === scene.actions.length - 1;
      if (action.at) {
        move(scene, action, tipPoint(action.at));
        cue('hot', 0, { action });
      }
      if (plan.card < 0) plan.card = now;
      const click = action.verb.endsWith('click');
      if (click && last) {
        plan.stop = now;
        now += read;
      } else if (click) now += ms(BEAT);
      if (click) now += cue('press', action.verb === 'double-click' ? 2 * PRESS : PRESS, { action });
      else if (writes(action)) now += cue('type', action.verb === 'type' ? typeMs(action.text || '') : CHOICE, { action });
      else if (action.to) {
        const to = tipPoint(action.to);
        now += cue('drag', moveMs(Math.hypot(to.x - cursor.x, to.y - cursor.y)) + 300, { action, from: cursor, to });
        cursor = to;
      } else if (action.verb === 'wait') now += ms(action.ms || 0);
      else if (action.verb === 'hover') now += ms(BEAT / 2);
      else now += cue('aid', BEAT, { action });
    });
    if (plan.card < 0) plan.card = now;
    if (!lastScene) now += ms(BEAT);
  });
  if (plan.stop < 0) {
    plan.stop = now;
    now += read;
  }
  plan.end = now;
  return plan;
}

/** What each kind of cue does to a frame, `p` of its way gone. */
const CUES = {
  scene: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    const scene = /** @type {Scene} */ (cue.scene);
    if (frame.scene?.shot !== scene.shot) {
      frame.before = p < 1 ? frame.scene : null;
      frame.fade = p;
      frame.typed = [];
    }
    frame.scene = scene;
    frame.camera = cue.to;
    frame.raster = cue.to.s;
    frame.ripple = frame.aid = frame.hot = null;
  },
  camera: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    frame.camera = mixCamera(cue.from, cue.to, easeBoth(p));
    frame.raster = p < 1 ? Math.max(cue.from.s, cue.to.s) : cue.to.s;
  },
  move: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    frame.cursor = arcPoint(cue.from, cue.to, easeOut(p));
    frame.hot = null;
  },
  hot: (/** @type {Frame} */ frame, /** @type {Cue} */ cue) => {
    frame.hot = /** @type {Action} */ (cue.action);
    frame.aid = null;
  },
  press: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    const part = cue.action?.verb === 'double-click' ? (p * 2) % 1 : p;
    frame.dip = p < 1 ? Math.sin(Math.PI * part) : 0;
    frame.ripple = p < 1 ? { at: frame.cursor, p: part } : null;
  },
  type: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    const action = /** @type {Action} */ (cue.action);
    frame.typed = frame.typed.map((typed) => /** @type {Typed} */ ({ ...typed, caret: false })).concat(written(action, p));
    if (action.verb !== 'select') return;
    CUES.press(frame, cue, Math.min(1, p * 5));
    // The list is open until the option is taken.
    if (p > 0.2 && p < 0.75) frame.typed.push(/** @type {Typed} */ ({ ...action, verb: 'options', ground: '' }));
  },
  drag: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    const { at, to } = /** @type {{at: Box, to: Box}} */ (cue.action);
    const way = easeBoth(clamp(0, p * 1.3 - 0.15, 1));
    frame.cursor = arcPoint(cue.from, cue.to, way);
    frame.dip = p < 1 ? 1 : 0;
    // A mark where it drops, and what is dragged on its way there.
    frame.typed = [to, /** @type {Box} */ (at.map((each, axis) => mix(each, to[axis], way)))].map((at) => ({ at, verb: 'drag' }));
  },
  aid: (/** @type {Frame} */ frame, /** @type {Cue} */ cue, /** @type {number} */ p) => {
    frame.aid = /** @type {Action} */ (cue.action);
    frame.aidAge = p;
  },
};

/** What a plan shows at a time in milliseconds. @param {Plan} plan @param {number} time @returns {Frame} */
export function frameAt(plan, time) {
  const { scene, cursor, camera, typed } = plan.from;
  /** @type {Frame} */
  const frame = { scene, camera, raster: camera.s, cursor, dip: 0, typed, aidAge: 0, card: time >= plan.card };
  for (const cue of plan.cues) {
    if (cue.at > time) break;
    const p = cue.end > cue.at ? Math.min(1, (time - cue.at) / (cue.end - cue.at)) : 1;
    CUES[cue.kind](frame, cue, p);
  }
  return frame;
}
