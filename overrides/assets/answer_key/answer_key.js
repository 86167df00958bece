/** Defines <playbook-answer-key>; loaded where one stands (site/parts.js), which gives it the worker of this visit. */
import { PlaybookAnswerKey } from "./element.js";

/** @param {import("./element.js").Python} runtime */
export function begin(runtime) {
  PlaybookAnswerKey.runtime = runtime;
  if (!customElements.get("playbook-answer-key")) customElements.define("playbook-answer-key", PlaybookAnswerKey);
}
