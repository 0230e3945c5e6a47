/**
 * The right side: the step's text, the selected annotation, all annotations, the alternative text, the source.
 *
 * @typedef {import('./session.js').Session} Session
 */
import { AnnotationForm } from './annotation-form.js';
import { AnnotationList } from './annotation-list.js';
import { arrange, attribute, h, icon, keep, say } from './dom.js';
import { Field } from './field.js';
import { ACCEPT } from './files.js';
import { MarkActions } from './mark-actions.js';
import { Runs } from './runs.js';
import { Source } from './source.js';

export class Panel {
  #scenes = h('div', { class: 'scenes', role: 'group', 'aria-label': 'Screenshots of this step' });
  /** @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();
  #replace = h('button', { type: 'button', class: 'small quiet', 'data-focus': 'replace' }, icon('picture'), 'Replace…');
  #replaceAll = h('button', { type: 'button', class: 'small quiet', hidden: true, 'data-focus': 'replace-all' });
  #another = h('button', { type: 'button', class: 'small quiet', 'data-focus': 'another' }, icon('add'), 'Add…');
  #file = h('input', { type: 'file', accept: ACCEPT, hidden: true, 'aria-label': 'Screenshot' });
  #inherited = h('p', { class: 'hint' }, 'The screenshot is that of the step before.');
  #alt = h('div', {});
  #shot = h('section', { class: 'shot-fields' }, h('div', { class: 'field-head' }, h('h2', {}, 'Screenshot'), h('span', { class: 'head-tools' }, this.#replace, this.#another)), this.#inherited, this.#alt, this.#replaceAll, this.#file);
  #use = 'replace';
  /** @type {Map<string, Field>} */
  #fields = new Map();
  #id = h('div', { class: 'step-id' });
  /** @type {Map<string, Field>} */
  #ids = new Map();

  /** @param {Session} session @param {import('./actions.js').Actions} actions @param {import('./canvas.js').Canvas} canvas @param {AbortSignal} signal */
  constructor(session, actions, canvas, signal) {
    this.session = session;
    this.actions = actions;
    this.signal = signal;
    this.runs = new Runs(session, actions, signal);
    this.fields = new AnnotationForm(session, signal);
    this.marks = new MarkActions(session, canvas, signal);
    this.list = new AnnotationList(session, canvas, signal);
    this.source = new Source(session, signal);
    this.element = h('aside', { class: 'panel', 'aria-label': 'Step' }, this.#scenes, this.runs.element, this.fields.element, this.marks.element, this.list.element, this.#shot, this.#id, this.source.element);
    session.listen(() => this.update(), signal);
    this.#replace.addEventListener('click', () => this.choose('replace'), { signal });
    this.#replaceAll.addEventListener('click', () => this.choose('replace-all'), { signal });
    this.#another.addEventListener('click', () => this.choose('add'), { signal });
    this.#file.addEventListener('change', () => {
      const files = [...(this.#file.files || [])];
      this.#file.value = '';
      if (this.#use === 'replace-all') files.forEach((file) => actions.replaceEverywhere(file));
      else if (this.#use === 'replace') files.forEach((file) => actions.replacePicture(file));
      else actions.addToStep(files);
    }, { signal });
  }

  /** What another part shows of the selected annotation. @param {{element: Element}} field */
  place({ element }) {
    this.fields.element.after(element);
  }

  /** Lets a screenshot be chosen from the disk. @param {'replace' | 'replace-all' | 'add'} use */
  choose(use) {
    this.#use = use;
    this.#file.multiple = use === 'add';
    this.#file.click();
  }

  update() {
    const { session } = this;
    const { current, currentScene: scene } = session;
    // Without a step there is nothing to tell of one.
    [...this.element.children].forEach((child) => { if (child instanceof HTMLElement) child.classList.toggle('absent', !current); });
    if (!current || !scene) return;
    const several = current.scenes.length > 1;
    this.#scenes.hidden = !several;
    const buttons = keep(this.#buttons, current.scenes.map((_, at) => `${current.uid} ${at}`), (key) => {
      const at = Number(key.split(' ')[1]);
      const button = h('button', { type: 'button', 'data-focus': `scene ${key}` }, `Screenshot ${at + 1}`);
      button.addEventListener('click', () => session.go(current.uid, at), { signal: this.signal });
      return button;
    });
    buttons.forEach((button, at) => attribute(button, 'aria-pressed', String(at === session.scene)));
    arrange(this.#scenes, buttons);
    this.#inherited.hidden = !scene.inherited || scene.picture === null;
    this.#replace.hidden = scene.inherited;
    const shown = this.actions.sameShown.length;
    this.#replaceAll.hidden = scene.inherited || shown < 2;
    say(this.#replaceAll, `Replace in all ${shown} places that show it…`);
    this.#tellAlt(current.uid, scene);
    this.#tellId(current);
  }

  /** @param {import('./types.js').Step} step */
  #tellId({ uid, id, own_id: own }) {
    const { session } = this;
    const [field] = keep(this.#ids, [uid], () => {
      const input = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '64' });
      // Before it is saved: an id has no spaces.
      input.addEventListener('input', () => {
        const { value, selectionStart } = input;
        if (!/\s/.test(value)) return;
        input.value = value.replace(/\s/g, '-');
        input.setSelectionRange(selectionStart, selectionStart);
      }, { signal: this.signal });
      return new Field(session, `${uid} id`, 'Id in the address', input, (value) => session.write({ op: 'id', step: uid, id: value || null }), this.signal);
    });
    arrange(this.#id, [field.element]);
    field.update(own || '');
    attribute(field.input, 'placeholder', id || null);
  }

  /** @param {string} step @param {import('./types.js').Scene} scene */
  #tellAlt(step, scene) {
    const { session } = this;
    const own = !scene.inherited;
    const [field] = keep(this.#fields, own ? [`${step} ${session.scene}`] : [], () => {
      const at = session.scene;
      const input = h('textarea', { rows: '2', spellcheck: 'true' });
      return new Field(session, `${step} alt ${at}`, 'Alternative text', input, (alt) => session.write({ op: 'alt', step, scene: at, alt }), this.signal);
    });
    arrange(this.#alt, field ? [field.element] : []);
    field?.update(scene.alt);
    say(this.#another.lastChild || this.#another, own ? 'Another…' : 'Add…');
  }
}
