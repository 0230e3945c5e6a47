/**
 * The fields of the selected annotation, made from what its verb takes.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').AnnotationFields} AnnotationFields
 * @typedef {import('./types.js').Verb} Verb
 * @typedef {import('./types.js').Which} Which
 */
import { arrange, h } from './dom.js';
import { withNumber } from './geometry.js';
import { Field } from './field.js';
import { findAnnotation } from './identity.js';
import { WORDS, convert, isOffered, fieldsOf, saying, withOption } from './tools.js';
import { KINDS, capital, textName, wordName } from './words.js';

let last = 0;

/** A choice with its label. @param {string} label @param {HTMLSelectElement} select */
function labelled(label, select) {
  select.id = `choice-${(last += 1)}`;
  return h('div', { class: 'field' }, h('label', { for: select.id }, label), select);
}

/** A choice of verbs, in groups. @param {Verb[]} verbs */
export function verbGroups(verbs) {
  return Object.entries(KINDS).flatMap(([kind, label]) => {
    const own = verbs.filter((verb) => verb.kind === kind && isOffered(verb));
    return own.length ? [{ label, verbs: own }] : [];
  });
}

export class AnnotationForm {
  element = h('div', { class: 'annotation-fields' });
  #shown = '';
  /** @type {((fields: AnnotationFields) => void)[]} */
  #updates = [];
  #ears = new AbortController();

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    session.listen(() => this.update(), signal);
    signal.addEventListener('abort', () => this.#ears.abort());
  }

  update() {
    const { annotation } = this.session;
    const wanted = annotation ? `${annotation.uid} ${annotation.verb} ${!!annotation.region} ${!!annotation.to}` : '';
    this.element.hidden = !annotation;
    if (wanted !== this.#shown) {
      this.#shown = wanted;
      this.#ears.abort();
      this.#ears = new AbortController();
      this.#updates = [];
      arrange(this.element, annotation ? this.#build(annotation.uid, this.session.verb(annotation.verb), annotation) : []);
    }
    if (annotation) this.#updates.forEach((update) => update(annotation));
  }

  /** Puts the focus into the first field that is written in, all of it selected; without one, into the first. */
  write() {
    const input = /** @type {HTMLInputElement | null} */ (this.element.querySelector('input[type=text]'));
    if (input) input.select();
    else /** @type {HTMLElement | null} */ (this.element.querySelector('select'))?.focus();
  }

  /** The annotation as it is now. @param {string} uid */
  #now(uid) {
    return findAnnotation(this.session.guide, uid)?.annotation;
  }

  /** @param {string} uid @param {Verb} verb @param {AnnotationFields} fields @returns {HTMLElement[]} */
  #build(uid, verb, fields) {
    const made = [this.#verb(uid, verb)];
    if (verb.text !== 'never') made.push(this.#text(uid, verb));
    if (verb.word !== 'never' && !(verb.region === 'may' && fields.region)) made.push(this.#word(uid, verb));
    made.push(...verb.options.map(([key, values]) => this.#option(uid, key, values)));
    if (fields.region) made.push(this.#area(uid, 'region', fields.to ? 'From' : 'Place'));
    if (fields.to) made.push(this.#area(uid, 'to', 'To'));
    return made;
  }

  /** @param {HTMLSelectElement} select @param {() => void} call */
  #onChange(select, call) {
    select.addEventListener('change', call, { signal: this.#ears.signal });
  }

  /** @param {string} uid @param {Verb} verb */
  #verb(uid, verb) {
    const { session } = this;
    const groups = verbGroups(session.guide.verbs);
    const select = h('select', { 'data-focus': 'verb' }, ...groups.map(({ label, verbs }) => h('optgroup', { label }, ...verbs.map(({ name }) => h('option', { value: name }, capital(name))))));
    this.#updates.push((fields) => { select.value = fields.verb; });
    this.#onChange(select, () => {
      const now = this.#now(uid);
      const scene = session.currentScene;
      if (now && scene) session.ask({ op: 'set', annotation: uid, fields: convert(now, session.verb(select.value), scene, session.size) });
    });
    return labelled(verb.kind === 'action' ? 'Action' : 'Annotation', select);
  }

  /** @param {string} uid @param {Verb} verb */
  #text(uid, verb) {
    const input = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'true', required: verb.text === 'must', placeholder: verb.text === 'must' ? null : 'None' });
    const save = (/** @type {string} */ text) => this.#say(uid, verb, { text });
    const field = new Field(this.session, `${uid} text`, textName(verb.name), input, save, this.#ears.signal);
    this.#updates.push((fields) => field.update(fields.text || ''));
    return field.element;
  }

  /** @param {string} uid @param {Verb} verb */
  #word(uid, verb) {
    const known = WORDS[verb.name] || [];
    if (known.length && verb.name === 'scroll') return this.#choice(wordName(verb.name), known, (fields) => fields.word || '', (word) => this.#say(uid, verb, { word }));
    const list = h('datalist', { id: `words-${(last += 1)}` }, ...known.map((value) => h('option', { value })));
    const input = h('input', { type: 'text', autocomplete: 'off', list: list.id });
    const field = new Field(this.session, `${uid} word`, wordName(verb.name), input, (word) => this.#say(uid, verb, { word }), this.#ears.signal, list);
    this.#updates.push((fields) => field.update(fields.word || ''));
    return field.element;
  }

  /** @param {string} uid @param {string} key @param {string[]} values */
  #option(uid, key, values) {
    return this.#choice(capital(key), ['', ...values], (fields) => fields.options[key] || '', (value) => {
      const now = this.#now(uid);
      if (now) this.session.ask({ op: 'set', annotation: uid, fields: withOption(now, key, value) });
    });
  }

  /** @param {string} label @param {string[]} values @param {(fields: AnnotationFields) => string} read @param {(value: string) => void} write */
  #choice(label, values, read, write) {
    const select = h('select', { 'data-focus': `choice ${label}` }, ...values.map((value) => h('option', { value }, value ? capital(value) : 'Default')));
    this.#updates.push((fields) => { select.value = read(fields); });
    this.#onChange(select, () => write(select.value));
    return labelled(label, select);
  }

  /** Numbers, for who would rather write than drag. @param {string} uid @param {Which} which @param {string} title */
  #area(uid, which, title) {
    const keys = /** @type {const} */ (['x', 'y', 'w', 'h']);
    const names = { x: 'Left', y: 'Top', w: 'Width', h: 'Height' };
    const inputs = keys.map((key) => h('input', { type: 'number', min: '0', step: '1', 'aria-label': `${title}: ${names[key]} in points`, 'data-focus': `${which} ${key}` }));
    inputs.forEach((input, at) => input.addEventListener('input', () => {
      const area = this.#now(uid)?.[which];
      if (!area || input.value === '' || !Number.isFinite(input.valueAsNumber)) return;
      this.session.nudge(uid, which, withNumber(area, keys[at], input.valueAsNumber, this.session.size));
    }, { signal: this.#ears.signal }));
    inputs.forEach((input) => input.addEventListener('blur', () => this.update(), { signal: this.#ears.signal }));
    this.#updates.push((fields) => inputs.forEach((input, at) => {
      const value = String(Math.round((fields[which]?.[keys[at]] || 0) * 100) / 100);
      if (document.activeElement !== input && input.value !== value) input.value = value;
    }));
    const cells = inputs.map((input, at) => h('label', { class: 'number' }, h('span', { 'aria-hidden': 'true' }, keys[at].toUpperCase()), input));
    return h('div', { class: 'field', role: 'group', 'aria-label': title }, h('span', { class: 'label' }, title), h('div', { class: 'numbers' }, ...cells));
  }

  /** @param {string} uid @param {Verb} verb @param {Partial<AnnotationFields>} change */
  #say(uid, verb, change) {
    const now = this.#now(uid);
    return this.session.write({ op: 'set', annotation: uid, fields: now ? saying(now, verb, change) : fieldsOf({ verb: verb.name, region: null, to: null, text: null, word: null, options: {} }) });
  }
}
