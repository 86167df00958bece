/**
 * The search itself: an index over the sections of one language's pages. Runs in a worker, and in Node for the tests.
 */
import MiniSearch from "minisearch";
import { excerpt, highlight } from "./highlight.js";
import { queryTerms, textTerms } from "./tokens.js";

/**
 * @typedef {object} Section one heading with the text below it; the first of a page has no fragment
 * @property {string} location relative to the site's root
 * @property {string} title plain text
 * @property {string} text plain text
 */

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
 */

/** @typedef {Section & { page: string, pageTitle: string }} IndexedSection */
/** @typedef {import("minisearch").SearchResult} Match */

const MOST_PAGES = 20;
const MOST_SECTIONS_OF_A_PAGE = 5;
const TITLE_COUNTS = { title: 3, pageTitle: 2 };
/** A section that has fewer of the query's terms was met by chance: a pair of characters is soon found somewhere. */
const LEAST_SHARE_OF_TERMS = 0.25;

/**
 * @param {readonly Section[]} sections
 * @returns {(query: string) => Result}
 */
export function createSearch(sections) {
  /** @type {Map<string, Section>} */
  const firstSections = new Map();
  /** @type {Map<string, IndexedSection>} */
  const byLocation = new Map();
  for (const section of sections) {
    const [page = ""] = section.location.split("#");
    const first = firstSections.get(page) ?? section;
    firstSections.set(page, first);
    byLocation.set(section.location, { ...section, page, pageTitle: first.title });
  }

  const index = new MiniSearch({
    fields: ["title", "text", "pageTitle"],
    idField: "location",
    tokenize: textTerms,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: queryTerms,
      boost: TITLE_COUNTS,
      // A pair of characters is whole; a single one, and any stem, may be the beginning of something longer.
      prefix: (term) => term.length !== 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  index.addAll([...byLocation.values()]);
  const complete = completer([...byLocation.values()].map((section) => section.title));

  return (query) => {
    const wanted = new Set(queryTerms(query)).size;
    const matches = index.search(query).filter((match) => match.queryTerms.length >= wanted * LEAST_SHARE_OF_TERMS);
    const words = query.trim().split(/\s+/);
    /** @param {Section} section @param {Match} [match] @returns {ResultItem} */
    const item = (section, match) => {
      const terms = new Set(match?.terms);
      return {
        location: section.location,
        title: highlight(section.title, terms),
        text: match ? excerpt(section.text, terms) : "",
        score: match?.score ?? 0,
        terms: match ? Object.fromEntries(words.map((word) => [word, has(match, word)])) : {},
      };
    };

    /** @type {Map<string, ResultItem[]>} */
    const pages = new Map();
    for (const match of matches) {
      const section = byLocation.get(match.id);
      if (!section) continue;
      const items = pages.get(section.page) ?? [];
      if (items.length >= MOST_SECTIONS_OF_A_PAGE || (!items.length && pages.size >= MOST_PAGES)) continue;
      items.push(item(section, match));
      pages.set(section.page, items);
    }
    for (const [page, items] of pages) {
      const first = firstSections.get(page);
      // The theme wants the page itself among its sections, to put its title on top.
      if (first && !items.some(({ location }) => location === first.location)) items.push(item(first));
    }
    return { items: [...pages.values()], suggest: complete(query) };
  };
}

/**
 * @param {Match} match
 * @param {string} word of the query
 * @returns {boolean} whether the section has it, or it says nothing
 */
function has(match, word) {
  const terms = queryTerms(word);
  return !terms.length || terms.some((term) => match.queryTerms.includes(term));
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
