/**
 * What a query asks for: one wish for each word or run of characters, with all that may stand for it.
 */
import { withoutFrame } from "./frames.js";
import { asHangul, asKana, fromHangulKeys } from "./keyboards.js";
import { IN_HANGUL, IN_KANA, IN_WORD, fold, forEachRun, isPaired, stem, tokens } from "./tokens.js";

/** @typedef {import("./vocabulary.js").Vocabulary} Vocabulary */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./lexicon.js").Alternative} Alternative */

/** @typedef {{ term: string, weight: number, meanings: Map<string, number>, isUnfinished?: boolean }} WishedTerm a term, how much it tells, the index's terms for it, and whether more of it may be to come */

/**
 * @typedef {object} Way
 * @property {WishedTerm[]} terms
 * @property {number} weight
 */

/**
 * @typedef {object} Wish
 * @property {Way[]} ways to say it: as typed first, if the index knows anything of that
 * @property {string[]} texts as typed, and what may be meant
 * @property {number} tells how much of what is asked it is: verbs are beside the question
 * @property {number} unknown how many words of it the index does not know, however said
 */

/** A run of characters that joins two words, or a word's ending: not missed if it stands nowhere. */
const CHARACTERS_OF_A_WORD = 2;
const LETTERS_OF_A_LOAN_WORD = 4;
const MOST_SYLLABLES_OF_AN_ENDING = 2;
const KEYBOARD = 0.95;
/** Of a word typed in one, though it is two. */
const IN_TWO = 0.9;

/** Syllables of Hangul with a space after each. */
const APART = /(?<![가-힣])[가-힣](?: [가-힣](?![가-힣]))+/gu;
const VERB_TELLS = 0.3;
/** Of verbs, which say little about what is looked for. */
const VERBAL = /(?:[하되지이]나|[는을]지|[하되]려고|면서|다가|거나|든지|도록|[나까세어아해]요|하[다고는면기]|[해와어아]서|려면|지만|는데|니다|니까|[었았했]을|[해어아]야|[고기]도|어 ?[지진])$/u;
const LETTER_BEFORE = /[a-z0-9]$/;
/** Syllables that end words or join them. */
const JOINING = new Set("하려는은을를이가에서로고면지요니다까었았했할한해될된되며게의도만과와들적야던시입습세네죠있없않나라데");
const PARTICLE = /(?<=[가-힣]{2})(?:에서|으로|에게|한테|부터|까지|보다|이나|이랑|하고|[은는이가을를의에로와과도만])$|(?<=[\p{sc=Han}ァ-ー])(?:から|まで|には|では|[のをはがにとでもへや])$/u;
const HIRAGANA = /\p{sc=Hiragana}/gu;
const KATAKANA = /[\p{sc=Katakana}ー]/u;

/**
 * @param {string} query as typed
 * @param {Vocabulary} vocabulary
 * @param {Lexicon} lexicon
 * @returns {Wish[]}
 */
export function wishesOf(query, vocabulary, lexicon) {
  const folded = withoutFrame(fold(retyped(query, vocabulary))).replace(APART, (syllables) => syllables.replaceAll(" ", ""));
  const isUnfinished = !/\s$/.test(query);
  const end = folded.trimEnd().length;
  /** @type {Wish[]} */
  const wishes = [];
  /** @type {{ word: string, stem: string, end: number }[]} */
  let words = [];
  const takeWords = () => {
    wishes.push(...wishesOfWords(words, vocabulary, lexicon, isUnfinished ? end : -1));
    words = [];
  };
  forEachRun(folded, (kind, from, to) => {
    const text = folded.slice(from, to);
    if (kind === IN_WORD) return words.push({ word: text, stem: stem(text), end: to });
    takeWords();
    // A particle after a word: SDR과.
    if (kind === IN_HANGUL && to - from <= MOST_SYLLABLES_OF_AN_ENDING && LETTER_BEFORE.test(folded.slice(0, from))) return;
    wishes.push(...wishesOfRun(text, kind, vocabulary, lexicon, isUnfinished && to === end));
  });
  takeWords();
  return wishes;
}

/**
 * @param {string} query as typed
 * @param {Vocabulary} vocabulary
 * @returns {string} with the words that were typed on another keyboard as they were meant
 */
function retyped(query, vocabulary) {
  return query.replace(/[\u3131-\u318e가-힣]*[\u3131-\u318e][\u3131-\u318e가-힣]*/gu, (word) => {
    const latin = fromHangulKeys(word);
    return latin && vocabulary.knows(stem(latin)) ? latin : word;
  });
}

/**
 * @param {readonly { word: string, stem: string, end: number }[]} words side by side
 * @param {Vocabulary} vocabulary
 * @param {Lexicon} lexicon
 * @param {number} unfinished where a word ends that may go on
 * @returns {Wish[]}
 */
function wishesOfWords(words, vocabulary, lexicon, unfinished) {
  const stems = words.map(({ stem }) => stem);
  /** @type {Wish[]} */
  const wishes = [];
  for (let at = 0; at < words.length; ) {
    const phrase = lexicon.phraseAt(stems, at);
    const taken = words.slice(at, at + (phrase?.length ?? 1));
    const typed = taken.map(({ word, stem: term, end }) => ({ term, weight: 1, meanings: vocabulary.meanings(term, word, end === unfinished), isUnfinished: end === unfinished }));
    const others = [...(phrase?.alternatives ?? []), ...(taken.length === 1 ? alternativesOfWord(taken[0]?.word ?? "", typed[0]?.term ?? "", vocabulary, lexicon) : [])];
    wishes.push(wish(taken.map(({ word }) => word).join(" "), typed, others, vocabulary, 1));
    at += taken.length;
  }
  return wishes;
}

/**
 * @param {string} word
 * @param {string} term its stem
 * @param {Vocabulary} vocabulary
 * @param {Lexicon} lexicon
 * @returns {Alternative[]}
 */
function alternativesOfWord(word, term, vocabulary, lexicon) {
  const found = lexicon.greekLoan(word);
  if (vocabulary.knows(term)) return found;
  const parts = vocabulary.parts(word);
  if (parts) found.push({ text: parts.join(" "), weight: IN_TWO });
  const hangul = asHangul(word);
  if (hangul.length > 1 && !vocabulary.unknownSyllables(hangul)) found.push({ text: hangul, weight: KEYBOARD });
  const kana = asKana(word);
  if (kana) found.push(...lexicon.inKanji(kana, false));
  return found;
}

/**
 * @param {string} run of Hangul, or of kana and kanji
 * @param {number} kind
 * @param {Vocabulary} vocabulary
 * @param {Lexicon} lexicon
 * @param {boolean} isUnfinished
 * @returns {Wish[]}
 */
function wishesOfRun(run, kind, vocabulary, lexicon, isUnfinished) {
  const kanji = kind === IN_KANA ? lexicon.inKanji(run, isUnfinished) : [];
  if (kanji.length) return [wish(run, pairsOf(run, vocabulary, isUnfinished), kanji, vocabulary, 1)];
  /** @type {Wish[]} */
  const wishes = [];
  let done = 0;
  const take = (/** @type {number} */ to) => {
    const rest = run.slice(done, to);
    if (rest && (done === 0 || !isEnding(rest, kind))) wishes.push(wishOfPlain(rest, kind, vocabulary, lexicon, isUnfinished && to === run.length));
  };
  for (const { start, end, alternatives } of lexicon.pieces(run)) {
    take(start);
    const piece = run.slice(start, end);
    wishes.push(wish(piece, pairsOf(piece, vocabulary, false), alternatives, vocabulary, piece.length / CHARACTERS_OF_A_WORD));
    done = end;
  }
  take(run.length);
  return wishes;
}

/**
 * @param {string} rest of a run, after a word
 * @param {number} kind
 * @returns {boolean} whether it is no word of its own
 */
function isEnding(rest, kind) {
  return kind === IN_HANGUL ? rest.length === 1 : rest.replace(HIRAGANA, "").length === 0 && rest.length <= MOST_SYLLABLES_OF_AN_ENDING;
}

/**
 * @param {string} run without a word that stands for another
 * @param {number} kind
 * @param {Vocabulary} vocabulary
 * @param {Lexicon} lexicon
 * @param {boolean} isUnfinished
 * @returns {Wish}
 */
function wishOfPlain(run, kind, vocabulary, lexicon, isUnfinished) {
  const typed = pairsOf(run, vocabulary, isUnfinished);
  if (kind === IN_KANA) {
    const { unknown, homophones } = lexicon.known(run);
    const letters = KATAKANA.test(run) ? LETTERS_OF_A_LOAN_WORD : CHARACTERS_OF_A_WORD;
    return wish(run, typed, homophones, vocabulary, unknown / letters, true);
  }
  const unknown = run.length > 1 ? vocabulary.unknownSyllables(run) : 0;
  if (!unknown) return wish(run, typed, [], vocabulary, 0, true);
  // The last syllable may not be whole yet.
  const begun = run.slice(0, -1);
  const isBegun = isUnfinished && (begun.length < 2 || !vocabulary.unknownSyllables(begun));
  const ending = Array.from(run.slice(run.length - unknown));
  const isJustEnding = run.length - unknown >= CHARACTERS_OF_A_WORD && (unknown === 1 || ending.every((syllable) => JOINING.has(syllable)));
  const missed = isJustEnding || isBegun ? 0 : (unknown / CHARACTERS_OF_A_WORD) * (VERBAL.test(run) ? VERB_TELLS : 1);
  const corrections = isJustEnding ? [] : vocabulary.corrections(run);
  const found = wish(run, typed, corrections.map(({ text, likeness }) => ({ text, weight: likeness })), vocabulary, missed, true);
  if (corrections.length) found.unknown = 0;
  return found;
}

/**
 * @param {string} text as typed
 * @param {WishedTerm[]} typed its terms
 * @param {readonly Alternative[]} alternatives
 * @param {Vocabulary} vocabulary
 * @param {number} unknown words, if nothing of all this is known
 * @param {boolean} [isCounted] whether that holds though pairs of it are known
 * @returns {Wish}
 */
function wish(text, typed, alternatives, vocabulary, unknown, isCounted = false) {
  /** @type {Way[]} */
  const ways = typed.some(({ meanings }) => meanings.size) ? [{ terms: typed, weight: 1 }] : [];
  for (const { text: meant, weight } of alternatives) {
    const terms = tokens(fold(meant)).map(({ term }) => ({ term, weight: weightOf(term), meanings: new Map(vocabulary.knows(term) ? [[term, 1]] : []) }));
    if (terms.some(({ meanings }) => meanings.size)) ways.push({ terms, weight });
  }
  return { ways, texts: [text, ...withoutParticle(text), ...alternatives.map(({ text: meant }) => meant)], tells: VERBAL.test(text) ? VERB_TELLS : 1, unknown: isCounted || !ways.length ? unknown : 0 };
}

/**
 * @param {string} text
 * @returns {string[]} the word before its particle, if it has one
 */
function withoutParticle(text) {
  const word = text.replace(PARTICLE, "");
  return word === text ? [] : [word];
}

/**
 * @param {string} run
 * @param {Vocabulary} vocabulary
 * @param {boolean} isUnfinished
 * @returns {WishedTerm[]}
 */
function pairsOf(run, vocabulary, isUnfinished) {
  const terms = [...new Set(tokens(run).map(({ term }) => term))];
  return terms.map((term, at) => ({ term, weight: weightOf(term), meanings: vocabulary.meanings(term, term, isUnfinished && at === terms.length - 1) }));
}

/**
 * @param {string} term
 * @returns {number} less for what joins or ends words
 */
function weightOf(term) {
  if (!isPaired(term)) return 1;
  if (term >= "가" && term <= "힣") return term.length === 1 ? 0.4 : ([1, 0.9, 0.3][Array.from(term).filter((syllable) => JOINING.has(syllable)).length] ?? 1);
  return [1, 0.7, 0.4][term.match(HIRAGANA)?.length ?? 0] ?? 1;
}
