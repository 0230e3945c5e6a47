/** Screenshots of the article that open large. */

/** @param {HTMLElement} article */
export function wakeFigures(article) {
  const { enlarge = '', close = '' } = document.documentElement.dataset;
  for (const figure of article.querySelectorAll('figure.shot')) {
    const picture = figure.querySelector('svg');
    if (!picture) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'zoom';
    button.setAttribute('aria-label', `${enlarge}: ${picture.getAttribute('aria-label')}`);
    button.addEventListener('click', () => openLarge(picture, close));
    const frame = document.createElement('div');
    frame.className = 'frame';
    picture.replaceWith(frame);
    frame.append(picture, button);
  }
}

/** @param {SVGElement} picture @param {string} word */
function openLarge(picture, word) {
  const copy = /** @type {SVGElement} */ (picture.cloneNode(true));
  // The pictures stay where they are: the copy uses their groups.
  copy.querySelectorAll('defs').forEach((defs) => defs.remove());
  const dialog = document.createElement('dialog');
  dialog.className = 'large';
  dialog.setAttribute('aria-label', picture.getAttribute('aria-label') || '');
  const button = document.createElement('button');
  button.className = 'button';
  button.textContent = word;
  dialog.append(copy, button);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
