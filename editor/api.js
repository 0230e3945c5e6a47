/** Talks to the server. The only code here that fetches. */

/** @typedef {{status: number, body: any}} Answer */

const meta = (/** @type {string} */ name, from = document) => from.querySelector(`meta[name="${name}"]`)?.getAttribute('content') || '';

/** Where all guides are asked for. */
export const GUIDES = '/.guidemark/guides/';

export class Api {
  #secret = meta('guidemark-secret');

  /** Of one guide, or of what lies at `home`. @param {string} [slug] @param {string} [home] */
  constructor(slug = meta('guidemark-guide'), home = `/.guidemark/edit/${encodeURIComponent(slug)}/`) {
    this.slug = slug;
    this.home = home;
  }

  /** The address of a picture. @param {string} hash */
  picture(hash) {
    return `${this.home}picture/${encodeURIComponent(hash)}`;
  }

  /** Asks; without a body it only reads. @param {string} path @param {object} [body] @returns {Promise<Answer>} */
  send(path, body) {
    return this.#ask(path, body && JSON.stringify(body), 'application/json');
  }

  /** Puts a picture beside the guide. @param {File} file @param {string} [title] Of its step. @returns {Promise<Answer>} */
  upload(file, title = '') {
    return this.#ask(`upload?name=${encodeURIComponent(file.name || 'screenshot.png')}&title=${encodeURIComponent(title)}`, file, 'application/octet-stream');
  }

  /** @param {string} path @param {BodyInit | undefined} body @param {string} type @returns {Promise<Answer>} */
  async #ask(path, body, type) {
    let answer = await this.#fetch(path, body, type);
    // A server that was started again has another secret, and a new page of it tells which.
    if (answer.status === 403 && await this.#renew()) answer = await this.#fetch(path, body, type);
    const text = await answer.text();
    try {
      return { status: answer.status, body: text ? JSON.parse(text) : {} };
    } catch {
      return { status: answer.status, body: { message: text } };
    }
  }

  /** @param {string} path @param {BodyInit | undefined} body @param {string} type */
  #fetch(path, body, type) {
    const headers = { 'X-Guidemark-Secret': this.#secret, ...(body === undefined ? {} : { 'Content-Type': type }) };
    return fetch(this.home + path, { method: body === undefined ? 'GET' : 'POST', headers, body, cache: 'no-store' });
  }

  async #renew() {
    const page = await fetch(this.home, { cache: 'no-store' });
    const secret = page.ok ? meta('guidemark-secret', new DOMParser().parseFromString(await page.text(), 'text/html')) : '';
    const other = secret !== '' && secret !== this.#secret;
    if (other) this.#secret = secret;
    return other;
  }

  /** Tells when the file or what is wrong with it changes. @param {string} page @param {(state: {version: string, source: string, problems: unknown}) => void} changed @param {() => void} back @param {AbortSignal} signal */
  listen(page, changed, back, signal) {
    const source = new EventSource(`/.guidemark/events?page=${encodeURIComponent(page)}&edit=${encodeURIComponent(this.slug)}`);
    source.addEventListener('message', ({ data }) => changed(JSON.parse(data)), { signal });
    source.addEventListener('open', back, { signal });
    signal.addEventListener('abort', () => source.close());
  }
}
