/** Runs once per full page load, on every page; instant navigation keeps it alive. */
import { defineCalculator } from "../calculator/element.js";
import { rememberTicks } from "./checklists.js";
import { reachDrawerByKeyboard } from "./drawer.js";
import { keepPages } from "./keeping.js";
import { openLanguageMenu } from "./language_menu.js";
import { keepLanguageOffer } from "./language_offer.js";
import { keepLanguageLinksCurrent } from "./language_switch.js";
import { bringParts } from "./parts.js";
import { answerQuizzes } from "./quiz.js";
import { keepWideTablesReachable } from "./wide_tables.js";

keepLanguageOffer();
keepLanguageLinksCurrent();
openLanguageMenu();
reachDrawerByKeyboard();
defineCalculator();
keepWideTablesReachable();
answerQuizzes();
rememberTicks();
bringParts();
keepPages();
