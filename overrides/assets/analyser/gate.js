/** The gate before the figures: questions with their choices side by side, and what was set aside. */
import { offerUndo } from "./confirming.js";
import { filled, listIn, place, refill } from "./templates.js";

/** @typedef {Record<string, any>} Answer */

/**
 * @param {HTMLElement} analyser
 * @param {Answer} gate see calculators/analysis/page/gate.py
 */
export function showGate(analyser, gate) {
  const doubts = gate["doubts"].map((/** @type {Answer} */ doubt, /** @type {number} */ number) => question(analyser, doubt, number));
  const title = gate["open"] ? [filled(analyser, "questions", { text: gate["questions"] })] : [];
  refill(place(analyser, "doubts"), [...title, ...doubts]);
  place(analyser, "set-aside-title").textContent = gate["set_aside_title"];
  place(analyser, "set-aside-list").replaceChildren(...gate["set_aside"].map((/** @type {Answer} */ entry) => filled(analyser, "set-aside", entry)));
  place(analyser, "set-aside").hidden = !gate["set_aside"].length;
  place(analyser, "notes").replaceChildren(...gate["notes"].map((/** @type {string} */ text) => filled(analyser, "note", { text })));
  place(analyser, "notes").hidden = !gate["notes"].length;
  place(analyser, "gate").hidden = !doubts.length && !gate["set_aside"].length && !gate["notes"].length;
}

/** @param {HTMLElement} analyser @param {Answer} doubt @param {number} number */
function question(analyser, doubt, number) {
  const set = filled(analyser, "doubt", doubt);
  set.toggleAttribute("data-open", !doubt["decided"]);
  offerUndo(set, `doubt:${doubt["decides"]}`, doubt["is_said"]);
  listIn(set, "choices").append(
    ...doubt["choices"].map((/** @type {Answer} */ choice) => {
      const option = filled(analyser, "choice", choice);
      const radio = /** @type {HTMLInputElement} */ (option.querySelector("input"));
      radio.name = `analyser-doubt-${number}`;
      radio.value = choice["value"];
      radio.checked = choice["value"] === doubt["decided"];
      radio.dataset["decides"] = doubt["decides"];
      radio.dataset["key"] = `doubt:${doubt["decides"]}:${choice["value"]}`;
      return option;
    }),
  );
  return set;
}
