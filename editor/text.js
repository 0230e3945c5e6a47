/** Texts: bytes, lines, and where two of them differ. Pure. */

/** How many bytes of UTF-8 the first `units` UTF-16 units of a text are. @param {string} text @param {number} units */
export const bytes = (text, units) => new TextEncoder().encode(text.slice(0, units)).length;

/** @typedef {{text: string, changed: boolean}} Line */

/**
 * Two texts line by line, with the lines that the other hasn't marked.
 * @param {string} mine @param {string} theirs @returns {{mine: Line[], theirs: Line[]}}
 */
export function compare(mine, theirs) {
  const [a, b] = [mine.split('\n'), theirs.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const same = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const mark = (/** @type {string[]} */ lines, /** @type {Set<number>} */ shared) => lines.map((text, at) => ({
    text, changed: at >= start && at < lines.length - end && !shared.has(at - start),
  }));
  return { mine: mark(a, new Set(same.map(([at]) => at))), theirs: mark(b, new Set(same.map(([, at]) => at))) };
}

/** More than that is not compared in full: all of it counts as changed. */
const LARGEST = 4_000_000;

/** The longest common subsequence as pairs of indexes. @param {string[]} a @param {string[]} b @returns {[number, number][]} */
export function common(a, b) {
  if (a.length * b.length > LARGEST) return [];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {[number, number][]} */
  const pairs = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Only the lines near a change, with `null` where some are left out. @param {Line[]} lines @param {number} around @returns {((Line & {number: number}) | null)[]} */
export function nearChanges(lines, around = 3) {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some((line) => line.changed));
  /** @type {((Line & {number: number}) | null)[]} */
  const shown = [];
  lines.forEach((line, at) => {
    if (near[at]) shown.push({ ...line, number: at + 1 });
    else if (shown.length === 0 || shown[shown.length - 1]) shown.push(null);
  });
  return shown;
}

/** The address that opens a file in the author's editor. @param {string} scheme @param {string} file @param {number} line */
export function editorLink(scheme, file, line) {
  const path = file.replace(/\\/g, '/').replace(/^\/*/, '/');
  return `${scheme}://file${path.split('/').map(encodeURIComponent).join('/').replace(/%3A/g, ':')}:${line}`;
}
