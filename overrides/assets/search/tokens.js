/**
 * Cuts text into search terms, the same way for pages and for queries, in any of the site's languages.
 *
 * Hangul, kana and kanji are cut into overlapping pairs of characters: no dictionary, and 파이프라인을 is found by
 * 파이프라인. Words in Latin and Greek letters are reduced to their stems. Case, accents and the form of the letter
 * (full width, final sigma) do not count. The script decides, not the page's language: a Korean page has English words.
 */
import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemmer as stemGreek } from "@orama/stemmers/greek";

const PAIRED = String.raw`\p{sc=Hangul}|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々]`;
/** A run of Hangul, a run of kana and kanji, or a word in other letters and digits. */
const RUN = new RegExp(
  String.raw`(?<hangul>\p{sc=Hangul}+)|(?<kana>[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々]+)|(?<word>(?:(?!${PAIRED})[\p{L}\p{N}])+)`,
  "gu",
);
const GREEK = /\p{sc=Greek}/u;

/** Words that say nothing about what is looked for; left out of queries only. Folded. */
const FILLERS = new Set(
  [
    "a an and are as at be by can do does for from how i in is it me my of on or our that the this to was we what",
    "when where which who why will with you your",
    "ο η το οι τα του τησ των τον την τουσ τισ στο στη στην στον στα στουσ στισ ενασ ενα μια και κι να για με απο σε",
    "που πωσ τι ποιο ποια ποσο ποτε ειναι εχω εχει θα δεν αν μου μασ σασ",
  ]
    .join(" ")
    .split(" "),
);

/**
 * @typedef {object} Token
 * @property {string} term
 * @property {number} start in the folded text
 * @property {number} end in the folded text
 */

/**
 * Takes away what does not count: case, accents, full and half width, the final form of sigma.
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
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
 * @returns {Generator<Token>}
 */
export function* tokens(folded) {
  for (const match of folded.matchAll(RUN)) {
    const [run] = match;
    const start = match.index;
    if (match.groups?.word !== undefined) {
      yield { term: (GREEK.test(run) ? stemGreek : stemEnglish)(run), start, end: start + run.length };
    } else {
      const characters = Array.from(run);
      let at = start;
      for (let index = 0; index < Math.max(1, characters.length - 1); index++) {
        const term = characters.slice(index, index + 2).join("");
        yield { term, start: at, end: at + term.length };
        at += characters[index]?.length ?? 0;
      }
    }
  }
}

/**
 * @param {string} text of a page
 * @returns {string[]}
 */
export function textTerms(text) {
  return Array.from(tokens(fold(text)), (token) => token.term);
}

/**
 * @param {string} query as typed
 * @returns {string[]} its terms without fillers, unless it has nothing else
 */
export function queryTerms(query) {
  const folded = fold(query);
  const all = Array.from(tokens(folded));
  const telling = all.filter((token) => !FILLERS.has(folded.slice(token.start, token.end)));
  return (telling.length ? telling : all).map((token) => token.term);
}
