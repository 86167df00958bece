/**
 * Where each term stands: the least that ranking needs, made quickly enough to be made in the reader's browser.
 */
import { fold, forEachTerm } from "./tokens.js";

/** A term met as typed, one it begins, and one it resembles. */
const WHOLE = 1;
const BEGINNING = 0.5;
const ALIKE = 0.6;
const MOST_BEGINNINGS = 40;
/** A shorter word resembles too many others. */
const LEAST_LETTERS = 5;
const LETTERS_PER_MISTAKE = 5;
const MOST_MISTAKES = 2;
/** A shorter stem is not completed by itself, only at the end of what is typed. */
const LEAST_LETTERS_COMPLETED = 5;

/** The documents of one field: number 0, 1, 2 … in the order they are added. */
export class Postings {
  /** @type {Map<string, number[]>} by term: a document, how often it has the term, the next document … */
  #places = new Map();
  /** @type {number[]} */
  #lengths = [];
  #total = 0;

  /** @param {string} text of the next document */
  add(text) {
    const document = this.#lengths.length;
    let length = 0;
    forEachTerm(fold(text), (term) => {
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

/** All terms of an index, to find those a typed one may stand for. */
export class Vocabulary {
  #fields;
  /** @type {Map<string, Map<string, number>>} */
  #longer = new Map();
  /** @type {Map<string, Map<string, number>>} */
  #alike = new Map();

  /** @param {readonly Postings[]} fields */
  constructor(fields) {
    this.#fields = fields;
  }

  /**
   * @param {string} term of a query
   * @param {boolean} isUnfinished whether more of it may be to come
   * @returns {Map<string, number>} terms of the index, with how well each stands for it; the term itself first
   */
  meanings(term, isUnfinished) {
    const isKnown = this.#knows(term);
    /** @type {Map<string, number>} */
    const found = new Map(isKnown ? [[term, WHOLE]] : []);
    // A pair of characters is whole; a single one, and any stem, may be the beginning of something longer.
    if (term.length !== 2 && (isUnfinished || !isKnown || term.length >= LEAST_LETTERS_COMPLETED)) {
      for (const [longer, likeness] of remembered(this.#longer, term, () => this.#findLonger(term))) found.set(longer, likeness);
    }
    return found.size ? found : remembered(this.#alike, term, () => this.#findAlike(term));
  }

  /**
   * @param {string} term
   * @returns {boolean}
   */
  #knows(term) {
    return this.#fields.some((field) => field.knows(term));
  }

  /**
   * @param {string} start
   * @returns {Map<string, number>}
   */
  #findLonger(start) {
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const field of this.#fields) {
      for (const term of field.terms) {
        if (found.size >= MOST_BEGINNINGS) return found;
        if (term.length > start.length && term.startsWith(start)) found.set(term, (BEGINNING * (1 + start.length / term.length)) / 2);
      }
    }
    return found;
  }

  /**
   * @param {string} term that is no term of the index
   * @returns {Map<string, number>}
   */
  #findAlike(term) {
    /** @type {Map<string, number>} */
    const found = new Map();
    if (term.length < LEAST_LETTERS) return found;
    const most = Math.min(MOST_MISTAKES, Math.floor(term.length / LETTERS_PER_MISTAKE));
    for (const field of this.#fields) {
      for (const other of field.terms) {
        const mistakes = distance(term, other, most);
        if (mistakes <= most) found.set(other, ALIKE / mistakes);
      }
    }
    // Written in one word here and in two there: upfront, up-front.
    for (let cut = 2; cut <= term.length - 2; cut++) {
      const parts = [term.slice(0, cut), term.slice(cut)];
      if (parts.every((part) => this.#knows(part))) for (const part of parts) found.set(part, ALIKE);
    }
    return found;
  }
}

/**
 * @param {Map<string, Map<string, number>>} known
 * @param {string} term
 * @param {() => Map<string, number>} find
 * @returns {Map<string, number>}
 */
function remembered(known, term, find) {
  const found = known.get(term) ?? find();
  known.set(term, found);
  return found;
}

/**
 * @param {string} one
 * @param {string} other
 * @param {number} most
 * @returns {number} letters to insert, leave out, change or swap; more than `most` if there are more
 */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length] ?? most + 1;
}
