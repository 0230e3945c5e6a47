/**
 * Links in Markdown: the one at a caret, addresses of guides and steps, what is offered for some words. Pure.
 *
 * @typedef {{name: string, detail: string, address: string}} Target What a link can lead to.
 * @typedef {{from: number, to: number, words: string, address: string}} Link
 */

/** An address as one pastes it. */
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
/** A site without its scheme. */
const SITE = /^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$/i;
const MAIL = /^[^\s@]+@(?:[\w-]+\.)+[a-z]{2,}$/i;

/** The link around a selection, if it is in one; else what is selected. @param {string} text @param {number} start @param {number} end @returns {Link} */
export function linkAt(text, start, end) {
  for (const found of text.matchAll(/(?<!!)\[((?:[^[\]\\]|\\.)*)\]\((<[^<>\n]*>|[^\s()]*)(?:\s+"[^"]*")?\)/g)) {
    const to = found.index + found[0].length;
    if (found.index <= start && end <= to) return { from: found.index, to, words: found[1], address: found[2].replace(/^<|>$/g, '') };
  }
  return { from: start, to: end, words: text.slice(start, end), address: '' };
}

/** A path as the target of a link. @param {string} path */
const written = (path) => {
  const safe = path.replace(/[%?#<>\\&]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return /[\s()]/.test(safe) ? safe.replace(/[\s()]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`) : safe;
};

/** The way from one file to another. @param {string} from @param {string} to */
export function relative(from, to) {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  return written([...here.slice(same).map(() => '..'), ...there.slice(same)].join('/'));
}

/** Steps of a guide as targets. @param {import('./types.js').Guide} guide @param {string} from The file that links. @returns {Target[]} */
export function stepsOf(guide, from) {
  const file = guide.path === from ? '' : relative(from, guide.path);
  const place = guide.path === from ? 'this guide' : guide.outline.meta.title;
  return guide.outline.steps.filter(({ id }) => id).map(({ id, title }, at) => ({ name: title, detail: `Step ${at + 1} of ${place}`, address: `${file}#${id}` }));
}

/** An address that was typed, as a link has it. @param {string} words */
export function external(words) {
  const typed = words.trim();
  if (ADDRESS.test(typed)) return typed.replace(/[()<>]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  if (MAIL.test(typed)) return `mailto:${typed}`;
  return SITE.test(typed) ? `https://${typed}` : '';
}

/** What is offered for some words: an address that was typed, then what has every one of them. @param {Target[]} targets @param {string} words @returns {Target[]} */
export function offered(targets, words) {
  const address = external(words);
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = targets.filter(({ name, address: at }) => wanted.every((word) => name.toLowerCase().includes(word)) || at === words.trim());
  return [...(address ? [{ name: address, detail: 'Another site', address }] : []), ...found];
}

/** A link. @param {string} words @param {Target} target */
export const markdown = (words, { name, address }) => `[${(words.trim() || name).replace(/(?<!\\)[[\]]/g, '\\$&')}](${address})`;
