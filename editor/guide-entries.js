/**
 * All that can be done in the list of guides, for the palette. Pure.
 *
 * @typedef {import('./palette.js').Entry} Entry
 * @typedef {import('./guides.js').Listed} Listed
 * @typedef {import('./guides.js').Library} Library
 *
 * @typedef {object} Does
 * @property {() => void} make
 * @property {() => void} record
 * @property {() => void} read Opens the site.
 * @property {(slug: string) => void} edit
 * @property {(slug: string) => void} open Its page.
 * @property {(slug: string, draft: boolean) => void} publish
 * @property {(slug: string) => void} duplicate
 * @property {(listed: Listed) => void} rename
 * @property {(listed: Listed) => void} export
 * @property {(slug: string) => void} remove
 * @property {(id: string) => void} restore
 * @property {(() => void) | null} undo Brings the last deleted guide back.
 */

/** @param {Library} library @param {Does} does @returns {Entry[]} */
export function guideEntries({ guides, trash }, does) {
  const all = [
    { name: 'New guide…', of: 'new', run: does.make },
    { name: 'Record a guide…', of: 'record', run: does.record },
    ...(does.undo ? [{ name: 'Bring the deleted guide back', key: 'Ctrl Z', run: does.undo }] : []),
    ...(guides.some(({ page }) => page) ? [{ name: 'View as a reader', of: 'site', run: does.read }] : []),
  ];
  const each = guides.flatMap((listed) => {
    const { slug, title, draft, page } = listed;
    return [
      { name: `Edit: ${title}`, of: `open ${slug}`, run: () => does.edit(slug) },
      ...(page ? [{ name: `Open the page of: ${title}`, run: () => does.open(slug) }] : []),
      { name: `${draft ? 'Publish' : 'Make it a draft'}: ${title}`, run: () => does.publish(slug, !draft) },
      { name: `Duplicate: ${title}`, run: () => does.duplicate(slug) },
      { name: `Rename: ${title}`, run: () => does.rename(listed) },
      { name: `Export: ${title}`, run: () => does.export(listed) },
      { name: `Delete: ${title}`, run: () => does.remove(slug) },
    ];
  });
  return [...all, ...each, ...trash.map(({ id, title }) => ({ name: `Restore: ${title}`, run: () => does.restore(id) }))];
}
