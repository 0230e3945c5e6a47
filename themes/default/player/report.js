/** What a site may learn of its guides: counts, and nothing about the reader. */

/**
 * Hands an event of the stage to the page's `dataLayer`, if it has one, and posts it to `beacon`, if the
 * project names one and the reader has not asked to be left alone.
 * @param {string} type @param {object} detail @param {string} [beacon]
 */
export function report(type, detail, beacon) {
  /** @type {any} */ (globalThis).dataLayer?.push?.({ event: `guidemark:${type}`, guidemark: detail });
  const { doNotTrack, globalPrivacyControl } = /** @type {any} */ (navigator);
  if (beacon && doNotTrack !== '1' && !globalPrivacyControl) {
    navigator.sendBeacon(beacon, JSON.stringify({ type, ...detail }));
  }
}
