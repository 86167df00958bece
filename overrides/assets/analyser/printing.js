/** The report on paper: whichever way the page is printed, two sheets of what the file says. */
import { whenPrinting } from "../calculator/printing.js";

/**
 * @param {HTMLElement} analyser
 * @param {AbortSignal} signal
 */
export function keepPrinting(analyser, signal) {
  /** @type {Element[]} */
  let folded = [];
  whenPrinting(
    () => {
      if (signal.aborted || analyser.dataset["state"] !== "shown" || analyser.dataset["printing"] !== undefined) return;
      folded = [...analyser.querySelectorAll("details.analyser__section:not([open])")];
      for (const section of folded) section.toggleAttribute("open", true);
      analyser.dataset["printing"] = "";
    },
    () => {
      delete analyser.dataset["printing"];
      for (const section of folded) section.toggleAttribute("open", false);
      folded = [];
    },
    signal,
  );
}
