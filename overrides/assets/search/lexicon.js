/**
 * Words that stand for others: synonyms, loan words in the reader's letters, Japanese readings. The build gives them
 * (tools/pages/search_index.py); here they are looked up by how they sound, so that no spelling of a loan word is missed.
 */
import { costOfChange, distance, lettersIn, soundOfGreek, soundOfKana } from "./sounds.js";
import { IN_HANGUL, IN_KANA, fold, forEachRun, soundOfRun, tokens } from "./tokens.js";

/**
 * @typedef {object} Alternative
 * @property {string} text folded
 * @property {number} weight how well it stands for what was typed
 */

/**
 * @typedef {object} Piece of a run that stands for something else
 * @property {number} start
 * @property {number} end
 * @property {Alternative[]} alternatives
 */

/** @typedef {{ alternatives: Alternative[], isLoan: boolean, letters?: string[] }} Entry */

const SYNONYM = 0.9;
const LOAN = 0.9;
const READING = 0.95;
const NEXT_READING = 0.15;
const HOMOPHONE = 0.5;
const SLIPPED_LOAN = 0.75;
const LONGEST_PIECE = 16;
/** A loan word with a slip: letters of Hangul, kana. */
const LEAST_LETTERS_FOR_A_SLIP = 6;
const LEAST_KANA_FOR_A_SLIP = 4;
const MOST_READINGS = 3;

const HIRAGANA_RUN = /^[\p{sc=Hiragana}ー]+$/u;
const KATAKANA = /[\p{sc=Katakana}ー]+/gu;
const KATAKANA_RUN = /^[\p{sc=Katakana}ー]+$/u;
const PARTICLES = new Set("のをはがにとでもへや");

export class Lexicon {
  /** @type {Map<string, Entry>} by sound, without spaces */
  #entries = new Map();
  /** @type {{ stems: string[], alternatives: Alternative[] }[]} */
  #phrases = [];
  /** @type {Map<string, Alternative[]>} Greek loan words by sound */
  #greek = new Map();
  /** @type {Map<string, string[]>} */
  #readings;
  /** @type {Map<string, string>} the reading of each word of Japanese */
  #readingOf = new Map();

  /**
   * @param {readonly (readonly string[])[]} synonyms
   * @param {readonly (readonly string[])[]} loans a word of English, then how it is written here
   * @param {Readonly<Record<string, readonly string[]>>} readings words by their reading in hiragana, the most frequent first
   */
  constructor(synonyms, loans, readings) {
    for (const group of synonyms) {
      const folded = group.map(fold);
      for (const word of folded) this.#add(word, folded.filter((other) => other !== word).map((text) => ({ text, weight: SYNONYM })), false);
    }
    for (const [english = "", ...written] of loans) {
      for (const word of written.map(fold)) this.#add(word, [{ text: fold(english), weight: LOAN }], true);
    }
    this.#readings = new Map(Object.entries(readings).map(([reading, words]) => [soundOfKana(reading), [...words]]));
    for (const [reading, words] of this.#readings) for (const word of words) this.#readingOf.set(fold(word), reading);
    this.#phrases.sort((one, other) => other.stems.length - one.stems.length);
  }

  /**
   * @param {string} word folded
   * @param {Alternative[]} alternatives
   * @param {boolean} isLoan
   */
  #add(word, alternatives, isLoan) {
    let isPaired = false;
    let isGreek = false;
    forEachRun(word, (kind, start) => {
      if (kind === IN_HANGUL || kind === IN_KANA) isPaired = true;
      else if (/\p{sc=Greek}/u.test(word[start] ?? "")) isGreek = true;
    });
    if (isPaired) {
      const sound = soundOfRun(word.replace(/\s/g, ""));
      const known = this.#entries.get(sound);
      if (known) known.alternatives.push(...alternatives);
      else this.#entries.set(sound, { alternatives: [...alternatives], isLoan });
    } else if (isLoan && isGreek) {
      this.#greek.set(soundOfGreek(word), [...(this.#greek.get(soundOfGreek(word)) ?? []), ...alternatives]);
    } else {
      this.#phrases.push({ stems: tokens(word).map(({ term }) => term), alternatives });
    }
  }

  /**
   * @param {readonly string[]} stems of the words of a query
   * @param {number} at
   * @returns {{ length: number, alternatives: Alternative[] } | undefined} what the words from there on stand for
   */
  phraseAt(stems, at) {
    const found = this.#phrases.filter((phrase) => phrase.stems.every((stem, index) => stems[at + index] === stem));
    const length = found[0]?.stems.length ?? 0;
    return length ? { length, alternatives: found.filter((phrase) => phrase.stems.length === length).flatMap(({ alternatives }) => alternatives) } : undefined;
  }

  /**
   * @param {string} word folded, in Greek letters
   * @returns {Alternative[]}
   */
  greekLoan(word) {
    return this.#greek.get(soundOfGreek(word)) ?? [];
  }

  /**
   * Cuts a run of Hangul, kana or kanji into what has alternatives and what has not.
   *
   * @param {string} run folded
   * @returns {Piece[]} those with alternatives, in order
   */
  pieces(run) {
    const whole = this.#covering(run);
    if (whole) return whole;
    const found = this.#scattered(run);
    // Japanese runs on: a loan word in katakana ends where another script begins.
    for (const { 0: stretch, index } of run.matchAll(KATAKANA)) {
      if (stretch.length === run.length || found.some(({ start, end }) => start < index + stretch.length && end > index)) continue;
      found.push(...(this.#covering(stretch) ?? []).map((piece) => ({ ...piece, start: piece.start + index, end: piece.end + index })));
    }
    return found.sort((one, other) => one.start - other.start);
  }

  /**
   * @param {string} run
   * @returns {Piece[] | undefined} loan words and synonyms that leave nothing of it
   */
  #covering(run) {
    /** @type {({ pieces: Piece[], cost: number } | undefined)[]} */
    const best = [{ pieces: [], cost: 0 }];
    for (let end = 1; end <= run.length; end++) {
      for (let start = Math.max(0, end - LONGEST_PIECE); start < end; start++) {
        const before = best[start];
        if (!before) continue;
        const found = this.#entryOf(run.slice(start, end));
        if (!found) continue;
        const cost = before.cost + found.cost + 1;
        if (!best[end] || cost < (best[end]?.cost ?? 0)) best[end] = { pieces: [...before.pieces, { start, end, alternatives: found.alternatives }], cost };
      }
    }
    return best[run.length]?.pieces;
  }

  /**
   * @param {string} run
   * @returns {Piece[]} the longest first where they overlap
   */
  #scattered(run) {
    /** @type {Piece[]} */
    const found = [];
    for (let length = Math.min(run.length, LONGEST_PIECE); length > 1; length--) {
      for (let start = 0; start + length <= run.length; start++) {
        const end = start + length;
        if (found.some((piece) => start < piece.end && end > piece.start)) continue;
        const entry = this.#entries.get(soundOfRun(run.slice(start, end)));
        // A short loan word in the middle of something is something else.
        if (entry && !(entry.isLoan && length < 3 && length < run.length)) found.push({ start, end, alternatives: entry.alternatives });
      }
    }
    return found;
  }

  /**
   * @param {string} text
   * @returns {{ alternatives: Alternative[], cost: number } | undefined}
   */
  #entryOf(text) {
    const sound = soundOfRun(text);
    const exact = this.#entries.get(sound);
    if (exact) return { alternatives: exact.alternatives, cost: 0 };
    const isHangul = /\p{sc=Hangul}/u.test(text);
    const letters = lettersIn(sound);
    if (letters.length < (isHangul ? LEAST_LETTERS_FOR_A_SLIP : LEAST_KANA_FOR_A_SLIP)) return undefined;
    if (!isHangul && !KATAKANA_RUN.test(text)) return undefined;
    for (const [other, entry] of this.#entries) {
      if (!entry.isLoan || Math.abs(other.length - sound.length) > 1) continue;
      entry.letters ??= lettersIn(other);
      if (entry.letters[0] !== letters[0]) continue;
      if (distance(letters, entry.letters, 1, costOfChange) <= 1) return { alternatives: entry.alternatives.map(({ text: meant }) => ({ text: meant, weight: SLIPPED_LOAN })), cost: 0.5 };
    }
    return undefined;
  }

  /**
   * What a run of kana may be in kanji: the words of the site that are read so, side by side.
   *
   * @param {string} run folded
   * @param {boolean} isUnfinished whether more of the last word may be to come
   * @returns {Alternative[]} empty if something of it is left
   */
  inKanji(run, isUnfinished) {
    if (!this.#readings.size || !HIRAGANA_RUN.test(run) || run.length < 3) return [];
    /** @type {({ texts: string[], cost: number } | undefined)[]} */
    const best = [{ texts: [""], cost: 0 }];
    for (let end = 1; end <= run.length; end++) {
      for (let start = Math.max(0, end - LONGEST_PIECE); start < end; start++) {
        const before = best[start];
        const part = run.slice(start, end);
        if (!before) continue;
        const isLast = end === run.length;
        const words = this.#readings.get(soundOfKana(part)) ?? (PARTICLES.has(part) && start > 0 && !isLast ? [" "] : isLast && isUnfinished ? this.#begunWith(part) : undefined);
        if (!words) continue;
        const cost = before.cost + 1 + (part.length === 1 ? 2 : 0);
        if (best[end] && cost >= (best[end]?.cost ?? 0)) continue;
        best[end] = { texts: before.texts.flatMap((text) => words.slice(0, MOST_READINGS).map((word) => text + fold(word))).slice(0, MOST_READINGS * 2), cost };
      }
    }
    const found = best[run.length];
    if (!found || found.cost > run.length / 1.5) return [];
    return found.texts.map((text, at) => ({ text, weight: Math.max(0.5, READING - NEXT_READING * at) }));
  }

  /**
   * @param {string} kana
   * @returns {readonly string[] | undefined} the words of the shortest reading that begins so
   */
  #begunWith(kana) {
    const sound = soundOfKana(kana);
    if (sound.length < 2) return undefined;
    const longer = [...this.#readings.keys()].filter((reading) => reading.startsWith(sound)).sort((one, other) => one.length - other.length);
    return this.#readings.get(longer[0] ?? "");
  }

  /**
   * @param {string} run folded, of kana and kanji
   * @returns {{ unknown: number, homophones: Alternative[] }} characters that belong to no word of the site, and what it would be with a word of the same reading
   */
  known(run) {
    if (!this.#readings.size) return { unknown: 0, homophones: [] };
    /** @type {({ words: string[], unknown: number } | undefined)[]} */
    const best = [{ words: [], unknown: 0 }];
    for (let end = 1; end <= run.length; end++) {
      const last = run[end - 1] ?? "";
      const skipped = best[end - 1];
      best[end] = { words: [...(skipped?.words ?? []), last], unknown: (skipped?.unknown ?? 0) + (/[\p{sc=Hiragana}ー]/u.test(last) ? 0 : 1) };
      for (let start = Math.max(0, end - LONGEST_PIECE); start < end; start++) {
        const word = run.slice(start, end);
        const before = best[start];
        if (!before || !this.#readingOf.has(word)) continue;
        // A single character is found in too many words to be known by itself, unless it comes after one.
        const unknown = before.unknown + (word.length === 1 && !/[\p{sc=Hiragana}ー]/u.test(word) ? 0.25 : 0);
        const now = best[end];
        if (unknown < (now?.unknown ?? 0) || (unknown === now?.unknown && before.words.length + 1 < now.words.length)) best[end] = { words: [...before.words, word], unknown };
      }
    }
    const { words, unknown } = best[run.length] ?? { words: [], unknown: 0 };
    return { unknown, homophones: this.#homophones(words) };
  }

  /**
   * @param {readonly string[]} words of a run
   * @returns {Alternative[]} the run with another word of the same reading, one at a time
   */
  #homophones(words) {
    return words.flatMap((word, at) => {
      if (word.length < 2 || HIRAGANA_RUN.test(word) || KATAKANA_RUN.test(word)) return [];
      const others = (this.#readings.get(this.#readingOf.get(word) ?? "") ?? []).map(fold).filter((other) => other !== word && other.length > 1);
      return others.slice(0, 2).map((other) => ({ text: [...words.slice(0, at), other, ...words.slice(at + 1)].join(""), weight: HOMOPHONE }));
    });
  }
}
