/** Which files the answer is of, and whether answers of an earlier one are used. */
import { filled, place, refill } from "./templates.js";

/**
 * @param {HTMLElement} analyser
 * @param {Record<string, any>} answer see calculators/analysis/page/questions.py
 */
export function showFilesInUse(analyser, { files, is_remembered: isRemembered }) {
  const lines = [filled(analyser, "file-of-deals", { name: files.deals.name, text: files.deals.text })];
  if (files.history) lines.push(filled(analyser, "file-of-history", { name: files.history.name }));
  if (isRemembered) lines.push(filled(analyser, "remembered", {}));
  refill(place(analyser, "in-use"), lines);
}
