/** Where a number of the reader's is from, in the words of a part of the page. */
import { today } from "./known_numbers.js";

/**
 * @param {HTMLElement} part whose data has the sentences: `analysis`, `calculator`, `typed` and, for the same day, each with `Today`
 * @param {import("./known_numbers.js").Known} known
 * @param {(calculator: string) => string} titleOf "" for a calculator that the page does not know
 */
export function originOf({ dataset, lang }, { from, day }, titleOf) {
  const title = titleOf(from);
  const kind = title ? "calculator" : from === "analysis" ? from : "typed";
  const isToday = day === today();
  const sentence = dataset[isToday || !day ? `${kind}Today` : kind] ?? "";
  const written = day ? new Intl.DateTimeFormat(lang || document.documentElement.lang, { dateStyle: "medium" }).format(new Date(`${day}T00:00`)) : "";
  return sentence.replace("{title}", title).replace("{day}", written);
}
