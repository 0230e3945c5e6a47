/** Elements, made without markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element. Keys of `properties`: `class`, `on…` listeners never (views listen with their signal), anything with a
 * dash or known to HTML only is an attribute; `null` and `false` leave it out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {Record<string, string | number | boolean | null | undefined>} [attributes] @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) attribute(made, key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map((child) => /** @type {Node | string} */ (child)));
  return made;
}

/** Sets an attribute if it differs; `null`, `undefined` and `false` take it away. @param {Element} at @param {string} key @param {string | number | boolean | null | undefined} value */
export function attribute(at, key, value) {
  if (value === null || value === undefined || value === false) {
    if (at.hasAttribute(key)) at.removeAttribute(key);
    return;
  }
  const text = value === true ? '' : String(value);
  if (at.getAttribute(key) !== text) at.setAttribute(key, text);
}

/** @param {string} name @param {Record<string, string | number>} [attributes] @param {...Element} children @returns {SVGElement} */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Sets a text if it differs. @param {Node} at @param {string} text */
export function say(at, text) {
  if (at.textContent !== text) at.textContent = text;
}

/** Makes the children of an element these, in this order; those that are in place are not touched. @param {Element} parent @param {Element[]} children */
export function arrange(parent, children) {
  const wanted = new Set(children);
  [...parent.children].forEach((child) => { if (!wanted.has(child)) child.remove(); });
  children.forEach((child, at) => {
    const there = parent.children[at];
    if (there !== child) parent.insertBefore(child, there || null);
  });
}

/** Keeps one made thing for each key, as long as it is asked for. @template T @param {Map<string, T>} parts @param {string[]} keys @param {(key: string) => T} make */
export function keep(parts, keys, make) {
  const wanted = new Set(keys);
  for (const key of parts.keys()) if (!wanted.has(key)) parts.delete(key);
  return keys.map((key) => {
    const known = parts.get(key) ?? make(key);
    parts.set(key, known);
    return known;
  });
}

const PATHS = {
  up: 'M8 13V3M3.5 7.5 8 3l4.5 4.5', down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5', remove: 'M4 4l8 8M12 4l-8 8', undo: 'M5.5 3 2.5 6l3 3M3 6h6a4 4 0 0 1 0 8H6',
  redo: 'M10.5 3l3 3-3 3M13 6H7a4 4 0 0 0 0 8h3', add: 'M8 3v10M3 8h10', less: 'M3 8h10', copy: 'M6 6h7v7H6zM10 6V3H3v7h3', bin: 'M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4',
  left: 'M2.5 3h11v10h-11zM6.5 3v10', right: 'M2.5 3h11v10h-11zM9.5 3v10',
  picture: 'M2.5 3.5h11v9h-11zM3 11l3-3 2.5 2.5L11 8l2.5 2.5M6 6.2h.01', play: 'M5 3.2v9.6L12.5 8z', stop: 'M4.5 4.5h7v7h-7z', settings: 'M3 4.5h10M3 8h10M3 11.5h10M6 3v3M10.5 6.5v3M5 10v3',
  chapter: 'M3 3h10M3 6.5h6M3 10h10M3 13h10', list: 'M2.5 3h4.5v4.5H2.5zM9 3h4.5v4.5H9zM2.5 9.5h4.5V14H2.5zM9 9.5h4.5V14H9z', rename: 'M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4zM9.5 4.3l2.2 2.2', out: 'M6.5 4H3.5v8.5H12V9.5M9 3h4v4M13 3 7.5 8.5', help: 'M6 6a2 2 0 1 1 2.8 1.8c-.5.3-.8.6-.8 1.2v.4M8 12h.01', cut: 'M2.5 8h11M8 2v3M8 11v3', warn: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3h.01',
  record: 'M8 8m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 6.5v3', target: 'M8 8m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4',
  search: 'M7 7m-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0M10.2 10.2 13.5 13.5',
  download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10',
  select: 'M4 2.5l8.5 6-4 .7-1.9 3.8z', hotspot: 'M8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 8m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0', highlight: 'M3 5V3h2M11 3h2v2M13 11v2h-2M5 13H3v-2M6 6h4v4H6z',
  callout: 'M2.5 3h11v7.5H8L5 13.5v-3H2.5z', zoom: 'M7 7m-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0M10.2 10.2 13.5 13.5M5.2 7h3.6M7 5.2v3.6', redact: 'M2.5 5h11v6h-11zM5 11l4-6M8.5 11l4-6', crop: 'M4.5 2v9.5H14M2 4.5h9.5V14',
};

/** A small drawing. @param {keyof typeof PATHS} name */
export const icon = (name) => svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));

/** A button of an icon alone, with its name. @param {keyof typeof PATHS} name @param {string} label @param {Record<string, string | boolean | null>} [more] */
export const iconButton = (name, label, more = {}) => h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, ...more }, icon(name));
