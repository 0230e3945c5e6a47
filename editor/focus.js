/**
 * Keeps the focus through changes of the page: on the same element, else on the one that is named the same, else on
 * what is asked for.
 */

/** @param {HTMLElement} root @param {() => void} otherwise */
export function keeper(root, otherwise) {
  /** @type {HTMLElement | null} */
  let held = null;
  return {
    hold() {
      const active = /** @type {HTMLElement | null} */ (document.activeElement);
      held = active && active !== document.body && root.contains(active) ? active : null;
    },
    restore() {
      const active = document.activeElement;
      if (!held || (active && active !== document.body)) return;
      const shown = (/** @type {HTMLElement | null} */ each) => !!each && each.isConnected && each.checkVisibility();
      const name = held.dataset.focus;
      const same = shown(held) ? held : name ? /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="${CSS.escape(name)}"]`)) : null;
      if (same && shown(same)) same.focus({ preventScroll: true });
      else otherwise();
    },
  };
}
