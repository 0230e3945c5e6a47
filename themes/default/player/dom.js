/** Elements, made without markup. */

/** @param {string} name @param {string} [className] @param {string} [text] @returns {HTMLElement} */
export function element(name, className = '', text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {string} name @param {Record<string, string | number>} [attributes] @param {...Element} children @returns {SVGElement} */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Sets custom properties. @param {HTMLElement | SVGElement} at @param {Record<string, string | number>} values */
export function put(at, values) {
  for (const [key, value] of Object.entries(values)) at.style.setProperty(`--${key}`, String(value));
}

/** The text of a step as the article has it, without ids. @param {string} id @returns {Node[]} */
export function stepText(id) {
  const parts = document.getElementById(id)?.querySelectorAll('.step-text') || [];
  return [...parts].flatMap((part) => {
    const copy = /** @type {Element} */ (part.cloneNode(true));
    copy.querySelectorAll('[id]').forEach((each) => each.removeAttribute('id'));
    return [...copy.childNodes];
  });
}
