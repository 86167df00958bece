/** Where the reader is taken once a file is read: to what has to be answered first, else to what the pipeline says. */
import { part, place } from "./templates.js";

/** @param {HTMLElement} analyser @param {Record<string, any>} answer */
export function lead(analyser, answer) {
  const confirm = part(analyser, "confirm", HTMLDetailsElement);
  confirm.open = answer["confirm"].is_in_doubt;
  place(analyser, "confirmed").hidden = true;
  const question = confirm.open || !answer["gate"].open ? null : place(analyser, "doubts").querySelector("input");
  const goal = confirm.open ? confirm.querySelector("summary") : (question ?? place(analyser, "headline"));
  (question ? place(analyser, "gate") : goal)?.scrollIntoView({ block: "start" });
  goal?.focus({ preventScroll: true });
}
