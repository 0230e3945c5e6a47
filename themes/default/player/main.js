/** The entry of a guide's page. */
import { GuidemarkPlayer } from './player.js';

if (!customElements.get('guidemark-player')) {
  // The page is laid out before the stage measures itself, and not together with that: two short tasks instead of a long one.
  document.body.getBoundingClientRect();
  await new Promise((laidOut) => setTimeout(laidOut));
  customElements.define('guidemark-player', GuidemarkPlayer);
}
