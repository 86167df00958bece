/** A page that is come back to by "back" or "forward" shows what it showed, where it was. */

/** @typedef {{open: string[], at: {selector: string, top: number} | null}} Place what was unfolded, and what stood where on the screen */

const LANDMARKS = ["figure", "table", "chart", "section"];
const BELOW_THE_HEADER_PIXELS = 60;

/** @param {HTMLElement} analyser @returns {Place} */
export function placeOf(analyser) {
  return { open: folds(analyser).filter((fold) => fold.open).map(nameOf), at: landmark(analyser) };
}

/** @param {HTMLElement} analyser @param {Place} place */
export function unfold(analyser, { open }) {
  for (const fold of folds(analyser)) fold.open = open.includes(nameOf(fold));
}

/** @param {HTMLElement} analyser @param {Place} place */
export function goTo(analyser, { at }) {
  const element = at && analyser.querySelector(at.selector);
  if (element) scrollBy(0, element.getBoundingClientRect().top - at.top);
}

/** @param {HTMLElement} analyser */
function landmark(analyser) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (analyser.querySelectorAll(LANDMARKS.map((name) => `[data-${name}]`).join()))) {
    const { top, bottom } = element.getBoundingClientRect();
    const name = LANDMARKS.find((one) => element.dataset[one] !== undefined) ?? "";
    if (bottom > BELOW_THE_HEADER_PIXELS && top >= 0) return { selector: `[data-${name}="${CSS.escape(element.dataset[name] ?? "")}"]`, top };
  }
  return null;
}

/** @param {HTMLElement} analyser */
function folds(analyser) {
  return /** @type {HTMLDetailsElement[]} */ ([...analyser.querySelectorAll("details:is([data-key], [data-part])")]);
}

/** @param {HTMLElement} fold */
function nameOf(fold) {
  return fold.dataset["key"] ?? fold.dataset["part"] ?? "";
}
