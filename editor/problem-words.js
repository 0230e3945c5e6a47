/**
 * What is wrong, in the editor's words, where it is fixed, and what fixes it at once. Pure.
 *
 * @typedef {import('./types.js').Guide} Guide
 * @typedef {import('./types.js').Problem} Problem
 * @typedef {import('./types.js').Intent} Intent
 * @typedef {import('./places.js').Place} Place
 * @typedef {{words: string, place: Place | null, fix: {label: string, intent: Intent} | null}} ProblemText
 */
import { FIRST_WORDS } from './files.js';
import { settle } from './geometry.js';
import { fresh } from './identity.js';
import { count } from './words.js';

/** What to do about each, and the kind of field it is done in. `setting` is that of its line. @type {Record<string, [string, ('alt' | 'text' | 'id' | string)?]>} */
export const WORDS = {
  'missing-alt': ['Describe this screenshot', 'alt'],
  'useless-alt': ['Describe what this screenshot shows', 'alt'],
  'missing-title': ['Give the guide a title', 'title'],
  'long-title': ['Shorten the title', 'title'],
  'missing-description': ['Say in a sentence what the guide is for', 'description'],
  'bad-slug': ['Choose another address', 'slug'],
  'duplicate-slug': ['Choose an address that no other guide has', 'slug'],
  'unknown-app': ['Choose the app', 'app'],
  'empty-step': ['Show where to look or click'],
  'placeholder-text': ['Say what to do in this step', 'text'],
  'empty-item': ['Write this step, or delete it', 'text'],
  'long-step': ['Shorten this step, or split it', 'text'],
  'repeated-word': ['A word stands here twice', 'text'],
  'broken-link': ['This link leads nowhere', 'text'],
  'draft-link': ['This link leads to a draft', 'text'],
  'unsafe-link': ['This link would run code: remove it', 'text'],
  'lost-html': ['This HTML is left out of the page', 'text'],
  'deep-html': ['This HTML is nested too deeply', 'text'],
  'option-list': ['Are these steps or options?', 'text'],
  'foreign-markup': ['This is the markup of another program', 'text'],
  'loose-image': ['Put this image on a line of its own', 'text'],
  'bad-image': ['This image can’t be read as one', 'text'],
  'bad-number': ['Indent this paragraph, or make it a step', 'text'],
  'small-target': ['Make this target larger'],
  'region-outside': ['This lies off its screenshot'],
  'missing-region': ['Say where on the screenshot'],
  'missing-text': ['Write the words of this annotation'],
  'misplaced-annotation': ['This stands below another screenshot'],
  'no-screenshot': ['Add a screenshot to this step'],
  'no-steps': ['Add the first step'],
  'missing-image': ['The file of this screenshot is missing'],
  'broken-picture': ['This picture can’t be read'],
  'unreadable-image': ['This picture can’t be read'],
  'heavy-screenshot': ['This screenshot is a large file'],
  'heavy-page': ['The page has become large'],
  'odd-size': ['This screenshot has another size than its neighbours'],
  'guessed-path': ['The file of this screenshot is written otherwise'],
  'unread-picture': ['This picture is none of the screenshots of its step'],
  'unused-image': ['A picture beside the guide is used by nothing'],
  'leaked-redaction': ['This screenshot shows what another one redacts'],
  'redacted-elsewhere': ['This screenshot shows what another guide redacts'],
  'redacted-words': ['This screenshot shows words that are redacted elsewhere'],
  'unread-capture': ['What was recorded beside the guide can’t be read'],
  'spelled-out-redaction': ['This text may say what a redaction hides'],
  'bad-id': ['Choose another id', 'id'],
  'duplicate-id': ['Choose an id that no other step has', 'id'],
  'bad-annotation': ['This annotation is not written as it must be'],
  'bad-region': ['Say where on the screenshot, in numbers'],
  'duplicate-annotation': ['This annotation stands twice: remove one'],
  'stray-annotation': ['Put this annotation below a screenshot'],
  'unknown-verb': ['There is no annotation of this name'],
  'unknown-note': ['Is this comment meant as an annotation?'],
  'unclosed-comment': ['This comment never ends'],
  'unknown-allow': ['There is no warning of this name to allow'],
  'set-size': ['Take this screenshot again, as large as the others'],
  'image-too-large': ['Choose a smaller picture'],
  'remote-image': ['Save this picture beside the guide'],
  'svg-image': ['Choose a picture of pixels, such as a PNG'],
  'path-outside': ['Put this file into the project'],
  'pictures-outside': ['Put these pictures into steps'],
  'published-originals': ['Keep this screenshot where it is not published as it is'],
  'unpublished-link': ['This link leads to a file that is not published', 'text'],
  'step-number': ['Number the steps one after the other'],
  'too-deep': ['Write this flatter', 'text'],
  'too-large': ['Make two guides of this one'],
  'too-many-steps': ['Make two guides of this one'],
  'unknown-step': ['Choose another step for the cover', 'cover'],
  'bad-front-matter': ['The settings at the top of the file can’t be read'],
  'bad-color': ['Choose a colour such as #0b7a75', 'setting'],
  'bad-date': ['Choose a day of the calendar', 'setting'],
  'bad-url': ['Write an address that can be opened', 'setting'],
  'bad-value': ['Choose another value', 'setting'],
  'missing-key': ['Fill in what is missing', 'setting'],
  'unknown-key': ['There is no setting of this name', 'setting'],
  'wrong-type': ['This setting can’t have such a value', 'setting'],
  'low-contrast': ['The brand’s colour is too pale for text'],
  'bad-project-file': ['The file of the project can’t be read'],
  'missing-guides': ['The folder of the guides is missing'],
  'cannot-read': ['This guide can’t be read'],
  'not-utf8': ['Save this file as UTF-8 text'],
  'theme-asset': ['A font or picture of the theme can’t be used'],
  'theme-blocked': ['The theme uses what pages don’t allow'],
  'theme-circle': ['This theme is built on itself'],
  'theme-cut': ['A template of the theme draws too much of some screenshots'],
  'theme-file': ['A file of the theme can’t be read'],
  'theme-heavy': ['A font or picture of the theme is large'],
  'theme-options': ['The options of the theme are wrong'],
  'theme-script': ['A script of the theme is wrong'],
  'theme-style': ['A style sheet of the theme is wrong'],
  'theme-template': ['A template of the theme is wrong'],
  'theme-unknown': ['Choose another theme', 'theme'],
  'theme-unused': ['A file of the theme is used by nothing'],
  'theme-words': ['The words of the theme are wrong'],
};

/** What is redacted shows somewhere. */
const LEAKS = ['leaked-redaction', 'redacted-elsewhere'];

/** Keys of the front matter that have a field. */
const SETTINGS = ['title', 'description', 'app', 'tags', 'authors', 'created', 'updated', 'lang', 'slug', 'frame', 'url', 'theme', 'zoom', 'cursor', 'cover', 'backdrop', 'steps', 'chapters', 'order', 'capture', 'cta'];

/** @param {Problem} problem @param {Guide} guide @returns {ProblemText} */
export function tell(problem, guide) {
  const [words, field = ''] = WORDS[problem.code] || [''];
  return { words, place: placeOf(problem, guide, field), fix: fixOf(problem, guide) };
}

/** The step of a line, and which of its own screenshots stands last at or before that. @param {Guide} guide @param {number} line */
function near({ outline: { steps } }, line) {
  const index = steps.findLastIndex((each) => line >= each.line);
  const step = steps[index];
  const lines = step?.source.split('\n') || [];
  if (!step || line >= step.line + lines.length) return null;
  const images = lines.slice(0, line - step.line + 1).filter((each) => /!\[/.test(each)).length;
  const own = step.scenes.map((scene, at) => ({ scene, at })).filter(({ scene }) => !scene.inherited);
  return { step, index, scene: own[Math.max(0, images - 1)]?.at ?? 0, text: lines[line - step.line] || '' };
}

/** @param {Problem} problem @param {Guide} guide @param {string} field @returns {Place | null} */
function placeOf({ line, message, key }, guide, field) {
  if (SETTINGS.includes(field)) return { kind: 'setting', setting: field };
  if (!line) return null;
  const here = near(guide, line);
  if (here) {
    const { step, scene, text } = here;
    const annotation = step.scenes.flatMap(({ annotations }) => annotations).find((each) => each.line === line);
    if (field === 'alt') return { kind: 'alt', step: step.uid, scene };
    if (field === 'id') return { kind: 'id', step: step.uid };
    if (annotation) return { kind: 'annotation', annotation: annotation.uid };
    const run = step.runs.findIndex((each) => text.trim() && each.split('\n').some((part) => part.trim() && text.includes(part.trim())));
    if (field === 'text') return { kind: 'run', step: step.uid, run: Math.max(0, run) };
    return { kind: 'step', step: step.uid };
  }
  const { sections, steps } = guide.outline;
  const at = sections.findLastIndex((each) => each.kind !== 'steps' && (each.line ?? Infinity) <= line);
  if (at >= 0) return { kind: 'section', section: at };
  const first = Math.min(...sections.map((each) => (each.kind === 'steps' ? steps[each.from]?.line : each.line) ?? Infinity));
  if (line >= first) return null;
  const named = key || /`([\w-]+)`/.exec(message)?.[1] || '';
  return { kind: 'setting', setting: SETTINGS.includes(named) ? named : 'title' };
}

/** What readers would meet in a guide that is published now; nothing if it is ready. @param {Problem[]} problems */
export function unready(problems) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const open = problems.filter(({ code }) => code === 'placeholder-text').length;
  return [
    errors && `${count(errors, 'error')} ${errors === 1 ? 'keeps' : 'keep'} the guide from being built: readers see nothing of it, or an older version, until ${errors === 1 ? 'it is' : 'they are'} fixed.`,
    open && `${count(open, 'step')} still ${open === 1 ? 'says' : 'say'} “${FIRST_WORDS}”`,
  ].filter(Boolean).join(' ');
}

/** What fixes it, if there is one right answer. @param {Problem} problem @param {Guide} guide @returns {ProblemText['fix']} */
function fixOf({ code, line, help, message, fix }, guide) {
  const here = line ? near(guide, line) : null;
  if (code === 'missing-alt') {
    const [, alt] = /perhaps `!\[(.+)\]/.exec(help || '') || [];
    return here && alt ? { label: `Write “${alt}”`, intent: { op: 'alt', step: here.step.uid, scene: here.scene, alt } } : null;
  }
  if (LEAKS.includes(code) || code === 'redacted-words') {
    const [, x, y, w, h] = /@redact ([\d.]+),([\d.]+) ([\d.]+)x([\d.]+)/.exec(`${help} ${message}`) || [];
    if (!here || !h) return null;
    // Whole points, and no less than what shows.
    const [left, top] = [Math.floor(Number(x)), Math.floor(Number(y))];
    const region = { x: left, y: top, w: Math.ceil(Number(x) + Number(w)) - left, h: Math.ceil(Number(y) + Number(h)) - top };
    const fields = { verb: 'redact', region, to: null, text: null, word: null, options: {} };
    return { label: 'Redact it here too', intent: { op: 'annotate', step: here.step.uid, scene: here.scene, fields, uid: fresh('a') } };
  }
  if (code === 'region-outside' && here) {
    const scene = here.step.scenes.find(({ annotations }) => annotations.some((each) => each.line === line));
    const annotation = scene?.annotations.find((each) => each.line === line);
    const size = scene && scene.picture !== null ? guide.outline.pictures[scene.picture] : undefined;
    for (const which of /** @type {const} */ (['region', 'to'])) {
      const area = annotation?.[which];
      if (!annotation || !area || !size) continue;
      const inside = settle(area, size);
      if (JSON.stringify(inside) !== JSON.stringify(area)) return { label: 'Move it onto the screenshot', intent: { op: 'set-region', annotation: annotation.uid, which, area: inside } };
    }
  }
  return fix ? { label: 'Fix', intent: { op: 'fix', lines: fix } } : null;
}

/** The redactions of all that shows what is redacted elsewhere, as one change. @param {Guide} guide @returns {(Intent & {intents: Intent[]}) | null} */
export function coverLeaks(guide) {
  const intents = guide.problems.filter(({ code }) => LEAKS.includes(code)).flatMap((problem) => fixOf(problem, guide)?.intent || []);
  return intents.length ? { op: 'all', intents } : null;
}
