/**
 * Where each term stands: the least that ranking needs, made quickly enough to be made in the reader's browser.
 */
import { IN_HANGUL, IN_WORD, forEachRun, forEachTerm } from "./tokens.js";

/** The documents of one field: number 0, 1, 2 … in the order they are added. */
export class Postings {
  /** @type {Map<string, number[]>} by term: a document, how often it has the term, the next document … */
  #places = new Map();
  /** @type {number[]} */
  #lengths = [];
  #total = 0;

  /** @param {string} folded text of the next document */
  add(folded) {
    const document = this.#lengths.length;
    let length = 0;
    forEachTerm(folded, (term) => {
      length++;
      const places = this.#places.get(term);
      if (!places) this.#places.set(term, [document, 1]);
      else if (places[places.length - 2] === document) places.push((places.pop() ?? 0) + 1);
      else places.push(document, 1);
    });
    this.#lengths.push(length);
    this.#total += length;
  }

  /** @returns {Iterable<string>} */
  get terms() {
    return this.#places.keys();
  }

  /**
   * @param {string} term
   * @returns {boolean}
   */
  knows(term) {
    return this.#places.has(term);
  }

  /**
   * @param {string} term
   * @param {(document: number, count: number, length: number) => void} visit told how long the document is beside an average one
   */
  each(term, visit) {
    const places = this.#places.get(term) ?? [];
    const average = this.#total / this.#lengths.length;
    for (let at = 0; at < places.length; at += 2) {
      const document = places[at] ?? 0;
      visit(document, places[at + 1] ?? 0, (this.#lengths[document] ?? 0) / average);
    }
  }

  /**
   * @param {string} term
   * @param {number} document
   * @returns {boolean}
   */
  has(term, document) {
    return this.#places.get(term)?.some((place, at) => at % 2 === 0 && place === document) ?? false;
  }
}

/** The words of an index as they are written, and how often: those in letters, and those of Hangul between spaces. */
export class Words {
  /** @type {Map<string, number>} */
  letters = new Map();
  /** @type {Map<string, number>} */
  hangul = new Map();

  /** @param {string} folded */
  add(folded) {
    forEachRun(folded, (kind, start, end) => {
      const counts = kind === IN_WORD ? this.letters : kind === IN_HANGUL ? this.hangul : undefined;
      if (!counts) return;
      const word = folded.slice(start, end);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    });
  }
}
