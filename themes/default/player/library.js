/** The library: search, filters, keyboard. */
import {buildIndex, search} from './search.js';

/** @template {Element} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));
const field = /** @type {HTMLInputElement | null} */ (document.querySelector('.search input'));
const groups = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.group'))];
const cards = groups.flatMap((group) => [.../** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll('li'))].map((item) => ({
  item,
  group,
  title: item.querySelector('b')?.textContent || '',
  app: group.dataset.app || '',
  tags: (item.dataset.tags || '').split('|').filter(Boolean),
})));
/** @type {import('./search.js').Index | undefined} */
let index;
const chosen = { app: '', tag: '' };

/** Shows what fits the query and the filters. */
function show() {
  const query = field?.value.trim() || '';
  index ||= query ? buildIndex(cards, JSON.parse(find('#gm-search').textContent || '{}')) : undefined;
  const order = query && index ? search(index, query) : cards.keys();
  const fits = [...order].map((at) => cards[at])
    .filter(({ app, tags }) => (!chosen.app || app === chosen.app) && (!chosen.tag || tags.includes(chosen.tag)));
  const results = /** @type {HTMLElement} */ (find('.results'));
  results.hidden = !query;
  fill(results, query ? fits.map(({ item }) => item) : []);
  for (const group of groups) {
    const own = query ? [] : fits.filter((card) => card.group === group);
    group.hidden = !own.length;
    if (!query) group.querySelector('.cards')?.replaceChildren(...own.map(({ item }) => item));
  }
  /** @type {HTMLElement} */ (find('section.empty')).hidden = fits.length > 0;
  const narrowed = query || chosen.app || chosen.tag;
  find('.status').textContent = narrowed ? (document.body.dataset.found || '').replace('{count}', String(fits.length)) : '';
  remember(query);
}

/** Cards that are put into the page at once. */
const PART = 60;
let turn = 0;

/** Shows the first cards at once and the others a few a frame, so that typing never waits. @param {HTMLElement} list @param {HTMLElement[]} items */
function fill(list, items) {
  const mine = (turn += 1);
  const more = (/** @type {number} */ from) => {
    if (mine !== turn) return;
    list.append(...items.slice(from, from + PART));
    if (from + PART < items.length) requestAnimationFrame(() => more(from + PART));
  };
  list.replaceChildren();
  more(0);
}

/** Keeps the choice in the address, so that a link brings it back. @param {string} query */
function remember(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: query, ...chosen })) if (value) parameters.set(name, value);
  try {
    history.replaceState(null, '', `${location.pathname}${parameters.size ? '?' : ''}${parameters}`);
  } catch {
    // A sandboxed frame has no address of its own.
  }
}

/** @param {'app' | 'tag'} name @param {string} value */
function choose(name, value) {
  chosen[name] = value;
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(`[data-filter="${name}"] button`))) {
    button.setAttribute('aria-pressed', String(button.value === value));
  }
}

/** @param {HTMLInputElement} field */
function wakeFind(field) {
  field.addEventListener('input', show);
  for (const filter of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.filters'))) {
    const name = filter.dataset.filter === 'app' ? 'app' : 'tag';
    filter.addEventListener('click', ({ target }) => {
      const button = target instanceof Element && target.closest('button');
      if (!button) return;
      choose(name, chosen[name] === button.value ? '' : button.value);
      show();
    });
  }
  find('section.empty button').addEventListener('click', () => {
    clear(field);
    field.focus();
  });
}

/** @param {HTMLInputElement} field */
function clear(field) {
  field.value = '';
  choose('app', '');
  choose('tag', '');
  show();
}

/** `/` searches, Escape clears, arrows walk over the cards. @param {KeyboardEvent} event */
function press(event) {
  const { key, target } = event;
  if (!field || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = target === field;
  if (key === '/' && !typing) field.focus();
  else if (key === 'Escape' && (typing || field.value)) clear(field);
  else if (key === 'Enter' && typing && field.value) linksShown()[0]?.click();
  else if (key.startsWith('Arrow') && (key === 'ArrowDown' || !typing)) return walk(event, typing);
  else return;
  event.preventDefault();
}

const linksShown = () => [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.cards a'))].filter((link) => link.checkVisibility());

/** @param {KeyboardEvent} event @param {boolean} typing */
function walk(event, typing) {
  const links = linksShown();
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0 && !typing) return;
  const back = document.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  const next = typing ? 0 : at + (event.key === 'ArrowUp' || event.key === back ? -1 : 1);
  if (next < 0) field?.focus();
  else links[next]?.focus();
  event.preventDefault();
}

if (location.protocol === 'file:') {
  for (const link of linksShown()) link.setAttribute('href', `${link.getAttribute('href')}index.html`);
}
if (field) {
  wakeFind(field);
  document.addEventListener('keydown', press);
  const asked = new URLSearchParams(location.search);
  field.value = asked.get('q') || '';
  choose('app', asked.get('app') || '');
  choose('tag', asked.get('tag') || '');
  if (field.value || chosen.app || chosen.tag) show();
}
