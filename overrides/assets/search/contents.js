/**
 * The index of one language: postings of its sections and pages, its words, and the names of its pages.
 */
import { Postings, Words } from "./postings.js";
import { fold, nameKey } from "./tokens.js";

/**
 * @typedef {object} Section one heading with the text below it; the first of a page has no fragment
 * @property {string} location relative to the site's root
 * @property {string} title plain text
 * @property {string} text plain text
 * @property {number} [weight] beside the others; 1 if not given
 */

/**
 * @typedef {object} Contents of one language, as tools/pages/search_index.py writes them
 * @property {readonly Section[]} sections those of a page stand together
 * @property {Readonly<Record<string, string>>} [names] of the terms that a page explains, by the page's location
 * @property {readonly (readonly string[])[]} [synonyms] words that readers use for the same
 * @property {readonly (readonly string[])[]} [loans] a word of English, then how it is written in this language
 * @property {Readonly<Record<string, readonly string[]>>} [readings] Japanese words by how they are read, in hiragana
 */

/** @typedef {{ first: number, end: number }} Page the numbers of its sections, from `first` to before `end` */

/**
 * @typedef {object} Index
 * @property {readonly Section[]} sections
 * @property {Page[]} pages
 * @property {number[]} pageOf by the number of a section
 * @property {Postings} text of the sections
 * @property {Postings} headings of the sections
 * @property {Postings} titles of the pages
 * @property {Postings} names of the terms that pages explain
 * @property {Words} words of all of it
 * @property {Map<string, Set<number>>} explaining the pages that a name stands for, by its key
 */

/**
 * @param {Contents} contents
 * @returns {Index}
 */
export function indexOf({ sections, names = {} }) {
  /** @type {Index} */
  const index = { sections, pages: pagesOf(sections), pageOf: [], text: new Postings(), headings: new Postings(), titles: new Postings(), names: new Postings(), words: new Words(), explaining: new Map() };
  for (const [number, { first, end }] of index.pages.entries()) {
    const { title = "", location = "" } = sections[first] ?? {};
    const folded = fold(names[location] ?? "");
    index.titles.add(fold(title));
    index.names.add(folded);
    index.words.add(folded);
    for (const name of [...folded.split("\n"), fold(title)]) {
      const key = nameKey(name);
      if (key) index.explaining.set(key, (index.explaining.get(key) ?? new Set()).add(number));
    }
    for (const section of sections.slice(first, end)) {
      index.pageOf.push(number);
      for (const [field, words] of /** @type {[Postings, string][]} */ ([[index.text, fold(section.text)], [index.headings, fold(section.title)]])) {
        field.add(words);
        index.words.add(words);
      }
    }
  }
  return index;
}

/**
 * @param {readonly Section[]} sections
 * @returns {Page[]}
 */
function pagesOf(sections) {
  /** @type {Page[]} */
  const pages = [];
  let last = "";
  for (const [number, { location }] of sections.entries()) {
    const [address = ""] = location.split("#");
    const page = pages.at(-1);
    if (page && address === last) page.end = number + 1;
    else pages.push({ first: number, end: number + 1 });
    last = address;
  }
  return pages;
}
