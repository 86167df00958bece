/**
 * Takes the place of the theme's search worker (Material for MkDocs 9.8): same messages, our index.
 *
 * The index of the one language is fetched when the search box is opened, or with the first query; not with the page.
 */
/// <reference lib="webworker" />
import { createSearch } from "./index.js";

/** The theme's message types. */
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** @typedef {{ type: typeof SETUP } | { type: typeof QUERY, data: string }} Request */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const language = new URL(scope.location.href).searchParams.get("language") ?? "en";

/** @type {Promise<ReturnType<typeof createSearch>> | undefined} */
let loading;

/** @returns {Promise<ReturnType<typeof createSearch>>} */
async function load() {
  // This file lies in assets/playbook/ (tools/assets.py), the indexes in search/ (tools/search_index.py).
  const response = await fetch(new URL(`../../search/${language}.json`, scope.location.href));
  if (!response.ok) throw new Error(`search/${language}.json: ${response.status}`);
  return createSearch(await response.json());
}

/**
 * @param {string} query
 * @returns {Promise<import("./index.js").Result>}
 */
async function answer(query) {
  if (!query.trim()) return { items: [], suggest: [] };
  try {
    loading ??= load();
    return (await loading)(query);
  } catch (error) {
    // The reader sees "no matching documents"; the next key tries again.
    loading = undefined;
    console.warn(error);
    return { items: [], suggest: [] };
  }
}

scope.addEventListener("message", async (/** @type {MessageEvent<Request>} */ event) => {
  if (event.data.type === SETUP) scope.postMessage({ type: READY });
  else if (event.data.type === QUERY) scope.postMessage({ type: RESULT, data: await answer(event.data.data) });
});

// Said by site/search_input.js. A failure is told with the first query, which tries again.
new BroadcastChannel("search").addEventListener("message", () => {
  loading ??= load();
  loading.catch(() => (loading = undefined));
});
