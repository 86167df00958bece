/** Defines <playbook-answer-key>; loaded where one stands (site/parts.js), which gives it the worker of this visit. */
import { PlaybookAnswerKey } from "./element.js";

/** @param {import("./element.js").Python} python */
export function begin(python) {
  PlaybookAnswerKey.python = python;
  if (!customElements.get("playbook-answer-key")) customElements.define("playbook-answer-key", PlaybookAnswerKey);
}
