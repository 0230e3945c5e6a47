/**
 * `<guidemark-embed src="https://docs.example.com/some-guide/">` shows a guide in any page.
 *
 * Attributes: `guide` (slug of a guide that stands beside this script) or `src` (address of any), `mode` (`inline`, `popup` or `facade`), `label` (words
 * of the button), `close-label` (name of the popup's other button), `title` (name of the guide), `width` and
 * `height` (proportions of the stage until the guide says its own), `autoplay`, `loop`.
 * Methods: `go(numberOrId)`, `next()`, `back()`, `play()`, `pause()`, `restart()`; `open()` and `close()`.
 * Events: those of the guide (`guidemark:load`, `:start`, `:step`, `:complete`, `:cta`, `:close`), bubbling;
 * they are also pushed to the page's `dataLayer`, if it has one.
 *
 * Load it with `<script async src="…/embed.js"></script>`; it is no module, so that it also loads from a file.
 * It writes no `style` attribute and no `<style>`: a page whose policy allows `'self'` alone may use it.
 */
{
/** Where this script came from: the guides stand beside it. */
const HOME = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;
/** How long a guide may take to say that it works once its page is there, in milliseconds. */
const PATIENCE = 5000;
/** What a guide says that the page may hear. */
const TYPES = ["load", "start", "step", "complete", "cta", "close"];
/** Commands a guide obeys. */
const COMMANDS = ["go", "next", "back", "play", "pause", "restart"];

const STYLE = `
:host{display:block;max-width:100%}
:host([hidden]){display:none}
:host([mode=popup]){display:inline-block}
iframe,img{display:block;width:100%;height:100%;border:0}
iframe{color-scheme:normal}
.box{position:relative;width:100%;height:var(--height,auto);aspect-ratio:var(--ratio);min-height:min(500px,100dvh);border-radius:12px;overflow:hidden}
button{all:unset;box-sizing:border-box;min-width:44px;min-height:44px;cursor:pointer;text-align:center}
button:focus-visible{outline:3px solid Highlight;outline-offset:-3px}
.missing{margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.open,.words{font:600 16px/1.25 system-ui,sans-serif;padding:12px 22px;border:1px solid #8888;border-radius:10px;background:var(--guidemark-embed-color,#1b1b22);color:var(--guidemark-embed-text,#fff)}
.open:focus-visible{outline-offset:2px}
.facade{position:absolute;inset:0;display:grid;place-items:center;background:#8883}
.facade img{position:absolute;inset:0;object-fit:cover;object-position:top}
.words{position:relative;max-width:80%;box-shadow:0 4px 24px #0006}
.words::before{content:"";display:inline-block;margin-inline-end:.3em;border:.4em solid transparent;border-inline-start:.65em solid}
dialog{box-sizing:border-box;width:min(1120px,96vw);max-width:none;max-height:96dvh;padding:0;border:0;border-radius:14px;overflow:hidden;background:Canvas;color:CanvasText}
dialog::backdrop{background:#0a0a14a6}
header{display:flex;align-items:center;font:600 15px/1.3 system-ui,sans-serif;padding-inline-start:16px}
header span{flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
header button{font-size:24px}
dialog .box{min-height:min(500px,96dvh - 44px);max-height:calc(96dvh - 44px);border-radius:0}`;

/** @param {string} tag @param {string} [className] @param {string} [text] */
const make = (tag, className = "", text = "") => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};

/** Letters beyond ASCII are escaped in addresses. @param {string} text */
const unescaped = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

class GuidemarkEmbed extends HTMLElement {
  static observedAttributes = ["guide", "src", "mode", "label", "title"];

  /** Ends all listeners of what is shown. @type {AbortController | null} */
  #life = null;
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** The part that has the stage's proportions. @type {HTMLElement | null} */
  #box = null;
  /** Runs once when the guide is ready. @type {(() => void) | null} */
  #ready = null;
  /** Whether the guide has said that it works. */
  #loaded = false;
  /** Opens what the mode keeps shut. */
  #open = () => {};

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    this.#show();
  }

  disconnectedCallback() {
    this.#clear();
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (!this.#life || before === after) return;
    if (name !== "title") this.#show();
    else if (this.#frame) this.#frame.title = this.#title;
  }

  /** Opens the popup, or loads the guide behind a facade. */
  open() {
    this.#open();
  }

  /** Shuts the popup. */
  close() {
    this.#root.querySelector("dialog")?.close();
  }

  get #root() {
    return /** @type {ShadowRoot} */ (this.shadowRoot);
  }

  get #title() {
    return this.getAttribute("title") || "Guide";
  }

  get #label() {
    return this.getAttribute("label") || "Show me how";
  }

  /** The step that `#SLUG.STEP` in the page's own address asks for; empty if it asks for none. */
  get #asked() {
    const begin = `${this.getAttribute("guide")}.`;
    const asked = unescaped(location.hash.slice(1));
    return this.hasAttribute("guide") && asked.startsWith(begin) ? asked.slice(begin.length) : "";
  }

  /** Address of the guide; `null` if `src` is none a page may open. @returns {URL | null} */
  get #address() {
    const guide = this.getAttribute("guide");
    // The file by its name: development servers answer a folder's address with a page of their own.
    const src = guide ? `${encodeURIComponent(guide)}/index.html` : this.getAttribute("src");
    const base = guide ? HOME : document.baseURI;
    if (!src || !URL.canParse(src, base)) return null;
    const url = new URL(src, base);
    url.hash = this.#asked || url.hash;
    if (!["http:", "https:", "file:"].includes(url.protocol)) return null;
    if (!/\/$|\.\w+$/.test(url.pathname)) url.pathname += "/";
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url;
  }

  #clear() {
    this.#life?.abort();
    this.#life = this.#frame = this.#box = this.#ready = null;
    this.#open = () => {};
    this.#root.replaceChildren();
  }

  #show() {
    this.#clear();
    const { signal } = (this.#life = new AbortController());
    const address = this.#address;
    // Without a guide to show, what stands between the tags is shown.
    if (!address) return this.#root.append(make("slot"));
    addEventListener("message", (event) => this.#hear(event), { signal });
    addEventListener("hashchange", () => this.#asked && this.#send("go", this.#asked), { signal });
    const mode = this.getAttribute("mode");
    if (mode === "popup") this.#popup(address, signal);
    else if (mode === "facade") this.#facade(address, signal);
    else this.#load(this.#makeBox(this.#root), address);
  }

  /** @param {ParentNode} parent */
  #makeBox(parent) {
    const box = (this.#box = make("div", "box"));
    const [width, height] = ["width", "height"].map((name) => Number(this.getAttribute(name)));
    box.style.setProperty("--ratio", width > 0 && height > 0 ? `${width}/${height}` : "1280/860");
    parent.append(box);
    return box;
  }

  /** Puts the guide in the box. @param {HTMLElement} box @param {URL} address */
  #load(box, address) {
    const url = new URL(address);
    url.searchParams.set("view", "player");
    for (const name of ["autoplay", "loop"]) if (this.hasAttribute(name)) url.searchParams.set(name, "");
    const frame = (this.#frame = document.createElement("iframe"));
    this.#loaded = false;
    frame.loading = "lazy";
    frame.allow = "fullscreen; clipboard-write";
    frame.title = this.#title;
    frame.src = url.href;
    frame.addEventListener("load", () => setTimeout(() => this.#missing(frame, address), PATIENCE), { once: true });
    box.replaceChildren(frame);
  }

  /** Says so where no guide is. @param {HTMLIFrameElement} frame @param {URL} address */
  #missing(frame, address) {
    if (this.#loaded || frame !== this.#frame) return;
    const link = /** @type {HTMLAnchorElement} */ (make("a", "", address.href));
    link.href = address.href;
    const notice = make("p", "missing", "No guide was found here: ");
    notice.setAttribute("role", "alert");
    notice.append(link);
    frame.replaceWith(notice);
  }

  /** The first picture alone, until it is clicked. @param {URL} address @param {AbortSignal} signal */
  #facade(address, signal) {
    const box = this.#makeBox(this.#root);
    const button = make("button", "facade");
    const picture = document.createElement("img");
    picture.alt = "";
    picture.loading = "lazy";
    picture.addEventListener("error", () => picture.remove(), { signal });
    picture.src = new URL("cover.webp", address).href;
    button.append(picture, make("span", "words", this.#label));
    button.setAttribute("aria-label", `${this.#label}: ${this.#title}`);
    this.#open = () => {
      if (this.#frame) return;
      this.#load(box, address);
      // The click was the reader's start: no second one on the cover.
      this.#ready = () => {
        if (!this.hasAttribute("autoplay")) this.#send("go", 1);
        this.#frame?.focus();
      };
    };
    button.addEventListener("click", () => this.#open(), { signal });
    box.append(button);
  }

  /** A button that opens the guide over the page. @param {URL} address @param {AbortSignal} signal */
  #popup(address, signal) {
    const open = make("button", "open", this.#label);
    open.part.add("button");
    open.setAttribute("aria-haspopup", "dialog");
    const dialog = document.createElement("dialog");
    const head = make("header");
    const close = make("button", "close", "\u00d7");
    close.setAttribute("aria-label", this.getAttribute("close-label") || "Close");
    head.append(make("span"), close);
    this.#open = () => {
      if (dialog.open) return;
      dialog.setAttribute("aria-label", this.#title);
      /** @type {HTMLElement} */ (head.firstChild).textContent = this.getAttribute("title");
      dialog.replaceChildren(head);
      this.#load(this.#makeBox(dialog), address);
      // Until the guide is there, the focus stays where Esc is heard.
      this.#ready = () => this.#root.activeElement === close && this.#frame?.focus();
      dialog.showModal();
    };
    open.addEventListener("click", () => this.#open(), { signal });
    close.addEventListener("click", () => dialog.close(), { signal });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(), { signal });
    dialog.addEventListener("close", () => {
      this.#frame = this.#box = null;
      dialog.replaceChildren();
      open.focus();
    }, { signal });
    this.#root.append(open, dialog);
  }

  /** Tells the guide what to do. @param {string} command @param {number | string} [step] */
  #send(command, step) {
    this.#frame?.contentWindow?.postMessage({ target: "guidemark", command, step }, "*");
  }

  /** Passes on what the guide in our own frame says. @param {MessageEvent} event */
  #hear(event) {
    const said = event.data;
    if (!this.#frame || event.source !== this.#frame.contentWindow || said?.source !== "guidemark") return;
    if (said.type === "resize") return this.#fit(Number(said.height));
    if (!TYPES.includes(said.type)) return;
    const { source, type, ...detail } = said;
    if (type === "load") {
      this.#loaded = true;
      this.#ready?.();
      this.#ready = null;
    }
    const name = `guidemark:${type}`;
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    const layer = /** @type {any} */ (globalThis).dataLayer;
    if (Array.isArray(layer)) layer.push({ event: name, guidemark: detail });
    if (type === "close") this.close();
  }

  /** Gives the box the height the guide asks for. @param {number} height */
  #fit(height) {
    if (height > 0 && height < 1e5) this.#box?.style.setProperty("--height", `${Math.ceil(height)}px`);
  }

  static {
    for (const command of COMMANDS) {
      Object.defineProperty(this.prototype, command, {
        configurable: true,
        writable: true,
        /** @this {GuidemarkEmbed} @param {number | string} [step] */
        value(step) {
          this.#send(command, step);
        },
      });
    }
  }
}

if (!customElements.get("guidemark-embed")) customElements.define("guidemark-embed", GuidemarkEmbed);
}
