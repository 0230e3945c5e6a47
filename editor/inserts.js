/**
 * Pictures that are pasted into a text: each is saved beside the guide and stands at the caret, on a line of its own.
 *
 * @typedef {import('./actions.js').Actions} Actions
 */
import { pictures } from './files.js';
import { insert } from './writing.js';

/** Images as blocks of their own between what stands before and behind a caret. @param {string} before @param {string} after @param {string[]} paths */
export function asBlocks(before, after, paths) {
  const images = paths.map((path) => `![](${/[\s()]/.test(path) ? `<${path}>` : path})`).join('\n\n');
  const gap = (/** @type {string} */ text, /** @type {RegExp} */ apart, /** @type {RegExp} */ line) => (!text.trim() || apart.test(text) ? '' : line.test(text) ? '\n' : '\n\n');
  return gap(before, /\n[ \t]*\n[ \t]*$/, /\n[ \t]*$/) + images + gap(after, /^[ \t]*\n[ \t]*\n/, /^[ \t]*\n/);
}

/** Puts pictures in at the caret; false where they are better used otherwise: a step without a screenshot gets its first one. @param {Actions} actions @param {HTMLTextAreaElement} input @param {File[]} files */
export function insertPictures(actions, input, files) {
  const { session } = actions;
  const found = pictures(files);
  if (!found.length || (input.dataset.focus?.includes(' text ') && session.lacksPicture)) return false;
  save(actions, input, found);
  return true;
}

/** @param {Actions} actions @param {HTMLTextAreaElement} input @param {File[]} files */
async function save(actions, input, files) {
  const paths = [];
  for (const file of files) {
    const path = await actions.upload(file, actions.session.current?.title);
    if (path) paths.push(path);
  }
  if (!paths.length || !input.isConnected) return;
  const { selectionStart: from, selectionEnd: to, value } = input;
  const text = asBlocks(value.slice(0, from), value.slice(to), paths);
  input.focus();
  insert(input, { from, to, text, start: text.length, end: text.length });
  // What it shows is asked for next: words for those who don't see it.
  const at = input.value.indexOf('![](', from) + 2;
  if (at > 1) input.setSelectionRange(at, at);
  actions.session.announce('Picture put in: say what it shows');
}
