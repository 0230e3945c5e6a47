/**
 * Words found in all texts of a guide, and others in their place. Pure.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {import('./places.js').Place} Place
 * @typedef {{place: Place, where: string, text: string, needed: boolean, write: (text: string) => Intent}} Written
 *   A text, where it stands, whether it can't be empty, and the edit that writes another.
 * @typedef {{at: number, start: number, end: number}} Hit Which of the texts, and from where to where in it.
 */

/** All texts that a reader sees, in their order. @param {Guide} guide @returns {Written[]} */
export function texts({ outline: { meta, steps, sections } }) {
  /** @type {Written[]} */
  const found = [];
  const setting = (/** @type {string} */ name, /** @type {string} */ where, /** @type {string | null | undefined} */ text, /** @type {(text: string) => any} */ value, needed = true) => {
    if (text) found.push({ place: { kind: 'setting', setting: name }, where, text, needed, write: (words) => ({ op: 'meta', key: name, value: value(words) }) });
  };
  setting('title', 'Title', meta.title, (words) => words);
  setting('description', 'Description', meta.description, (words) => words || null, false);
  setting('cta', 'Call to action', meta.cta?.[0], (label) => ({ label, url: meta.cta?.[1] }));
  const around = sections.length ? sections : [{ kind: /** @type {const} */ ('steps'), from: 0, to: steps.length }];
  around.forEach((section, at) => {
    const place = /** @type {Place} */ ({ kind: 'section', section: at });
    if (section.kind === 'steps') steps.slice(section.from, section.to).forEach((step, index) => found.push(...ofStep(step, section.from + index + 1)));
    // The first heading may be the title, and changes with it.
    else if (section.kind === 'heading' && !(section.level === 1 && section.title === meta.title)) found.push({ place, where: 'Heading', text: section.title, needed: true, write: (title) => ({ op: 'heading', section: at, title }) });
    else if (section.kind === 'text') found.push({ place, where: at === 0 ? 'Introduction' : 'Text', text: section.markdown, needed: true, write: (markdown) => ({ op: 'prose', section: at, markdown }) });
  });
  return found;
}

/** @param {import('./types.js').Step} step @param {number} number @returns {Written[]} */
function ofStep({ uid: step, runs, scenes }, number) {
  /** @type {Written[]} */
  const found = runs.map((text, run) => ({ place: { kind: 'run', step, run }, where: `Step ${number}`, text, needed: true, write: (markdown) => ({ op: 'text', step, run, markdown }) }));
  scenes.forEach(({ alt, inherited, annotations }, scene) => {
    if (alt && !inherited) found.push({ place: { kind: 'alt', step, scene }, where: `Step ${number}, alternative text`, text: alt, needed: false, write: (words) => ({ op: 'alt', step, scene, alt: words }) });
    for (const { uid, text, verb } of annotations) {
      if (text) found.push({ place: { kind: 'annotation', annotation: uid }, where: `Step ${number}, ${verb}`, text, needed: true, write: (words) => ({ op: 'set-text', annotation: uid, text: words }) });
    }
  });
  return found;
}

/** Where words stand in texts. @param {Written[]} written @param {string} words @param {boolean} matchCase @returns {Hit[]} */
export function hits(written, words, matchCase) {
  if (!words) return [];
  const wanted = new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  return written.flatMap(({ text }, at) => [...text.matchAll(wanted)].map(({ index, 0: { length } }) => ({ at, start: index, end: index + length })));
}

/** The text of a hit, with other words in the place of some. @param {string} text @param {Hit[]} hits In order. @param {string} by */
export function replaced(text, hits, by) {
  let last = 0;
  const parts = hits.map(({ start, end }) => {
    const part = text.slice(last, start) + by;
    last = end;
    return part;
  });
  return parts.join('') + text.slice(last);
}

/**
 * The edit that puts words in the place of hits, as one change. What stands last in the file comes first, so that the places of the
 * others stay; a text that must not be empty stays as it is rather.
 * @param {Written[]} written @param {Hit[]} found @param {string} by @returns {{intent: Intent | null, count: number}}
 */
export function replacing(written, found, by) {
  /** @type {Map<number, Hit[]>} */
  const byText = new Map();
  found.forEach((hit) => byText.set(hit.at, [...(byText.get(hit.at) || []), hit]));
  let count = 0;
  const intents = [...byText].sort(([a], [b]) => order(written[b]) - order(written[a]) || b - a).flatMap(([at, here]) => {
    const { text, needed, write } = written[at];
    const after = replaced(text, here, by);
    if ((needed && !after.trim()) || after === text) return [];
    count += here.length;
    return [write(after)];
  });
  return { intent: intents.length ? { op: 'all', intents } : null, count };
}

/** Settings stand before all other texts, or write the first heading: they come last. @param {Written} written */
const order = ({ place }) => (place.kind === 'setting' ? -1 : 0);
