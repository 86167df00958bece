/**
 * What was typed with the wrong keyboard, or with Latin letters for lack of the right one.
 */

const LATIN = "qwertyuiopasdfghjklzxcvbnm";
const HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ";
const SHIFTED = { Q: "ㅃ", W: "ㅉ", E: "ㄸ", R: "ㄲ", T: "ㅆ", O: "ㅒ", P: "ㅖ" };
const GREEK = ";ςερτυθιοπασδφγηξκλζχψωβνμ";

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/** Two keys, one letter. */
const JOINED = new Map(
  Object.entries({ ㅗㅏ: "ㅘ", ㅗㅐ: "ㅙ", ㅗㅣ: "ㅚ", ㅜㅓ: "ㅝ", ㅜㅔ: "ㅞ", ㅜㅣ: "ㅟ", ㅡㅣ: "ㅢ", ㄱㅅ: "ㄳ", ㄴㅈ: "ㄵ", ㄴㅎ: "ㄶ", ㄹㄱ: "ㄺ", ㄹㅁ: "ㄻ", ㄹㅂ: "ㄼ", ㄹㅅ: "ㄽ", ㄹㅌ: "ㄾ", ㄹㅍ: "ㄿ", ㄹㅎ: "ㅀ", ㅂㅅ: "ㅄ" }),
);

/** @type {Map<string, string>} */
const toHangul = new Map([...Array.from(LATIN, (key, at) => /** @type {[string, string]} */ ([key, HANGUL[at] ?? ""])), ...Object.entries(SHIFTED)]);
const fromHangul = new Map([...toHangul].map(([key, letter]) => [letter, key.toLowerCase()]));
const toGreek = new Map(Array.from(LATIN, (key, at) => /** @type {[string, string]} */ ([key, GREEK[at] === "ς" ? "σ" : (GREEK[at] ?? "")])));
const fromGreek = new Map(Array.from(LATIN, (key, at) => /** @type {[string, string]} */ ([GREEK[at] ?? "", key])));

/**
 * @param {string} word Latin letters as typed
 * @returns {string} what the same keys give on a Korean keyboard; empty if that is not all syllables
 */
export function asHangul(word) {
  const letters = Array.from(word, (key) => toHangul.get(key) ?? toHangul.get(key.toLowerCase()) ?? " ");
  const syllables = compose(letters);
  return /^[가-힣]+$/.test(syllables) ? syllables : "";
}

/**
 * @param {string} word that may hold letters of Hangul that are not joined to syllables
 * @returns {string} what the same keys give on a Latin keyboard; empty if it holds something else
 */
export function fromHangulKeys(word) {
  const keys = Array.from(word, (letter) => fromHangul.get(letter) ?? (isSyllable(letter) ? lettersOf(letter).map((part) => fromHangul.get(part) ?? " ").join("") : " ")).join("");
  return /^[a-z]+$/.test(keys) ? keys : "";
}

/**
 * @param {string} word folded Greek
 * @returns {string} what the same keys give on a Latin keyboard
 */
export function fromGreekKeys(word) {
  return Array.from(word, (letter) => fromGreek.get(letter) ?? (letter === "σ" ? "s" : letter)).join("");
}

/**
 * @param {string} word Latin letters
 * @returns {string} what the same keys give on a Greek keyboard
 */
export function asGreek(word) {
  return Array.from(word, (key) => (key === "s" ? "σ" : (toGreek.get(key) ?? key))).join("");
}

/**
 * @param {string} letter
 * @returns {boolean}
 */
function isSyllable(letter) {
  return letter >= "가" && letter <= "힣";
}

/**
 * @param {string} syllable
 * @returns {string[]} its letters, joined ones as their keys
 */
export function lettersOf(syllable) {
  const number = syllable.charCodeAt(0) - 0xac00;
  const letters = [INITIALS[Math.floor(number / 588)] ?? "", VOWELS[Math.floor((number % 588) / 28)] ?? "", FINALS[number % 28]?.trim() ?? ""];
  return letters.flatMap((letter) => (letter ? (keysOf.get(letter) ?? [letter]) : []));
}

const keysOf = new Map([...JOINED].map(([keys, letter]) => [letter, Array.from(keys)]));

/**
 * @param {readonly string[]} letters of Hangul, in the order they were typed
 * @returns {string} syllables, and what does not make one as it is
 */
function compose(letters) {
  let text = "";
  let at = 0;
  while (at < letters.length) {
    const initial = INITIALS.indexOf(letters[at] ?? "");
    const first = letters[at + 1] ?? "";
    if (initial < 0 || !VOWELS.includes(first) || !first) {
      text += letters[at++];
      continue;
    }
    at += 2;
    let vowel = first;
    const joined = JOINED.get(vowel + (letters[at] ?? ""));
    if (joined && VOWELS.includes(joined)) [vowel, at] = [joined, at + 1];
    let final = "";
    // A consonant before a vowel begins the next syllable.
    for (let next = letters[at] ?? ""; next && !VOWELS.includes(letters[at + 1] || " "); next = letters[at] ?? "") {
      const longer = final ? (JOINED.get(final + next) ?? "") : next;
      if (!longer || !FINALS.includes(longer)) break;
      [final, at] = [longer, at + 1];
    }
    text += String.fromCharCode(0xac00 + initial * 588 + VOWELS.indexOf(vowel) * 28 + Math.max(0, FINALS.indexOf(final || " ")));
  }
  return text;
}

/** Kana by their consonant; a, i, u, e, o. */
const ROWS = new Map(
  Object.entries({
    "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも", r: "らりるれろ",
    g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ",
  }),
);
const SPECIAL = new Map(
  Object.entries({ ya: "や", yu: "ゆ", yo: "よ", wa: "わ", wo: "を", shi: "し", chi: "ち", tsu: "つ", fu: "ふ", ji: "じ", ja: "じゃ", ju: "じゅ", jo: "じょ", je: "じぇ", fa: "ふぁ", fi: "ふぃ", fe: "ふぇ", fo: "ふぉ", vu: "ぶ", va: "ば", vi: "び", ve: "べ", vo: "ぼ", she: "しぇ", che: "ちぇ", ti: "てぃ", di: "でぃ", wi: "うぃ", we: "うぇ" }),
);
const SMALL = new Map(Object.entries({ a: "ゃ", u: "ゅ", o: "ょ" }));

/**
 * @param {string} word Latin letters
 * @returns {string} in hiragana; empty if it is not Japanese
 */
export function asKana(word) {
  let rest = word.toLowerCase();
  let kana = "";
  while (rest) {
    const match =
      /^(?<double>([kstpgdbzjmrc])(?=\2))|^(?<n>n'|n(?![aiueoy])|m(?=[bp]))|^(?<special>sh[ie]|ch[ie]|tsu|f[aiueo]|v[aiueo]|j[aiueo]|[tdw]i|we|y[auo]|w[ao])|^(?<soft>ky|sh|sy|ch|ty|cy|ny|hy|my|ry|gy|jy|zy|by|py|dy)(?<vowel>[auo])|^(?<row>[kstnhmrgzdbp]?)(?<sound>[aiueo])|^(?<long>-)/.exec(rest);
    if (!match?.groups) return "";
    const { double, n, special, soft, vowel, row, sound } = match.groups;
    if (double) kana += "っ";
    else if (n) kana += "ん";
    else if (special) kana += SPECIAL.get(special) ?? "";
    else if (soft && vowel) kana += ({ sh: "し", sy: "し", ch: "ち", ty: "ち", cy: "ち", jy: "じ", zy: "じ", dy: "ぢ" }[soft] ?? ROWS.get(soft[0] ?? "")?.[1] ?? "") + (SMALL.get(vowel) ?? "");
    else if (sound) kana += ROWS.get(row ?? "")?.["aiueo".indexOf(sound)] ?? "";
    rest = rest.slice(double ? 1 : match[0].length);
  }
  return kana;
}
