/**
 * Ranks the pages of one language for a query, and the sections within them.
 *
 * A page is ranked by what all of it says and by its best section: the words of a question often stand in several
 * sections of the page that answers it. Scores are BM25's. The numbers below were tuned on the queries of
 * tests/site/search_queries.toml; a change is measured by tests/browser/test_search.py.
 */
import { Postings, Vocabulary } from "./postings.js";
import { fold, isPaired, queryTerms, tokens } from "./tokens.js";

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
 */

/**
 * @typedef {object} RankedSection
 * @property {number} section its number
 * @property {number} score
 */

/**
 * @typedef {object} RankedPage
 * @property {number} first the number of its first section
 * @property {number} score
 * @property {RankedSection[]} sections best first, those with anything of the query
 */

/**
 * @typedef {object} Ranking
 * @property {RankedPage[]} pages best first
 * @property {Set<string>} terms of the index that were looked for
 * @property {(section: number, term: string) => boolean} has whether a section has a term of the query, or what stands for it
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
 * @property {Map<string, number>} explaining the page that explains a term, by the term's folded name
 */

/** @typedef {{ term: string, weight: number, meanings: Map<string, number> }} Wish a term of the query and what may stand for it */

/** A page with less of what is looked for was met by chance: a pair of characters is soon found somewhere. */
const LEAST_SHARE = 0.2;
const LEAST_SHARE_OF_TERMS = 0.5;
/** Where more of the same stops counting, and how much a long text is held back. */
const SATURATION = 2;
const LENGTH_COUNTS = 0.75;
const HEADING_COUNTS = 2;
const TITLE_COUNTS = 1.5;
const NAMES_COUNT = 0.25;
const BEST_SECTION_COUNTS = 0.6;
/** Of a query that is nothing but the name of a term, for the page that explains it; others have little more. */
const WHOLE_NAME_COUNTS = 5;
/** How much is missed what stands nowhere: a pair of characters may join two words. */
const UNKNOWN_WORD_COUNTS = 1;
const UNKNOWN_PAIR_COUNTS = 0.1;
const SYNONYM_COUNTS = 0.9;
const MOST_WAYS = 6;

/**
 * @param {Contents} contents
 * @returns {(query: string) => Ranking}
 */
export function createRanking(contents) {
  const index = indexOf(contents);
  const { sections, pages, text, headings } = index;
  const vocabulary = new Vocabulary([text, headings, index.names]);
  const synonyms = (contents.synonyms ?? []).map((group) => group.map(fold));

  return (query) => {
    let pageScores = new Float64Array(pages.length);
    let sectionScores = new Float64Array(sections.length);
    /** @type {Wish[]} */
    const wishes = [];
    for (const [number, way] of waysToAsk(query, synonyms).entries()) {
      const asked = wishesOf(way, vocabulary);
      const found = scoresOf(asked, index);
      const counts = number ? SYNONYM_COUNTS : 1;
      pageScores = greater(pageScores, found.pages, counts);
      sectionScores = greater(sectionScores, found.sections, counts);
      wishes.push(...asked);
    }
    const explaining = index.explaining.get(fold(query.trim()));
    if (explaining !== undefined) add(pageScores, explaining, WHOLE_NAME_COUNTS);
    return {
      pages: ranked(pageScores, sectionScores),
      terms: new Set(wishes.flatMap(({ meanings }) => [...meanings.keys()])),
      has: (section, term) =>
        wishes.some((wish) => wish.term === term && [...wish.meanings.keys()].some((meaning) => text.has(meaning, section) || headings.has(meaning, section))),
    };
  };

  /**
   * @param {Float64Array} pageScores
   * @param {Float64Array} sectionScores
   * @returns {RankedPage[]}
   */
  function ranked(pageScores, sectionScores) {
    /** @type {RankedPage[]} */
    const found = [];
    for (const [number, { first, end }] of pages.entries()) {
      const score = at(pageScores, number);
      if (!score) continue;
      const within = [];
      for (let section = first; section < end; section++) {
        const own = at(sectionScores, section) * (sections[section]?.weight ?? 1);
        if (own) within.push({ section, score: own });
      }
      within.sort((one, other) => other.score - one.score);
      const best = within[0]?.score ?? 0;
      found.push({ first, score: score + BEST_SECTION_COUNTS * best, sections: within });
    }
    return found.sort((one, other) => other.score - one.score);
  }
}

/**
 * @param {Contents} contents
 * @returns {Index}
 */
function indexOf({ sections, names = {} }) {
  /** @type {Index} */
  const index = { sections, pages: pagesOf(sections), pageOf: [], text: new Postings(), headings: new Postings(), titles: new Postings(), names: new Postings(), explaining: new Map() };
  for (const [number, { first, end }] of index.pages.entries()) {
    const { title = "", location = "" } = sections[first] ?? {};
    index.titles.add(title);
    index.names.add(names[location] ?? "");
    for (const name of names[location]?.split("\n") ?? []) index.explaining.set(fold(name), number);
    for (const section of sections.slice(first, end)) {
      index.pageOf.push(number);
      index.text.add(section.text);
      index.headings.add(section.title);
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

/**
 * @param {string} query
 * @param {readonly (readonly string[])[]} groups of synonyms, folded
 * @returns {string[]} the query as typed, then with a synonym in the place of a word
 */
function waysToAsk(query, groups) {
  const folded = fold(query);
  const ways = groups.flatMap((group) => {
    // The longest: 購買部門 before 購買部.
    const typed = group.flatMap((word) => placesInQuery(folded, word)).sort((one, other) => other.end - other.start - one.end + one.start)[0];
    if (!typed) return [];
    const others = group.filter((word) => !placesInQuery(folded, word).length);
    return others.map((word) => `${folded.slice(0, typed.start)} ${word} ${folded.slice(typed.end)}`);
  });
  return [query, ...ways.slice(0, MOST_WAYS)];
}

/**
 * @param {string} query folded
 * @param {string} word folded
 * @returns {{ start: number, end: number }[]} where it stands: inflected where words are apart, as it is where they are not
 */
function placesInQuery(query, word) {
  const wanted = tokens(word);
  if (wanted.some(({ term }) => isPaired(term))) {
    const start = query.indexOf(word);
    return start < 0 ? [] : [{ start, end: start + word.length }];
  }
  const typed = tokens(query);
  const first = typed.findIndex((_, at) => wanted.every(({ term }, index) => typed[at + index]?.term === term));
  return first < 0 ? [] : [{ start: typed[first]?.start ?? 0, end: typed[first + wanted.length - 1]?.end ?? 0 }];
}

/**
 * @param {string} query
 * @param {Vocabulary} vocabulary
 * @returns {Wish[]}
 */
function wishesOf(query, vocabulary) {
  const terms = [...new Set(queryTerms(query))];
  const isUnfinished = !/\s$/.test(query);
  return terms.map((term, at) => ({
    term,
    weight: isPaired(term) ? weightOfPair(term) : 1,
    meanings: vocabulary.meanings(term, isUnfinished && at === terms.length - 1),
  }));
}

/**
 * @param {string} pair of characters
 * @returns {number} less for the hiragana that join or end words
 */
function weightOfPair(pair) {
  return [1, 0.7, 0.4][pair.match(/\p{sc=Hiragana}/gu)?.length ?? 0] ?? 1;
}

/**
 * @param {readonly Wish[]} wishes
 * @param {Index} index
 * @returns {{ pages: Float64Array, sections: Float64Array }} scores
 */
function scoresOf(wishes, index) {
  const pageScores = new Float64Array(index.pages.length);
  const sectionScores = new Float64Array(index.sections.length);
  const shares = new Float64Array(index.pages.length);
  const met = new Float64Array(index.pages.length);
  let whole = 0;
  for (const { term: wanted, weight, meanings } of wishes) {
    let onPages = new Float64Array(index.pages.length);
    let inSections = new Float64Array(index.sections.length);
    let importance = meanings.size ? 0 : weight * (isPaired(wanted) ? UNKNOWN_PAIR_COUNTS : UNKNOWN_WORD_COUNTS) * rarity(0, index.pages.length);
    // What only begins with the term or resembles it does not tell more than the term itself.
    let most = Infinity;
    for (const [term, likeness] of meanings) {
      const found = placesOf(term, index, most);
      if (term === wanted) most = found.rarity;
      importance = Math.max(importance, weight * likeness * found.rarity);
      onPages = greater(onPages, found.pages, weight * likeness);
      inSections = greater(inSections, found.sections, weight * likeness);
    }
    whole += importance;
    for (const [page, score] of onPages.entries()) {
      if (!score) continue;
      add(pageScores, page, score);
      add(shares, page, importance);
      add(met, page, 1);
    }
    for (const [section, score] of inSections.entries()) add(sectionScores, section, score);
  }
  const isMeant = (/** @type {number} */ page) => at(shares, page) >= whole * LEAST_SHARE || at(met, page) >= wishes.length * LEAST_SHARE_OF_TERMS;
  return { pages: pageScores.map((score, page) => (isMeant(page) ? score : 0)), sections: sectionScores };
}

/**
 * @param {string} term of the index
 * @param {Index} index
 * @param {number} most that the term's rarity may count
 * @returns {{ pages: Float64Array, sections: Float64Array, rarity: number }} how much each is about the term
 */
function placesOf(term, { sections, pages, pageOf, text, headings, titles, names }, most) {
  const inText = new Float64Array(pages.length);
  const inHeadings = new Float64Array(pages.length);
  const inTitles = new Float64Array(pages.length);
  let inSections = new Float64Array(sections.length);
  text.each(term, (section, count, length) => {
    add(inText, pageOf[section] ?? 0, count * (sections[section]?.weight ?? 1));
    add(inSections, section, saturated(count, length));
  });
  headings.each(term, (section, count, length) => {
    add(inHeadings, pageOf[section] ?? 0, count * (sections[section]?.weight ?? 1));
    add(inSections, section, HEADING_COUNTS * saturated(count, length));
  });
  titles.each(term, (page, count, length) => add(inTitles, page, TITLE_COUNTS * saturated(count, length)));
  names.each(term, (page, count) => add(inTitles, page, NAMES_COUNT * saturated(count, 1)));
  const rarityInText = Math.min(most, rarity(pages.filter((_, page) => at(inText, page) || at(inHeadings, page)).length, pages.length));
  const rarityInTitles = Math.min(most, rarity(inTitles.filter(Boolean).length, pages.length));
  inSections = inSections.map((score) => score * rarityInText);
  const pageScores = inText.map((count, page) => {
    const score = saturated(count, 1) + HEADING_COUNTS * saturated(at(inHeadings, page), 1);
    return score * rarityInText * (sections[pages[page]?.first ?? 0]?.weight ?? 1) + at(inTitles, page) * rarityInTitles;
  });
  return { pages: pageScores, sections: inSections, rarity: rarityInText };
}

/**
 * @param {number} count
 * @param {number} length of the text beside an average one
 * @returns {number}
 */
function saturated(count, length) {
  return (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length));
}

/**
 * @param {number} having
 * @param {number} all
 * @returns {number}
 */
function rarity(having, all) {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

/**
 * @param {Float64Array} scores
 * @param {Float64Array} others
 * @param {number} weight of the others
 * @returns {Float64Array<ArrayBuffer>}
 */
function greater(scores, others, weight) {
  return Float64Array.from(others, (score, place) => Math.max(at(scores, place), score * weight));
}

/**
 * @param {Float64Array} scores
 * @param {number} place
 * @returns {number}
 */
function at(scores, place) {
  return scores[place] ?? 0;
}

/**
 * @param {Float64Array} scores
 * @param {number} place
 * @param {number} score to be added
 */
function add(scores, place, score) {
  scores[place] = at(scores, place) + score;
}
