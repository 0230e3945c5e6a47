/**
 * What other programs put on the clipboard (Word, Google Docs, Notion, browsers), as Markdown.
 */

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
  /** @type {WordItem[]} */
  let items = [];
  const end = () => {
    const text = words.replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').trim();
    if (items.length) found.push(wordList(items.splice(0)));
    if (text) found.push(text);
    words = '';
  };
  for (const node of parent.childNodes) {
    if (!isBlock(node)) {
      words += inline(node);
      continue;
    }
    const item = wordItem(/** @type {Element} */ (node));
    // What stands between two items is white space.
    if (item && !words.trim()) words = '';
    else end();
    if (item) items.push(item);
    else found.push(...block(/** @type {Element} */ (node)));
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
  return blocks(element);
}

/**
 * A list item as Word writes it: a paragraph that names its level and has its marker in words.
 *
 * @typedef {{level: number, number: string | null, text: string}} WordItem `number`: as written (`1`, `a`), of a numbered one.
 */

/** @param {Element} element @returns {WordItem | null} */
function wordItem(element) {
  const style = element.getAttribute('data-style') || '';
  if (!/mso-list:/i.test(style)) return null;
  const marker = [...element.querySelectorAll('*')].find((each) => /mso-list:\s*ignore/i.test(each.getAttribute('data-style') || ''));
  const copy = /** @type {Element} */ (element.cloneNode(true));
  [...copy.querySelectorAll('*')].find((each) => /mso-list:\s*ignore/i.test(each.getAttribute('data-style') || ''))?.remove();
  const level = Math.max(1, Number(/level(\d+)/i.exec(style)?.[1]) || 1);
  let text = blocks(copy).join(' ');
  let written = (marker?.textContent || '').trim();
  if (!marker) {
    written = /^(?:[·•o§▪-]|\w{1,4}[.)])(?=\s)/.exec(text)?.[0] || '';
    text = text.slice(written.length).trim();
  }
  return { level, number: /^\(?(\w{1,4})[.)]/.exec(written)?.[1] ?? null, text };
}

/** Word's items that follow each other as one list, each level within the item before. @param {WordItem[]} items */
function wordList(items) {
  /** The lists that are open: their level, how far their items stand in, and how many they have. @type {{level: number, margin: number, count: number, width: number}[]} */
  const open = [];
  return items.map(({ level, number, text }) => {
    while (open.length && open[open.length - 1].level > level) open.pop();
    const above = open[open.length - 1];
    if (above?.level !== level) open.push({ level, margin: above ? above.margin + above.width : 0, count: 0, width: 2 });
    const own = open[open.length - 1];
    own.count = own.count === 0 && number && /^\d+$/.test(number) ? Number(number) : own.count + 1;
    const mark = number === null ? '- ' : `${own.count}. `;
    own.width = mark.length;
    const margin = ' '.repeat(own.margin);
    return margin + mark + text.replace(/\n/g, `\n${margin}${' '.repeat(own.width)}`);
  }).join('\n');
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
