/** Runs while the page is read, before any of it is drawn: what is shown later would push the text down, or flash. */
import { offerLanguage } from "./language_offer.js";
import { showPalette } from "./palette.js";

offerLanguage();
showPalette();
