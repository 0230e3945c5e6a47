/** Elements, made without markup. */

/** @param {string} name @param {string} [className] @param {string} [text] @returns {HTMLElement} */
export function element(name, className = '', text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Sets custom properties. @param {HTMLElement} at @param {Record<string, string | number>} values */
export function put(at, values) {
  for (const [key, value] of Object.entries(values)) at.style.setProperty(`--${key}`, String(value));
}

/** Moves an element, in pixels, and scales it. @param {HTMLElement} at @param {number} x @param {number} y @param {number} [scale] */
export function shift(at, x, y, scale = 1) {
  at.style.transform = `translate(${x}px,${y}px) scale(${scale})`;
}

/** The text of a step as the article has it, without ids: all of it, or some of its parts. @param {string} id @param {number[]} [range] @returns {Node[]} */
export function stepText(id, range = []) {
  const parts = document.getElementById(id)?.querySelectorAll('.step-text') || [];
  return [...parts].slice(...range).flatMap((part) => {
    const copy = /** @type {Element} */ (part.cloneNode(true));
    copy.querySelectorAll('[id]').forEach((each) => each.removeAttribute('id'));
    return [...copy.childNodes];
  });
}
