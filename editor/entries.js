/**
 * All that can be done now, for the palette: by its name, with its key, and the button that does the same.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./palette.js').Entry} Entry
 * @typedef {[boolean, Entry]} Offer Whether it can be done now.
 *
 * @typedef {object} Views
 * @property {import('./find.js').Find} find
 * @property {import('./folds.js').Folds} folds
 * @property {import('./actions.js').Actions} actions
 * @property {import('./canvas.js').Canvas} canvas
 * @property {import('./topbar.js').Topbar} topbar
 * @property {import('./panel.js').Panel} panel
 * @property {HTMLDialogElement} help
 * @property {import('./settings.js').Settings} settings
 * @property {import('./contents.js').Contents} contents
 * @property {() => void} exports
 * @property {import('./recording.js').Recording} recording
 * @property {import('./problems.js').Problems} problems
 * @property {import('./play.js').Play} play
 * @property {() => void} toggle Plays, or edits again.
 */
import { GUIDES } from './api.js';
import { grow, move } from './geometry.js';
import { SCHEMES, VIEWS } from './play.js';
import { TOOLS, isOffered, toolNamed } from './tools.js';
import { write } from './writing.js';

/** @param {Session} session @param {Views} views @returns {Entry[]} */
export function entries(session, views) {
  const groups = [ofHistory, ofSteps, ofTools, ofAnnotation, ofTexts, ofScreenshot, ofGuide, ofView, places];
  return groups.flatMap((group) => group(session, views)).filter(([possible]) => possible).map(([, entry]) => entry);
}

/** @param {Session} session @param {Views} views @returns {Offer[]} */
const ofHistory = ({ guide, unsaved }, { actions }) => [
  [guide.undo > 0 || unsaved, { name: 'Undo', key: 'Ctrl Z', of: 'undo', run: () => actions.undo() }],
  [guide.redo > 0, { name: 'Redo', key: 'Ctrl Y or Ctrl Shift Z', of: 'redo', run: () => actions.redo() }],
];

/** @param {Session} session @param {Views} views @returns {Offer[]} */
function ofSteps(session, { actions, canvas, recording, contents, panel, folds }) {
  const { current, index, chosen, guide: { outline: { steps } } } = session;
  const what = chosen.length > 1 ? `${chosen.length} steps` : 'step';
  const [before, after] = [index > 0, index < steps.length - 1];
  const extend = (/** @type {number} */ by) => {
    session.extendTo(steps[index + by].uid);
    actions.focusStep(session.step);
  };
  const all = () => {
    session.choose(steps.map(({ uid }) => uid), session.step);
    actions.focusStep(session.step);
  };
  return [
    [true, { name: 'Add step', of: 'add-step', run: () => actions.addStep() }],
    [true, { name: 'Record steps here…', of: 'record', run: () => recording.steps() }],
    [true, { name: 'Choose screenshots…', key: 'Ctrl V pastes one', of: 'choose drop', run: () => canvas.choose() }],
    [!!current, { name: `Duplicate ${what}`, of: 'duplicate', run: () => actions.duplicate() }],
    [steps.length > 1, { name: `Delete ${what}`, key: 'Delete', of: 'delete', run: () => actions.deleteStep() }],
    [before, { name: `Move ${what} up`, key: 'Alt ↑', of: 'step-up', run: () => actions.moveStep(-1) }],
    [after, { name: `Move ${what} down`, key: 'Alt ↓', of: 'step-down', run: () => actions.moveStep(1) }],
    [!!current, { name: 'Split step where the caret stands', of: 'split', run: () => { folds.fold('panel', false); panel.runs.split(); } }],
    [before, { name: 'Previous step', key: '[ or Page Up or ↑', run: () => session.goBy(-1) }],
    [after, { name: 'Next step', key: '] or Page Down or ↓', run: () => session.goBy(1) }],
    [before, { name: 'Select the step before too', key: 'Shift ↑', run: () => extend(-1) }],
    [after, { name: 'Select the step after too', key: 'Shift ↓', run: () => extend(1) }],
    [steps.length > 1, { name: 'Select all steps', key: 'Ctrl A', run: all }],
    [!!current, { name: 'Write the text of the step', run: () => actions.write() }],
    [!!current, { name: 'Begin a chapter at this step', of: 'chapter', run: () => actions.beginChapter() }],
    [true, { name: 'Chapters and texts', run: () => contents.open() }],
    [true, { name: 'Add a section at the end', of: 'new section', run: () => contents.addSection() }],
    [true, { name: 'Add a text at the end', of: 'new text', run: () => contents.write('end') }],
    [true, { name: 'Introduction', of: 'introduction', run: () => contents.openIntroduction() }],
  ];
}

/** @param {Session} session @param {Views} views @returns {Offer[]} */
function ofTools(session, { topbar, canvas, panel, folds }) {
  const { verb } = toolNamed(session.tool);
  return [
    ...TOOLS.map((tool) => /** @type {Offer} */ ([!!session.picture, { name: `Tool: ${tool.label}`, key: tool.key, of: `tool ${tool.name}`, run: () => topbar.take(tool.name) }])),
    [!!session.picture && !!verb, { name: 'Put the tool’s box at the middle of the screenshot', key: 'Enter', run: () => verb && canvas.put(verb, null) }],
    ...session.guide.verbs.filter(isOffered).map((each) => /** @type {Offer} */ ([!!session.currentScene, {
      name: `Add annotation: ${each.name}`, of: 'add-annotation', run: () => { folds.fold('panel', false); panel.list.add(each.name); },
    }])),
  ];
}

/** Arrows, where they lead, and what the sides of a region do then. @type {[string, number, number, string, string][]} */
const ARROWS = [['←', -1, 0, 'left', 'narrower'], ['→', 1, 0, 'right', 'wider'], ['↑', 0, -1, 'up', 'lower in height'], ['↓', 0, 1, 'down', 'higher']];

/** What is done with the selected annotation. @param {Session} session @param {Views} views @returns {Offer[]} */
function ofAnnotation(session, { panel, canvas, recording }) {
  const { annotation, selected, currentScene, size } = session;
  if (!annotation || !selected) return [];
  const { uid } = annotation;
  const { which } = selected;
  const at = currentScene?.annotations.findIndex((each) => each.uid === uid) ?? 0;
  const area = annotation[which];
  const nudge = (/** @type {typeof move | typeof grow} */ by, /** @type {number} */ dx, /** @type {number} */ dy) => {
    if (area) session.nudge(uid, which, by(area, dx, dy, size, session.ratio(annotation.verb)));
  };
  return [
    [true, { name: 'Write the text of the annotation', key: 'Enter', run: () => canvas.write() }],
    [true, { name: 'Copy annotation to the next step', key: 'N', of: 'copy-on', run: () => panel.marks.copyOn() }],
    [true, { name: 'Remove annotation', key: 'Delete', of: 'remove', run: () => panel.list.remove(uid, false) }],
    [at > 0, { name: 'Move annotation up in the list', of: 'up', run: () => panel.list.shift(uid, -1) }],
    [at < (currentScene?.annotations.length || 0) - 1, { name: 'Move annotation down in the list', of: 'down', run: () => panel.list.shift(uid, 1) }],
    ...ARROWS.flatMap(([key, x, y, side, larger]) => /** @type {Offer[]} */ ([1, 10].flatMap((by) => {
      const [shift, points] = by > 1 ? ['Shift ', '10 points'] : ['', '1 point'];
      return [
        [!!area, { name: `Move annotation ${side} by ${points}`, key: shift + key, run: () => nudge(move, x * by, y * by) }],
        [!!area, { name: `Make annotation ${larger} by ${points}`, key: `Alt ${shift}${key}`, run: () => nudge(grow, x * by, y * by) }],
      ];
    }))),
    [session.verb(annotation.verb).anchor !== 'never', { name: 'Pick what the annotation stands on…', of: 'pick', run: () => recording.pick(uid) }],
    [!!session.picture && annotation.verb === 'redact', { name: 'Redact in all guides that show this picture', of: 'redact-everywhere', run: () => panel.marks.redactEverywhere() }],
    [true, { name: 'Select no annotation', key: 'Escape', run: () => { session.select(null); canvas.focus(); } }],
  ];
}

/** @param {Session} session @param {Views} views @returns {Offer[]} */
function ofTexts(session, { panel, folds, find }) {
  const edit = (/** @type {(input: HTMLTextAreaElement) => void} */ does) => () => {
    folds.fold('panel', false);
    panel.runs.edit(does);
  };
  return [
    [!!session.current, { name: 'Bold', key: 'Ctrl B', run: edit((input) => write(input, 'b')) }],
    [!!session.current, { name: 'Italic', key: 'Ctrl I', run: edit((input) => write(input, 'i')) }],
    [!!session.current, { name: 'Link…', key: 'Ctrl K', run: edit((input) => session.writing.link(input)) }],
    [true, { name: 'Find and replace…', key: 'Ctrl F', run: () => find.open() }],
  ];
}

/** @param {Session} session @param {Views} views @returns {Offer[]} */
function ofScreenshot(session, { actions, panel, canvas }) {
  const { currentScene: scene, current, picture } = session;
  const own = !!scene && !scene.inherited;
  const shown = actions.sameShown.length;
  return [
    [own, { name: 'Replace screenshot…', of: 'replace', run: () => panel.choose('replace') }],
    [own && shown > 1, { name: `Replace screenshot in all ${shown} places that show it…`, of: 'replace-all', run: () => panel.choose('replace-all') }],
    [!!current, { name: own ? 'Add another screenshot to the step…' : 'Add a screenshot to the step…', of: 'another', run: () => panel.choose('add') }],
    ...(current && current.scenes.length > 1 ? current.scenes : []).map((_, at) => /** @type {Offer} */ ([at !== session.scene, { name: `Go to screenshot ${at + 1} of the step`, of: 'scene', run: () => session.go(session.step, at) }])),
    [!!picture, { name: 'Enlarge the screenshot', key: '+', of: 'more', run: () => canvas.enlarge(1) }],
    [!!picture, { name: 'Shrink the screenshot', key: '-', of: 'less', run: () => canvas.enlarge(-1) }],
    [!!picture, { name: 'Fit the screenshot', key: '0', of: 'fit', run: () => canvas.enlarge(0) }],
  ];
}

/** @param {Session} session @param {Views} views @returns {Offer[]} */
function ofGuide({ guide, current }, { actions, settings, exports, problems, panel, help }) {
  const { draft } = guide.outline.meta;
  return [
    [true, { name: 'Guide settings', of: 'settings', run: () => settings.open() }],
    [true, { name: 'Export…', of: 'export', run: exports }],
    [draft, { name: 'Publish', of: 'publish', run: () => actions.publish() }],
    [!draft, { name: 'Make it a draft again', run: () => actions.makeDraft() }],
    [guide.problems.length > 0, { name: 'Problems', of: 'problems play-errors', run: () => problems.show() }],
    [!!guide.fixes, { name: `Fix what has one right answer (${guide.fixes})`, of: 'fix', run: () => problems.fixAll() }],
    [!!current, { name: 'Open the source in your own editor', of: 'source', run: () => panel.source.open() }],
    [true, { name: 'Open the guide', of: 'page', run: () => location.assign(guide.page) }],
    [true, { name: 'All guides', of: 'guides', run: () => location.assign(GUIDES) }],
    [true, { name: 'Keys', key: '?', of: 'help', run: () => help.showModal() }],
  ];
}

/** @param {Session} session @param {Views} views @returns {Offer[]} */
function ofView(session, { play, toggle, folds }) {
  const reads = !!session.current;
  const fold = (/** @type {import('./folds.js').Side} */ side, /** @type {string} */ what) => {
    const folded = folds.isFolded(side);
    return /** @type {Offer} */ ([true, { name: `${folded ? 'Unfold' : 'Fold'} the ${what}`, of: `fold ${side}`, run: () => folds.fold(side, !folded) }]);
  };
  return [
    [reads, { name: session.playing ? 'Edit' : 'Play', of: 'play', run: toggle }],
    ...VIEWS.map(({ name, label }) => /** @type {Offer} */ ([reads, { name: `Preview as ${label.toLowerCase()}`, of: 'view', run: () => play.show({ view: name }) }])),
    ...SCHEMES.map(([scheme, label]) => /** @type {Offer} */ ([reads, { name: `Preview in colours: ${label.toLowerCase()}`, of: 'scheme', run: () => play.show({ scheme }) }])),
    [true, { name: 'Fold the panels away, or unfold them', key: '\\', run: () => folds.toggle() }],
    fold('steps', 'list of steps'),
    fold('panel', 'details of the step'),
  ];
}

/** @param {Session} session @returns {Offer[]} */
const places = (session) => session.guide.outline.steps.map((step, at) => [true, { name: `Go to step ${at + 1}: ${step.title}`, run: () => session.go(step.uid) }]);
