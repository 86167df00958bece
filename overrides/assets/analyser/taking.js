/** What is taken along: files that Python makes, and the report on paper. */
import { download } from "../calculator/downloads.js";
import { place } from "./templates.js";

/** @typedef {Record<string, any>} Answer */

/**
 * @param {HTMLElement} analyser
 * @param {(question: object, retry: () => void) => Promise<Answer | null>} ask
 * @param {() => string} rows which rows are shown
 * @param {AbortSignal} signal
 */
export function keepTaking(analyser, ask, rows, signal) {
  const said = place(analyser, "saved");
  const say = (/** @type {string} */ key) => (said.textContent = said.dataset[key] ?? "");
  analyser.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const what = button?.dataset["save"];
    if (button?.dataset["do"] === "print") print();
    if (!what || what === "mapping") return;
    say("making");
    const question = { ask: "save", save: what, rows: rows(), site: new URL(analyser.dataset["root"] ?? "", location.href).href };
    const answer = await ask(question, () => button?.click());
    say(answer ? "saved" : "");
    if (answer) download(answer["written"], answer["name"]);
  }, { signal });
}
