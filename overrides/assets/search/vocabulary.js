/**
 * What a typed word may stand for, among the terms of an index: itself, what it begins, what it sounds like, and what it
 * would be without a slip of the hand.
 */
import { asGreek, fromGreekKeys } from "./keyboards.js";
import { costOfChange, distance, lettersIn, soundOfGreek, soundsOfLatin } from "./sounds.js";
import { isPaired, stem } from "./tokens.js";

/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {import("./postings.js").Words} Words */

/** How well they stand for what was typed: the term itself, one it begins, one of the same sound, one with a slip. */
const WHOLE = 1;
const BEGINNING = 0.5;
const SAME_SOUND = 0.9;
const ALIKE = 0.8;
const LESS_PER_SLIP = 0.15;
/** Greek words of one root, which change more than their endings: εγκαταλείπω, εγκαταλείψω, εγκατάλειψη. */
const SAME_ROOT = 0.5;
const LETTERS_OF_A_ROOT = 6;
const MOST_BEGINNINGS = 40;
/** A shorter stem is not completed by itself, only at the end of what is typed. */
const LEAST_LETTERS_COMPLETED = 5;
/** Slips by the letters of a word; a shorter word resembles too many others. */
const LETTERS_FOR_ONE_SLIP = 5;
const LETTERS_FOR_TWO_SLIPS = 8;
const OTHER_FIRST_LETTER = 1;
const LEAST_LETTERS_OF_A_PART = 3;
/** Words of Hangul by their syllables; slips are letters of syllables. */
const SYLLABLES_FOR_TWO_SLIPS = 5;
const MOST_CORRECTIONS = 3;

const GREEK = /\p{sc=Greek}/u;
const LATIN = /^[a-z0-9]+$/;

export class Vocabulary {
  #fields;
  #words;
  /** @type {Map<string, Map<string, number>>} */
  #longer = new Map();
  /** @type {Map<string, Map<string, number>>} */
  #others = new Map();
  /** @type {Map<string, Map<string, number>>} */
  #kin = new Map();
  /** @type {Map<string, Set<string>> | undefined} */
  #byRoot;
  /** @type {Map<string, Set<string>> | undefined} */
  #bySound;
  /** @type {boolean | undefined} */
  #isGreek;
  /** @type {Set<string> | undefined} */
  #beginnings;

  /**
   * @param {readonly Postings[]} fields
   * @param {Words} words
   */
  constructor(fields, words) {
    this.#fields = fields;
    this.#words = words;
  }

  /**
   * @param {string} term
   * @returns {boolean}
   */
  knows(term) {
    return this.#fields.some((field) => field.knows(term));
  }

  /**
   * @param {string} term of a query
   * @param {string} word as it was typed, folded
   * @param {boolean} isUnfinished whether more of it may be to come
   * @returns {Map<string, number>} terms of the index, with how well each stands for it; the term itself first
   */
  meanings(term, word, isUnfinished) {
    const isKnown = this.knows(term);
    /** @type {Map<string, number>} */
    const found = new Map(isKnown ? [[term, WHOLE]] : []);
    // A pair of characters is whole; a single one, and any stem, may be the beginning of something longer.
    if (term.length !== 2 && (isUnfinished || !isKnown || term.length >= LEAST_LETTERS_COMPLETED)) {
      for (const [longer, likeness] of remembered(this.#longer, term, () => this.#findLonger(term))) found.set(longer, likeness);
    }
    if (isPaired(term)) return found;
    if (GREEK.test(word)) for (const other of remembered(this.#kin, word, () => this.#findKin(word)).keys()) if (!found.has(other)) found.set(other, SAME_ROOT);
    if (isKnown) return found;
    for (const [other, likeness] of remembered(this.#others, word, () => this.#findOthers(word))) found.set(other, Math.max(likeness, found.get(other) ?? 0));
    return found;
  }

  /**
   * @param {string} word that is no word of the index
   * @returns {[string, string] | undefined} the two words of the index it is: winrate
   */
  parts(word) {
    for (let cut = word.length - LEAST_LETTERS_OF_A_PART; cut >= LEAST_LETTERS_OF_A_PART; cut--) {
      const [first, second] = [word.slice(0, cut), word.slice(cut)];
      if (this.#words.letters.has(first) && this.#words.letters.has(second)) return [first, second];
    }
    return undefined;
  }

  /**
   * @param {string} run of Hangul
   * @returns {number} how many of its syllables belong to no word of the index
   */
  unknownSyllables(run) {
    const beginnings = (this.#beginnings ??= beginningsOf(this.#words.hangul.keys()));
    /** The least unknown up to each syllable. */
    const least = [0];
    for (let end = 1; end <= run.length; end++) {
      least[end] = (least[end - 1] ?? 0) + 1;
      for (let start = Math.max(0, end - 6); start <= end - 2; start++) {
        if (beginnings.has(run.slice(start, end))) least[end] = Math.min(least[end] ?? 0, least[start] ?? 0);
      }
    }
    return least[run.length] ?? 0;
  }

  /**
   * @param {string} run of Hangul with something unknown in it
   * @returns {{ text: string, likeness: number }[]} what it would be without a slip of a letter
   */
  corrections(run) {
    if (run.length < 2 || run.length > 8) return [];
    const typed = lettersIn(run);
    const most = run.length >= SYLLABLES_FOR_TWO_SLIPS ? 2 : 1;
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const word of this.#words.hangul.keys()) {
      // The word's ending is not the reader's. Each slip is in one syllable: the others are as they should be.
      if (word.length < run.length || differingSyllables(run, word) > most) continue;
      const own = word.slice(0, run.length);
      if (found.has(own)) continue;
      const slips = distance(typed, lettersIn(own), most, costOfChange);
      if (slips <= most) found.set(own, ALIKE - LESS_PER_SLIP * slips);
    }
    const best = [...found].sort(([one, likeness], [other, otherLikeness]) => otherLikeness - likeness || (this.#words.hangul.get(other) ?? 0) - (this.#words.hangul.get(one) ?? 0));
    return best.slice(0, MOST_CORRECTIONS).map(([text, likeness]) => ({ text, likeness }));
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
   * @param {string} word in letters
   * @returns {Map<string, number>} terms that sound the same; if there are none, those with few slips
   */
  #findOthers(word) {
    const bySound = (this.#bySound ??= this.#soundsOfWords());
    /** @type {Map<string, number>} */
    const found = new Map();
    const sounds = this.#soundsOf(word);
    for (const sound of sounds) for (const term of bySound.get(sound) ?? []) found.set(term, SAME_SOUND);
    for (const other of [fromGreekKeys(word), asGreek(word)]) if (other !== word && this.#words.letters.has(other)) found.set(stem(other), SAME_SOUND);
    if (found.size) return found;
    for (const [sound, terms] of bySound) {
      for (const own of sounds.slice(0, 4)) {
        const most = own.length >= LETTERS_FOR_TWO_SLIPS ? 2 : own.length >= LETTERS_FOR_ONE_SLIP ? 1 : 0;
        if (!most || Math.abs(own.length - sound.length) > most) continue;
        const slips = distance(own, sound, most) + (own[0] === sound[0] ? 0 : OTHER_FIRST_LETTER);
        if (slips <= most) for (const term of terms) found.set(term, Math.max(found.get(term) ?? 0, ALIKE - LESS_PER_SLIP * slips));
      }
    }
    return found;
  }

  /**
   * @param {string} word Greek
   * @returns {Map<string, number>} terms of words that begin as it does
   */
  #findKin(word) {
    if (!this.#byRoot) {
      this.#byRoot = new Map();
      for (const known of this.#words.letters.keys()) if (GREEK.test(known)) keep(this.#byRoot, soundOfGreek(known).slice(0, LETTERS_OF_A_ROOT), stem(known));
    }
    const root = soundOfGreek(word).slice(0, LETTERS_OF_A_ROOT);
    return new Map(root.length < LETTERS_OF_A_ROOT ? [] : [...(this.#byRoot.get(root) ?? [])].map((term) => [term, SAME_ROOT]));
  }

  /**
   * @param {string} word folded
   * @returns {string[]} its sounds in an index of Greek words; elsewhere the word itself
   */
  #soundsOf(word) {
    this.#isGreek ??= [...this.#words.letters.keys()].some((known) => GREEK.test(known));
    if (!this.#isGreek || word.length < LEAST_LETTERS_OF_A_PART) return [word];
    if (GREEK.test(word)) return [soundOfGreek(word)];
    return LATIN.test(word) ? soundsOfLatin(word) : [word];
  }

  /** @returns {Map<string, Set<string>>} */
  #soundsOfWords() {
    /** @type {Map<string, Set<string>>} */
    const found = new Map();
    for (const word of this.#words.letters.keys()) {
      for (const sound of this.#soundsOf(word).slice(0, 1)) {
        keep(found, sound, stem(word));
      }
    }
    return found;
  }
}

/**
 * @param {string} run
 * @param {string} word at least as long
 * @returns {number}
 */
function differingSyllables(run, word) {
  let count = 0;
  for (let at = 0; at < run.length; at++) if (run[at] !== word[at]) count++;
  return count;
}

/**
 * @param {Iterable<string>} words
 * @returns {Set<string>} two and more of their first syllables
 */
function beginningsOf(words) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const word of words) for (let end = 2; end <= Math.min(6, word.length); end++) found.add(word.slice(0, end));
  return found;
}

/**
 * @param {Map<string, Set<string>>} sets
 * @param {string} key
 * @param {string} value to be in the set of the key
 */
function keep(sets, key, value) {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

/**
 * @param {Map<string, Map<string, number>>} known
 * @param {string} word
 * @param {() => Map<string, number>} find
 * @returns {Map<string, number>}
 */
function remembered(known, word, find) {
  const found = known.get(word) ?? find();
  known.set(word, found);
  return found;
}
