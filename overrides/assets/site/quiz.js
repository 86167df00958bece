/**
 * Says whether a chosen answer of a self-check is right, and why. Nothing is stored.
 */
import { onEachPage } from "./theme.js";

/** Starts it; called once per full page load. */
export function answerQuizzes() {
  onEachPage(() => {
    for (const quiz of document.querySelectorAll("[data-part=quiz]")) {
      for (const question of quiz.querySelectorAll("[data-part=question]")) enhance(quiz, question);
    }
  });
}

/**
 * @param {Element} quiz holds the templates of the verdicts
 * @param {Element} question
 */
function enhance(quiz, question) {
  const verdict = question.querySelector("[data-part=verdict]");
  const explanation = question.querySelector("[data-part=explanation]");
  const solution = question.querySelector("[data-part=solution]");
  const button = question.querySelector("[data-control=check]");
  const answers = Array.from(question.querySelectorAll("input")).filter((input) => input instanceof HTMLInputElement);
  if (!verdict || !explanation || !(solution instanceof HTMLElement) || !(button instanceof HTMLElement)) return;
  solution.hidden = true;
  // A browser may restore a choice, but not what was said about it.
  for (const answer of answers) answer.checked = false;

  const check = () => {
    const chosen = answers.find((answer) => answer.checked);
    const words = quiz.querySelector(`template[data-verdict="${chosen?.value}"]`);
    if (!chosen || !(words instanceof HTMLTemplateElement)) return;
    verdict.replaceChildren(words.content.cloneNode(true), explanation.textContent ?? "");
    verdict.classList.add("quiz__verdict--given");
    for (const answer of answers) answer.closest("label")?.classList.toggle(`quiz__answer--${answer.value}`, answer === chosen);
  };
  const forget = () => {
    verdict.replaceChildren();
    verdict.classList.remove("quiz__verdict--given");
    for (const answer of answers) answer.closest("label")?.classList.remove(`quiz__answer--${answer.value}`);
  };

  // Arrow keys choose each answer they pass; that must not give the solution away before the reader has got to the last.
  let passing = false;
  question.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    passing = event.key.startsWith("Arrow");
    if (passing) button.hidden = false;
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) check();
  });
  question.addEventListener("pointerdown", () => {
    passing = false;
  });
  for (const answer of answers) {
    // The space bar and a pointer make a click also on an answer that is already chosen.
    answer.addEventListener("click", () => (passing ? forget() : check()));
  }
  button.addEventListener("click", check);
}
