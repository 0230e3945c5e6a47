/**
 * `<guidemark-embed src="https://docs.example.com/some-guide/">` shows a guide in any page.
 *
 * Attributes: `src` (address of the guide, required), `mode` (`inline`, `popup` or `facade`), `label` (words
 * of the popup's button), `title` (name of the frame), `width` and `height` (proportions of the stage, in
 * points, until the guide says its own), `autoplay`, `loop`.
 * Methods: `go(numberOrId)`, `next()`, `back()`, `play()`, `pause()`, `restart()`.
 * Load it with `<script async src="…/embed.js"></script>`; it is no module, so that it also loads from a file.
 * Events: those of the guide (`guidemark:load`, `:start`, `:step`, `:complete`, `:cta`, `:close`), bubbling.
 */
{
const STYLE = `
:host{display:block;max-width:100%}
:host([hidden]){display:none}
:host([mode=popup]){display:inline-block}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}
.box{position:relative;width:100%;border-radius:12px;overflow:hidden}
.facade{all:unset;box-sizing:border-box;cursor:pointer;display:block;position:absolute;inset:0}
.facade img{width:100%;height:100%;object-fit:cover;object-position:top;display:block}
.facade:focus-visible,.open:focus-visible,.close:focus-visible{outline:3px solid Highlight;outline-offset:2px}
.facade span{position:absolute;inset:0;margin:auto;width:max-content;height:max-content}
.facade span,.open{font:600 16px/1.2 system-ui,sans-serif;padding:14px 22px;border:0;border-radius:10px;background:#1b1b22;color:#fff;cursor:pointer}
dialog{width:min(1120px,94vw);max-width:none;max-height:none;padding:0;border:0;border-radius:14px;overflow:hidden;background:Canvas}
dialog::backdrop{background:rgb(10 10 20/.6)}
.close{position:absolute;inset-block-start:8px;inset-inline-end:8px;width:44px;height:44px;border:0;border-radius:22px;background:#1b1b22;color:#fff;font:20px/1 system-ui,sans-serif;cursor:pointer;z-index:1}`;

/** Commands a guide obeys. */
const COMMANDS = ["go", "next", "back", "play", "pause", "restart"];

class GuidemarkEmbed extends HTMLElement {
  static observedAttributes = ["src", "mode"];

  /** @type {AbortController | null} */
  #life = null;
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** @type {HTMLElement | null} */
  #box = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    this.#show();
  }

  disconnectedCallback() {
    this.#clear();
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (this.isConnected && this.#life && before !== after) this.#show();
  }

  /** Sends a command to the guide. @param {string} command @param {number | string} [step] */
  send(command, step) {
    this.#frame?.contentWindow?.postMessage({ target: "guidemark", command, step }, "*");
  }

  /** Address of the guide's folder; `null` if `src` is none a page may open. @returns {URL | null} */
  get #address() {
    const src = this.getAttribute("src");
    if (!src) return null;
    try {
      const url = new URL(src, document.baseURI);
      return ["http:", "https:", "file:"].includes(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  #clear() {
    this.#life?.abort();
    this.#life = null;
    this.#frame = null;
    this.#box = null;
    this.shadowRoot?.replaceChildren();
  }

  #show() {
    this.#clear();
    const address = this.#address;
    if (!address) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    addEventListener("message", (event) => this.#hear(event), { signal });
    const mode = this.getAttribute("mode");
    if (mode === "popup") this.#popup(address, signal);
    else if (mode === "facade") this.#facade(address, signal);
    else this.#inline(this.shadowRoot, address, false);
  }

  /** A box of the stage's proportions. @param {ParentNode | null} parent */
  #makeBox(parent) {
    const box = document.createElement("div");
    box.className = "box";
    const width = Number(this.getAttribute("width")) || 1280;
    const height = Number(this.getAttribute("height")) || 900;
    box.style.aspectRatio = `${width} / ${height}`;
    parent?.append(box);
    this.#box = box;
    return box;
  }

  /** @param {ParentNode | null} parent @param {URL} address @param {boolean} start */
  #inline(parent, address, start) {
    const url = new URL(address);
    url.searchParams.set("view", "player");
    if (start || this.hasAttribute("autoplay")) url.searchParams.set("autoplay", "");
    if (this.hasAttribute("loop")) url.searchParams.set("loop", "");
    const frame = document.createElement("iframe");
    frame.loading = "lazy";
    frame.allow = "fullscreen; clipboard-write";
    frame.title = this.getAttribute("title") || "Guide";
    frame.src = url.href;
    this.#frame = frame;
    this.#makeBox(parent).append(frame);
  }

  /** The first picture alone, until it is clicked. @param {URL} address @param {AbortSignal} signal */
  #facade(address, signal) {
    const box = this.#makeBox(this.shadowRoot);
    const button = document.createElement("button");
    button.className = "facade";
    button.setAttribute("aria-label", `${this.label}: ${this.getAttribute("title") || "Guide"}`);
    const picture = document.createElement("img");
    picture.alt = "";
    picture.loading = "lazy";
    picture.src = new URL("cover.webp", address).href;
    const words = document.createElement("span");
    words.textContent = this.label;
    button.append(picture, words);
    button.addEventListener("click", () => {
      box.remove();
      this.#inline(this.shadowRoot, address, true);
      this.#frame?.focus();
    }, { signal });
    box.append(button);
  }

  /** A button that opens the guide over the page. @param {URL} address @param {AbortSignal} signal */
  #popup(address, signal) {
    const open = document.createElement("button");
    open.className = "open";
    open.part.add("button");
    open.textContent = this.label;
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", this.getAttribute("title") || this.label);
    const close = document.createElement("button");
    close.className = "close";
    close.setAttribute("aria-label", "Close");
    close.textContent = "×";
    open.addEventListener("click", () => {
      dialog.replaceChildren(close);
      this.#inline(dialog, address, false);
      dialog.showModal();
    }, { signal });
    close.addEventListener("click", () => dialog.close(), { signal });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(), { signal });
    dialog.addEventListener("close", () => {
      dialog.replaceChildren();
      this.#frame = null;
    }, { signal });
    this.shadowRoot?.append(open, dialog);
  }

  /** Words on the button. */
  get label() {
    return this.getAttribute("label") || "Show me how";
  }

  /** Passes on what the guide in our own frame says. @param {MessageEvent} event */
  #hear(event) {
    const said = event.data;
    if (!this.#frame || event.source !== this.#frame.contentWindow || said?.source !== "guidemark") return;
    if (typeof said.type !== "string") return;
    if (said.type === "resize") {
      if (this.#box && said.height > 0) {
        this.#box.style.aspectRatio = "auto";
        this.#box.style.height = `${Math.ceil(said.height)}px`;
      }
      return;
    }
    const { source, type, ...detail } = said;
    this.dispatchEvent(new CustomEvent(`guidemark:${type}`, { detail, bubbles: true, composed: true }));
    if (type === "close") this.shadowRoot?.querySelector("dialog")?.close();
  }
}

for (const command of COMMANDS) {
  Object.defineProperty(GuidemarkEmbed.prototype, command, {
    configurable: true,
    writable: true,
    /** @this {GuidemarkEmbed} @param {number | string} [step] */
    value(step) {
      this.send(command, step);
    },
  });
}
if (!customElements.get("guidemark-embed")) customElements.define("guidemark-embed", GuidemarkEmbed);
}
