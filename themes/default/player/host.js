/** What surrounds the stage: the window that frames it, and the address. */

/** Whether another page frames this one. */
export const isFramed = () => parent !== window;
/** The parameters after `?`. */
export const parameters = () => new URLSearchParams(location.search);
/** The id after `#`. */
export function hashId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

/** Tells the framing page. @param {string} type @param {object} detail */
export function tellParent(type, detail) {
  if (isFramed()) parent.postMessage({ source: 'guidemark', type, ...detail }, '*');
}

/** What the framing page says, and nobody else. @param {MessageEvent} event @returns {{command?: any, step?: any}} */
export function heard({ source, data }) {
  return isFramed() && source === parent && data?.target === 'guidemark' ? data : {};
}

/**
 * Writes the id of a step into the address. A step the reader chose can be left with the browser's Back;
 * a frame keeps out of the history of the page around it.
 * @param {string} id @param {boolean} chosen
 */
export function writeHash(id, chosen) {
  if (hashId() === id) return;
  try {
    history[chosen && !isFramed() ? 'pushState' : 'replaceState'](null, '', `#${encodeURIComponent(id)}`);
  } catch {
    // A sandboxed frame has no address of its own.
  }
}
