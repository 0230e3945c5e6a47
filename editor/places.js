/**
 * Places of a guide that something leads to: a field of a step, an annotation, a text around the steps, a setting.
 *
 * @typedef {{kind: 'step', step: string} | {kind: 'run', step: string, run: number} | {kind: 'alt', step: string, scene: number}
 *   | {kind: 'id', step: string} | {kind: 'annotation', annotation: string} | {kind: 'section', section: number} | {kind: 'setting', setting: string}} Place
 */

export class Places {
  /**
   * @param {import('./session.js').Session} session
   * @param {{settings: (name?: string) => void, section: (at: number) => void, step: (uid: string) => void, mark: () => void, unfold: () => void}} to
   */
  constructor(session, to) {
    this.session = session;
    this.to = to;
  }

  /** Goes there; `words` are selected in its field. @param {Place} place @param {{start: number, end: number}} [words] */
  go(place, words) {
    const { session, to } = this;
    session.playing = false;
    switch (place.kind) {
      case 'setting': return to.settings(place.setting);
      case 'section': to.section(place.section); return this.#field(`section ${place.section}`, words);
      case 'annotation':
        session.show(place.annotation);
        if (!words || !this.#field(`${place.annotation} text`, words)) to.mark();
        return;
      case 'step': session.go(place.step); return to.step(place.step);
      case 'id': session.go(place.step); return this.#field(`${place.step} id`, words);
      case 'alt': session.go(place.step, place.scene); return this.#field(`${place.step} alt ${place.scene}`, words);
      case 'run': session.go(place.step); return this.#field(`${place.step} text ${place.run}`, words);
    }
  }

  /** @param {string} key @param {{start: number, end: number}} [words] */
  #field(key, words) {
    this.to.unfold();
    const input = /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(`field ${key}`)}"]`));
    if (!input) return false;
    input.focus();
    input.scrollIntoView({ block: 'center' });
    if (words) input.setSelectionRange(words.start, words.end);
    return true;
  }
}
