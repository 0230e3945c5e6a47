/** Dialogs. The browser keeps the focus in them and gives it back. */

import { h, iconButton } from './dom.js';
import { HELP } from './keys.js';
import { compare, nearChanges } from './text.js';
import { capital } from './words.js';

/** @param {string} title @param {string} name Its class. @param {(Node | string)[]} body @param {AbortSignal} signal */
export function makeDialog(title, name, body, signal) {
  const id = `dialog-${name}`;
  const close = iconButton('remove', 'Close');
  const dialog = h('dialog', { class: name, 'aria-labelledby': id }, h('header', {}, h('h2', { id }, title), close), ...body);
  close.addEventListener('click', () => dialog.close(), { signal });
  // A press on the backdrop is one on the dialog itself.
  dialog.addEventListener('click', ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    if (target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom)) dialog.close();
  }, { signal });
  return dialog;
}

/** @param {AbortSignal} signal */
export function makeHelp(signal) {
  const groups = HELP.map(([title, keys]) => h('section', {}, h('h3', {}, title),
    h('dl', {}, ...keys.flatMap(([key, does]) => [h('dt', {}, ...keyNames(key)), h('dd', {}, does)]))));
  return makeDialog('Keys', 'help', [h('div', { class: 'help-groups' }, ...groups)], signal);
}

/** @param {string} keys `Ctrl + Z, Ctrl + Y` @returns {(Node | string)[]} */
function keyNames(keys) {
  return keys.split(/( \+ | or )/).map((part, at) => (at % 2 ? part : h('kbd', {}, part)));
}

/** @param {string} title @param {import('./text.js').Line[]} lines */
function version(title, lines) {
  const shown = nearChanges(lines).map((line) => (line
    ? h('span', { class: line.changed ? 'line changed' : 'line' }, h('i', { 'aria-hidden': 'true' }, String(line.number)), line.changed ? h('mark', {}, line.text || ' ') : line.text, '\n')
    : h('span', { class: 'line left-out' }, '⋯\n')));
  return h('section', {}, h('h3', {}, title), h('pre', { tabindex: '0', role: 'region', 'aria-label': title }, h('code', {}, ...shown)));
}

/**
 * Both versions of a file that changed where an edit wanted to.
 * @param {import('./session.js').Session} session @param {AbortSignal} signal
 */
export function makeConflict(session, signal) {
  const words = h('p', {});
  const versions = h('div', { class: 'versions' });
  const keep = h('button', { type: 'button' }, 'Keep the file’s');
  const again = h('button', { type: 'button', class: 'primary' }, 'Use mine for this place again');
  const copy = h('button', { type: 'button' }, 'Copy mine');
  const dialog = makeDialog('The file has changed', 'conflict', [words, versions, h('footer', {}, copy, h('i', { class: 'gap' }), keep, again)], signal);
  /** @type {import('./queue.js').Conflict | null} */
  let shown = null;

  const decide = (/** @type {'keep' | 'again'} */ choice) => {
    shown = null;
    dialog.close();
    session.queue.decide(choice);
  };
  keep.addEventListener('click', () => decide('keep'), { signal });
  again.addEventListener('click', () => decide('again'), { signal });
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(shown?.intent.markdown ?? shown?.yours ?? '');
    session.announce('Copied');
    copy.textContent = 'Copied';
  }, { signal });
  // Nothing is lost by closing it: the edit is given up only by a choice.
  dialog.addEventListener('cancel', (event) => event.preventDefault(), { signal });
  dialog.addEventListener('close', () => { if (shown) queueMicrotask(() => shown && dialog.showModal()); }, { signal });
  session.listen(() => {
    const { conflict } = session.queue;
    if (!conflict || conflict === shown) return;
    shown = conflict;
    const { mine, theirs } = compare(conflict.yours, conflict.theirs);
    words.textContent = `${capital(conflict.message)}.`;
    copy.textContent = 'Copy mine';
    again.hidden = !conflict.possible;
    versions.replaceChildren(version('Yours', mine), version('The file', theirs));
    if (!dialog.open) dialog.showModal();
    keep.focus();
  }, signal);
  return dialog;
}
