/** Picture files as an author brings them. Pure. */

/** What a screenshot may be. */
export const ACCEPT = 'image/png,image/jpeg,image/webp,image/gif';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** In the order a person counts: `2.png` before `10.png`. @template {{name: string}} T @param {T[]} files @returns {T[]} */
export const inOrder = (files) => [...files].sort((a, b) => collator.compare(a.name, b.name));

/** Those that are pictures. @template {{type: string}} T @param {T[]} files @returns {T[]} */
export const pictures = (files) => files.filter(({ type }) => type.startsWith('image/'));

/** What a step says until its author does. */
export const FIRST_WORDS = 'Describe this step.';
