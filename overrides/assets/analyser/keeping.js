/** The reader's answers about a file, kept where the reader wants them: in a file, or in this browser. */
import { download } from "../calculator/downloads.js";
import { KEPT_NAME, readKept, readMappingFile, writeKept } from "./kept_mapping.js";
import { part, place } from "./templates.js";

/** @typedef {import("./confirming.js").Mapping} Mapping */

/**
 * @param {HTMLElement} analyser
 * @param {() => Mapping} mappingNow
 * @param {(mapping: Mapping) => void} take
 * @param {AbortSignal} signal
 */
export function keepAnswers(analyser, mappingNow, take, signal) {
  const remember = part(analyser, "remember", HTMLInputElement);
  const file = part(analyser, "mapping-file", HTMLInputElement);
  const said = place(analyser, "remembering");
  const say = (/** @type {string} */ key) => (said.textContent = (said.dataset[key] ?? "").replace("{name}", KEPT_NAME));
  remember.checked = readKept() !== null;
  say(remember.checked ? "kept" : "");
  remember.addEventListener("change", () => {
    const isKept = writeKept(remember.checked ? mappingNow() : null);
    say(!isKept ? "full" : remember.checked ? "kept" : "");
    remember.checked &&= isKept;
  }, { signal });
  // What is answered later is remembered as well.
  analyser.addEventListener("playbook-analysed", () => {
    if (remember.checked) writeKept(mappingNow());
  }, { signal });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    const mapping = chosen && (await readMappingFile(chosen));
    file.value = "";
    if (mapping) take(mapping);
    else say("unreadable");
  }, { signal });
  analyser.querySelector("[data-save=mapping]")?.addEventListener("click", () => {
    const blob = new Blob([`${JSON.stringify(mappingNow(), null, 2)}\n`], { type: "application/json" });
    download(blob, "analyser-answers.json");
  }, { signal });
}
