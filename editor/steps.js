/**
 * The list of steps.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./types.js').Step} Step
 */
import { arrange, attribute, h, icon, iconButton, keep, say, svg } from './dom.js';
import { track } from './drag.js';
import { ACCEPT } from './files.js';

class Item {
  #number = h('span', { class: 'step-number' });
  #title = h('span', { class: 'step-title' });
  #image = svg('image', {});
  #thumb = svg('svg', { class: 'thumb', 'aria-hidden': 'true', preserveAspectRatio: 'xMidYMin slice' }, this.#image);
  button = h('button', { type: 'button', class: 'step', 'aria-describedby': 'step-keys' }, this.#number, this.#thumb, this.#title);
  element = h('li', {}, this.button);

  /** @param {string} uid */
  constructor(uid) {
    this.uid = uid;
    this.element.dataset.step = uid;
    this.button.dataset.focus = `step ${uid}`;
  }

  /** @param {Step} step @param {number} number @param {Session} session */
  tell(step, number, session) {
    say(this.#number, String(number));
    say(this.#title, step.title || 'Untitled step');
    const current = step.uid === session.step;
    attribute(this.button, 'aria-current', current ? 'step' : null);
    attribute(this.button, 'aria-pressed', session.isChosen(step.uid) ? 'true' : null);
    // One stop of the Tab key for all steps; arrow keys go from one to another.
    attribute(this.button, 'tabindex', current ? '0' : '-1');
    const scene = step.scenes[0];
    const picture = scene && scene.picture !== null && session.guide.outline.pictures[scene.picture];
    this.#thumb.classList.toggle('empty', !picture);
    if (!picture) return void attribute(this.#image, 'href', null);
    const shown = scene.crop || { x: 0, y: 0, w: picture.width, h: picture.height };
    attribute(this.#thumb, 'viewBox', `${shown.x} ${shown.y} ${shown.w} ${shown.h}`);
    attribute(this.#image, 'href', session.api.picture(picture.hash));
    attribute(this.#image, 'width', picture.width);
    attribute(this.#image, 'height', picture.height);
  }
}

export class Steps {
  #list = h('div', { class: 'step-list' });
  #line = h('div', { class: 'insertion', hidden: true });
  #keys = h('p', { id: 'step-keys', class: 'hidden' }, 'Up and down arrow go to other steps; with Shift they select several; with Alt they move what is selected. Delete deletes it.');
  #file = h('input', { type: 'file', accept: ACCEPT, multiple: true, hidden: true, 'aria-label': 'Screenshots' });
  #dropWords = h('span', {});
  #drop = h('button', { type: 'button', class: 'drop-zone', 'data-focus': 'drop' }, icon('picture'), this.#dropWords);
  #excerpt = h('span', {});
  #introduction = h('button', { type: 'button', class: 'list-part', 'data-focus': 'introduction' }, h('b', {}, 'Introduction'), this.#excerpt);
  #chapter = iconButton('chapter', 'Begin a chapter at this step', { 'data-focus': 'chapter' });
  #add = h('button', { type: 'button', class: 'quiet', 'data-focus': 'add-step' }, icon('add'), 'Step');
  #copy = iconButton('copy', 'Duplicate step', { 'data-focus': 'duplicate' });
  #delete = iconButton('bin', 'Delete step', { 'data-focus': 'delete' });
  #up = iconButton('up', 'Move step up', { 'data-focus': 'step-up' });
  #down = iconButton('down', 'Move step down', { 'data-focus': 'step-down' });
  element = h('nav', { class: 'steps', 'aria-label': 'Steps' },
    h('div', { class: 'step-scroll' }, this.#introduction, this.#list, this.#line, this.#keys, this.#drop, this.#file),
    h('div', { class: 'step-tools', role: 'toolbar', 'aria-label': 'Selected step' }, this.#add, this.#chapter, this.#copy, this.#up, this.#down, this.#delete));
  /** @type {Map<string, Item>} */
  #items = new Map();
  /** @type {Map<string, {section: HTMLElement, heading: HTMLElement, list: HTMLElement}>} */
  #chapters = new Map();
  #shown = '';

  /** @param {Session} session @param {import('./actions.js').Actions} actions @param {AbortSignal} signal */
  constructor(session, actions, signal) {
    this.session = session;
    this.actions = actions;
    this.signal = signal;
    session.listen(() => this.update(), signal);
    const on = (/** @type {Element} */ at, /** @type {() => void} */ call) => at.addEventListener('click', call, { signal });
    on(this.#add, () => actions.addStep());
    on(this.#chapter, () => actions.beginChapter());
    on(this.#introduction, () => actions.openIntroduction());
    on(this.#copy, () => actions.duplicate());
    on(this.#delete, () => actions.deleteStep());
    on(this.#up, () => actions.moveStep(-1));
    on(this.#down, () => actions.moveStep(1));
    on(this.#drop, () => this.#file.click());
    this.#file.addEventListener('change', () => {
      actions.addPictures([...(this.#file.files || [])], false);
      this.#file.value = '';
    }, { signal });
    this.#list.addEventListener('click', (event) => {
      const uid = this.#at(event);
      if (!uid) return;
      if (event.shiftKey) session.extendTo(uid);
      else if (event.ctrlKey || event.metaKey) session.toggle(uid);
      else session.go(uid);
    }, { signal });
    this.#list.addEventListener('pointerdown', (event) => this.#press(event), { signal });
  }

  /** A button of another part, behind the one that adds a step. @param {Element} button */
  place(button) {
    this.#add.after(button);
  }

  /** @param {Event} event */
  #at(event) {
    return /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-step]'))?.dataset.step;
  }

  /** @param {string} uid */
  focus(uid) {
    this.#items.get(uid)?.button.focus();
  }

  update() {
    const { steps } = this.session.guide.outline;
    const items = keep(this.#items, steps.map(({ uid }) => uid), (uid) => new Item(uid));
    items.forEach((item, at) => item.tell(steps[at], at + 1, this.session));
    this.#arrange(steps, items);
    const { index, chosen } = this.session;
    this.#tellChosen(chosen.length);
    attribute(this.#up, 'aria-disabled', String(index === 0));
    attribute(this.#down, 'aria-disabled', String(index >= steps.length - 1));
    attribute(this.#delete, 'aria-disabled', String(steps.length <= 1));
    attribute(this.#chapter, 'aria-disabled', String(steps.length === 0));
    this.#tellIntroduction();
    attribute(this.#copy, 'aria-disabled', String(steps.length === 0));
    say(this.#dropWords, steps.length ? 'New steps: drop or choose screenshots' : 'Drop or choose screenshots: a step each');
    if (this.#shown !== this.session.step) {
      this.#shown = this.session.step;
      this.#items.get(this.session.step)?.element.scrollIntoView({ block: 'nearest' });
    }
  }

  /** @param {number} chosen */
  #tellChosen(chosen) {
    const what = chosen > 1 ? `${chosen} steps` : 'step';
    /** @type {[HTMLElement, string][]} */
    const named = [[this.#copy, `Duplicate ${what}`], [this.#delete, `Delete ${what}`], [this.#up, `Move ${what} up`], [this.#down, `Move ${what} down`]];
    for (const [button, name] of named) {
      attribute(button, 'aria-label', name);
      attribute(button, 'title', name);
    }
  }

  #tellIntroduction() {
    const [first] = this.session.guide.outline.sections;
    const text = first?.kind === 'text' ? first.markdown : '';
    say(this.#excerpt, ` ${text.slice(0, 120).replace(/\s+/g, ' ').trim() || 'none yet'}`);
  }

  /** A list for each run of steps of one chapter. @param {Step[]} steps @param {Item[]} items */
  #arrange(steps, items) {
    /** @type {{title: string | null, from: number, items: Item[]}[]} */
    const groups = [];
    steps.forEach(({ chapter }, at) => {
      const last = groups[groups.length - 1];
      if (last && last.title === chapter) last.items.push(items[at]);
      else groups.push({ title: chapter, from: at + 1, items: [items[at]] });
    });
    const made = keep(this.#chapters, groups.map((group, at) => `${at} ${group.title}`), () => {
      const heading = h('button', { type: 'button', class: 'list-chapter', title: 'Name, move or remove the chapter' });
      const list = h('ol', {});
      heading.addEventListener('click', () => this.actions.openChapter(heading.textContent || ''), { signal: this.signal });
      return { section: h('section', {}, h('h2', {}, heading), list), heading, list };
    });
    made.forEach(({ heading, list }, at) => {
      say(heading, groups[at].title || '');
      if (heading.parentElement) heading.parentElement.hidden = !groups[at].title;
      attribute(list, 'start', groups[at].from);
      attribute(list, 'aria-label', groups[at].title || 'Steps');
      arrange(list, groups[at].items.map((item) => item.element));
    });
    arrange(this.#list, made.map(({ section }) => section));
  }

  /** A step is dragged to another place. @param {PointerEvent} event */
  #press(event) {
    const uid = this.#at(event);
    const item = uid && this.#items.get(uid);
    if (!item || event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey) return;
    // A finger scrolls the list; it drags by the number.
    if (event.pointerType === 'touch' && !/** @type {Element} */ (event.target).closest('.step-number')) return;
    const { steps } = this.session.guide.outline;
    const dragged = this.session.isChosen(item.uid) ? this.session.chosen : [item.uid];
    const rows = steps.filter((step) => !dragged.includes(step.uid)).map((step) => /** @type {Item} */ (this.#items.get(step.uid)).element);
    const moving = dragged.map((each) => /** @type {Item} */ (this.#items.get(each)).element);
    const scroll = /** @type {HTMLElement} */ (this.element.firstElementChild);
    let gap = -1;
    track(event, item.button, {
      move: (_dx, dy, { clientY }) => {
        for (const each of moving) {
          each.classList.add('dragged');
          each.style.setProperty('--dragged', `${dy}px`);
        }
        this.#pull(scroll, clientY);
        gap = rows.filter((row) => { const { top, height } = row.getBoundingClientRect(); return clientY > top + height / 2; }).length;
        this.#insert(rows, gap, scroll);
      },
      end: (done, moved) => {
        moving.forEach((each) => each.classList.remove('dragged'));
        this.#line.hidden = true;
        if (moved) addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true, signal: AbortSignal.timeout(50) });
        if (!done || gap < 0) return;
        if (dragged.length > 1) this.actions.moveStepsTo(dragged, gap);
        else if (gap !== steps.findIndex((step) => step.uid === uid)) this.actions.moveStepTo(item.uid, gap);
      },
    }, this.signal);
  }

  /** Scrolls while the pointer is at an edge. @param {HTMLElement} scroll @param {number} y */
  #pull(scroll, y) {
    const { top, bottom } = scroll.getBoundingClientRect();
    if (y < top + 40) scroll.scrollTop -= 12;
    if (y > bottom - 40) scroll.scrollTop += 12;
  }

  /** @param {HTMLElement[]} rows @param {number} gap @param {HTMLElement} scroll */
  #insert(rows, gap, scroll) {
    const row = rows[Math.min(gap, rows.length - 1)];
    if (!row) return;
    const { top, bottom } = row.getBoundingClientRect();
    const y = (gap < rows.length ? top : bottom) - scroll.getBoundingClientRect().top + scroll.scrollTop;
    this.#line.hidden = false;
    this.#line.style.transform = `translateY(${y}px)`;
  }
}
