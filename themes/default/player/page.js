/** What a guide's page does beside the walkthrough. */
import { element } from './dom.js';
import { copyText, wakeShare } from './share.js';

/** A button on each block of code. */
function wakeCode() {
  for (const code of document.querySelectorAll('article pre')) {
    const frame = element('div', 'code');
    const button = element('button', 'copy button', document.documentElement.dataset.copy);
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
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[href^="../"]'))) {
    link.href = link.href.replace(/\/(?=#|$)/, '/index.html');
  }
}

/** Draws the figures below an element. @param {ParentNode} at */
const draw = (at) => at.querySelectorAll('.later').forEach((later) => {
  later.outerHTML = later.textContent || '';
});
const near = new IntersectionObserver((seen) => seen.forEach(({ isIntersecting, target }) => isIntersecting && draw(target)), { rootMargin: '100%' });
const look = () => document.querySelectorAll('.frame').forEach((frame) => near.observe(frame));
addEventListener('beforeprint', () => draw(document));

const share = /** @type {HTMLDetailsElement | null} */ (document.querySelector('details.share'));
if (share) wakeShare(share);
/** The page may still be on its way. */
const arriving = setInterval(() => {
  look();
  if (document.readyState === 'loading') return;
  clearInterval(arriving);
  wakeCode();
  wakeLinks();
}, 30);
