/**
 * All that the editor does, to be found by its name. `find` is pure.
 *
 * @typedef {{name: string, key?: string, of?: string, run: () => void}} Entry What it is called, its key, the name of the button that does the same.
 */
import { makeDialog } from './dialogs.js';
import { attribute, h } from './dom.js';

/** How many entries are shown at once: of a thousand guides no reader reads all. */
const MOST = 100;

/** The entries that have every word, those that begin with the first one before others. @param {Entry[]} entries @param {string} words @returns {Entry[]} */
export function find(entries, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (/** @type {Entry} */ { name }) => (wanted.length && name.toLowerCase().startsWith(wanted[0]) ? 0 : 1);
  const found = entries.filter(({ name }) => wanted.every((word) => name.toLowerCase().includes(word)));
  return found.map((entry, at) => ({ entry, at })).sort((a, b) => rank(a.entry) - rank(b.entry) || a.at - b.at).map(({ entry }) => entry);
}

/** @param {() => Entry[]} entries @param {AbortSignal} signal */
export function makePalette(entries, signal) {
  const input = h('input', { type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-label': 'What to do', placeholder: 'What to do…', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list' });
  const list = h('ul', { id: 'palette-list', role: 'listbox', 'aria-label': 'What can be done' });
  const none = h('p', { class: 'hint', role: 'status' });
  const dialog = makeDialog('Do…', 'palette', [h('div', { class: 'palette-body' }, input, list, none)], signal);
  /** @type {Entry[]} */
  let found = [];
  let chosen = 0;

  const tell = () => {
    [...list.children].forEach((option, at) => attribute(option, 'aria-selected', String(at === chosen)));
    attribute(input, 'aria-activedescendant', found.length ? `palette-${chosen}` : null);
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  };
  const search = () => {
    const all = find(entries(), input.value);
    found = all.slice(0, MOST);
    chosen = 0;
    list.replaceChildren(...found.map(({ name, key, of }, at) => h('li', { id: `palette-${at}`, role: 'option', 'data-at': at, 'data-of': of || null }, h('span', {}, name), key ? h('kbd', {}, key) : null)));
    list.hidden = !found.length;
    none.textContent = all.length > MOST ? `${all.length - MOST} more: type to find them` : found.length ? '' : 'Nothing is called so';
    tell();
  };
  const run = (/** @type {Entry | undefined} */ entry) => {
    if (!entry) return;
    dialog.close();
    entry.run();
  };
  input.addEventListener('input', search, { signal });
  input.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && found.length) {
      chosen = (chosen + by + found.length) % found.length;
      tell();
    } else if (event.key === 'Enter') run(found[chosen]);
    else return;
    event.preventDefault();
  }, { signal });
  list.addEventListener('click', ({ target }) => {
    const at = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest('[data-at]'))?.dataset.at;
    if (at !== undefined) run(found[Number(at)]);
  }, { signal });
  return {
    element: dialog,
    open() {
      if (dialog.open) return;
      input.value = '';
      search();
      dialog.showModal();
      input.focus();
    },
  };
}
