/** Which archives of tools/runtime/archives.py an answer needs. */

/**
 * The words of the page's language and the group only: what can be picked, and headings, are understood in every language,
 * and come with the group. What was typed on the page of another language is read as it is written there.
 *
 * @param {string} text of a question, see calculators/core/page/answer.py
 * @param {Record<string, string>} groups by calculator
 * @returns {string[]} none for a calculator that there is not
 */
export function archivesFor(text, groups) {
  const { calculator, language, ask, from } = JSON.parse(text);
  // The reader's numbers are of no calculator.
  if (ask === "numbers") return words("words", [language]);
  const group = groups[calculator];
  if (!group) return [];
  const languages = ask === "carry" ? [language, from] : [language];
  const ofGroup = [`group-${group}`, ...words("words", languages), ...words(`words-${group}`, languages)];
  return [...ofGroup, ...(ask === "workbook" ? ["workbook"] : [])];
}

/**
 * @param {string} text of a question to the analyser, which has the calculators of every group
 * @param {Record<string, string>} groups by calculator
 * @returns {string[]}
 */
export function wordsFor(text, groups) {
  const { language } = JSON.parse(text);
  const kinds = ["words", "analysis-words", ...new Set(Object.values(groups).map((group) => `words-${group}`))];
  return kinds.flatMap((kind) => words(kind, [language]));
}

/** English is in the code. @param {string} kind @param {string[]} languages */
function words(kind, languages) {
  return languages.filter((language) => language !== "en").map((language) => `${kind}-${language}`);
}
