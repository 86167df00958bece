/**
 * What stands at the edge of the view: the headline of the result while the reader edits fields and the result itself is
 * elsewhere; and, right after a change that can be taken back, the words about that.
 */

/** A headline below the page's header, and most of it there, is in view. */
const IN_VIEW = { rootMargin: "-56px 0px 0px 0px", threshold: 0.6 };
/** Fields that only peek in are not being edited. */
const EDITED = { rootMargin: "-25% 0px -8% 0px" };
/** With less than this, in pixels, the bar would take the room that the field needs: above a keyboard, zoomed in. */
const LEAST_HEIGHT = 240;

/**
 * Says nothing of its own: hidden from screen readers, which are told of each result, and no stop for the keyboard.
 *
 * @param {HTMLElement} calculator
 * @param {AbortSignal} signal
 */
export function keepResultInView(calculator, signal) {
  const bar = calculator.querySelector("[data-part=bar]");
  const fields = calculator.querySelector(".calculator__fields");
  const result = calculator.querySelector(".calculator__result");
  const figure = calculator.querySelector(".calculator__output--headline") ?? calculator.querySelector(".calculator__output");
  if (!(bar instanceof HTMLElement && fields && result && figure)) return;
  const seen = new Set();
  let isEdited = false;

  const show = () => {
    // Who has gone on to what stands below the result is not editing, wherever the focus was left.
    const isPassed = (sentenceOf(calculator) ?? figure).getBoundingClientRect().bottom < 0;
    const isUseful = isEdited || (fields.contains(document.activeElement) && !isPassed);
    // In a frame as high as what it holds, nothing scrolls: there the bar would hold on to the end of the form.
    const isScrolled = document.documentElement.scrollHeight > document.documentElement.clientHeight;
    bar.hidden = !isUseful || seen.size > 0 || !isScrolled || (window.visualViewport?.height ?? Infinity) < LEAST_HEIGHT;
  };
  /** Once per thing said or field gone to, so that nobody is held where they scroll away. */
  const uncover = () => {
    show();
    const field = document.activeElement;
    const words = !bar.hidden && field && fields.contains(field) ? messagesOf(field) : [];
    for (const message of words) if (isOver(bar.firstElementChild ?? bar, message)) message.scrollIntoView({ block: "nearest" });
  };
  const write = () => {
    const texts = textsOf(calculator, figure);
    for (const [place, part] of [...bar.querySelectorAll("[data-part=bar-text] > *")].entries()) part.textContent = texts[place] ?? "";
  };
  const seeing = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target) : seen.delete(target);
    show();
  }, IN_VIEW);
  const editing = new IntersectionObserver((entries) => {
    isEdited = entries.at(-1)?.isIntersecting ?? false;
    show();
  }, EDITED);
  const changing = new MutationObserver(write);
  const refusing = new MutationObserver(uncover);
  for (const headline of [figure, sentenceOf(calculator)]) if (headline) seeing.observe(headline);
  editing.observe(fields);
  changing.observe(result, { subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"] });
  refusing.observe(fields, { subtree: true, childList: true, attributeFilter: ["hidden"] });
  write();

  bar.addEventListener("click", () => (messageOf(calculator) ?? sentenceOf(calculator) ?? figure).scrollIntoView({ block: "center" }), { signal });
  calculator.addEventListener("focusin", () => requestAnimationFrame(uncover), { signal });
  calculator.addEventListener("focusout", show, { signal });
  const stayAboveKeyboard = () => {
    const { height = 0, offsetTop = 0, scale = 0 } = window.visualViewport ?? {};
    const covered = scale === 1 ? document.documentElement.clientHeight - height - offsetTop : 0;
    bar.style.setProperty("--covered", `${Math.max(0, Math.round(covered))}px`);
    show();
  };
  for (const event of ["resize", "scroll"]) window.visualViewport?.addEventListener(event, stayAboveKeyboard, { signal });
  signal.addEventListener("abort", () => {
    for (const watching of [seeing, editing, changing, refusing]) watching.disconnect();
    bar.hidden = true;
  });
  letUndoSettle(calculator, signal);
}

/**
 * The words about a change stay in view till the reader types on or goes to a field with a finger; then they stand where
 * they stand.
 *
 * @param {HTMLElement} calculator
 * @param {AbortSignal} signal
 */
function letUndoSettle(calculator, signal) {
  const undo = calculator.querySelector("[data-part=undo]");
  if (!(undo instanceof HTMLElement)) return;
  const saying = new MutationObserver(() => {
    undo.toggleAttribute("data-settled", false);
    const focused = document.activeElement;
    const isCovered = focused && calculator.contains(focused) && !undo.contains(focused) && isOver(undo, focused);
    if (isCovered) focused.scrollIntoView({ block: "nearest" });
  });
  saying.observe(undo, { subtree: true, childList: true, attributeFilter: ["hidden"] });
  const settle = (/** @type {Event} */ { target }) => {
    if (target instanceof Element && target.matches("input, textarea, select")) undo.toggleAttribute("data-settled", true);
  };
  for (const event of ["input", "click"]) calculator.addEventListener(event, settle, { signal });
  signal.addEventListener("abort", () => saying.disconnect());
}

/** @param {Element} upper @param {Element} lower */
function isOver(upper, lower) {
  const [over, under] = [upper.getBoundingClientRect(), lower.getBoundingClientRect()];
  return over.height > 0 && over.top < under.bottom && under.top < over.bottom;
}

/** @param {Element} field @returns {Element[]} what is said about it now: partials/calculator_fields.html */
function messagesOf(field) {
  const name = field.closest("[data-input]")?.getAttribute("data-input") ?? field.getAttribute("name");
  const places = field.closest(".calculator__fields")?.querySelectorAll(`:is([data-error="${name}"], [data-remark="${name}"]):not([hidden])`);
  return [...(places ?? [])];
}

/** @param {Element} calculator @returns {Element | null} why there is no answer, where there is none: on its way, or not */
function messageOf(calculator) {
  return calculator.querySelector(":is([data-part=waiting], [data-message]):not([hidden])");
}

/** @param {Element} calculator @returns {HTMLElement | null} the answer as a sentence, where there is one now */
function sentenceOf(calculator) {
  const sentence = calculator.querySelector("[data-part=headline]");
  return sentence instanceof HTMLElement && !sentence.hidden && sentence.textContent ? sentence : null;
}

/**
 * @param {Element} calculator
 * @param {Element} figure
 * @returns {string[]} what is missing, the step and bytes that are waited for, the sentence, or the label and its figure;
 *   of a table or list, its first entry
 */
function textsOf(calculator, figure) {
  const message = messageOf(calculator);
  const parts = message?.querySelectorAll("p:not([hidden], :has(progress)), [data-part=bytes]:not([hidden])");
  if (parts?.length) return [...parts].map((part) => part.textContent ?? "");
  const words = message ?? sentenceOf(calculator);
  if (words) return [(words.textContent ?? "").trim()];
  return [figure.querySelector("dt"), figure.querySelector("output, tbody td, li")].map((part) => part?.textContent ?? "");
}
