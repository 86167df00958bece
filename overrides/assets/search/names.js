/**
 * Pages that a query names: by all of it or a part, in any way to say it, and with slips.
 */
import { costOfChange, distance, lettersIn } from "./sounds.js";
import { isPaired, nameKey } from "./tokens.js";

/** @typedef {import("./contents.js").Index} Index */
/** @typedef {import("./wishes.js").Wish} Wish */

const MOST_WAYS_TO_SAY_A_NAME = 60;
const LONGEST_NAME = 20;
const LEAST_OF_A_NAME_WITH_SLIPS = 5;
const LETTERS_FOR_TWO_SLIPS = 8;

/**
 * @param {readonly Wish[]} wishes
 * @param {Index} index
 * @returns {Map<number, number>} the pages that are named, with the share of the query that is the name
 */
export function namedPages(wishes, { explaining }) {
  const lengths = wishes.map(({ texts: [typed = ""] }) => typed.length);
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  /** @type {Map<number, number>} */
  const found = new Map();
  const note = (/** @type {string} */ key, /** @type {number} */ length) => {
    for (const page of explaining.get(key) ?? []) found.set(page, Math.max(found.get(page) ?? 0, length / whole));
  };
  for (let first = 0; first < wishes.length; first++) {
    let said = [""];
    let length = 0;
    for (let last = first; last < wishes.length; last++) {
      length += lengths[last] ?? 0;
      said = said.flatMap((before) => (wishes[last]?.texts ?? []).map((text) => before + nameKey(text))).slice(0, MOST_WAYS_TO_SAY_A_NAME);
      for (const key of said) note(key, length);
    }
    const [typed = ""] = wishes[first]?.texts ?? [];
    if (!typed || !isPaired(typed)) continue;
    // A name in a longer run, with particles or other words.
    for (let start = 0; start < typed.length; start++) {
      for (let end = start + 2; end <= Math.min(typed.length, start + LONGEST_NAME); end++) note(nameKey(typed.slice(start, end)), end - start);
    }
  }
  if (found.size) return found;
  const typed = nameKey(wishes.map(({ texts: [text = ""] }) => text).join(""));
  const letters = lettersIn(typed);
  const most = typed.length < LEAST_OF_A_NAME_WITH_SLIPS ? 0 : letters.length < LETTERS_FOR_TWO_SLIPS ? 1 : 2;
  for (const [name, pages] of most ? explaining : []) {
    if (name[0] !== typed[0] || Math.abs(name.length - typed.length) > most) continue;
    const slips = distance(letters, lettersIn(name), most, costOfChange);
    if (slips <= most) for (const page of pages) found.set(page, Math.max(found.get(page) ?? 0, 1 - 0.2 * slips));
  }
  return found;
}
