/** The editor: puts its parts together. */

import { Actions } from './actions.js';
import { Api } from './api.js';
import { Canvas } from './canvas.js';
import { palette } from './colour.js';
import { makeConflict, makeHelp } from './dialogs.js';
import { h } from './dom.js';
import { keeper } from './focus.js';
import { grow, move } from './geometry.js';
import { keyCommand } from './keys.js';
import { Panel } from './panel.js';
import { Pictures } from './pictures.js';
import { Play } from './play.js';
import { Problems } from './problems.js';
import { Session } from './session.js';
import { Settings } from './settings.js';
import { Steps } from './steps.js';
import { Toasts } from './toast.js';
import { toolNamed } from './tools.js';
import { Topbar } from './topbar.js';

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
    const help = makeHelp(signal);
    const play = new Play(session, signal);
    const problems = new Problems(session, { settings: () => settings.open(), step: (uid) => (uid ? steps.focus(uid) : canvas.focus()) }, signal);
    const toasts = new Toasts({ undo: () => actions.undo(), back: () => canvas.focus() }, signal);
    const pictures = new Pictures(this, actions, signal);
    session.announce = (message) => toasts.announce(message);
    session.dismiss = () => toasts.clear();
    session.toast = (message, options) => toasts.show(message, options);
    canvas.write = () => panel.fields.write();
    actions.write = () => panel.runs.write();
    actions.focusStep = (uid) => steps.focus(uid);
    const conflict = makeConflict(session, signal);
    canvas.element.append(play.element, pictures.element);
    this.replaceChildren(topbar.element, steps.element, h('main', {}, canvas.element, problems.element), panel.element, toasts.element, settings.element, help, conflict);

    topbar.undo.addEventListener('click', () => actions.undo(), { signal });
    topbar.redo.addEventListener('click', () => actions.redo(), { signal });
    topbar.settings.addEventListener('click', () => settings.open(), { signal });
    topbar.help.addEventListener('click', () => help.showModal(), { signal });
    topbar.play.addEventListener('click', () => this.#toggle(session), { signal });
    this.#paint(session, signal);
    this.#follow(session, api, signal);
    this.#listenKeys(session, { actions, canvas, topbar, panel, help }, signal);
    session.listen(() => focus.restore(), signal);
    session.changed();
  }

  /** @param {Session} session */
  #toggle(session) {
    session.flush();
    session.playing = !session.playing;
    session.changed();
  }

  /** In the brand's colour, as light or as dark as the author has it. @param {Session} session @param {AbortSignal} signal */
  #paint(session, signal) {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const paint = () => {
      const colours = palette(session.guide.brand || '#5645e6', dark.matches);
      for (const [name, value] of Object.entries(colours)) this.style.setProperty(`--${name}`, value);
    };
    dark.addEventListener('change', paint, { signal });
    paint();
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
    api.listen(session.guide.page, (said) => {
      const now = `${said.version} ${said.source}`;
      if (said.source !== session.queue.confirmed.version || (known && now !== known)) session.queue.refresh();
      known = now;
    }, () => session.queue.retry(), signal);
    addEventListener('beforeunload', (event) => {
      session.flush();
      if (session.unsaved) event.preventDefault();
    }, { signal });
    addEventListener('pagehide', () => session.flush(), { signal });
  }

  /** @param {Session} session @param {{actions: Actions, canvas: Canvas, topbar: Topbar, panel: Panel, help: HTMLDialogElement}} views @param {AbortSignal} signal */
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

  /** @param {import('./keys.js').Command} command @param {Session} session @param {{actions: Actions, canvas: Canvas, topbar: Topbar, panel: Panel, help: HTMLDialogElement}} views */
  #obey({ name, tool = '', dx = 0, dy = 0, by = 0 }, session, { actions, canvas, topbar, panel, help }) {
    const { said, selected, size } = session;
    const area = said && selected && said[selected.which];
    const onStep = /** @type {HTMLElement | null} */ (document.activeElement?.closest('[data-step]'))?.dataset.step;
    if (onStep && name.endsWith('-step')) session.go(onStep);
    switch (name) {
      case 'undo': actions.undo(); return true;
      case 'redo': actions.redo(); return true;
      case 'zoom': canvas.enlarge(by); return true;
      case 'leave': canvas.focus(); return true;
      case 'help': help.showModal(); return true;
      case 'tool': topbar.take(tool); return true;
      case 'go': if (session.goBy(by) && onStep) actions.focusStep(session.step); return true;
      case 'move-step': actions.moveStep(by); return true;
      case 'delete-step': actions.deleteStep(); return true;
      case 'remove': if (said) panel.list.remove(said.uid, false); return true;
      case 'nudge': if (area && selected) session.nudge(selected.uid, selected.which, move(area, dx, dy, size)); return true;
      case 'grow': if (area && selected && said) session.nudge(selected.uid, selected.which, grow(area, dx, dy, size, session.ratio(said.verb))); return true;
      case 'place': {
        const { verb } = toolNamed(session.tool);
        if (verb) canvas.put(verb, null);
        else if (document.activeElement?.classList.contains('mark')) panel.fields.write();
        else return false;
        return true;
      }
      case 'escape':
        if (session.playing) session.playing = false;
        else if (session.tool !== 'select') session.tool = 'select';
        else if (session.selected) session.select(null);
        else return false;
        session.changed();
        canvas.focus();
        return true;
      default: return false;
    }
  }
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
