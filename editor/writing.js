/**
 * Markdown written by keys and pasted: bold, italic, links, pictures. Pure but for `install`.
 *
 * @typedef {{text: string, start: number, end: number}} Written The words that take the selection's place, and what of them is selected then.
 */
import { fromHtml } from './pasted.js';

/** The selection between marks, or without them if it has them. @param {string} value @param {number} start @param {number} end @param {string} mark @returns {{from: number, to: number} & Written} */
export function between(value, start, end, mark) {
  const { length } = mark;
  const chosen = value.slice(start, end);
  const around = value.slice(Math.max(0, start - length), start) === mark && value.slice(end, end + length) === mark;
  // `*` beside `**` is another mark.
  const other = mark === '*' && (value[start - 2] === '*' || value[end + 1] === '*') && !(value.slice(start - 3, start) === '***');
  if (around && !other) return { from: start - length, to: end + length, text: chosen, start: 0, end: chosen.length };
  // Marks stand at words, not at the white space around them.
  const lead = chosen.length - chosen.trimStart().length;
  const words = chosen.trim();
  const from = start + (words ? lead : 0);
  const to = words ? from + words.length : end;
  const inner = words || chosen;
  return { from, to, text: mark + inner + mark, start: length, end: length + inner.length };
}

/** What a key with Control does to a text, if anything. @param {string} key @param {string} value @param {number} start @param {number} end */
export function written(key, value, start, end) {
  if (key === 'b') return between(value, start, end, '**');
  return key === 'i' ? between(value, start, end, '*') : null;
}

/** Does to a text what a key with Control does. @param {HTMLTextAreaElement} input @param {string} key */
export function write(input, key) {
  const words = written(key, input.value, input.selectionStart, input.selectionEnd);
  if (words) insert(input, words);
  return !!words;
}

/** Puts words in the place of others, so that the field's own undo takes them back. @param {HTMLTextAreaElement} input @param {{from: number, to: number} & Written} words */
export function insert(input, { from, to, text, start, end }) {
  input.setSelectionRange(from, to);
  // The only way that the browser's undo knows of.
  if (!document.execCommand('insertText', false, text)) {
    input.setRangeText(text, from, to);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  input.setSelectionRange(from + start, from + end);
}

/**
 * What is done in a text that is not done here: a link is chosen, pictures are put in.
 * @typedef {{link: (input: HTMLTextAreaElement) => void, pictures: (input: HTMLTextAreaElement, files: File[]) => boolean}} Helpers
 */

/** Lets a text be written by keys. @param {HTMLTextAreaElement} input @param {Helpers} does @param {AbortSignal} signal */
export function install(input, does, signal) {
  input.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.key.toLowerCase() === 'k') {
      event.preventDefault();
      event.stopPropagation();
      does.link(input);
      return;
    }
    if (!write(input, event.key.toLowerCase())) return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  input.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (files.length && !event.clipboardData?.types.includes('text/plain') && does.pictures(input, files)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const html = event.clipboardData?.getData('text/html');
    const markdown = html && fromHtml(html);
    if (!markdown || files.length) return;
    event.preventDefault();
    insert(input, { from: input.selectionStart, to: input.selectionEnd, text: markdown, start: markdown.length, end: markdown.length });
  }, { signal });
}
