/** What hangs on the picture and moves with the camera: shots, spotlight, typed letters, the hotspot. */
import { element, put, shift } from './dom.js';
import { clamp } from './geometry.js';
import { writes } from './timeline.js';

/** @import {Box} from './geometry.js' */
/** @import {Frame, Scene, Typed} from './timeline.js' */

export class Scenery {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Record<string, HTMLElement>} The parts by name; one that a theme leaves out is a loose element. */
    this.part = new Proxy({}, {
      get: (/** @type {any} */ found, name) => (found[name] ||= root.querySelector(`.gm-${String(name)}`) || element('div')),
    });
    /** @type {Record<string, unknown>} What is drawn, so that only changes are. */
    this.drawn = {};
  }

  /** Whether `value` differs from what was drawn last. @param {string} key @param {unknown} value */
  fresh(key, value) {
    const changed = this.drawn[key] !== value;
    this.drawn[key] = value;
    return changed;
  }

  /** @param {Frame} frame @param {string} title Name of a hotspot that has no label. */
  drawScenery(frame, title) {
    const { camera, raster, scene, before } = frame;
    const { world, low, top, holes, letters } = this.part;
    if (this.fresh('raster', raster)) put(world, { r: `${raster}px` });
    shift(world, -camera.x * camera.s, -camera.y * camera.s, camera.s / raster);
    world.classList.toggle('gm-moving', raster !== camera.s || !!before);
    this.show(low, 'low', before);
    this.show(top, 'top', scene);
    top.style.opacity = `${before ? frame.fade : 1}`;
    if (this.fresh('scene', scene)) holes.setAttribute('d', scene?.dim || '');
    if (this.fresh('typed', JSON.stringify(frame.typed))) letters.replaceChildren(...frame.typed.map(typedField));
    if (this.fresh('hot', frame.hot)) this.target(frame, title);
  }

  /** @param {HTMLElement} shot @param {string} key @param {Scene | null} [scene] */
  show(shot, key, scene) {
    // A shot whose page is still on its way has no base yet.
    const ids = [];
    for (let id = scene?.shot; id; id = document.getElementById(id)?.dataset.base) ids.unshift(`#${id}`);
    if (!this.fresh(key, `${[ids, scene?.view, scene?.alt]}`)) return;
    shot.toggleAttribute('hidden', !ids[0]);
    if (!scene) return;
    shot.setAttribute('viewBox', `${scene.view}`);
    putBox(shot, scene.view);
    shot.ariaLabel = scene.alt;
    // What lies lowest is mostly the same as before: it stays, and with it what the browser made of it.
    const uses = [...shot.children];
    ids.forEach((id, index) => {
      const use = uses[index] || shot.appendChild(uses[0].cloneNode());
      if (use.getAttribute('href') !== id) use.setAttribute('href', id);
    });
    uses.slice(ids.length || 1).forEach((use) => use.remove());
  }

  /** @param {Frame} frame @param {string} title */
  target({ hot: action, scene, raster }, title) {
    const { hot, world } = this.part;
    // Laid out anew at another target, the ring doesn't count as having moved.
    hot.hidden = true;
    if (!action) return;
    void world.offsetHeight;
    hot.hidden = false;
    // What would put the ring off the picture is left out.
    const [x, y, w, h] = /** @type {Scene} */ (scene).view;
    const margin = 9 / raster;
    putBox(hot, cut(/** @type {Box} */ (action.at), [x + margin, y + margin, w - 2 * margin, h - 2 * margin]));
    hot.dataset.verb = action.verb;
    hot.ariaLabel = (!writes(action) && action.text) || title;
  }
}

/** The part of a box that lies in another; without size where it lies outside. @param {Box} box @param {Box} bounds @returns {Box} */
export function cut([x, y, w, h], [left, top, width, height]) {
  const at = (/** @type {number} */ x) => clamp(left, x, left + width);
  const down = (/** @type {number} */ y) => clamp(top, y, top + height);
  return [at(x), down(y), at(x + w) - at(x), down(y + h) - down(y)];
}

/** @param {HTMLElement} at @param {Box} box */
const putBox = (at, [x, y, w, h]) => put(at, { x, y, w, h });

/** Letters in a field, on its own colour, so that a placeholder is gone. @param {Typed} typed */
function typedField({ at, text, caret, verb, ground, letters }) {
  const made = element('div', `gm-typed gm-${verb}${at[3] > 64 ? ' gm-tall' : ''}`);
  putBox(made, at);
  put(made, letters || {});
  const shown = element('span', '', text);
  if (caret) shown.append(element('i'));
  const below = element('b');
  if (text && ground) below.style.background = ground;
  made.append(below, shown);
  return made;
}
