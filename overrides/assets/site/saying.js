/** What is read out by a screen reader: words that come into a region which was there before them. */

/** Enough for the region to be known to whoever listens, and not long enough to be seen. */
const KNOWN_AFTER_MILLISECONDS = 20;
/** @type {WeakMap<HTMLElement, {words: string, timer: ReturnType<typeof setTimeout>}>} */
const coming = new WeakMap();

/**
 * Puts words into a region that speaks and that may have been shown just now: one that appears with its words is passed
 * over. The latest words count.
 *
 * @param {HTMLElement} region
 * @param {string} words
 */
export function sayIn(region, words) {
  const before = coming.get(region);
  if (before?.words === words) return;
  clearTimeout(before?.timer);
  const timer = setTimeout(() => {
    coming.delete(region);
    region.textContent = words;
  }, KNOWN_AFTER_MILLISECONDS);
  coming.set(region, { words, timer });
}
