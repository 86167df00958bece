/**
 * Cuts text into search terms, the same way for pages and for queries, in any of the site's languages.
 *
 * Hangul, kana and kanji are cut into overlapping pairs of characters: no dictionary, and 파이프라인을 is found by
 * 파이프라인. Words in Latin and Greek letters are reduced to their stems. Case, accents and the form of the letter
 * (full width, final sigma) do not count. The script decides, not the page's language: a Korean page has English words.
 */
import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemmer as stemGreek } from "@orama/stemmers/greek";
import { soundOfKana } from "./sounds.js";

const HANGUL = /\p{sc=Hangul}/u;
const KANA = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々]/u;
const LETTER = /[\p{L}\p{N}]/u;
const PLAIN = /^[\x00-\x7f]*$/;
const GREEK = /\p{sc=Greek}/u;
const KATAKANA_RUN = /^[\p{sc=Katakana}ー]+$/u;

const UNKNOWN = 0;
const OTHER = 1;
/** What a run of characters is of. */
export const IN_HANGUL = 2;
export const IN_KANA = 3;
export const IN_WORD = 4;

/**
 * @typedef {object} Token
 * @property {string} term
 * @property {number} start in the folded text
 * @property {number} end in the folded text
 */

/** What each UTF-16 unit below the surrogates belongs to: asking the expressions each time would take most of the time. */
const kinds = new Uint8Array(0x10000);
/** @type {Map<string, string>} */
const stems = new Map();

/**
 * Takes away what does not count: case, accents, full and half width, the final form of sigma.
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  // Most of the English text needs no more.
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/ς/g, "σ");
}

/**
 * @param {string} folded text that went through `fold`
 * @returns {Token[]}
 */
export function tokens(folded) {
  /** @type {Token[]} */
  const found = [];
  forEachTerm(folded, (term, start, end) => found.push({ term, start, end }));
  return found;
}

/**
 * @param {string} folded text that went through `fold`
 * @param {(term: string, start: number, end: number) => void} visit
 */
export function forEachTerm(folded, visit) {
  forEachRun(folded, (kind, start, end) => {
    if (kind === IN_WORD) visit(stem(folded.slice(start, end)), start, end);
    else forEachPair(folded, start, end, visit);
  });
}

/**
 * @param {string} folded text that went through `fold`
 * @param {(kind: number, start: number, end: number) => void} visit told of each stretch of Hangul, of kana and kanji, or word
 */
export function forEachRun(folded, visit) {
  const length = folded.length;
  let start = 0;
  while (start < length) {
    const kind = kindAt(folded, start);
    let end = start + widthAt(folded, start);
    if (kind !== OTHER) {
      while (end < length && kindAt(folded, end) === kind) end += widthAt(folded, end);
      visit(kind, start, end);
    }
    start = end;
  }
}

/**
 * @param {string} folded
 * @param {number} start of a run
 * @param {number} end of the run
 * @param {(term: string, start: number, end: number) => void} visit
 */
function forEachPair(folded, start, end, visit) {
  let at = start;
  let middle = at + widthAt(folded, at);
  if (middle >= end) visit(folded.slice(start, end), start, end);
  while (middle < end) {
    const next = middle + widthAt(folded, middle);
    visit(folded.slice(at, next), at, next);
    at = middle;
    middle = next;
  }
}

/**
 * @param {string} folded a name or a part of a query
 * @returns {string} the same for all ways to inflect and space it
 */
export function nameKey(folded) {
  let key = "";
  forEachRun(folded, (kind, start, end) => {
    const run = folded.slice(start, end);
    key += kind === IN_WORD ? stem(run) : soundOfRun(run);
  });
  return key;
}

/**
 * @param {string} run of Hangul, or of kana and kanji
 * @returns {string} as it sounds, if it is a loan word in katakana
 */
export function soundOfRun(run) {
  return KATAKANA_RUN.test(run) ? soundOfKana(run) : run;
}

/**
 * @param {string} term
 * @returns {boolean} whether it is of characters in pairs and not a word
 */
export function isPaired(term) {
  const kind = kindAt(term, 0);
  return kind === IN_HANGUL || kind === IN_KANA;
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {number}
 */
function kindAt(text, at) {
  const unit = text.charCodeAt(at);
  if (isSurrogate(unit)) return kindOf(String.fromCodePoint(text.codePointAt(at) ?? unit));
  let kind = kinds[unit] ?? UNKNOWN;
  if (kind === UNKNOWN) kinds[unit] = kind = kindOf(String.fromCharCode(unit));
  return kind;
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {number} UTF-16 units of the character
 */
function widthAt(text, at) {
  return isSurrogate(text.charCodeAt(at)) && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/**
 * @param {number} unit
 * @returns {boolean}
 */
function isSurrogate(unit) {
  return unit >= 0xd800 && unit < 0xe000;
}

/**
 * @param {string} character
 * @returns {number}
 */
function kindOf(character) {
  if (HANGUL.test(character)) return IN_HANGUL;
  if (KANA.test(character)) return IN_KANA;
  return LETTER.test(character) ? IN_WORD : OTHER;
}

/**
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  let known = stems.get(word);
  if (known === undefined) {
    known = (GREEK.test(word) ? stemGreek : stemEnglish)(word);
    stems.set(word, known);
  }
  return known;
}
