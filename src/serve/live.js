/** Keeps a served page as the files are: it changes in place, and tells what is wrong. Never in what `build` writes. */
(() => {
  'use strict';
  const EVENTS = '/.guidemark/events';
  const GUIDES = '/.guidemark/guides/';
  const mark = document.currentScript;
  const listen = EventTarget.prototype.addEventListener;

  /** What the page's own modules hear on the document and the window, taken back before they run again. */
  const ears = [];
  for (const target of [document, window]) {
    target.addEventListener = function (...heard) {
      ears.push([this || window, heard]);
      return listen.apply(this || window, heard);
    };
  }
  const deafen = () => ears.splice(0).forEach(([target, heard]) => target.removeEventListener(...heard));

  /** What a style is fetched as. */
  const DATA = 'text/x-style';
  const style = (from) => [...from.querySelectorAll(`head style, head script[type="${DATA}"]`)].map((each) => each.textContent).join('\n');
  const modules = (from) => [...from.querySelectorAll('script[type=module]')].map((each) => each.textContent);
  /** The policy without the hashes of styles: those come in another way. */
  const policy = (from) => (from.querySelector('meta[http-equiv=Content-Security-Policy]')?.content || '').replace(/style-src [^;]*/, '');
  const own = (from) => from.querySelector('meta[name=guidemark-version]');

  let version = own(document)?.content || '';
  /** The page as it was served last, its version blanked: its text, and read. @type {{text: string, page: Document} | null} */
  let known = null;
  let dress = style(document);
  /** Whoever writes a guide is no reader to be counted. */
  const unwatch = (from) => from.querySelectorAll('[data-beacon]').forEach((each) => each.removeAttribute('data-beacon'));
  const player = () => document.querySelector('guidemark-player');

  /** Where the reader is. */
  function place() {
    const stage = player();
    const active = document.activeElement;
    const steps = [...document.querySelectorAll('.step[id], article [id]')];
    const top = steps.find((each) => each.getBoundingClientRect().bottom > 0);
    return {
      x: scrollX,
      y: scrollY,
      anchor: scrollY && top ? { id: top.id, top: top.getBoundingClientRect().top } : null,
      state: stage?.getAttribute('state'),
      step: Number(stage?.getAttribute('step')),
      within: !!stage && stage.contains(active),
      focus: active?.id || '',
      open: [...document.querySelectorAll('details')].map((each) => each.open),
      typed: [...document.querySelectorAll('input')].map((each) => each.value),
    };
  }

  /** Puts the stage where it was, at rest: nothing moves because a file was saved. */
  function restep({ state, step, within }) {
    const stage = player();
    if (!stage || !state || state === 'cover' || typeof stage.seek !== 'function' || !stage.total) return;
    const at = Math.min(step, stage.total);
    stage.go(at);
    if (state === 'playing') {
      stage.seek(at, 0);
      stage.play();
    } else {
      stage.seek(at, stage.duration(at));
      if (state === 'ended') {
        // The last step may have several texts.
        while (stage.state !== 'ended') stage.next();
      }
    }
    for (const motion of stage.getAnimations({ subtree: true })) {
      if (motion.playState !== 'paused') continue;
      if (motion.effect?.getComputedTiming().endTime === Infinity) motion.play();
      else motion.finish();
    }
    if (within) (stage.querySelector('.gm-card') || stage).focus({ preventScroll: true });
  }

  function rescroll({ x, y, anchor }) {
    const found = anchor && document.getElementById(anchor.id);
    const down = found ? scrollY + found.getBoundingClientRect().top - anchor.top : y;
    scrollTo({ left: x, top: down, behavior: 'instant' });
  }

  /** Pictures that are shown already stay: they need not be decoded again. */
  function keepPictures(body) {
    const shown = new Map();
    const href = (each) => each.getAttribute('href') || each.getAttribute('src') || '';
    for (const each of document.querySelectorAll('body image, body img')) if (href(each).startsWith('data:')) shown.set(href(each), each);
    for (const each of body.querySelectorAll('image, img')) {
      const old = shown.get(href(each));
      if (!old || old.localName !== each.localName) continue;
      shown.delete(href(each));
      for (const { name } of [...old.attributes]) if (!each.hasAttribute(name)) old.removeAttribute(name);
      for (const { name, value } of each.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      each.replaceWith(old);
    }
  }

  /** Copies attributes that differ. */
  function retag(element, after) {
    for (const { name, value } of after.attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  /** What stays in a document: modules run once and go. */
  const lasting = (parent) => [...parent.childNodes].filter(({ localName, type }) => localName !== 'script' || (type && type !== 'module'));
  const alike = (some, others) => some.length === others.length && some.every(({ nodeName }, index) => nodeName === others[index].nodeName);
  const PROSE = 'a,b,blockquote,br,code,del,em,hr,i,ins,kbd,li,mark,ol,p,s,span,strong,sub,sup,ul';
  const isProse = (parent) => [...parent.querySelectorAll('*')].every((each) => each.matches(PROSE));

  /** What modules may have read when they ran. The data for search engines is none of it. */
  const READ = 'script:not([type="application/ld+json"]), template, input, select';

  /**
   * Lists what makes `here`, which came from `before`, into `after`, where texts, attributes and prose are all that differs.
   * What scripts have made of `here` stays.
   * @returns {boolean} `false`: it takes more than that.
   */
  function differences(before, after, here, todo) {
    if (before.isEqualNode(after)) return true;
    if (before.nodeType !== 1) {
      todo.push({ at: here, run: () => { here.data = after.data; } });
      return true;
    }
    if (before.matches(READ) && !here.closest('guidemark-player')) return false;
    // Something else was made of it.
    if (before.localName === 'textarea' && here.value !== before.value) return false;
    for (const { name } of [...before.attributes, ...after.attributes]) {
      const value = after.getAttribute(name);
      if (before.getAttribute(name) === value || here.getAttribute(name) === value) continue;
      todo.push({ at: here, run: () => (value === null ? here.removeAttribute(name) : here.setAttribute(name, value)) });
    }
    const [old, next, now] = [before, after, here].map(lasting);
    if (alike(old, next) && alike(old, now)) return old.every((each, index) => differences(each, next[index], now[index], todo));
    if (!isProse(before) || !isProse(after) || !before.isEqualNode(here)) return false;
    todo.push({ at: here, run: () => here.replaceChildren(...document.importNode(after, true).childNodes) });
    return true;
  }

  /** Changes what differs in a guide and nothing else, if it is little enough. The library's modules have read all of their page. @returns {boolean} Whether it was. */
  function patch(before, after) {
    const todo = [];
    const stage = player();
    if (!stage || !differences(before.body, after.body, document.body, todo)) return false;
    const here = place();
    todo.forEach(({ run }) => run());
    unwatch(document);
    if (todo.some(({ at }) => stage.contains(at))) {
      // It reads what it plays when it is put into a page. Really taken out and put back, all of it would be laid out anew.
      stage.disconnectedCallback?.();
      stage.connectedCallback?.();
    }
    restep(here);
    rescroll(here);
    return true;
  }

  /** Makes this document the one that was fetched. */
  function change(after) {
    document.title = after.title;
    retag(document.documentElement, after.documentElement);
    redress(after);
    if (!known || !patch(known.page, after)) replace(after);
  }

  function redress(after) {
    const looks = style(after);
    if (looks !== dress) {
      // A policy that names the hash of the old style lets no other in, but the page's own script may set one.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(looks);
      document.querySelectorAll('head style').forEach((each) => { each.sheet.disabled = true; });
      document.adoptedStyleSheets = [sheet];
      dress = looks;
    }
  }

  /** Takes another page's body, and runs its modules again. */
  function replace(after) {
    const here = place();
    const scripts = modules(after);
    deafen();
    retag(document.body, after.body);
    const body = document.importNode(after.body, true);
    body.querySelectorAll('script[type=module], script:not([type])').forEach((each) => each.remove());
    keepPictures(body);
    unwatch(body);
    document.body.replaceChildren(...body.childNodes);
    document.querySelectorAll('details').forEach((each, index) => { each.open = !!here.open[index]; });
    for (const text of scripts) {
      const script = document.createElement('script');
      script.type = 'module';
      script.textContent = text;
      document.body.append(script);
    }
    restep(here);
    rescroll(here);
    if (!here.within && here.focus) document.getElementById(here.focus)?.focus({ preventScroll: true });
    // Once its modules have run.
    requestAnimationFrame(() => {
      document.querySelectorAll('input').forEach((each, index) => {
        if (!here.typed[index] || each.value === here.typed[index]) return;
        each.value = here.typed[index];
        each.dispatchEvent(new Event('input', { bubbles: true }));
      });
      rescroll(here);
    });
  }

  let busy = false;
  let wanted = version;

  /** Reads a page. */
  function read(text) {
    // As data: the policy of this page knows the hash of another style, and would object even here.
    const [head, ...rest] = text.split('</head>');
    const data = head.replace(/<style(?=[\s>])/gi, `<script type="${DATA}"`).replace(/<\/style(?=[\s>])/gi, '</scr' + 'ipt');
    const page = new DOMParser().parseFromString([data, ...rest].join('</head>'), 'text/html');
    // What the page draws when it comes near is drawn at once here: a change would have to find it otherwise.
    page.querySelectorAll('noscript.later').forEach((each) => each.replaceWith(...each.childNodes));
    return page;
  }

  /** What a text becomes by changes in its order. @param {string} text @param {{keep: number, drop: number, text: string}[]} changes */
  function changed(text, changes) {
    let at = 0;
    const parts = changes.map((change) => {
      const unchanged = text.slice(at, at + change.keep);
      at += change.keep + change.drop;
      return unchanged + change.text;
    });
    return parts.join('') + text.slice(at);
  }

  /** Shows a page. @returns {boolean} Whether it can be shown without loading it anew. */
  function show(next, its) {
    const after = next.page;
    // Other scripts, or a page instead of none: what runs already can't be taken back.
    const other = modules(after).join('\n') !== modules(document).join('\n') || policy(after) !== policy(document);
    if (!own(after) || other) return false;
    version = its;
    dispatchEvent(new Event('beforeprint'));
    change(after);
    known = next;
    return true;
  }

  async function load() {
    const answer = await fetch(location.pathname + location.search, { cache: 'no-store' });
    const text = await answer.text();
    const page = read(text);
    const its = own(page)?.content;
    // The version stands once in the text, in the way of what the next one has in common with it.
    return { its, next: { text: its ? text.replace(its, '0'.repeat(its.length)) : text, page } };
  }

  /** Gets to know the page's source while no user waits, so that the first change is as quick as the others. */
  async function learn() {
    if (known || !version) return;
    const { its, next } = await load();
    if (!known && its === version) known = next;
  }

  /** Fetches the page until it is the one that is wanted. */
  async function follow() {
    if (busy) return;
    busy = true;
    try {
      while (wanted !== version) {
        const aim = wanted;
        const { its, next } = await load();
        if (its === undefined || (its !== version && !show(next, its))) return void location.reload();
        if (wanted === aim) wanted = version;
      }
    } catch {
      // The server has gone; when it is back it tells the version again.
    } finally {
      busy = false;
    }
  }

  const LOOKS = `
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; box-sizing: border-box;
      padding: 16px 24px 20px; font: 14px/1.5 system-ui, sans-serif; color: #1c1b1f; background: #fff; border-top: 3px solid #c62828;
      box-shadow: 0 -8px 32px rgb(0 0 0 / .18); color-scheme: light dark; }
    header { display: flex; align-items: center; gap: 12px; }
    h2 { flex: 1; margin: 0; font-size: 15px; font-weight: 650; }
    button { font: inherit; padding: 2px 12px; border: 1px solid currentColor; border-radius: 6px; background: none; color: inherit; cursor: pointer; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { margin-top: 12px; padding-top: 12px; border-top: 1px solid rgb(128 128 128 / .25); overflow-wrap: anywhere; }
    b { color: #b3261e; font-weight: 650; }
    b.warning { color: #8a5a00; }
    p { margin: 2px 0 0; }
    a { color: #3a4bd8; }
    code { font: .93em ui-monospace, monospace; padding: 0 3px; border-radius: 3px; background: rgb(128 128 128 / .16); }
    pre { margin: 6px 0; padding: 6px 10px; overflow-x: auto; border-radius: 6px; background: rgb(128 128 128 / .12);
      font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; tab-size: 4; }
    pre small { opacity: .7; }
    mark { color: inherit; background: rgb(198 40 40 / .16); border-bottom: 2px solid #c62828; }
    .help { opacity: .8; }
    @media (prefers-color-scheme: dark) {
      section { color: #e8e6ea; background: #201f24; }
      b { color: #ff8a80; } b.warning { color: #ffc65c; } a { color: #aab4ff; }
    }
    @media print { section { display: none; } }`;

  /** @type {HTMLElement | null} */
  let panel = null;
  let shown = '';

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  /** A message with its values, which stand in backticks. */
  const words = (text) => text.split('`').map((part, index) => (index % 2 ? make('code', {}, part) : part));

  /** The line of a finding with its number, the place marked. */
  const quoted = (line, { text, from, to }) => make('pre', {},
    make('small', {}, `${line}  `), text.slice(0, from), make('mark', {}, text.slice(from, to)), text.slice(to));

  /** A finding as the terminal tells it. */
  function finding(root, opener, { file, line, column, severity, code, message, help, excerpt }) {
    const at = line ? `:${line}:${column}` : '';
    const path = `${root}/${file}`.replace(/\\/g, '/').replace(/^\/*/, '/');
    const href = `${opener}://file${path.split('/').map(encodeURIComponent).join('/').replace(/%3A/g, ':')}${at}`;
    return make('li', {},
      make('div', {}, make('b', { className: severity }, `${severity}`), ' ', ...words(message), ' ', make('small', {}, `(${code})`)),
      make('p', {}, make('a', { href }, `${file}${at}`)),
      ...(excerpt ? [quoted(line, excerpt)] : []),
      ...(help ? [make('p', { className: 'help' }, 'help: ', ...words(help))] : []));
  }

  /** Shows what is wrong over the last good page, until it is fixed. */
  function tell({ root = '', opener = '', errors = 0, warnings = 0, found = [] }) {
    const text = JSON.stringify([errors, found]);
    if (text === shown) return;
    shown = text;
    panel?.remove();
    panel = null;
    // The editor lists what is wrong itself, below its preview.
    if (!errors || window.name === 'guidemark-preview') return;
    panel = document.createElement('guidemark-problems');
    const inside = panel.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOKS);
    inside.adoptedStyleSheets = [sheet];
    const many = (number, noun) => (number ? [`${number} ${noun}${number === 1 ? '' : 's'}`] : []);
    const title = [...many(errors, 'error'), ...many(warnings, 'warning')].join(', ');
    const hide = make('button', { type: 'button' }, 'Hide');
    const more = errors + warnings - found.length;
    hide.onclick = () => panel?.remove();
    inside.append(make('section', { role: 'alert', ariaLabel: title },
      make('header', {}, make('h2', {}, title), hide),
      make('ol', {}, ...found.map((each) => finding(root, opener, each))),
      ...(more > 0 ? [make('p', {}, `and ${more} more`)] : [])));
    document.documentElement.append(panel);
  }

  const PILL = `
    :host { all: initial; }
    a { position: fixed; right: 20px; bottom: 20px; z-index: 2147483646; padding: 0 18px; font: 600 14px/44px system-ui, sans-serif;
      color: #fff; background: #27262b; border-radius: 22px; text-decoration: none; box-shadow: 0 0 0 1px rgb(255 255 255 / .25), 0 4px 16px rgb(0 0 0 / .3); }
    a:hover { background: #3b3943; }
    a:focus-visible { outline: 3px solid #7d8bff; outline-offset: 2px; }
    /* The editor needs more room, and the pill would lie on what the page looks like on a phone. */
    @media (max-width: 900px) { a { display: none; } }
    @media print { a { display: none; } }`;

  let offered = false;

  /** The way to the editor, for the user who started the server: of a guide at the step that is shown, of the library to the list of all guides. */
  function offer() {
    const slug = player()?.getAttribute('guide');
    const library = !slug && location.pathname === '/';
    if (offered || !(slug || library) || self !== top || self.origin === 'null') return;
    offered = true;
    const pill = document.createElement('guidemark-edit');
    const inside = pill.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(PILL);
    inside.adoptedStyleSheets = [sheet];
    const link = slug ? make('a', { ariaLabel: 'Edit this guide' }, 'Edit') : make('a', { href: GUIDES }, 'Edit guides');
    const aim = () => {
      if (!slug) return;
      const stage = player();
      const shown = stage && stage.getAttribute('state') !== 'cover' ? location.hash : '';
      link.href = `/.guidemark/edit/${encodeURIComponent(slug)}/${shown}`;
    };
    aim();
    listen.call(link, 'pointerdown', aim);
    listen.call(link, 'focus', aim);
    listen.call(link, 'click', aim);
    inside.append(link);
    document.documentElement.append(pill);
  }

  /** @type {EventSource | null} */
  let source = null;

  /** A page that no reader sees needs no news, and a browser has few connections to one server. */
  function tune() {
    if (document.hidden || self.origin === 'null') {
      source?.close();
      source = null;
    } else if (!source || source.readyState === 2) {
      source = new EventSource(`${EVENTS}?page=${encodeURIComponent(location.pathname)}`);
      source.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        wanted = message.version;
        const { from, changes } = message.change || {};
        if (known && !busy && from && from === version) {
          const whole = changed(known.text, changes);
          const page = read(whole);
          if (!show({ text: whole, page }, wanted)) location.reload();
        } else {
          follow();
        }
        tell(message.problems);
        if (message.author) offer();
      };
    }
  }
  listen.call(document, 'visibilitychange', tune);
  listen.call(window, 'pageshow', tune);
  listen.call(window, 'pagehide', () => { source?.close(); source = null; });
  mark?.remove();
  unwatch(document);
  tune();
  listen.call(window, 'load', () => (self.requestIdleCallback || setTimeout)(() => learn().catch(() => {})));
})();
