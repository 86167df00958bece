/** Runs once per full page load, on every page; instant navigation keeps it alive. */
import { defineCalculator } from "../calculator/element.js";
import { rememberTicks } from "./checklists.js";
import { keepLanguageLinksCurrent } from "./language_switch.js";
import { answerQuizzes } from "./quiz.js";
import { searchOnEveryInput } from "./search_input.js";
import { keepWideTablesReachable } from "./wide_tables.js";

keepLanguageLinksCurrent();
defineCalculator();
searchOnEveryInput();
keepWideTablesReachable();
answerQuizzes();
rememberTicks();
