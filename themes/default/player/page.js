/** What a guide's page does beside the walkthrough. */
import {copyText, wakeShare} from './share.js';

/** A button on each block of code. @param {HTMLElement} article */
function wakeCode(article) {
  for (const code of article.querySelectorAll('pre')) {
    const frame = document.createElement('div');
    frame.className = 'code';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy button';
    button.textContent = document.documentElement.dataset.copy || '';
    code.replaceWith(frame);
    frame.append(code, button);
  }
  // One listener for all: the walkthrough shows copies of the blocks.
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest('.copy');
    const code = button && button.parentElement?.querySelector('pre');
    if (code) copyText(/** @type {HTMLElement} */ (button), code.textContent || '');
  });
}

/** A folder has no page of its own where no server gives it one. */
function wakeLinks() {
  if (location.protocol !== 'file:') return;
  for (const link of document.querySelectorAll('a[href^="../"]')) {
    link.setAttribute('href', (link.getAttribute('href') || '').replace(/\/(?=#|$)/, '/index.html'));
  }
}

const article = /** @type {HTMLElement | null} */ (document.querySelector('#gm-article'));
const share = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.share'));
if (article) wakeCode(article);
if (share) wakeShare(share);
wakeLinks();
