/** What hangs on the picture and moves with the camera: shots, spotlight, typed letters, the hotspot. */
import { element, put, svg } from './dom.js';
import { clamp } from './geometry.js';

/** @import {Box, Camera} from './geometry.js' */
/** @import {Action, Frame, Scene, Typed} from './timeline.js' */

export class Scenery {
  /** @param {HTMLElement} screen The picture's window. */
  constructor(screen) {
    this.world = element('div', 'gm-world');
    this.shots = [0, 1].map(() => svg('svg', { class: 'gm-shot', role: 'img' }, svg('use')));
    this.dim = svg('path', { 'fill-rule': 'evenodd' });
    this.typed = element('div', 'gm-letters');
    this.hot = element('button', 'gm-hot');
    this.hot.hidden = true;
    this.world.append(...this.shots, svg('svg', { class: 'gm-dim', viewBox: '0 0 1 1', 'aria-hidden': 'true' }, this.dim), this.typed, this.hot);
    screen.append(this.world);
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
  draw(frame, title) {
    const { camera, raster, scene, before, fade } = frame;
    if (this.fresh('raster', raster)) put(this.world, { r: raster });
    this.world.style.transform = `translate(${-camera.x * camera.s}px,${-camera.y * camera.s}px) scale(${camera.s / raster})`;
    this.world.classList.toggle('gm-moving', raster !== camera.s || !!before);
    const [low, top] = this.shots;
    this.show(low, 'low', before || scene);
    this.show(top, 'top', scene);
    top.style.opacity = String(before ? fade : 1);
    low.style.visibility = before ? '' : 'hidden';
    if (this.fresh('scene', scene)) this.spotlight(scene);
    if (this.fresh('typed', JSON.stringify(frame.typed))) this.typed.replaceChildren(...frame.typed.map((typed) => typedField(typed)));
    if (this.fresh('hot', frame.hot)) this.target(frame, title);
  }

  /** @param {SVGElement} shot @param {string} key @param {Scene | null} scene */
  show(shot, key, scene) {
    if (!this.fresh(key, scene) || !scene) return;
    const [x, y, w, h] = scene.view;
    shot.setAttribute('viewBox', scene.view.join(' '));
    put(shot, { x, y, w, h });
    shot.ariaLabel = scene.alt;
    shot.toggleAttribute('hidden', !scene.shot);
    /** @type {Element} */ (shot.firstChild).setAttribute('href', `#${scene.shot || ''}`);
  }

  /** @param {Scene | null} scene */
  spotlight(scene) {
    const holes = (scene?.marks || []).filter((mark) => mark.verb === 'highlight');
    const hole = (/** @type {Box} */ [x, y, w, h]) => {
      const r = Math.min(8, (h + 8) / 2);
      const arc = (/** @type {number} */ dx, /** @type {number} */ dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
      return `M${x - 4 + r} ${y - 4}h${w + 8 - 2 * r}${arc(r, r)}v${h + 8 - 2 * r}${arc(-r, r)}h${2 * r - w - 8}${arc(-r, -r)}v${2 * r - h - 8}${arc(r, -r)}z`;
    };
    this.dim.setAttribute('d', holes.length ? `M-9999-9999H19999V19999H-9999z${holes.map((mark) => hole(mark.at)).join('')}` : '');
  }

  /** @param {Frame} frame @param {string} title */
  target({ hot: action, scene, raster }, title) {
    // Laid out anew at another target, the ring doesn't count as having moved.
    this.hot.hidden = true;
    if (!action) return;
    void this.world.offsetHeight;
    this.hot.hidden = false;
    const [x, y, w, h] = inset(/** @type {Box} */ (action.at), /** @type {Scene} */ (scene).view, 9 / raster);
    put(this.hot, { x, y, w, h });
    const label = action.verb === 'type' || action.verb === 'select' ? '' : action.text;
    this.hot.ariaLabel = label || title;
  }
}

/** A target without what would put its ring off the picture. @param {Box} at @param {Box} view @param {number} margin @returns {Box} */
function inset([x, y, w, h], view, margin) {
  const left = clamp(view[0] + margin, x, view[0] + view[2] - margin);
  const top = clamp(view[1] + margin, y, view[1] + view[3] - margin);
  return [left, top, Math.max(0, Math.min(x + w, view[0] + view[2] - margin) - left), Math.max(0, Math.min(y + h, view[1] + view[3] - margin) - top)];
}

/** Letters in a field, on its own colour, so that a placeholder is gone. @param {Typed} typed */
function typedField(typed) {
  const [x, y, w, h] = typed.at;
  const tall = h > 64;
  const made = element('div', tall ? 'gm-typed gm-tall' : 'gm-typed');
  put(made, { x, y, w, h, f: tall ? 15 : Math.max(9, Math.min(h * 0.44, h > 44 ? 20 : 16)) });
  const shown = element('span', '', typed.text);
  if (typed.caret) shown.append(element('i'));
  if (typed.text && typed.ground) {
    const ground = element('b');
    ground.style.background = typed.ground;
    put(ground, { i: tall ? 4 : h * 0.2, e: typed.verb === 'select' ? Math.min(28, w / 3) : 4 });
    made.append(ground);
  }
  made.append(shown);
  return made;
}
