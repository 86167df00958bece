/** Files come in: dropped anywhere on the analyser, chosen with the button, or the sample, which lies beside the page. */
import { Failure, kindOfStatus } from "../runtime/failures.js";
import { part, place } from "./templates.js";

/**
 * @param {HTMLElement} analyser
 * @param {(files: File[]) => void} take
 * @param {(work: Promise<File[]>) => void} takeLater files that have to be fetched first
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
  analyser.querySelector("[data-do=sample]")?.addEventListener("click", () => takeLater(sample(analyser)), { signal });
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

/** @param {HTMLElement} analyser @returns {Promise<File[]>} the deals and the history of their stages; rejects with Failure */
function sample(analyser) {
  return Promise.all((analyser.dataset["samples"] ?? "").split(" ").map((address) => fetched(new URL(address, location.href))));
}

/** @param {URL} address @returns {Promise<File>} */
async function fetched(address) {
  const response = await fetch(address).catch((error) => {
    throw new Failure("offline", String(error));
  });
  if (!response.ok) throw new Failure(kindOfStatus(response.status), `the sample: ${response.status}`);
  return new File([await response.blob()], address.pathname.split("/").at(-1) ?? "");
}
