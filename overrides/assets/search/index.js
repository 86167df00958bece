/**
 * The search itself, over the sections of one language's pages. Runs in a worker, and in Node for the tests.
 */
import { excerpt, highlight } from "./highlight.js";
import { createRanking } from "./ranking.js";

/** @typedef {import("./contents.js").Contents} Contents */
/** @typedef {import("./ranking.js").Ranking} Ranking */

/**
 * @typedef {object} ResultItem what the theme shows for a section
 * @property {string} location
 * @property {string} title escaped HTML
 * @property {string} text escaped HTML
 * @property {number} score
 * @property {Record<string, boolean>} terms the words typed, and whether the section has them
 */

/**
 * @typedef {object} Result
 * @property {ResultItem[][]} items best page first, each with its sections
 * @property {string[]} suggest words of the query, the last one completed
 * @property {boolean} isNothing whether no page answers the query: the items are only near to it
 */

const MOST_PAGES = 20;
const MOST_PAGES_THAT_ARE_NEAR = 2;
const MOST_SECTIONS_OF_A_PAGE = 5;

/**
 * @param {Contents} contents
 * @returns {(query: string) => Result}
 */
export function createSearch(contents) {
  const { sections } = contents;
  const rank = createRanking(contents);
  const complete = completer(sections.map(({ title }) => title));

  return (query) => {
    const ranking = rank(query);
    const words = query.trim().split(/\s+/);
    const items = ranking.pages.slice(0, ranking.isNothing ? MOST_PAGES_THAT_ARE_NEAR : MOST_PAGES).map((page) => {
      const best = page.sections.slice(0, MOST_SECTIONS_OF_A_PAGE);
      const shown = best.map(({ section, score }) => item(section, score, ranking, words));
      // The theme wants the page itself among its sections, to put its title on top.
      return best.some(({ section }) => section === page.first) ? shown : [...shown, titleOnly(page.first, ranking)];
    });
    return { items, suggest: complete(query), isNothing: ranking.isNothing };
  };

  /**
   * @param {number} number of the section
   * @param {number} score
   * @param {Ranking} ranking
   * @param {readonly string[]} words of the query
   * @returns {ResultItem}
   */
  function item(number, score, ranking, words) {
    const { text = "" } = sections[number] ?? {};
    return {
      ...titleOnly(number, ranking),
      text: excerpt(text, ranking.terms),
      score,
      terms: Object.fromEntries(words.map((word) => [word, ranking.has(number, word)])),
    };
  }

  /**
   * @param {number} number of the section
   * @param {Ranking} ranking
   * @returns {ResultItem}
   */
  function titleOnly(number, ranking) {
    const { location = "", title = "" } = sections[number] ?? {};
    return { location, title: highlight(title, ranking.terms), text: "", score: 0, terms: {} };
  }
}

/**
 * Offers the rest of the last word typed, from the words of the titles. The theme shows it behind the cursor.
 *
 * @param {readonly string[]} titles
 * @returns {(query: string) => string[]}
 */
function completer(titles) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const title of titles) {
    for (const word of title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].sort(([, count], [, other]) => other - count).map(([word]) => word);
  return (query) => {
    const typed = query.split(/[\s-]+/);
    const last = typed.pop() ?? "";
    const whole = last.length > 1 && words.find((word) => word.length > last.length && word.startsWith(last));
    return whole ? [...typed, whole] : [];
  };
}
