/** Defines <playbook-numbers>; loaded where one stands (site/parts.js), which gives it the worker of this visit. */
import { PlaybookNumbers } from "./element.js";

/** @param {import("./element.js").Python} runtime */
export function begin(runtime) {
  PlaybookNumbers.runtime = runtime;
  if (!customElements.get("playbook-numbers")) customElements.define("playbook-numbers", PlaybookNumbers);
}
