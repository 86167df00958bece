/**
 * Ranks the pages of one language for a query, and the sections within them.
 *
 * A page is ranked by what all of it says and by its best section: the words of a question often stand in several
 * sections of the page that answers it. Scores are BM25's. The numbers below were tuned on the queries of
 * tests/site/search_queries.toml; a change is measured by tests/site/test_search_quality.py.
 */
import { indexOf } from "./contents.js";
import { Lexicon } from "./lexicon.js";
import { namedPages } from "./names.js";
import { isPaired } from "./tokens.js";
import { Vocabulary } from "./vocabulary.js";
import { wishesOf } from "./wishes.js";

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
 * @property {boolean} isNothing whether the pages have so little of the query that they are only near to it
 * @property {Set<string>} terms of the index that were looked for
 * @property {(section: number, word: string) => boolean} has whether a section has a word of the query, or what stands for it, or the word says nothing
 */

/** @typedef {import("./contents.js").Contents} Contents */
/** @typedef {import("./contents.js").Index} Index */
/** @typedef {import("./wishes.js").Wish} Wish */
/** @typedef {import("./wishes.js").Way} Way */

/** A page with less of what is looked for was met by chance: a pair of characters is soon found somewhere. */
const LEAST_SHARE = 0.2;
const LEAST_SHARE_OF_TERMS = 0.5;
/** Where more of the same stops counting, and how much a long text is held back. */
const SATURATION = 2;
const LENGTH_COUNTS = 0.75;
const HEADING_COUNTS = 2;
const TITLE_COUNTS = 1.5;
const NAMES_COUNT = 0.6;
const BEST_SECTION_COUNTS = 0.6;
/** Of a query that is nothing but the name of a term, for the page that explains it; others have little more. */
const WHOLE_NAME_COUNTS = 8;
const NAME_SHARE_POWER = 1.5;
/** How much is missed what stands nowhere: a pair of characters may join two words. */
const UNKNOWN_WORD_COUNTS = 1;
const UNKNOWN_PAIR_COUNTS = 0.1;
/** How far a page answers what it has this often, and not in a heading or name. */
const SALIENCE = [0, 0.2, 0.3, 0.4, 0.5];
/** With less of what is asked for, the best page does not answer. */
const LEAST_SHARE_OF_AN_ANSWER = 0.42;
/** A sentence has more that is beside the question. */
const LEAST_SHARE_OF_A_SENTENCE = 0.22;
const WORDS_OF_A_SENTENCE = 4;
/** Of a query that names a page, though with much else. */
const LEAST_SHARE_OF_A_NAME = 0.25;

/**
 * @param {Contents} contents
 * @returns {(query: string) => Ranking}
 */
export function createRanking(contents) {
  const index = indexOf(contents);
  const { sections, pages, text, headings } = index;
  const vocabulary = new Vocabulary([text, headings, index.names], index.words);
  const lexicon = new Lexicon(contents.synonyms ?? [], contents.loans ?? [], contents.readings ?? {});

  return (query) => {
    const wishes = wishesOf(query, vocabulary, lexicon);
    const { pages: pageScores, sections: sectionScores, answered } = scoresOf(wishes, index);
    const found = ranked(pageScores, sectionScores);
    const share = Math.max(0, ...found.slice(0, 3).map(({ number }) => at(answered, number)));
    return {
      pages: found,
      isNothing: share < (wishes.length < WORDS_OF_A_SENTENCE ? LEAST_SHARE_OF_AN_ANSWER : LEAST_SHARE_OF_A_SENTENCE),
      terms: new Set(wishes.flatMap(({ ways }) => ways.flatMap(({ terms }) => terms.flatMap(({ meanings }) => [...meanings.keys()])))),
      has: (section, word) => {
        const asked = wishesOf(word, vocabulary, lexicon);
        const hasTerm = (/** @type {string} */ term) => text.has(term, section) || headings.has(term, section);
        return !asked.length || asked.some(({ ways }) => ways.some(({ terms }) => terms.some(({ meanings }) => [...meanings.keys()].some(hasTerm))));
      },
    };
  };

  /**
   * @param {Float64Array} pageScores
   * @param {Float64Array} sectionScores
   * @returns {(RankedPage & { number: number })[]}
   */
  function ranked(pageScores, sectionScores) {
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
      found.push({ number, first, score: score + BEST_SECTION_COUNTS * best, sections: within });
    }
    return found.sort((one, other) => other.score - one.score);
  }
}

/**
 * @param {readonly Wish[]} wishes
 * @param {Index} index
 * @returns {{ pages: Float64Array, sections: Float64Array, answered: Float64Array }} scores, and what share of the question each page answers
 */
function scoresOf(wishes, index) {
  const pageScores = new Float64Array(index.pages.length);
  const sectionScores = new Float64Array(index.sections.length);
  const shares = new Float64Array(index.pages.length);
  const answered = new Float64Array(index.pages.length);
  const met = new Float64Array(index.pages.length);
  const wholeWord = UNKNOWN_WORD_COUNTS * rarity(0, index.pages.length);
  let whole = 0;
  let asked = 0;
  for (const { ways, tells, unknown } of wishes) {
    const found = noMoreThanTyped(ways, ways.map((way) => scoresOfWay(way, index)));
    const importance = Math.max(0, ...found.map((way) => way.importance));
    const weight = tells * Math.max(0, ...found.map((way) => way.asked));
    whole += importance || unknown * wholeWord;
    asked += weight + unknown * wholeWord;
    for (const page of index.pages.keys()) {
      const share = Math.max(0, ...found.map((way) => at(way.shares, page)));
      if (!share) continue;
      add(pageScores, page, Math.max(...found.map((way) => at(way.pages, page))));
      add(shares, page, importance * share);
      add(answered, page, weight * Math.max(...found.map((way) => at(way.answered, page))));
      add(met, page, share >= 0.5 ? 1 : share);
    }
    for (const section of index.sections.keys()) add(sectionScores, section, Math.max(0, ...found.map((way) => at(way.sections, section))));
  }
  for (const [page, share] of namedPages(wishes, index)) {
    const counts = WHOLE_NAME_COUNTS * share ** NAME_SHARE_POWER;
    add(pageScores, page, counts);
    // The page itself is meant, not the section that has some of the words.
    add(sectionScores, index.pages[page]?.first ?? 0, counts);
    shares[page] = Math.max(at(shares, page), share * whole);
    answered[page] = Math.max(at(answered, page), (share < LEAST_SHARE_OF_A_NAME ? share : Math.max(share, LEAST_SHARE_OF_AN_ANSWER)) * asked);
  }
  const isMeant = (/** @type {number} */ page) => at(shares, page) >= whole * LEAST_SHARE || at(met, page) >= wishes.length * LEAST_SHARE_OF_TERMS;
  return {
    pages: pageScores.map((score, page) => (isMeant(page) ? score : 0)),
    sections: sectionScores,
    answered: answered.map((share) => share / (asked || 1)),
  };
}

/**
 * What stands for a word does not tell more than the word itself: "selling", which is rare, in the place of "sales".
 *
 * @param {readonly Way[]} ways as typed first, if the index knows that
 * @param {ReturnType<typeof scoresOfWay>[]} scores
 * @returns {ReturnType<typeof scoresOfWay>[]}
 */
function noMoreThanTyped(ways, scores) {
  const [typed] = scores;
  if (!typed || !ways[0]?.terms.every(({ term, meanings }) => meanings.has(term))) return scores;
  return scores.map((way) => {
    const factor = Math.min(1, typed.importance / (way.importance || 1));
    if (factor === 1) return way;
    const less = (/** @type {Float64Array} */ values) => values.map((value) => value * factor);
    return { ...way, pages: less(way.pages), sections: less(way.sections), importance: way.importance * factor, asked: Math.min(way.asked, typed.asked) };
  });
}

/**
 * @param {Way} way
 * @param {Index} index
 * @returns {{ pages: Float64Array, sections: Float64Array, shares: Float64Array, importance: number, answered: Float64Array, asked: number }} scores, what share of the way each page has, and how much it tells; the same with what is meant by chance or said in passing counted in part
 */
function scoresOfWay({ terms, weight: wayWeight }, index) {
  const pages = new Float64Array(index.pages.length);
  const sections = new Float64Array(index.sections.length);
  const shares = new Float64Array(index.pages.length);
  const answered = new Float64Array(index.pages.length);
  let whole = 0;
  let asked = 0;
  for (const { term: wanted, weight, meanings, isUnfinished } of terms) {
    let onPages = new Float64Array(index.pages.length);
    let inSections = new Float64Array(index.sections.length);
    let importance = meanings.size ? 0 : weight * (isPaired(wanted) ? UNKNOWN_PAIR_COUNTS : UNKNOWN_WORD_COUNTS) * rarity(0, index.pages.length);
    // What only begins with the term or resembles it does not tell more than the term itself.
    let most = Infinity;
    let rarest = meanings.size ? 0 : importance / weight;
    const salience = new Float64Array(index.pages.length);
    for (const [term, likeness] of meanings) {
      const found = placesOf(term, index, most);
      if (term === wanted) most = found.rarity;
      rarest = Math.max(rarest, found.rarity);
      for (const [page, share] of found.salience.entries()) salience[page] = Math.max(at(salience, page), (isUnfinished ? 1 : likeness) * share);
      importance = Math.max(importance, weight * likeness * found.rarity);
      onPages = greater(onPages, found.pages, weight * likeness * wayWeight);
      inSections = greater(inSections, found.sections, weight * likeness * wayWeight);
    }
    whole += importance;
    asked += weight * rarest;
    for (const [page, score] of onPages.entries()) {
      if (!score) continue;
      add(pages, page, score);
      add(shares, page, importance);
      add(answered, page, weight * rarest * at(salience, page));
    }
    for (const [section, score] of inSections.entries()) add(sections, section, score);
  }
  return { pages, sections, shares: shares.map((share) => share / (whole || 1)), importance: wayWeight * whole, answered: answered.map((share) => share / (asked || 1)), asked };
}

/**
 * @param {string} term of the index
 * @param {Index} index
 * @param {number} most that the term's rarity may count
 * @returns {{ pages: Float64Array, sections: Float64Array, rarity: number, salience: Float64Array }} how much each is about the term, and whether a page only names it in passing
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
  const salience = inText.map((count, page) => (at(inTitles, page) || at(inHeadings, page) ? 1 : (SALIENCE[Math.min(Math.ceil(count), SALIENCE.length - 1)] ?? 1)));
  return { pages: pageScores, sections: inSections, rarity: rarityInText, salience };
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
