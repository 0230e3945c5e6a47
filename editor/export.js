/** The dialog that exports a guide: what it becomes, how far it is, and the file. */
import { makeDialog } from './dialogs.js';
import { attribute, h, say } from './dom.js';
import { capital } from './words.js';

/** What a guide becomes. @type {[form: string, name: string, hint: string][]} */
const FORMS = [
  ['pdf', 'PDF', 'The article on paper, three to four steps a page'],
  ['docx', 'Word document', 'Headings, numbered steps and pictures, to be edited'],
  ['md', 'Markdown', 'Text and pictures for a wiki, as a zip file'],
  ['png', 'Pictures', 'The screenshots with their marks, as a zip file'],
  ['gif', 'GIF', 'An animation for a README'],
  ['webp', 'WebP', 'The same animation, far smaller'],
  ['mp4', 'Film (MP4)', 'The walkthrough at reading pace, with captions, as a zip file'],
  ['webm', 'Film (WebM)', 'The same, for the web'],
  ['scorm', 'Course (SCORM 1.2)', 'For a learning management system'],
  ['scorm2004', 'Course (SCORM 2004)', 'For a learning management system'],
];
/** What can be dark: the others stand on white, or follow the reader's system. */
const DARK = ['docx', 'md', 'png', 'gif', 'webp', 'mp4', 'webm'];
/** How often it is asked how far an export is, in milliseconds. */
const ASKS = 400;

/** @param {number} bytes */
export const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

export class ExportGuide {
  #options = FORMS.map(([form, name, hint], at) => {
    const radio = h('input', { type: 'radio', name: 'form', value: form, checked: at === 0 });
    return h('label', { class: 'form-choice' }, radio, h('span', {}, h('b', {}, name), h('small', {}, hint)));
  });
  #dark = h('input', { type: 'checkbox' });
  #progress = h('progress', { 'aria-label': 'Export', hidden: true });
  #status = h('p', { class: 'export-status', role: 'status' });
  #file = h('a', { class: 'button primary', hidden: true, download: '' });
  #make = h('button', { type: 'submit', class: 'primary' }, 'Export');
  #form = h('form', { method: 'dialog' },
    h('fieldset', { class: 'form-choices' }, h('legend', {}, 'What it becomes'), ...this.#options),
    h('label', { class: 'check' }, this.#dark, h('span', {}, 'Dark colours')),
    this.#progress, this.#status,
    h('footer', {}, this.#file, h('i', { class: 'gap' }), this.#make));
  element;
  /** @type {import('./api.js').Api | undefined} */
  #api;
  /** Which export is waited for; another one is when the dialog is opened for another guide. */
  #turn = 0;

  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.signal = signal;
    this.element = makeDialog('Export', 'export-guide', [this.#form], signal);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    }, { signal });
    this.#form.addEventListener('change', () => this.#offerDark(), { signal });
    this.#offerDark();
    signal.addEventListener('abort', () => { this.#turn += 1; });
  }

  /** @param {import('./api.js').Api} api Of the guide. @param {string} title */
  open(api, title) {
    say(/** @type {Element} */ (this.element.querySelector('h2')), `Export “${title}”`);
    // What is being made for the same guide goes on.
    if (api.slug !== this.#api?.slug) this.#reset('');
    this.#api = api;
    this.element.showModal();
  }

  #chosen() {
    return /** @type {HTMLInputElement | null} */ (this.#form.querySelector('[name=form]:checked'))?.value || 'pdf';
  }

  #offerDark() {
    this.#dark.disabled = !DARK.includes(this.#chosen());
  }

  /** @param {string} message */
  #reset(message, bad = false) {
    this.#turn += 1;
    this.#progress.hidden = true;
    this.#file.hidden = true;
    this.#make.disabled = false;
    say(this.#status, capital(message));
    this.#status.classList.toggle('field-message', bad);
  }

  async #start() {
    const api = /** @type {import('./api.js').Api} */ (this.#api);
    const form = this.#chosen();
    this.#reset('making it');
    const turn = this.#turn;
    this.#make.disabled = true;
    this.#progress.hidden = false;
    attribute(this.#progress, 'value', null);
    try {
      const { status, body } = await api.send('export', { form, dark: this.#dark.checked && !this.#dark.disabled });
      if (status !== 200) throw new Error(body.message || `the server answers ${status}`);
      await this.#wait(api, body.id, turn);
    } catch (error) {
      if (turn === this.#turn) this.#reset(error instanceof TypeError ? 'the server does not answer' : /** @type {Error} */ (error).message, true);
    }
  }

  /** @param {import('./api.js').Api} api @param {string} id @param {number} turn */
  async #wait(api, id, turn) {
    while (turn === this.#turn) {
      const { status, body } = await api.send(`export/${id}`);
      if (status !== 200 || body.state === 'failed') throw new Error(body.message || `the server answers ${status}`);
      if (turn !== this.#turn) return;
      if (body.state === 'ready') return this.#ready(`${api.home}export/${id}/file`, body);
      if (body.all) {
        attribute(this.#progress, 'max', body.all);
        attribute(this.#progress, 'value', body.done);
      }
      await new Promise((done) => setTimeout(done, ASKS));
    }
  }

  /** @param {string} address @param {{name: string, bytes: number, lost?: string[]}} made */
  #ready(address, { name, bytes, lost = [] }) {
    this.#reset(lost.length ? `done: ${lost.join(', ')} can’t be followed from there, the links are text` : 'done');
    attribute(this.#file, 'href', address);
    attribute(this.#file, 'download', name);
    say(this.#file, `Save ${name} (${size(bytes)})`);
    this.#file.hidden = false;
    this.#file.focus();
  }
}
