/** Files come in: dropped anywhere on the analyser, chosen with the button, or the sample, which lies beside the page. */
import { fetchFile } from "../runtime/fetch_file.js";
import { part, place } from "./templates.js";

/** The deals of nobody. @type {WeakSet<File>} */
const samples = new WeakSet();

/** @param {File[]} files */
export function areSamples(files) {
  return files.some((file) => samples.has(file));
}

/**
 * @param {HTMLElement} analyser
 * @param {(files: File[]) => void} take
 * @param {(fetching: (signal: AbortSignal) => Promise<File[]>) => void} takeLater files that have to be fetched first
 * @param {AbortSignal} signal
 */
export function keepDropping(analyser, take, takeLater, signal) {
  const input = part(analyser, "files", HTMLInputElement);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // So that the same file, corrected, can be chosen again.
    input.value = "";
    if (files.length) take(files);
  }, { signal });
  analyser.querySelector("[data-do=sample]")?.addEventListener("click", () => takeLater((stopped) => sample(analyser, stopped)), { signal });
  keepDragging(analyser, take, signal);
}

/** @param {HTMLElement} analyser @param {(files: File[]) => void} take @param {AbortSignal} signal */
function keepDragging(analyser, take, signal) {
  const zone = place(analyser, "drop");
  const mark = (/** @type {boolean} */ isOver) => zone.toggleAttribute("data-over", isOver);
  // A file that misses the analyser would otherwise be opened by the browser in the place of the page.
  const over = (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  };
  document.addEventListener("dragover", over, { signal });
  document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && mark(false), { signal });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    mark(false);
    const files = [...event.dataTransfer.files];
    if (files.length) take(files);
  }, { signal });
}

/**
 * @param {HTMLElement} analyser
 * @param {AbortSignal} signal
 * @returns {Promise<File[]>} the deals and the history of their stages; rejects with Failure, or as the signal says
 */
async function sample(analyser, signal) {
  const addresses = (analyser.dataset["samples"] ?? "").split(" ").map((address) => new URL(address, location.href));
  const files = await Promise.all(addresses.map(async (address) => new File([await fetchFile(address, signal)], address.pathname.split("/").at(-1) ?? "")));
  for (const file of files) samples.add(file);
  return files;
}
