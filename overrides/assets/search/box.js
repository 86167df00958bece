/**
 * The page's side of the search. Runs before the theme's script, which makes the search's worker and keeps it to itself:
 * it is given one of ours, which starts when the search box is opened and says so when the search does not work.
 *
 * The theme searches when a key is released. Pasting, dictating and some input methods for Korean and Japanese change
 * the text without that, so each change is passed on as a released key.
 */
import { searchFailure, searchInput, searchNothing, searchResult, searchSpoken, searchWorker } from "../site/theme.js";
import { SearchConnection } from "./connection.js";

/** @typedef {typeof globalThis & { Worker: any }} Page */

const page = /** @type {Page} */ (globalThis);
const address = searchWorker();
const search = new SearchConnection(address, searchFailure(), searchResult(), searchNothing(), searchSpoken());

const { Worker } = page;
page.Worker = /** @param {string | URL} script @param {WorkerOptions} [options] */ function (script, options) {
  // Python's worker, where there is no shared one, and it can be first: the theme's script comes after the first paint.
  if (new URL(script, document.baseURI).href !== address.href) return new Worker(script, options);
  page.Worker = Worker;
  search.beHeard();
  return search;
};

const input = searchInput();
input?.addEventListener("focus", () => search.open());
input?.addEventListener("input", () => input.dispatchEvent(new Event("keyup")));
