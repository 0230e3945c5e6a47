/**
 * Markdown written by keys and pasted: bold, italic, links, pictures. Pure but for `install`.
 *
 * @typedef {{text: string, start: number, end: number}} Written The words that take the selection's place, and what of them is selected then.
 */

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

/** What other programs put on the clipboard, as Markdown. Its scripts and styles never run: it is read, not shown. @param {string} html */
export function fromHtml(html) {
  // Styles are read, not applied: by their own name the page's policy would object to each.
  const renamed = html.replace(/<style[\s\S]*?<\/style\s*>/gi, '')
    .replace(/<[^>]*>/g, (tag) => tag.replace(/([\s"'])style(\s*=)/gi, '$1data-style$2').replace(/([\s"'])on\w+(\s*=)/gi, '$1data-on$2'));
  const { body } = new DOMParser().parseFromString(renamed, 'text/html');
  body.querySelectorAll('script, style, meta, link, title, template').forEach((each) => each.remove());
  return blocks(body).join('\n\n').replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

const BLOCKS = 'address,article,aside,blockquote,center,dd,div,dl,dt,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,table,ul';
/** @param {Node} node @returns {node is Element} */
const isElement = (node) => node.nodeType === 1;
/** @param {Node} node */
const isBlock = (node) => isElement(node) && (node.matches(BLOCKS) || !!node.querySelector(BLOCKS));

/** The blocks of an element. @param {Element} parent @returns {string[]} */
function blocks(parent) {
  /** @type {string[]} */
  const found = [];
  let words = '';
  const end = () => {
    const text = words.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
    if (text) found.push(text);
    words = '';
  };
  for (const node of parent.childNodes) {
    if (!isBlock(node)) {
      words += inline(node);
      continue;
    }
    end();
    found.push(...block(/** @type {Element} */ (node)));
  }
  end();
  return found;
}

/** @param {Element} element @returns {string[]} */
function block(element) {
  const name = element.localName;
  if (name === 'ul' || name === 'ol') return [list(element)].filter(Boolean);
  if (/^h[1-6]$/.test(name)) return blocks(element).map((text) => `**${text.replaceAll('**', '')}**`);
  if (name === 'blockquote') return [blocks(element).join('\n\n').replace(/^/gm, '> ')];
  if (name === 'pre') return [`\`\`\`\n${(element.textContent || '').replace(/\n$/, '')}\n\`\`\``];
  if (name === 'table') return table(element);
  if (name === 'hr') return [];
  const item = wordItem(element);
  return item ? [item] : blocks(element);
}

/** A list item as Word writes it: a paragraph with its marker in words. @param {Element} element */
function wordItem(element) {
  if (!/mso-list:/i.test(element.getAttribute('data-style') || '')) return null;
  const text = blocks(element).join(' ').replace(/^(?:[·•o§▪-]|(\d+)[.)])\s*/, (_, number) => (number ? `${number}. ` : '- '));
  return /^(?:- |\d+\. )/.test(text) ? text : `- ${text}`;
}

/** @param {Element} element */
function list(element) {
  const ordered = element.localName === 'ol';
  let number = Number(element.getAttribute('start') || 1);
  /** @type {string[]} */
  const items = [];
  for (const child of element.children) {
    if (child.matches('ul, ol') && items.length) {
      // A list right in a list, as Google Docs writes it, belongs to the item before.
      items.push(list(child).replace(/^(?=.)/gm, '  '));
      continue;
    }
    const marker = ordered ? `${number++}. ` : '- ';
    const inner = blocks(child);
    const tight = inner.every((text, at) => at === 0 || /^(?:- |\d+\. )/.test(text));
    items.push(marker + inner.join(tight ? '\n' : '\n\n').replace(/\n(?=.)/g, `\n${' '.repeat(marker.length)}`));
  }
  return items.filter((item) => item.trim() !== '-').join('\n');
}

/** @param {Element} element @returns {string[]} */
function table(element) {
  const rows = [...element.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => blocks(cell).join(' ').replaceAll('\n', ' ').replaceAll('|', '\\|')));
  if (!rows.length) return [];
  const width = Math.max(...rows.map((row) => row.length));
  // A table of one cell is a box around a text.
  if (width === 1) return rows.flat().filter(Boolean);
  const line = (/** @type {string[]} */ row) => `| ${Array.from({ length: width }, (_, at) => row[at] || '').join(' | ')} |`;
  return [[line(rows[0]), line(Array(width).fill('---')), ...rows.slice(1).map(line)].join('\n')];
}

/** What marks something within a line. @param {string} text */
const escaped = (text) => text.replace(/[\\`*_[\]<]/g, '\\$&');

/** @param {Node} node @returns {string} */
function inline(node) {
  if (node.nodeType === 3) return escaped((node.textContent || '').replace(/\s+/g, ' '));
  if (!isElement(node)) return '';
  const name = node.localName;
  if (name === 'br') return '\n';
  if (name === 'img' || name === 'input') return '';
  if (name === 'code' || name === 'tt') return node.textContent?.trim() ? `\`${node.textContent.trim()}\`` : '';
  const inner = [...node.childNodes].map(inline).join('');
  if (name === 'a') {
    const address = (node.getAttribute('href') || '').trim();
    return /^(?:https?:|mailto:)/i.test(address) && inner.trim() ? marked(inner, '[', `](${address.replace(/[()<>]/g, (each) => `%${each.charCodeAt(0).toString(16)}`).replace(/\s/g, encodeURIComponent)})`) : inner;
  }
  return marked(marked(inner, isBold(node) ? '**' : ''), isItalic(node) ? '*' : '');
}

/** @param {Element} node */
const styleOf = (node) => (node.getAttribute('data-style') || '').replaceAll(' ', '').toLowerCase();
/** Google Docs puts all it copies into a `b` that is not bold. @param {Element} node */
const isBold = (node) => (node.matches('b, strong') && !/font-weight:(?:normal|400)/.test(styleOf(node))) || /font-weight:(?:bold|[6-9]00)/.test(styleOf(node));
/** @param {Element} node */
const isItalic = (node) => (node.matches('i, em') && !styleOf(node).includes('font-style:normal')) || styleOf(node).includes('font-style:italic');

/** Words between marks, which stand at the words. @param {string} text @param {string} open @param {string} [close] */
function marked(text, open, close = open) {
  const words = text.trim();
  if (!open || !words || words.includes('\n\n')) return text;
  const at = text.indexOf(words);
  return text.slice(0, at) + open + words + close + text.slice(at + words.length);
}
