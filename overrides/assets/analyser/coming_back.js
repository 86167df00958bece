/** A page that is come back to by "back" or "forward" shows what it showed, where it was. */

/**
 * @typedef {object} Place
 * @property {string[]} open what was unfolded
 * @property {{selector: string, top: number} | null} at what stood where on the screen
 * @property {string} focus the key of the control that had the focus, "" for none with a key
 */

const LANDMARKS = ["figure", "table", "chart", "section"];
const LAID_OUT_MILLISECONDS = 3000;
const SETTLED_MILLISECONDS = 100;
const BELOW_THE_HEADER_PIXELS = 60;

/**
 * Tells where the reader is, whenever that has changed. Once the address is of another page, it is too late: the theme has
 * scrolled to where that one was, though this one is still there.
 *
 * @param {HTMLElement} analyser
 * @param {(place: Place) => void} tell
 * @param {AbortSignal} signal
 */
export function keepPlace(analyser, tell, signal) {
  const { pathname } = location;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  const look = () => {
    // Rows lie above the place that is come back to.
    if (location.pathname === pathname && !analyser.querySelector("dialog[open]")) tell(placeOf(analyser));
  };
  document.addEventListener("click", look, { signal, capture: true });
  document.addEventListener("scroll", () => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLED_MILLISECONDS);
  }, { signal, passive: true });
  signal.addEventListener("abort", () => clearTimeout(settling));
}

/** @param {HTMLElement} analyser @returns {Place} */
function placeOf(analyser) {
  return { open: folds(analyser).filter((fold) => fold.open).map(nameOf), at: landmark(analyser), focus: focusIn(analyser) };
}

/** @param {HTMLElement} analyser */
function focusIn(analyser) {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && analyser.contains(focused) ? (focused.dataset["key"] ?? "") : "";
}

/**
 * The theme takes the first step back of a visit, as out of the rows of a figure, for one to another page, loads this one
 * anew, and the focus goes to its heading.
 *
 * @param {HTMLElement} analyser
 * @param {Place} place
 */
export function focusAgain(analyser, { focus }) {
  const control = focus && analyser.querySelector(`[data-key="${CSS.escape(focus)}"]`);
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
}

/** @param {HTMLElement} analyser @param {Place} place */
export function unfold(analyser, { open }) {
  for (const fold of folds(analyser)) fold.open = open.includes(nameOf(fold));
}

/**
 * Scrolls there, also while charts are still being drawn above it: until the reader does something, or for a while.
 *
 * @param {HTMLElement} analyser
 * @param {Place} place
 */
export function keepAt(analyser, { at }) {
  if (!at) return;
  const signal = AbortSignal.timeout(LAID_OUT_MILLISECONDS);
  const goThere = () => {
    // Once it is left, its size changes to nothing, and the page that is scrolled would be the next one.
    const element = analyser.isConnected && analyser.querySelector(at.selector);
    if (element) scrollBy(0, element.getBoundingClientRect().top - at.top);
  };
  const resized = new ResizeObserver(goThere);
  resized.observe(analyser);
  signal.addEventListener("abort", () => resized.disconnect());
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) document.addEventListener(act, () => resized.disconnect(), { signal, passive: true });
  goThere();
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
