/** Runs once per full page load, on every page; instant navigation keeps it alive. */
import { defineCalculator } from "../calculator/element.js";
import { rememberTicks } from "./checklists.js";
import { reachDrawerByKeyboard } from "./drawer.js";
import { keepPages } from "./keeping.js";
import { openLanguageMenu } from "./language_menu.js";
import { keepLanguageOffer } from "./language_offer.js";
import { keepLanguageLinksCurrent } from "./language_switch.js";
import { keepPalette } from "./palette.js";
import { bringParts } from "./parts.js";
import { prefetchFromGallery } from "./prefetch.js";
import { answerQuizzes } from "./quiz.js";
import { startTheme } from "./theme.js";
import { keepWideTablesReachable } from "./wide_tables.js";

// Tried again while the first one was still on its way (without_scripts.js), it may come twice.
if (!customElements.get("playbook-calculator")) {
  startTheme();
  keepLanguageOffer();
  keepPalette();
  keepLanguageLinksCurrent();
  openLanguageMenu();
  reachDrawerByKeyboard();
  defineCalculator();
  keepWideTablesReachable();
  answerQuizzes();
  rememberTicks();
  bringParts();
  keepPages();
  prefetchFromGallery();
}
