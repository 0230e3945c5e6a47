/**
 * What a page tells while the user works in it, and how its elements are found. Runs in a world of its own in every frame: the
 * page's scripts see nothing of it. It only listens: it never stops, delays or makes an event, but while the user is asked to
 * point at an element.
 */
(() => {
  /**
   * @typedef {{x: number, y: number, w: number, h: number}} Box
   * @typedef {{role: string, name: string}} Named
   * @typedef {{role?: string, name?: string, scopes?: Named[], under?: string, way?: string, text?: string, nth?: number, other?: [string, string]}} Anchor
   */
  const world = /** @type {any} */ (globalThis);
  if (world.guidemark) return;

  // Elements may have children that are named as their own methods: these are asked of the prototype.
  /** @param {Element} el @param {string} selector @returns {boolean} */
  const is = (el, selector) => Element.prototype.matches.call(el, selector);
  /** @param {Element} el @param {string} name @returns {string} */
  const attr = (el, name) => Element.prototype.getAttribute.call(el, name) || '';
  /** @param {Element} el @returns {DOMRect} */
  const rect = (el) => Element.prototype.getBoundingClientRect.call(el);
  const parentOf = Object.getOwnPropertyDescriptor(Node.prototype, 'parentNode')?.get;
  /** The parent, out of a shadow tree too. @param {Node} node @returns {Element | null} */
  const up = (node) => {
    const parent = parentOf?.call(node);
    return parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
  };
  /** @param {Element} el @returns {any} */
  const loose = (el) => el;

  // ---- Texts ----

  const MODIFIERS = 'ctrl|control|alt|shift|cmd|command|meta|option|win';
  const SHORTCUT = new RegExp(`^[([,]*(?:(?:${MODIFIERS})\\+)+\\S+$|^[([]?[⌘⌃⌥⇧]+.{0,6}$`, 'i');
  const ICONS = /[\ue000-\uf8ff\u200b-\u200f\ufeff\u00ad]|[\udb80-\udbff][\udc00-\udfff]/g;

  /** As `clean` of the anchors: what of a name is the same from one day to the next. @param {string} name */
  function clean(name) {
    const words = name.replace(ICONS, '').split(/\s+/).filter((word) => word && !SHORTCUT.test(word));
    const line = words.join(' ');
    return line.replace(/[*:：\s]+$/, '') || line;
  }

  /** @param {string} text @param {number} most */
  const short = (text, most) => (text.length > most ? text.slice(0, most) : text);

  /** Whether a name is the one that is written; a `…` at the end means that it begins so. @param {string} written @param {string} name */
  function sameName(written, name) {
    if (written.endsWith('…')) {
      const begin = clean(written.slice(0, -1));
      return name.startsWith(begin) || name === clean(written);
    }
    return name === clean(written);
  }

  // ---- Secrets ----

  const KEYS = [
    /eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk[-_]|pk[-_]|rk[-_]|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|hf_|dop_v1_|dstok_)[\w-]{12,}/g,
    /\b[a-z]{2,10}_(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9][\w-]{23,}/g,
    /\b(?:\d[ -]?){13,19}\b/g,
  ];
  /** @param {string} digits */
  function isCard(digits) {
    const plain = digits.replace(/\D/g, '');
    if (plain.length < 13 || plain.length > 19 || /^(\d)\1+$/.test(plain)) return false;
    let sum = 0;
    for (let at = 0; at < plain.length; at += 1) {
      const digit = Number(plain[plain.length - 1 - at]);
      const twice = digit * 2;
      sum += at % 2 ? (twice > 9 ? twice - 9 : twice) : digit;
    }
    return sum % 10 === 0;
  }
  /** Where secrets stand in a text. @param {string} text @returns {[number, number][]} */
  function secretsIn(text) {
    if (text.length < 12) return [];
    return KEYS.flatMap((pattern, at) => [...text.matchAll(pattern)]
      .filter((found) => at < KEYS.length - 1 || isCard(found[0]))
      .map((found) => /** @type {[number, number]} */ ([found.index, found.index + found[0].trimEnd().length])));
  }
  /** What may be personal: proposed, not redacted. @type {[string, RegExp][]} */
  const DOUBTS = [
    // `shot@2x.png` is the name of a picture.
    ['email', /[\w.+-]+@(?!\dx\.)[\w-]+(?:\.[\w-]+)+/g],
    ['random', /\b(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{20,}\b|\b(?=[0-9a-f-]*\d)(?=[0-9a-f-]*[a-f])[0-9a-f]{8}[0-9a-f-]{16,}\b/g],
  ];
  /** A text without its secrets. @param {string} text */
  function masked(text) {
    let end = text;
    for (const [from, to] of secretsIn(text).sort((a, b) => b[0] - a[0])) end = `${end.slice(0, from)}••••${end.slice(to)}`;
    return end;
  }

  const SECRET_WORDS = /(?:^|[^a-z])(?:pass(?:word|code|phrase|wd)?|pwd|passwor[dt]|kennwort|contraseña|mot de passe|パスワード|token|secret|geheim(?:nis)?|api.?key|access.?key|private.?key|key|pin|otp|cvc|cvv)(?:$|[^a-z])/i;
  /** Fields that were passwords once: showing what was typed makes them texts. @type {WeakSet<Element>} */
  const passwords = new WeakSet();
  /** Whether what a field holds must not leave the page. @param {Element} el */
  function isSecret(el) {
    const type = loose(el).type;
    if (type === 'password') passwords.add(el);
    if (passwords.has(el)) return true;
    if (/password|one-time-code|cc-/.test(attr(el, 'autocomplete'))) return true;
    if (['checkbox', 'radio', 'button', 'submit', 'range', 'color', 'file', 'date'].includes(type) || el.localName === 'select') return false;
    const called = [attr(el, 'name'), attr(el, 'id'), attr(el, 'aria-label'), attr(el, 'placeholder'), labelText(el)];
    return called.some((text) => SECRET_WORDS.test(text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]/g, ' ')));
  }

  // ---- Roles and names ----

  /** @type {Record<string, string>} */
  const TAGS = {
    button: 'button', textarea: 'textbox', option: 'option', h1: 'heading', h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading',
    ul: 'list', ol: 'list', menu: 'list', li: 'listitem', nav: 'navigation', main: 'main', dialog: 'dialog', table: 'table', tr: 'row', td: 'cell', th: 'columnheader',
    img: 'img', fieldset: 'group', details: 'group', summary: 'button', article: 'article', aside: 'complementary', progress: 'progressbar', meter: 'meter',
    output: 'status', hr: 'separator', form: 'form', section: 'region', search: 'search',
  };
  /** @type {Record<string, string>} */
  const INPUTS = { checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox', button: 'button', submit: 'button', reset: 'button', image: 'button', file: 'button' };

  /** The role of ARIA. @param {Element} el */
  function roleOf(el) {
    const written = attr(el, 'role').trim().split(/\s+/)[0];
    if (written && written !== 'presentation' && written !== 'none' && written !== 'generic') return written;
    const tag = el.localName;
    if (tag === 'a' || tag === 'area') return el.hasAttribute('href') ? 'link' : '';
    if (tag === 'input') return INPUTS[loose(el).type] || (el.hasAttribute('list') ? 'combobox' : 'textbox');
    if (tag === 'select') return loose(el).multiple || loose(el).size > 1 ? 'listbox' : 'combobox';
    if (isEditable(el)) return 'textbox';
    return TAGS[tag] || '';
  }
  /** @param {Element} el */
  const isEditable = (el) => loose(el).isContentEditable === true && /^(|true|plaintext-only)$/i.test(attr(el, 'contenteditable')) && el.hasAttribute('contenteditable');
  /** @param {Element} el */
  const isTyped = (el) => el.localName === 'textarea' || (el.localName === 'input' && !['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'range', 'color', 'file', 'hidden'].includes(loose(el).type)) || isEditable(el);

  /** The role as an anchor writes it. @param {Element} el */
  function writtenRole(el) {
    const role = roleOf(el);
    if (isTyped(el) || ['textbox', 'searchbox', 'spinbutton'].includes(role)) return 'field';
    if (role === 'combobox' || role === 'listbox') return 'list';
    return role;
  }
  /** @param {string} wanted @param {Element} el */
  function hasRole(wanted, el) {
    const role = roleOf(el);
    if (wanted === role || wanted === writtenRole(el)) return true;
    if (wanted === 'field') return role === 'combobox' && isTyped(el);
    if (wanted === 'textbox' || wanted === 'searchbox') return writtenRole(el) === 'field';
    if (wanted === 'img' || wanted === 'image') return role === 'img' || role === 'image';
    if (wanted === 'cell' || wanted === 'gridcell') return role === 'cell' || role === 'gridcell';
    return false;
  }

  const FROM_CONTENT = new Set(['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'treeitem', 'heading', 'cell', 'gridcell', 'columnheader', 'rowheader', 'row', 'tooltip', 'listitem']);

  /** The text that is shown of an element. @param {Node} node @param {number} [depth] @returns {string} */
  function textOf(node, depth = 0) {
    if (node instanceof Text) return node.data;
    if (depth > 40 || !(node instanceof Element || node instanceof ShadowRoot)) return '';
    if (node instanceof Element) {
      if (is(node, 'script,style,noscript,template,svg title,[aria-hidden="true"]')) return '';
      if (node.localName === 'img') return ` ${attr(node, 'alt')} `;
      if (node.localName === 'svg') return ` ${attr(node, 'aria-label') || node.querySelector('title')?.textContent || ''} `;
      if (depth > 0 && is(node, 'select,textarea,input')) return ' ';
      if (depth > 0 && attr(node, 'aria-label')) return ` ${attr(node, 'aria-label')} `;
      if (depth > 0 && typeof node.checkVisibility === 'function' && !node.checkVisibility({ visibilityProperty: true })) return '';
    }
    const inner = node instanceof Element && node.shadowRoot ? [...node.shadowRoot.childNodes] : node instanceof HTMLSlotElement && node.assignedNodes().length ? node.assignedNodes() : [...node.childNodes];
    let text = '';
    for (const child of inner) {
      text += textOf(child, depth + 1);
      if (text.length > 600) break;
    }
    const block = node instanceof Element && !/^(a|b|i|em|strong|span|u|small|sub|sup|code|mark|kbd|label)$/.test(node.localName);
    return block ? ` ${text} ` : text;
  }
  /** @param {Element} el @returns {string} */
  function labelText(el) {
    const ids = attr(el, 'aria-labelledby').split(/\s+/).filter(Boolean);
    const root = /** @type {Document | ShadowRoot} */ (el.getRootNode());
    const by = ids.map((id) => root.getElementById?.(id)).filter(Boolean).map((other) => textOf(/** @type {Element} */ (other)));
    if (by.length) return by.join(' ');
    if (attr(el, 'aria-label')) return attr(el, 'aria-label');
    const labels = loose(el).labels;
    return labels?.length ? [...labels].map((label) => textOf(label)).join(' ') : '';
  }
  /** The accessible name, cleaned. @param {Element} el @returns {string} */
  function nameOf(el) {
    const role = roleOf(el);
    const tag = el.localName;
    let name = labelText(el);
    if (!name.trim() && tag === 'input' && ['button', 'submit', 'reset'].includes(loose(el).type)) name = loose(el).value || (loose(el).type === 'submit' ? 'Submit' : '');
    if (!name.trim() && (tag === 'img' || attr(el, 'alt'))) name = attr(el, 'alt');
    if (!name.trim() && tag === 'fieldset') name = textOfChild(el, 'legend');
    if (!name.trim() && tag === 'table') name = textOfChild(el, 'caption');
    if (!name.trim() && tag === 'details') name = textOfChild(el, 'summary');
    if (!name.trim() && FROM_CONTENT.has(role)) name = textOf(el);
    if (!name.trim() && (role === 'dialog' || role === 'alertdialog' || role === 'region')) name = textOfChild(el, 'h1,h2,h3,h4,[role=heading]', role !== 'region');
    if (!name.trim()) name = attr(el, 'title');
    if (!name.trim() && isTyped(el)) name = attr(el, 'placeholder');
    return clean(name);
  }
  /** @param {Element} el @param {string} selector @param {boolean} [deep] */
  function textOfChild(el, selector, deep = false) {
    const child = deep ? el.querySelector(selector) : [...el.children].find((each) => is(each, selector));
    return child ? textOf(child) : '';
  }

  // ---- Where things are ----

  /** @param {Element} el */
  function isVisible(el) {
    const { width, height } = rect(el);
    if (width <= 0 || height <= 0) return false;
    return typeof el.checkVisibility !== 'function' || el.checkVisibility({ visibilityProperty: true });
  }
  /** @param {DOMRect} r @returns {Box} */
  const boxed = (r) => ({ x: r.x, y: r.y, w: r.width, h: r.height });
  /** The part of an element that is shown; of a control that is drawn by its label, the label's. @param {Element} el @returns {Box} */
  function boxOf(el) {
    const own = rect(el);
    const label = loose(el).labels?.[0];
    const hidden = own.width < 4 || own.height < 4 || (is(el, 'input[type=checkbox],input[type=radio]') && getComputedStyle(el).opacity === '0');
    return boxed(hidden && label ? rect(label) : own);
  }

  const SCOPES = 'dialog,[role=dialog],[role=alertdialog],[role=menu],tr,[role=row],fieldset,[role=group],[role=region],section,table,[role=table],[role=grid],[role=tabpanel],[role=listitem],li,nav,form';
  /** Named things that an element lies in, the nearest first. @param {Element} el @returns {Named[]} */
  function scopesOf(el) {
    const found = [];
    for (let at = up(el); at && found.length < 4; at = up(at)) {
      if (!is(at, SCOPES)) continue;
      const role = roleOf(at);
      const name = role === 'row' ? rowName(at, el) : nameOf(at);
      if (role && name && name.length <= 80) found.push({ role, name: masked(name) });
    }
    return found;
  }
  /** A row is called by its header, else by its first cell with a text that is not the element's own. @param {Element} row @param {Element} [el] */
  function rowName(row, el) {
    const own = clean(labelText(row));
    if (own) return own;
    const cells = [...row.children].filter((cell) => !el || !cell.contains(el));
    const header = cells.find((cell) => is(cell, 'th,[role=rowheader]')) || cells.find((cell) => /\p{L}|\d/u.test(textOf(cell)));
    return header ? clean(textOf(header)) : '';
  }
  /** @param {Named} scope @param {Element} el */
  function liesIn(scope, el) {
    for (let at = up(el); at; at = up(at)) {
      if (!hasRole(scope.role, at)) continue;
      if (!scope.name) return true;
      const name = roleOf(at) === 'row' ? rowName(at, el) : nameOf(at);
      if (sameName(scope.name, masked(name)) || sameName(scope.name, masked(nameOf(at)))) return true;
    }
    return false;
  }
  const HEADINGS = 'h1,h2,h3,h4,h5,h6,[role=heading],legend,summary';
  /** The nearest heading, legend or summary before an element. @param {Element} el @returns {string} */
  function headingOf(el) {
    const root = /** @type {Document | ShadowRoot} */ (el.getRootNode());
    let last = '';
    for (const heading of root.querySelectorAll(HEADINGS)) {
      if (heading === el || heading.contains(el) || !(heading.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      // One that holds more headings behind it in another part of the page does not count for this one.
      const text = isVisible(heading) ? clean(textOf(heading)) : '';
      if (text) last = text;
    }
    return last.length <= 80 ? masked(last) : '';
  }

  // ---- Finding ----

  const MOST = 6000;
  /** All elements, those in open shadow trees too. @param {Document | ShadowRoot} root @param {string} selector @returns {Element[]} */
  function everything(root, selector) {
    const found = [...root.querySelectorAll(selector)];
    const hosts = [...root.querySelectorAll('*')].filter((el) => el.shadowRoot);
    return found.concat(hosts.flatMap((host) => everything(/** @type {ShadowRoot} */ (host.shadowRoot), selector))).slice(0, MOST);
  }
  /** Elements that may have a role. @param {string} role */
  function selectorFor(role) {
    /** @type {Record<string, string>} */
    const known = {
      field: 'input,textarea,[contenteditable],[role=textbox],[role=searchbox],[role=spinbutton],[role=combobox]',
      list: 'select,ul,ol,menu,[role=list],[role=combobox],[role=listbox]',
      combobox: 'select,input[list],[role=combobox]', textbox: 'input,textarea,[contenteditable],[role=textbox]',
      link: 'a[href],area[href],[role=link]', button: 'button,input,summary,[role=button]', checkbox: 'input,[role=checkbox]', radio: 'input,[role=radio]',
      slider: 'input,[role=slider]', spinbutton: 'input,[role=spinbutton]', searchbox: 'input,[role=searchbox]', cell: 'td,[role=cell],[role=gridcell]', gridcell: 'td,[role=cell],[role=gridcell]',
      image: 'img,[role=img],[role=image]', img: 'img,[role=img],[role=image]', listbox: 'select,[role=listbox]',
    };
    if (known[role]) return known[role];
    const tags = Object.keys(TAGS).filter((tag) => TAGS[tag] === role);
    return [...tags, `[role~="${CSS.escape(role)}"]`].join(',');
  }
  /** The visible elements that an anchor means, those of other frames aside. @param {Anchor} anchor @returns {Element[]} */
  function findAll(anchor) {
    const visible = (/** @type {Element} */ el) => isVisible(el) || Boolean(loose(el).labels?.[0] && isVisible(loose(el).labels[0]));
    /** @type {Element[]} */
    let found;
    if (anchor.other) return byEvidence(anchor.other, anchor.role || '').filter(visible);
    if (anchor.way) found = byText(anchor.way, anchor.text || '').filter(visible);
    else {
      const { role = '', name, scopes = [], under } = anchor;
      found = everything(document, selectorFor(role)).filter((el) => hasRole(role, el)
        && (!name || sameName(name, masked(nameOf(el)))) && visible(el)
        && scopes.every((scope) => liesIn(scope, el)) && (!under || sameName(under, headingOf(el))));
    }
    const nth = anchor.nth ? found[anchor.nth - 1] : undefined;
    return anchor.nth ? (nth ? [nth] : []) : found;
  }
  /** Elements that may show a text: those around the text nodes that begin it. @param {string} text @returns {Element[]} */
  function textsWith(text) {
    const word = clean(text).replace(/…$/, '').split(' ')[0].slice(0, 20);
    /** @type {Set<Element>} */
    const found = new Set();
    /** @param {Document | ShadowRoot} root */
    const look = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node instanceof Element) {
          if (node.shadowRoot) look(node.shadowRoot);
        } else if ((node.nodeValue || '').includes(word)) {
          let at = up(node);
          for (let depth = 0; at && depth < 4 && !is(at, 'html,body,script,style,noscript,template'); at = up(at), depth += 1) found.add(at);
        }
      }
    };
    look(document);
    return [...found];
  }
  /** @param {string} way @param {string} text @returns {Element[]} */
  function byText(way, text) {
    const wanted = (/** @type {string} */ other) => sameName(text, masked(clean(other)));
    switch (way) {
      case 'text': {
        const fits = textsWith(text).filter((el) => wanted(textOf(el)));
        return fits.filter((el) => !fits.some((other) => other !== el && el.contains(other)));
      }
      case 'label': return everything(document, 'input,select,textarea,button,[contenteditable],[role]').filter((el) => wanted(labelText(el)) || wanted(labelBeside(el)));
      case 'placeholder': return everything(document, '[placeholder]').filter((el) => wanted(attr(el, 'placeholder')));
      case 'title': return everything(document, '[title]').filter((el) => wanted(attr(el, 'title')));
      case 'testid': return everything(document, '[data-testid],[data-test-id],[data-test],[data-cy],[data-qa]').filter((el) => testId(el) === text);
      case 'css': try { return everything(document, text); } catch { return []; }
      default: return [];
    }
  }
  /** @param {Element} el */
  const testId = (el) => ['data-testid', 'data-test-id', 'data-test', 'data-cy', 'data-qa'].map((key) => attr(el, key)).find(Boolean) || '';

  /** Roles that a field may have from one version to the next. */
  const FAMILY = new Set(['textbox', 'searchbox', 'combobox', 'field']);
  /** What the lock knows of an element besides its anchor: only those of the same family of roles count. @param {[string, string]} other @param {string} role @returns {Element[]} */
  function byEvidence([kind, value], role) {
    const text = CSS.escape(value);
    const string = JSON.stringify(value);
    /** @type {Element[]} */
    let found = [];
    try {
      if (kind === 'name') found = everything(document, `[name=${string}]`);
      if (kind === 'id') found = everything(document, `#${text}`);
      if (kind === 'testid') found = everything(document, '[data-testid],[data-test-id],[data-test],[data-cy],[data-qa]').filter((el) => testId(el) === value);
      if (kind === 'href') found = everything(document, 'a[href]').filter((el) => attr(el, 'href').replace(/[?#].*$/, '') === value);
      if (kind === 'path') found = [...document.querySelectorAll(value)];
    } catch { /* No selector. */ }
    return found.filter((el) => !role || hasRole(role, el) || role === writtenRole(el) || (FAMILY.has(role) && (FAMILY.has(roleOf(el)) || isTyped(el))));
  }

  // ---- How pictures are taken ----

  /** @type {{hide: Anchor[], replace: [string, string][], storage: Record<string, [string, string][]>}} */
  let wanted = { hide: [], replace: [], storage: {} };
  /** Styles of ours: a policy of the page does not keep them out. @param {string} text */
  function style(text) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  /** Puts other texts in the place of some. @param {Node} root */
  function reword(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = /** @type {Node | null} */ (walker.currentNode); node; node = walker.nextNode()) {
      if (node instanceof Text && !(up(node) && is(/** @type {Element} */ (up(node)), 'script,style'))) {
        let text = node.data;
        for (const [from, to] of wanted.replace) text = text.split(from).join(to);
        if (text !== node.data) node.data = text;
      } else if (node instanceof HTMLInputElement && !['password', 'hidden', 'checkbox', 'radio', 'file'].includes(node.type)) {
        let text = node.value;
        for (const [from, to] of wanted.replace) text = text.split(from).join(to);
        if (text !== node.value) node.value = text;
      }
    }
  }
  /** Takes away what is on no picture. */
  function hideAll() {
    for (const anchor of wanted.hide) {
      for (const el of findAll(anchor)) loose(el).style?.setProperty('display', 'none', 'important');
    }
  }
  /** Before a document shows anything. @param {typeof wanted} conditions */
  function prepare(conditions) {
    wanted = conditions;
    try {
      for (const [key, value] of wanted.storage[location.origin] || []) if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    } catch { /* A document without an origin. */ }
    const selectors = wanted.hide.filter((anchor) => anchor.way === 'css').map((anchor) => anchor.text);
    for (const selector of selectors) style(`${selector} { display: none !important }`);
    const others = wanted.hide.some((anchor) => anchor.way !== 'css');
    if (!others && !wanted.replace.length) return;
    new MutationObserver((changes) => {
      if (others) hideAll();
      for (const change of wanted.replace.length ? changes : []) {
        if (change.type === 'characterData') reword(change.target);
        else change.addedNodes.forEach((node) => reword(node));
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }
  /** What moves by itself. @type {Animation[]} */
  let paused = [];
  let isCalm = false;
  /** Lets the page stand still: no caret, animations at their end, those without an end at their beginning. */
  function calm() {
    if (!isCalm) style('*, *::before, *::after { caret-color: transparent !important }');
    isCalm = true;
    if (wanted.replace.length) reword(document);
    hideAll();
    for (const animation of document.getAnimations()) {
      try {
        const end = animation.effect?.getComputedTiming().endTime;
        if (animation.playState !== 'running') continue;
        if (end === Infinity) {
          animation.pause();
          animation.currentTime = 0;
          paused.push(animation);
        } else animation.finish();
      } catch { /* It has ended by itself. */ }
    }
  }
  /** Lets it move again. */
  function resume() {
    for (const animation of paused) if (animation.playState === 'paused') animation.play();
    paused = [];
  }
  /** How wide some letters are: other fonts draw other pictures. */
  function fonts() {
    const canvas = document.createElement('canvas').getContext('2d');
    return ['serif', 'sans-serif', 'monospace', 'system-ui', 'Arial', 'Helvetica', 'Georgia', 'Verdana', 'Courier New'].map((font) => {
      if (!canvas) return '';
      canvas.font = `40px ${font.includes(' ') ? `"${font}"` : font}`;
      return ['Guidemark 0123456789', 'äßçøλЖ', '日本語', 'مرحبا'].map((text) => canvas.measureText(text).width.toFixed(2)).join(' ');
    }).join('|');
  }

  // ---- Describing ----

  const ACTED_ON = 'a[href],button,input,select,textarea,summary,option,label,[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=tab],[role=menuitem],[role=menuitemcheckbox],[role=menuitemradio],[role=option],[role=combobox],[role=textbox],[role=slider],[role=treeitem],[contenteditable=""],[contenteditable=true],[onclick],[draggable=true],[aria-haspopup]';
  /** The element that the user means by pointing at another. @param {EventTarget[]} path @returns {Element | null} */
  function meant(path) {
    const elements = /** @type {Element[]} */ (path.filter((node) => node instanceof Element));
    const acted = elements.find((el) => is(el, ACTED_ON));
    if (acted?.localName === 'label') return loose(acted).control || acted;
    if (acted) return acted;
    const [inner] = elements;
    if (!inner || is(inner, 'html,body')) return null;
    // Drawn as something to press, without a role: the outermost with that cursor.
    let pressed = null;
    for (const el of elements.slice(0, 6)) if (!is(el, 'html,body') && getComputedStyle(el).cursor === 'pointer') pressed = el;
    // A place between things stands for none of them.
    return pressed || (inner.childElementCount > 2 && inner.localName !== 'svg' ? null : inner);
  }

  /** A label beside or above an element that has none: a text on the same row, or right above. @param {Element} el */
  function labelBeside(el) {
    const own = rect(el);
    let best = '';
    let nearest = 121;
    let seen = 0;
    for (let scope = up(el), depth = 0; scope && depth < 3 && !is(scope, 'body'); scope = up(scope), depth += 1) {
      const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node && seen < 200; node = walker.nextNode(), seen += 1) {
        const text = clean(node.nodeValue || '');
        const parent = up(node);
        if (!text || text.length > 40 || !/\p{L}/u.test(text) || !parent || el.contains(parent) || is(parent, 'option,button,a,script,style')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const at = range.getBoundingClientRect();
        const row = at.bottom > own.top && at.top < own.bottom;
        const left = row && at.right <= own.left + 2 ? own.left - at.right : Infinity;
        const above = !row && at.bottom <= own.top + 2 && at.left < own.right && at.right > own.left - 2 ? (own.top - at.bottom) * 3 : Infinity;
        const far = Math.min(left, above);
        if (far < nearest) { nearest = far; best = text; }
      }
      if (best) break;
    }
    return best;
  }
  /** The header of the column that an element stands in. @param {Element} el */
  function columnOf(el) {
    for (let at = /** @type {Element | null} */ (el); at; at = up(at)) {
      if (!is(at, 'td,th')) continue;
      const table = at.closest('table');
      const header = table?.querySelector('tr')?.children[loose(at).cellIndex];
      return header && is(header, 'th') && header !== at ? clean(textOf(header)) : '';
    }
    return '';
  }
  /** What an element is called in a sentence. @param {Element} el @returns {string} */
  function called(el) {
    const name = nameOf(el);
    if (name) return name;
    const visible = el.localName === 'select' || isTyped(el) || el.localName === 'canvas' ? '' : clean(textOf(el));
    // What shows a text of its own is called by that; a field by what stands beside it.
    const names = [() => visible, () => labelBeside(el), () => columnOf(el), () => clean(attr(el, 'placeholder')), () => clean(attr(el, 'title')), () => testId(el).replace(/[-_]/g, ' ')];
    for (const next of names) {
      const found = next();
      if (found) return found;
    }
    return '';
  }

  /** The shortest anchor that means this element alone; `null` if none does. @param {Element} el @returns {Anchor | null} */
  function anchorOf(el) {
    const role = writtenRole(el);
    const name = masked(nameOf(el));
    /** @param {Anchor} anchor */
    const only = (anchor) => { const found = findAll(anchor); return found.length === 1 && found[0] === el; };
    const known = role && !['cell', 'gridcell', 'row', 'form', 'region', 'main', 'article', 'list'].includes(role) || is(el, 'select,[role=combobox],[role=listbox]');
    if (known && name) {
      const written = name.length > 80 ? `${name.slice(0, 80)}…` : name;
      const plain = { role, name: written };
      if (only(plain)) return plain;
      const scopes = scopesOf(el);
      for (const scope of scopes) if (only({ ...plain, scopes: [scope] })) return { ...plain, scopes: [scope] };
      const under = headingOf(el);
      if (under && only({ ...plain, under })) return { ...plain, under };
      if (under && scopes[0] && only({ ...plain, scopes: [scopes[0]], under })) return { ...plain, scopes: [scopes[0]], under };
      return numbered(under ? { ...plain, under } : plain, el) || numbered(plain, el);
    }
    const ways = /** @type {[string, string][]} */ ([['label', isTyped(el) || roleOf(el) ? labelBeside(el) : ''], ['placeholder', clean(attr(el, 'placeholder'))], ['title', clean(attr(el, 'title'))], ['testid', testId(el)], ['text', isTyped(el) || el.localName === 'select' ? '' : masked(clean(textOf(el)))]]);
    for (const [way, text] of ways) if (text && text.length <= 80 && only({ way, text })) return { way, text };
    if (known) {
      const under = headingOf(el);
      if (only({ role })) return { role };
      if (under && only({ role, under })) return { role, under };
      return numbered({ role }, el);
    }
    return null;
  }
  /** @param {Anchor} anchor @param {Element} el */
  function numbered(anchor, el) {
    const at = findAll(anchor).indexOf(el);
    return at >= 0 ? { ...anchor, nth: at + 1 } : null;
  }

  /** Other ways to find an element, for the lock. @param {Element} el @returns {Record<string, string>} */
  function waysTo(el) {
    /** @type {Record<string, string>} */
    const ways = {};
    const generated = (/** @type {string} */ id) => /\d{3,}|[0-9a-f]{8,}|^:r|radix|headlessui/i.test(id);
    if (attr(el, 'name')) ways.name = attr(el, 'name');
    const id = attr(el, 'id');
    if (id && !generated(id)) ways.id = id;
    if (testId(el)) ways.testid = testId(el);
    if (el.localName === 'a' && attr(el, 'href')) ways.href = attr(el, 'href').replace(/[?#].*$/, '');
    const path = [];
    for (let at = /** @type {Element | null} */ (el); at && path.length < 12; at = up(at)) {
      const parent = at.parentElement;
      const same = parent ? [...parent.children].filter((child) => child.localName === at?.localName) : [at];
      path.unshift(same.length > 1 ? `${at.localName}:nth-of-type(${same.indexOf(at) + 1})` : at.localName);
    }
    ways.path = path.join(' > ');
    return ways;
  }

  /** @param {Element | null} el @param {number} x @param {number} y */
  function describe(el, x, y) {
    if (!el) return { box: { x, y, w: 0, h: 0 }, tag: '', role: '', name: '', called: '', anchor: null, secret: false, typed: false, ways: {} };
    const secret = isSecret(el);
    const role = roleOf(el);
    const canvas = el.localName === 'canvas';
    const checked = loose(el).checked === true || attr(el, 'aria-checked') === 'true' || attr(el, 'aria-pressed') === 'true';
    const open = el.localName === 'summary' ? loose(el).parentElement?.open === true : attr(el, 'aria-expanded') === 'true';
    const { fontSize, fontFamily } = getComputedStyle(el);
    const written = isTyped(el) || el.localName === 'select';
    return {
      box: canvas ? { x, y, w: 0, h: 0 } : boxOf(el), font: written ? [parseFloat(fontSize), fontFamily.slice(0, 200)] : null,
      tag: el.localName, kind: el.localName === 'input' ? loose(el).type : '', role: writtenRole(el) || role, name: masked(short(nameOf(el), 200)), called: masked(short(called(el), 80)),
      group: masked(groupOf(el)), anchor: canvas ? null : anchorOf(el), secret, typed: isTyped(el), multiline: el.localName === 'textarea' || isEditable(el), checked, open,
      heading: headingOf(el), ways: waysTo(el),
    };
  }
  /** What the choices of a group are about. @param {Element} el */
  function groupOf(el) {
    if (roleOf(el) !== 'radio' && roleOf(el) !== 'option') return '';
    for (let at = up(el); at; at = up(at)) if (is(at, 'fieldset,[role=radiogroup],[role=group],[role=listbox],select')) return short(nameOf(at), 60);
    return '';
  }

  // ---- What is written on the page ----

  /** What private words stand in, if it can be named without them. @param {Element} el @param {string} words @returns {Anchor | null} */
  function holderOf(el, words) {
    const anchor = anchorOf(el);
    return anchor && !JSON.stringify(anchor).includes(words) ? anchor : null;
  }

  /** The texts in view with their boxes, and what of them is secret. */
  function words() {
    /** @type {{text: string, box: Box}[]} */
    const texts = [];
    /** @type {Box[]} */
    const secrets = [];
    /** What secrets stand in, each at its box. @type {{box: Box, anchor: Anchor}[]} */
    const holders = [];
    /** @param {Box} box @param {Element} el */
    const secret = (box, el) => {
      secrets.push(box);
      const anchor = holders.length < 20 ? anchorOf(el) : null;
      if (anchor) holders.push({ box, anchor });
    };
    /** @type {{why: string, box: Box, anchor: Anchor | null}[]} */
    const doubts = [];
    const view = { w: innerWidth, h: innerHeight };
    const inView = (/** @type {DOMRect} */ r) => r.width > 0 && r.height > 0 && r.bottom > 0 && r.right > 0 && r.top < view.h && r.left < view.w;
    /** @param {Document | ShadowRoot} root @param {number} depth */
    const walk = (root, depth) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      const range = document.createRange();
      let seen = 0;
      for (let node = walker.nextNode(); node && seen < MOST; node = walker.nextNode(), seen += 1) {
        if (node instanceof Element) {
          if (node.shadowRoot && depth < 8) walk(node.shadowRoot, depth + 1);
          if (is(node, 'input,textarea') && loose(node).value && inView(rect(node)) && loose(node).type !== 'password'
            && (isSecret(node) || secretsIn(loose(node).value).length)) secret(boxed(rect(node)), node);
          continue;
        }
        const text = (node.nodeValue || '').replace(/\s+/g, ' ').trim();
        const parent = up(node);
        if (!text || !parent || is(parent, 'script,style,noscript,template,option,textarea')) continue;
        range.selectNodeContents(node);
        const at = range.getBoundingClientRect();
        if (!inView(at) || !isVisible(parent)) continue;
        const field = loose(parent).isContentEditable === true && pathOf(parent).find((each) => each instanceof Element && isEditable(each));
        if (field instanceof Element && isSecret(field)) {
          secret(boxed(rect(field)), field);
          continue;
        }
        const finds = secretsIn(node.nodeValue || '');
        for (const [from, to] of finds) {
          range.setStart(node, from);
          range.setEnd(node, to);
          for (const r of range.getClientRects()) secret(boxed(r), parent);
        }
        for (const [why, pattern] of DOUBTS) {
          for (const found of (node.nodeValue || '').matchAll(pattern)) {
            if (doubts.length >= 50 || finds.some(([from, to]) => found.index < to && from < found.index + found[0].length)) break;
            range.setStart(node, found.index);
            range.setEnd(node, found.index + found[0].length);
            doubts.push({ why, box: boxed(range.getBoundingClientRect()), anchor: holderOf(parent, found[0]) });
          }
        }
        // A secret that is marked up in parts is whole in its parent alone.
        if (!finds.length && parent.childNodes.length > 1 && secretsIn(textOf(parent).trim()).length && secretsIn(textOf(parent)).some(([, to]) => to > 0)) {
          if (textOf(parent).length < 400) secret(boxed(rect(parent)), parent);
        }
        if (texts.length < 400) texts.push({ text: masked(short(text, 200)), box: boxed(at) });
      }
    };
    walk(document, 0);
    return { texts, secrets, holders, doubts };
  }

  // ---- Picking ----

  /** What shows the element that would be picked. @type {{host: HTMLElement, frame: HTMLElement, label: HTMLElement} | null} */
  let picking = null;
  /** An anchor as it is written. @param {Anchor | null} anchor */
  function anchorText(anchor) {
    if (!anchor) return 'nothing that can be found again';
    const named = (/** @type {Named} */ { role, name }) => `${role}${name ? ` "${name}"` : ''}`;
    const what = anchor.way ? `${anchor.way} "${anchor.text}"` : named({ role: anchor.role || '', name: anchor.name || '' });
    const scopes = (anchor.scopes || []).map((scope) => ` in ${named(scope)}`).join('');
    return `${what}${scopes}${anchor.under ? ` under "${anchor.under}"` : ''}${anchor.nth ? ` nth=${anchor.nth}` : ''}`;
  }
  /** From now on what is pressed is reported and not done. */
  function pick() {
    if (picking || !document.documentElement) return;
    const host = document.createElement('div');
    const inside = host.attachShadow({ mode: 'closed' });
    const [frame, label] = [document.createElement('div'), document.createElement('div')];
    // Set one by one: a policy of the page does not keep these out.
    Object.assign(host.style, { position: 'fixed', inset: '0', zIndex: '2147483647', pointerEvents: 'none', display: 'block' });
    Object.assign(frame.style, { position: 'absolute', display: 'none', boxSizing: 'border-box', border: '2px solid #4b3bd8', borderRadius: '4px', background: 'rgb(75 59 216 / .14)', boxShadow: '0 0 0 1px #fff' });
    Object.assign(label.style, { position: 'absolute', display: 'none', maxWidth: '90vw', padding: '3px 9px', borderRadius: '6px', background: '#26215c', color: '#fff', font: '600 13px/1.5 system-ui, sans-serif', overflowWrap: 'anywhere' });
    inside.append(frame, label);
    document.documentElement.append(host);
    picking = { host, frame, label };
  }
  /** @param {Element | null} el */
  function showPicked(el) {
    if (!picking) return;
    const { frame, label } = picking;
    frame.style.display = label.style.display = el ? 'block' : 'none';
    if (!el) return;
    const { x, y, w, h } = boxOf(el);
    Object.assign(frame.style, { left: `${x - 2}px`, top: `${y - 2}px`, width: `${w + 4}px`, height: `${h + 4}px` });
    label.textContent = anchorText(anchorOf(el));
    const below = y + h + 36 < innerHeight;
    Object.assign(label.style, { left: `${Math.max(4, Math.min(x, innerWidth - 260))}px`, top: below ? `${y + h + 6}px` : 'auto', bottom: below ? 'auto' : `${Math.max(4, innerHeight - y + 6)}px` });
  }
  /** What is under the pointer was looked at last. @type {Element | null} */
  let looked = null;
  /** @param {Event} e */
  function guard(e) {
    if (!picking || !e.isTrusted) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const el = meant(e.composedPath());
    if (e.type === 'pointermove' && el !== looked) {
      looked = el;
      showPicked(el);
    }
    const { clientX = 0, clientY = 0, button = 0 } = /** @type {PointerEvent} */ (e);
    if (e.type === 'pointerup' && button === 0 && el) send({ event: 'picked', t: time(e), target: describe(el, clientX, clientY) });
  }
  for (const type of ['pointermove', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu', 'dragstart']) {
    window.addEventListener(type, guard, { capture: true, passive: false });
  }

  // ---- Listening ----

  /** @param {object} message */
  const send = (message) => {
    try { world.guidemarkTell(JSON.stringify(message)); } catch { /* The recorder has gone. */ }
  };
  /** @param {Event} e */
  const time = (e) => performance.timeOrigin + (e.timeStamp || performance.now());
  /** @param {{altKey: boolean, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean}} e */
  const mods = (e) => (e.altKey ? 1 : 0) | (e.ctrlKey ? 2 : 0) | (e.metaKey ? 4 : 0) | (e.shiftKey ? 8 : 0);
  const place = () => ({ url: location.href, title: document.title, view: { w: innerWidth, h: innerHeight }, scroll: [scrollX, scrollY] });
  /** The innermost element at a place, in shadow trees too. @param {number} x @param {number} y */
  function elementAt(x, y) {
    let el = document.elementFromPoint(x, y);
    while (el?.shadowRoot) {
      const inner = el.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === el) break;
      el = inner;
    }
    return el;
  }
  /** @param {Element | null} el @returns {EventTarget[]} */
  function pathOf(el) {
    const path = [];
    for (let at = el; at; at = up(at)) path.push(at);
    return path;
  }

  /** What is being typed into. @type {{el: Element, since: number, target: object, words: object, before: string, changed: boolean} | null} */
  let typing = null;
  /** @param {Element} el */
  const valueOf = (el) => (isEditable(el) ? loose(el).innerText : loose(el).value || '');

  /** @param {Element} el @param {number} since */
  function begin(el, since) {
    if (typing?.el === el) return;
    flush(since);
    const r = rect(el);
    typing = { el, since, target: describe(el, r.x, r.y), words: words(), before: isSecret(el) ? '' : valueOf(el), changed: false };
  }
  /** @param {number} t */
  function flush(t) {
    if (!typing) return;
    const { el, since, target, words: seen, changed } = typing;
    typing = null;
    if (!changed) return;
    const value = isSecret(el) ? '••••' : masked(short(valueOf(el).trim(), 2000));
    send({ event: 'typed', t: since, until: t, target, value, empty: !valueOf(el), ...place(), words: seen });
  }

  /** @param {string} type @param {(e: any) => void} listener */
  const on = (type, listener) => window.addEventListener(type, (e) => {
    if (!e.isTrusted) return;
    try { listener(e); } catch (error) { send({ event: 'failed', t: time(e), message: String(error) }); }
  }, { capture: true, passive: true });

  /** Where the pointer rests. @type {{el: Element, timer: number} | null} */
  let resting = null;
  const REST = 400;

  on('pointerdown', (e) => {
    const el = meant(e.composedPath());
    if (typing && typing.el !== el) flush(time(e));
    send({ event: 'down', t: time(e), x: e.clientX, y: e.clientY, button: e.button, mods: mods(e), pointer: e.pointerType, target: describe(el, e.clientX, e.clientY), ...place(), words: words() });
  });
  on('pointerup', (e) => {
    const el = meant(pathOf(elementAt(e.clientX, e.clientY)));
    send({ event: 'up', t: time(e), x: e.clientX, y: e.clientY, target: describe(el, e.clientX, e.clientY) });
  });
  on('drop', (e) => {
    const [inner] = e.composedPath();
    const el = inner instanceof Element ? meant([inner, ...pathOf(up(inner))]) : null;
    send({ event: 'drop', t: time(e), x: e.clientX, y: e.clientY, target: describe(el, e.clientX, e.clientY) });
  });
  on('dblclick', (e) => send({ event: 'double', t: time(e) }));
  on('contextmenu', (e) => send({ event: 'menu', t: time(e) }));
  on('dragstart', (e) => send({ event: 'dragging', t: time(e) }));

  on('mouseover', (e) => {
    const el = meant(e.composedPath());
    if (resting && (resting.el === el || (el && resting.el.contains(el)))) return;
    if (resting) clearTimeout(resting.timer);
    resting = null;
    if (!el || !is(el, ACTED_ON)) return;
    const since = time(e);
    const timer = window.setTimeout(() => {
      if (isVisible(el)) send({ event: 'rest', t: since, target: describe(el, e.clientX, e.clientY), ...place(), words: words() });
    }, REST);
    resting = { el, timer };
  });

  on('keydown', (e) => {
    const el = /** @type {Element | undefined} */ (e.composedPath().find((/** @type {EventTarget} */ node) => node instanceof Element));
    if (!el || !e.key || e.repeat || ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'Dead', 'Process'].includes(e.key)) return;
    const held = mods(e);
    if (held === 9 && (e.code === 'KeyS' || e.code === 'KeyZ')) return send({ event: e.code === 'KeyS' ? 'mark' : 'undo', t: time(e), ...place(), words: words() });
    const printable = e.key.length === 1 && !e.ctrlKey && !e.metaKey && !(e.altKey && !e.getModifierState('AltGraph'));
    const field = isTyped(el) || el.localName === 'select' ? el : /** @type {Element | undefined} */ (pathOf(el).find((node) => node instanceof Element && isEditable(node)));
    if (field && isTyped(field)) {
      if (printable || ['Backspace', 'Delete'].includes(e.key) || (held & 6 && /^[vxz]$/i.test(e.key))) return begin(field, time(e));
      if (/^(Arrow|Home|End|Page)/.test(e.key) || (held & 6 && /^[acvxz]$/i.test(e.key))) return undefined;
      const multiline = field.localName === 'textarea' || isEditable(field);
      if (e.key === 'Enter' && multiline && !(held & 6)) return begin(field, time(e));
    } else if (!e.key || (printable && e.key !== ' ')) return undefined;
    else if (/^(Arrow|Home|End|Page)/.test(e.key) && !(held & 7)) return undefined;
    flush(time(e));
    if (e.key === 'Tab' || (field?.localName === 'select' && !(held & 6))) return undefined;
    const focus = field || meant([el, ...pathOf(up(el))]);
    return send({ event: 'key', t: time(e), key: e.key === ' ' ? 'Space' : e.key, mods: held, target: focus && !is(focus, 'body') ? describe(focus, 0, 0) : null, ...place(), words: words() });
  });
  on('input', (e) => {
    const [inner] = e.composedPath();
    const el = inner instanceof Element ? pathOf(inner).find((node) => node instanceof Element && isTyped(node)) : undefined;
    if (!(el instanceof Element)) return;
    begin(el, time(e));
    if (typing) typing.changed = true;
  });
  on('change', (e) => {
    const [el] = e.composedPath();
    if (!(el instanceof Element)) return;
    if (typing?.el === el) return flush(time(e));
    const r = rect(el);
    if (el.localName === 'select') {
      const value = [...loose(el).selectedOptions].map((/** @type {any} */ option) => clean(option.label)).join(', ');
      return send({ event: 'chosen', t: time(e), target: describe(el, r.x, r.y), value: masked(value), ...place(), words: words() });
    }
    if (loose(el).type === 'file') {
      const value = [...loose(el).files].map((/** @type {any} */ file) => file.name).join(', ');
      return send({ event: 'files', t: time(e), target: describe(el, r.x, r.y), value, ...place(), words: words() });
    }
    return undefined;
  });
  on('focusout', (e) => {
    if (typing && e.composedPath()[0] === typing.el) flush(time(e));
  });
  on('submit', (e) => flush(time(e)));
  window.addEventListener('pagehide', (e) => flush(time(e)), { capture: true });

  /** A run of scrolling. @type {{since: number, x: number, y: number, at: any, timer: number} | null} */
  let scrolling = null;
  on('scroll', (e) => {
    const at = e.target instanceof Document ? document.scrollingElement : e.target;
    if (!(at instanceof Element)) return;
    const scroller = /** @type {any} */ (at);
    if (scrolling && scrolling.at !== at) return;
    if (scrolling) clearTimeout(scrolling.timer);
    const before = last.get(at) || { x: 0, y: 0 };
    scrolling = scrolling || { since: time(e), ...before, at: scroller, timer: 0 };
    scrolling.timer = window.setTimeout(() => {
      if (!scrolling) return;
      const { since, x, y } = scrolling;
      last.set(at, { x: scroller.scrollLeft, y: scroller.scrollTop });
      scrolling = null;
      send({ event: 'scrolled', t: since, dx: scroller.scrollLeft - x, dy: scroller.scrollTop - y, ...place() });
    }, 150);
  });
  /** Where things were scrolled to. @type {WeakMap<Element, {x: number, y: number}>} */
  const last = new WeakMap();

  world.guidemark = {
    /** The one visible element that an anchor means, in view unless the page is to stay as it is. @param {Anchor} anchor @param {boolean} [still] */
    find(anchor, still = false) {
      const found = findAll(anchor);
      if (found.length !== 1) return { count: found.length, names: found.slice(0, 3).map((el) => `${writtenRole(el)} "${masked(nameOf(el))}"`) };
      const [el] = found;
      const box = boxOf(el);
      const out = box.y < 0 || box.x < 0 || box.y + box.h > innerHeight || box.x + box.w > innerWidth;
      const moved = out && !still;
      if (moved) el.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      return { count: 1, box: boxOf(el), scrolled: moved, target: describe(el, 0, 0) };
    },
    /** What an element is, as events tell it. @param {Element} el */
    describe: (el) => describe(el, 0, 0),
    /** The names of what there is of a role, for a message. @param {string} role */
    names: (role) => everything(document, selectorFor(role)).filter((el) => hasRole(role, el) && isVisible(el)).map((el) => masked(nameOf(el))).filter(Boolean).slice(0, 200),
    words,
    pick,
    prepare,
    calm,
    resume,
    fonts,
    /** The places of all that some anchors mean. @param {Anchor[]} anchors */
    zones: (anchors) => anchors.flatMap((anchor) => findAll(anchor)).map((el) => boxOf(el)).slice(0, 500),
    /** What can be acted on, to tell what is like something that has gone. */
    candidates: () => everything(document, ACTED_ON).filter(isVisible).slice(0, 300).map((el) => ({ tag: el.localName, role: writtenRole(el) || roleOf(el), name: masked(short(nameOf(el), 200)), box: boxOf(el), ways: waysTo(el), anchor: null })),
    /** What can be acted on and is called by one of some names. @param {string[]} names */
    named: (names) => everything(document, ACTED_ON).filter((el) => !is(el, 'label,option') && isVisible(el) && names.some((name) => sameName(name, called(el)))).slice(0, 20).map((el) => describe(el, 0, 0)),
    /** The element at a place. @param {number} x @param {number} y */
    at(x, y) { const el = meant(pathOf(elementAt(x, y))); return el ? describe(el, x, y) : null; },
    /** Whether a drawn surface lies there. @param {number} x @param {number} y */
    isCanvas: (x, y) => elementAt(x, y)?.localName === 'canvas',
    /** @param {number} x @param {number} y */
    scrollTo: (x, y) => window.scrollTo({ left: x, top: y, behavior: 'instant' }),
    storage: () => { try { return [location.origin, Object.entries(localStorage)]; } catch { return null; } },
    flush: () => flush(performance.timeOrigin + performance.now()),
    place,
    /** Treats what a field holds as a secret from now on. @param {Anchor} anchor */
    hide: (anchor) => findAll(anchor).forEach((el) => passwords.add(el)),
    /** Chooses an option of a list by its label, and says what was there before. @param {Anchor} anchor @param {string} label */
    choose(anchor, label) {
      const [el] = findAll(anchor);
      if (!el || el.localName !== 'select') return null;
      const options = [...loose(el).options];
      const known = options.map((option) => clean(option.label));
      const named = known.indexOf(clean(label));
      const at = named >= 0 ? named : options.findIndex((option) => option.value === label);
      if (at < 0) return { known };
      const { x, y } = rect(el);
      const before = { known: [], label: known[at], target: describe(el, x, y), place: place(), words: words() };
      loose(el).focus();
      loose(el).selectedIndex = at;
      for (const type of ['input', 'change']) el.dispatchEvent(new Event(type, { bubbles: true }));
      return before;
    },
    /** Whether a text is there: whole, or as a part of one. @param {string} text @param {boolean} part */
    text: (text, part) => byText('text', text).some(isVisible)
      || part && textsWith(text).some((el) => isVisible(el) && masked(clean(textOf(el))).includes(clean(text))),
  };
})();
