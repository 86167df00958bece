/**
 * How words sound: what is spelled in different ways, in other letters or with a slip of the ear, has the same key.
 */

import { lettersOf } from "./keyboards.js";

/** Greek letters with one sound; folded. */
const GREEK_SOUNDS = new Map(
  Object.entries({ α: "a", β: "f", γ: "g", δ: "d", ε: "e", ζ: "z", η: "i", θ: "8", ι: "i", κ: "k", λ: "l", μ: "m", ν: "n", ξ: "x", ο: "o", π: "p", ρ: "r", σ: "s", τ: "t", υ: "i", φ: "f", χ: "h", ψ: "c", ω: "o" }),
);
const GREEK_PAIRS = new Map(Object.entries({ ου: "u", αι: "e", ει: "i", οι: "i", υι: "i", αυ: "af", ευ: "ef", μπ: "b", ντ: "d", γκ: "g", γγ: "g", τζ: "dz" }));
/** Latin letters as Greek people type them, with what each may stand for; the longest first. */
const LATIN_SOUNDS = new Map(
  Object.entries({
    ou: ["u"], ai: ["e"], ei: ["i"], oi: ["i"], yi: ["i"], au: ["af"], ay: ["af"], eu: ["ef"], ey: ["ef"], mp: ["b"], nt: ["d"], nd: ["d"], gk: ["g"], gg: ["g"], ng: ["g"],
    th: ["8"], ch: ["h"], kh: ["h"], ph: ["f"], ps: ["c"], ks: ["x"], tz: ["dz"],
    a: ["a"], b: ["f", "b"], c: ["k", "s"], d: ["d"], e: ["e"], f: ["f"], g: ["g"], h: ["i", "h"], i: ["i"], j: ["x", "dz"], k: ["k"], l: ["l"], m: ["m"], n: ["n"], o: ["o"], p: ["p"],
    q: ["k"], r: ["r"], s: ["s"], t: ["t"], u: ["i", "u"], v: ["f"], w: ["o"], x: ["h", "x"], y: ["i"], z: ["z"], 3: ["x"], 8: ["8"], 4: ["c"],
  }),
);
const MOST_SPELLINGS = 24;

/**
 * @param {string} word folded, in Greek letters
 * @returns {string}
 */
export function soundOfGreek(word) {
  let sound = "";
  for (let at = 0; at < word.length; at++) {
    const pair = GREEK_PAIRS.get(word.slice(at, at + 2));
    sound += pair ?? GREEK_SOUNDS.get(word[at] ?? "") ?? word[at];
    if (pair) at++;
  }
  return single(sound);
}

/**
 * @param {string} word folded, in Latin letters
 * @returns {string[]} how it may sound if it is Greek
 */
export function soundsOfLatin(word) {
  let sounds = [""];
  for (let at = 0; at < word.length; at++) {
    const pair = LATIN_SOUNDS.get(word.slice(at, at + 2));
    const meant = pair ?? LATIN_SOUNDS.get(word[at] ?? "") ?? [word[at] ?? ""];
    sounds = sounds.flatMap((sound) => meant.map((letter) => sound + letter)).slice(0, MOST_SPELLINGS);
    if (pair) at++;
  }
  return [...new Set(sounds.map(single))];
}

/**
 * @param {string} sound
 * @returns {string} without doubled letters
 */
function single(sound) {
  return sound.replace(/(.)\1+/gu, "$1");
}

const HIRAGANA = /[ァ-ヶ]/gu;
const SMALL_KANA = new Map(Object.entries({ ぁ: "あ", ぃ: "い", ぅ: "う", ぇ: "え", ぉ: "お", っ: "つ", ゃ: "や", ゅ: "ゆ", ょ: "よ", ゎ: "わ", ゔ: "ぶ", ぢ: "じ", づ: "ず" }));

/**
 * @param {string} kana folded
 * @returns {string} in large hiragana, without marks of length
 */
export function soundOfKana(kana) {
  return kana
    .replace(HIRAGANA, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replace(/[ぁぃぅぇぉっゃゅょゎゔぢづ]/gu, (letter) => SMALL_KANA.get(letter) ?? letter)
    .replace(/[ー・]/gu, "");
}

/**
 * @param {string} text folded
 * @returns {string[]} its letters: syllables of Hangul are of several
 */
export function lettersIn(text) {
  return Array.from(text).flatMap((letter) => (letter >= "가" && letter <= "힣" ? lettersOf(letter) : [letter]));
}

/** Letters of Hangul that are taken for each other: by the ear, or by a key beside. */
const CONFUSED = ["ㅐㅔ", "ㅒㅖ", "ㅗㅛ", "ㅜㅠ", "ㅓㅕ", "ㅏㅑ", "ㄱㄲ", "ㄷㄸ", "ㅂㅃ", "ㅅㅆ", "ㅈㅉ", "ㅋㄱ", "ㅌㄷ", "ㅍㅂ", "ㅊㅈ", "ㅓㅗ", "ㅡㅜ", "ㅡㅓ"];
/** @type {Map<string, string>} */
const confusions = new Map();
for (const [one = "", other = ""] of CONFUSED) {
  confusions.set(one, (confusions.get(one) ?? "") + other);
  confusions.set(other, (confusions.get(other) ?? "") + one);
}

/**
 * What a change of one letter for another costs: 0 to 1.
 *
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
export function costOfChange(one, other) {
  if (one === other) return 0;
  return confusions.get(one)?.includes(other) ? 0.5 : 1;
}

/**
 * @param {string | readonly string[]} one
 * @param {string | readonly string[]} other
 * @param {number} most
 * @param {(one: string, other: string) => number} [change] what another letter costs
 * @returns {number} letters to insert, leave out, change or swap, a doubled one half; more than `most` if there are more
 */
export function distance(one, other, most, change = (letter, meant) => (letter === meant ? 0 : 1)) {
  if (Math.abs(one.length - other.length) > most * 2) return most + 1;
  /** @type {number[]} */
  let before = [];
  let last = [0];
  for (let column = 1; column <= other.length; column++) last.push((last[column - 1] ?? 0) + costOfOne(other, column - 1));
  for (let row = 1; row <= one.length; row++) {
    const own = costOfOne(one, row - 1);
    const next = [(last[0] ?? 0) + own];
    let least = next[0] ?? 0;
    for (let column = 1; column <= other.length; column++) {
      let cost = Math.min(
        (last[column] ?? 0) + own,
        (next[column - 1] ?? 0) + costOfOne(other, column - 1),
        (last[column - 1] ?? 0) + change(one[row - 1] ?? "", other[column - 1] ?? ""),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length] ?? most + 1;
}

/**
 * @param {string | readonly string[]} letters
 * @param {number} at
 * @returns {number} what it costs to leave the letter out
 */
function costOfOne(letters, at) {
  return at > 0 && letters[at] === letters[at - 1] ? 0.5 : 1;
}
