/** The entry of a guide's page. */
import { GuidemarkPlayer } from './player.js';

if (!customElements.get('guidemark-player')) customElements.define('guidemark-player', GuidemarkPlayer);
