/** The editor: puts its parts together. */

import { Actions } from './actions.js';
import { Api } from './api.js';
import { Canvas } from './canvas.js';
import { Contents } from './contents.js';
import { paintBrand } from './colour.js';
import { makeConflict, makeHelp } from './dialogs.js';
import { h } from './dom.js';
import { entries } from './entries.js';
import { Find } from './find.js';
import { keeper } from './focus.js';
import { Folds } from './folds.js';
import { grow, move } from './geometry.js';
import { insertPictures } from './inserts.js';
import { keyCommand } from './keys.js';
import { LinkPicker } from './link-picker.js';
import { makePalette } from './palette.js';
import { Panel } from './panel.js';
import { Pictures } from './pictures.js';
import { Places } from './places.js';
import { Play } from './play.js';
import { Problems } from './problems.js';
import { Proposals } from './proposals.js';
import { Session } from './session.js';
import { ExportGuide } from './export.js';
import { Recording } from './recording.js';
import { Settings } from './settings.js';
import { Steps } from './steps.js';
import { Toasts } from './toast.js';
import { toolNamed } from './tools.js';
import { Topbar } from './topbar.js';
import { Unsaved } from './unsaved.js';

class GuidemarkEditor extends HTMLElement {
  #ears = new AbortController();

  connectedCallback() {
    this.#ears = new AbortController();
    this.#start(this.#ears.signal);
  }

  disconnectedCallback() {
    this.#ears.abort();
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    const api = new Api();
    this.replaceChildren(h('p', { class: 'starting', role: 'status' }, 'Opening the guide…'));
    let message = 'the server does not answer';
    try {
      const { status, body } = await api.send('guide');
      if (status === 200) return this.#open(new Session(body, api), api, signal);
      message = body.message || `the server answers ${status}`;
    } catch {
      // Said below.
    }
    const again = h('button', { type: 'button', class: 'primary' }, 'Try again');
    again.addEventListener('click', () => this.#start(signal), { signal });
    this.replaceChildren(h('div', { class: 'starting', role: 'alert' }, h('p', {}, `The guide can’t be opened: ${message}`), again));
  }

  /** @param {Session} session @param {Api} api @param {AbortSignal} signal */
  #open(session, api, signal) {
    const focus = keeper(this, () => canvas.focus());
    session.listen(() => focus.hold(), signal);
    const actions = new Actions(session);
    const canvas = new Canvas(session, signal);
    const steps = new Steps(session, actions, signal);
    const panel = new Panel(session, actions, canvas, signal);
    const topbar = new Topbar(session, { put: (verb) => canvas.put(verb, null) }, signal);
    const settings = new Settings(session, signal);
    const exporter = new ExportGuide(signal);
    const exports = () => exporter.open(api, session.guide.outline.meta.title || session.guide.slug);
    const recording = new Recording(session, signal);
    panel.place(recording.anchors);
    steps.place(recording.button);
    const proposals = new Proposals(session, signal);
    canvas.lay(proposals.element);
    actions.beforePublishing = (then) => proposals.ask(then);
    settings.beforePublishing = (then) => proposals.ask(then);
    const contents = new Contents(session, signal);
    actions.openIntroduction = () => contents.openIntroduction();
    actions.openChapter = (title) => contents.open(session.guide.outline.sections.findIndex((each) => each.kind === 'heading' && each.title === title));
    actions.beginChapter = () => contents.begin(session.step);
    const help = makeHelp(signal);
    const folds = new Folds(this, { steps: steps.element, panel: panel.element }, signal);
    const places = new Places(session, {
      settings: (name) => settings.open(name), section: (at) => contents.open(at), unfold: () => folds.fold('panel', false),
      step: (uid) => { folds.fold('steps', false); steps.focus(uid); }, mark: () => canvas.focus(),
    });
    const problems = new Problems(session, places, signal);
    const find = new Find(session, places, signal);
    const links = new LinkPicker(session, signal);
    session.writing = { link: (input) => links.open(input), pictures: (input, files) => insertPictures(actions, input, files) };
    const play = new Play(session, () => problems.show(), signal);
    const palette = makePalette(() => entries(session, { find, folds, actions, canvas, topbar, panel, help, settings, contents, exports, recording, problems, play, toggle: () => this.#toggle(session) }), signal);
    const toasts = new Toasts({ undo: () => actions.undo(), back: () => canvas.focus(), edits: () => session.edits }, signal);
    const pictures = new Pictures(this, actions, signal);
    session.announce = (message) => toasts.announce(message);
    session.passed = (edit) => toasts.passed(edit);
    session.dismiss = () => toasts.clear();
    session.toast = (message, options) => toasts.show(message, options);
    canvas.write = () => { folds.fold('panel', false); panel.fields.write(); };
    actions.write = () => { folds.fold('panel', false); panel.runs.write(); };
    actions.focusStep = (uid) => steps.focus(uid);
    const unsaved = new Unsaved(session, signal);
    session.begun = () => settings.begun;
    const conflict = makeConflict(session, signal);
    canvas.choose = () => pictures.choose();
    canvas.element.append(folds.element, play.element, pictures.element);
    this.replaceChildren(topbar.element, steps.element, h('main', {}, canvas.element, problems.element), panel.element, toasts.element, settings.element, exporter.element, recording.element, proposals.dialog, contents.element, find.element, links.element, help, palette.element, unsaved.element, conflict);

    topbar.undo.addEventListener('click', () => actions.undo(), { signal });
    topbar.redo.addEventListener('click', () => actions.redo(), { signal });
    topbar.settings.addEventListener('click', () => settings.open(), { signal });
    topbar.export.addEventListener('click', exports, { signal });
    topbar.publish.addEventListener('click', () => actions.publish(), { signal });
    topbar.help.addEventListener('click', () => help.showModal(), { signal });
    topbar.play.addEventListener('click', () => this.#toggle(session), { signal });
    paintBrand(this, session.guide.brand, signal);
    this.#follow(session, api, signal);
    this.#listenKeys(session, { find, folds, actions, canvas, topbar, panel, help, palette }, signal);
    session.listen(() => focus.restore(), signal);
    session.changed();
    unsaved.offer();
    recording.resume();
  }

  /** @param {Session} session */
  #toggle(session) {
    session.flush();
    session.playing = !session.playing;
    session.changed();
  }

  /** The address names the step; the file tells of its changes. @param {Session} session @param {Api} api @param {AbortSignal} signal */
  #follow(session, api, signal) {
    const read = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      const step = session.guide.outline.steps.find((each) => each.id === id);
      if (step) session.go(step.uid);
    };
    addEventListener('hashchange', read, { signal });
    read();
    session.listen(() => {
      const id = session.current?.id;
      const wanted = id ? `#${encodeURIComponent(id)}` : '';
      if (id && location.hash !== wanted && decodeURIComponent(location.hash) !== `#${id}`) history.replaceState(null, '', wanted);
      const title = `${session.guide.outline.meta.title} – edit`;
      if (document.title !== title) document.title = title;
    }, signal);
    let known = '';
    api.listen(session.guide.page, (state) => {
      // What a build finds may be news where it writes no page: an error keeps the page of before.
      const now = `${state.version} ${state.source} ${JSON.stringify(state.problems)}`;
      if (state.source !== session.queue.confirmed.version || (known && now !== known)) session.queue.refresh();
      known = now;
    }, () => session.queue.retry(), signal);
    addEventListener('beforeunload', (event) => {
      session.flush();
      if (session.unsaved || session.begun().length) event.preventDefault();
    }, { signal });
    addEventListener('pagehide', () => session.flush(), { signal });
  }

  /** @param {Session} session @param {{find: Find, folds: Folds, actions: Actions, canvas: Canvas, topbar: Topbar, panel: Panel, help: HTMLDialogElement, palette: {open: () => void}}} views @param {AbortSignal} signal */
  #listenKeys(session, views, signal) {
    document.addEventListener('keydown', (event) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const target = /** @type {Element} */ (event.target);
      const on = focusKind(target);
      const key = target instanceof HTMLElement ? target.dataset.focus?.replace(/^field /, '') : '';
      const command = keyCommand({ key: event.key, control: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey, on, unsent: !!session.drafts.get(key || '') });
      if (command && this.#obey(command, session, views)) event.preventDefault();
    }, { signal });
  }

  /** @param {import('./keys.js').Command} command @param {Session} session @param {{find: Find, folds: Folds, actions: Actions, canvas: Canvas, topbar: Topbar, panel: Panel, help: HTMLDialogElement, palette: {open: () => void}}} views */
  #obey({ name, tool = '', dx = 0, dy = 0, by = 0 }, session, { find, folds, actions, canvas, topbar, panel, help, palette }) {
    const { annotation, selected, size } = session;
    const area = annotation && selected && annotation[selected.which];
    const onStep = /** @type {HTMLElement | null} */ (document.activeElement?.closest('[data-step]'))?.dataset.step;
    if (onStep && name.endsWith('-step') && !session.chosen.includes(onStep)) session.go(onStep);
    switch (name) {
      case 'undo': actions.undo(); return true;
      case 'redo': actions.redo(); return true;
      case 'zoom': canvas.enlarge(by); return true;
      case 'leave': canvas.focus(); return true;
      case 'help': help.showModal(); return true;
      case 'fold': folds.toggle(); return true;
      case 'find': find.open(selectedWords()); return true;
      case 'palette': palette.open(); return true;
      case 'tool': topbar.take(tool); return true;
      case 'extend': {
        const next = session.guide.outline.steps[session.index + by];
        if (next) session.extendTo(next.uid);
        actions.focusStep(session.step);
        return true;
      }
      case 'choose-all': session.choose(session.guide.outline.steps.map(({ uid }) => uid), session.step); return true;
      case 'go': if (session.goBy(by) && onStep) actions.focusStep(session.step); return true;
      case 'move-step': actions.moveStep(by); return true;
      case 'delete-step': actions.deleteStep(); return true;
      case 'copy-on': panel.marks.copyOn(); return true;
      case 'remove': if (annotation) panel.list.remove(annotation.uid, false); return true;
      case 'nudge': if (area && selected) session.nudge(selected.uid, selected.which, move(area, dx, dy, size)); return true;
      case 'grow': if (area && selected && annotation) session.nudge(selected.uid, selected.which, grow(area, dx, dy, size, session.ratio(annotation.verb))); return true;
      case 'place': {
        const { verb } = toolNamed(session.tool);
        if (verb) canvas.put(verb, null);
        else if (document.activeElement?.classList.contains('mark')) canvas.write();
        else return false;
        return true;
      }
      case 'escape':
        if (session.playing) session.playing = false;
        else if (session.tool !== 'select') session.tool = 'select';
        else if (session.selected) session.select(null);
        else if (session.chosen.length > 1) {
          session.go(session.step);
          actions.focusStep(session.step);
          return true;
        }
        else return false;
        session.changed();
        canvas.focus();
        return true;
      default: return false;
    }
  }
}

/** What is selected in the text that has the focus, if it is on one line. */
function selectedWords() {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) || field.selectionStart === null) return '';
  const words = field.value.slice(field.selectionStart, field.selectionEnd ?? field.selectionStart);
  return words.length < 200 && !words.includes('\n') ? words.trim() : '';
}

/** What has the focus, as the keys see it. @param {Element} target @returns {'field' | 'mark' | 'step' | 'control' | 'canvas' | 'none'} */
function focusKind(target) {
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return 'field';
  if (target.closest('.mark')) return 'mark';
  if (target.closest('button.step')) return 'step';
  if (target.closest('button, a, summary, input')) return 'control';
  return target.closest('.shot') ? 'canvas' : 'none';
}

customElements.define('guidemark-editor', GuidemarkEditor);
