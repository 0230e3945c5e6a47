/**
 * The dialog with all that stands around the steps: introduction, chapters and their texts.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Section} Section
 */
import { makeDialog } from './dialogs.js';
import { arrange, attribute, h, icon, iconButton, keep, say } from './dom.js';
import { Field } from './field.js';
import { Preview } from './preview.js';
import { count } from './words.js';
import { install } from './writing.js';

/** Saves words; nothing is taken away by emptying a field, which may only be on its way to other words. @param {Session} session @param {import('./types.js').Intent} intent @param {string} words */
const save = (session, intent, words) => (words.trim() ? session.write(intent)
  : Promise.resolve({ ok: false, before: session.guide, after: session.guide, message: 'not saved while it is empty: the bin removes it' }));

/** A text with its preview. */
class Text {
  input = h('textarea', { rows: '3', spellcheck: 'true' });
  #up = iconButton('up', 'Move this text up');
  #down = iconButton('down', 'Move this text down');
  #remove = iconButton('bin', 'Remove this text');

  /** @param {Session} session @param {number} section @param {Contents} contents @param {AbortSignal} signal */
  constructor(session, section, contents, signal) {
    this.section = section;
    this.preview = new Preview(session, signal);
    const label = section === 0 ? 'Introduction (Markdown)' : 'Text (Markdown)';
    this.field = new Field(session, `section ${section}`, label, this.input, (markdown) => save(session, { op: 'prose', section, markdown }, markdown), signal, this.#up, this.#down, this.#remove);
    install(this.input, session.writing, signal);
    this.#up.addEventListener('click', () => contents.moveText(section, -1), { signal });
    this.#down.addEventListener('click', () => contents.moveText(section, 1), { signal });
    this.#remove.addEventListener('click', () => contents.ask({ op: 'prose', section, markdown: '' }, 'Text removed'), { signal });
    this.element = h('div', { class: 'run' }, this.field.element, this.preview.element);
    this.input.addEventListener('input', () => this.preview.show(this.field.value), { signal });
  }

  /** @param {Section & {kind: 'text'}} text @param {Section[]} all */
  update({ markdown }, all) {
    this.field.update(markdown);
    attribute(this.#up, 'aria-disabled', String(this.section === 0));
    attribute(this.#down, 'aria-disabled', String(this.section === all.length - 1));
    this.preview.show(this.field.value);
  }
}

/** A heading: its words, its place. */
class Chapter {
  input = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'true' });
  #up = iconButton('up', 'Move chapter up');
  #down = iconButton('down', 'Move chapter down');
  #remove = iconButton('bin', 'Remove this heading');
  #write = h('button', { type: 'button', class: 'small quiet' }, icon('add'), 'Text');

  /** @param {Session} session @param {number} section @param {Contents} contents @param {AbortSignal} signal */
  constructor(session, section, contents, signal) {
    this.section = section;
    this.field = new Field(session, `section ${section}`, 'Heading', this.input, (title) => save(session, { op: 'heading', section, title }, title), signal, this.#write, this.#up, this.#down, this.#remove);
    this.element = h('div', { class: 'chapter-field' }, this.field.element);
    this.#up.addEventListener('click', () => contents.move(section, -1), { signal });
    this.#down.addEventListener('click', () => contents.move(section, 1), { signal });
    this.#remove.addEventListener('click', () => contents.ask({ op: 'heading', section, title: '' }, 'Heading removed, its steps stay'), { signal });
    this.#write.addEventListener('click', () => contents.write({ below: section }), { signal });
  }

  /** @param {Section & {kind: 'heading'}} heading @param {Section[]} all */
  update(heading, all) {
    this.field.update(heading.title);
    const level = all.filter((each) => each.kind === 'heading' && each.level === heading.level);
    const at = level.indexOf(heading);
    attribute(this.#up, 'aria-disabled', String(at <= 0));
    attribute(this.#down, 'aria-disabled', String(at < 0 || at === level.length - 1));
    this.#write.hidden = all[this.section + 1]?.kind === 'text';
    this.element.style.setProperty('--level', String(Math.max(0, heading.level - 2)));
    for (const [button, does] of /** @type {[Element, string][]} */ ([[this.#up, 'Move up'], [this.#down, 'Move down'], [this.#remove, 'Remove the heading']])) attribute(button, 'aria-label', `${does}: ${heading.title}`);
  }
}

export class Contents {
  #introduce = h('button', { type: 'button', 'data-focus': 'new introduction' }, icon('add'), 'Introduction');
  #list = h('div', { class: 'sections' });
  #section = h('button', { type: 'button', 'data-focus': 'new section' }, icon('add'), 'Section at the end');
  #end = h('button', { type: 'button', 'data-focus': 'new text' }, icon('add'), 'Text at the end');
  element;
  /** @type {Map<string, Text | Chapter | HTMLElement>} */
  #parts = new Map();

  /** @param {Session} session @param {AbortSignal} signal */
  constructor(session, signal) {
    this.session = session;
    this.signal = signal;
    this.element = makeDialog('Chapters and texts', 'contents', [h('div', { class: 'contents-body' }, this.#introduce, this.#list, h('div', { class: 'starts' }, this.#section, this.#end))], signal);
    this.#introduce.addEventListener('click', () => this.write('introduction'), { signal });
    this.#section.addEventListener('click', () => this.addSection(), { signal });
    this.#end.addEventListener('click', () => this.write('end'), { signal });
    this.element.addEventListener('close', () => session.flush(), { signal });
    session.listen(() => { if (this.element.open) this.update(); }, signal);
  }

  /** @param {number} [section] Gets the focus. */
  open(section) {
    this.session.flush();
    if (!this.element.open) this.element.showModal();
    this.update();
    if (section !== undefined) this.#focus(section);
  }

  /** The introduction, or the way to begin one. */
  openIntroduction() {
    const at = this.#introduction();
    this.open(at < 0 ? undefined : at);
    if (at < 0) this.#introduce.focus();
  }

  get #sections() {
    return this.session.guide.outline.sections;
  }

  #introduction() {
    return this.#sections[0]?.kind === 'text' ? 0 : -1;
  }

  /** @param {number} section */
  #focus(section) {
    const input = this.#list.querySelector(`[data-focus="field section ${section}"]`);
    if (!(input instanceof HTMLElement)) return;
    input.focus();
    input.scrollIntoView({ block: 'nearest' });
  }

  update() {
    const all = this.#sections;
    const parts = keep(this.#parts, all.map(({ kind }, at) => `${at} ${kind}`), (key) => {
      const [at, kind] = key.split(' ');
      if (kind === 'heading') return new Chapter(this.session, Number(at), this, this.signal);
      if (kind === 'text') return new Text(this.session, Number(at), this, this.signal);
      return h('p', { class: 'section-steps' });
    });
    arrange(this.#list, parts.map((part) => (part instanceof HTMLElement ? part : part.element)));
    parts.forEach((part, at) => {
      const section = all[at];
      if (part instanceof Chapter && section.kind === 'heading') part.update(section, all);
      else if (part instanceof Text && section.kind === 'text') part.update(section, all);
      else if (part instanceof HTMLElement && section.kind === 'steps') say(part, `${section.to - section.from === 1 ? `Step ${section.to}` : `Steps ${section.from + 1} to ${section.to}`}`);
    });
    this.#introduce.hidden = this.#introduction() >= 0;
    this.#end.hidden = all[all.length - 1]?.kind === 'text';
    attribute(this.#list, 'aria-label', count(all.length, 'part'));
  }

  /** @param {import('./types.js').Intent} intent @param {string} [done] */
  async ask(intent, done) {
    const { ok } = await this.session.ask(intent);
    if (ok && done) this.session.toast(done, { undo: true });
    return ok;
  }

  /** @param {number} section @param {number} by */
  async move(section, by) {
    const heading = this.#sections[section];
    if (!await this.ask({ op: 'move-chapter', section, by }) || heading?.kind !== 'heading') return;
    const at = this.#sections.findIndex((each) => each.kind === 'heading' && each.title === heading.title);
    this.session.announce(`${heading.title}: moved ${by < 0 ? 'up' : 'down'}`);
    if (at >= 0) this.#focus(at);
  }

  /** @param {number} section @param {number} by */
  async moveText(section, by) {
    const text = this.#sections[section];
    const beside = this.#sections[section + by];
    if (text?.kind !== 'text' || !beside || !await this.ask({ op: 'move-prose', section, by })) return;
    this.session.announce(`Moved ${by < 0 ? 'above' : 'below'} ${beside.kind === 'heading' ? beside.title : 'the steps'}`);
    // Texts that meet are one, and so are steps.
    const far = (/** @type {number} */ at) => Math.abs(at - section - by);
    const found = this.#sections.flatMap((each, at) => (each.kind === 'text' && each.markdown.includes(text.markdown) ? [at] : []));
    if (found.length) this.#focus(found.reduce((one, other) => (far(other) < far(one) ? other : one)));
  }

  /** Adds a heading with a text below it, and lets it be named. */
  async addSection() {
    this.open();
    const before = this.#sections.length;
    const level = this.#sections.find((each) => each.kind === 'heading')?.level || 2;
    if (!await this.ask({ op: 'add-prose', spot: 'end', markdown: `${'#'.repeat(level)} New section\n\nWrite here.` })) return;
    if (this.#sections.length <= before) return;
    this.update();
    this.#focus(this.#sections.length - 2);
    const input = document.activeElement;
    if (input instanceof HTMLInputElement) input.select();
  }

  /** Adds a text and puts the focus into it, its first words selected. @param {'introduction' | 'end' | {below: number}} spot */
  async write(spot) {
    if (!this.element.open) this.open();
    const before = this.#sections.length;
    if (!await this.ask({ op: 'add-prose', spot, markdown: spot === 'introduction' ? 'Say why one does this.' : 'Write here.' })) return;
    if (this.#sections.length <= before) return;
    const at = spot === 'introduction' ? 0 : spot === 'end' ? this.#sections.length - 1 : spot.below + 1;
    this.update();
    this.#focus(at);
    const input = document.activeElement;
    if (input instanceof HTMLTextAreaElement) input.select();
  }

  /** Begins a chapter at a step and lets it be named. @param {string} step */
  async begin(step) {
    const { session } = this;
    const index = session.guide.outline.steps.findIndex(({ uid }) => uid === step);
    if (index < 0 || !await this.ask({ op: 'add-chapter', step, title: 'New chapter' })) return;
    const at = this.#sections.findIndex((each, number) => each.kind === 'steps' && each.from === index && this.#sections[number - 1]?.kind === 'heading');
    this.open(at - 1);
    const input = document.activeElement;
    if (input instanceof HTMLInputElement) input.select();
  }
}
