/** Runs while the page is read, before any of it is drawn: what is shown later would push the text down. */
import { offerLanguage } from "./language_offer.js";

offerLanguage();
