/** Where the reader is taken once a file is read: to what has to be answered first, else to what the pipeline says. */
import { part, place } from "./templates.js";

const WIDE = matchMedia("(min-width: 60em)");

/** @param {HTMLElement} analyser @param {Record<string, any>} answer */
export function lead(analyser, answer) {
  const confirm = part(analyser, "confirm", HTMLDetailsElement);
  confirm.open = answer["confirm"].is_in_doubt;
  // On a phone, the words of the outcome are what is looked at; the columns are a line until it is opened.
  part(analyser, "used", HTMLDetailsElement).open = confirm.open || WIDE.matches;
  place(analyser, "confirmed").hidden = true;
  const question = confirm.open || !answer["gate"].comes_first ? null : place(analyser, "doubts").querySelector("input");
  const goal = confirm.open ? confirm.querySelector("summary") : (question ?? place(analyser, "headline"));
  (question ? place(analyser, "gate") : goal)?.scrollIntoView({ block: "start" });
  goal?.focus({ preventScroll: true });
}

/**
 * Where the reader goes on once something was changed: stays, or to the next question, or, after the last one, to what the
 * pipeline says.
 *
 * @param {HTMLElement} analyser
 * @param {Record<string, any>} answer
 * @param {import("./element.js").Way} way
 */
export function leadOn(analyser, answer, { kind, returnTo }) {
  if (kind === "answer" && !answer["gate"].open) return toHeadline(analyser);
  // The button that was pressed goes away.
  if (!returnTo && document.activeElement !== document.body) return;
  const next = kind === "answer" ? place(analyser, "doubts").querySelector("[data-open] input") : controlOf(analyser, returnTo ?? "");
  if (next instanceof HTMLElement) next.focus();
}

/** @param {HTMLElement} analyser */
export function toHeadline(analyser) {
  place(analyser, "headline").scrollIntoView({ block: "start" });
  place(analyser, "headline").focus({ preventScroll: true });
}

/** @param {HTMLElement} analyser @param {string} name of a control, or of a part that folds @returns {Element | null} */
function controlOf(analyser, name) {
  if (!name) return null;
  const keyed = [...analyser.querySelectorAll("[data-key]")].find((control) => /** @type {HTMLElement} */ (control).dataset["key"]?.startsWith(name));
  return keyed ?? analyser.querySelector(`[data-part="${CSS.escape(name)}"] > summary`);
}
