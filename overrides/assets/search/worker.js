/**
 * Takes the place of the theme's search worker (Material for MkDocs 9.8): same messages, our index.
 *
 * Started when the search box is opened (connection.js), it fetches the index of the one language at once. Besides the
 * theme's messages it says `arriving` with each part of the index, and `failed` instead of a result.
 */
/// <reference lib="webworker" />
import { Failure, kindOf, kindOfStatus } from "../runtime/failures.js";
import { watched } from "../runtime/watched.js";
import { createSearch } from "./index.js";

/** The theme's message types. */
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** @typedef {{ type: typeof SETUP } | { type: typeof QUERY, data: string }} Request */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const language = new URL(scope.location.href).searchParams.get("language") ?? "en";
const loading = load();
loading.catch(() => {}); // told with the first query

/** @returns {Promise<ReturnType<typeof createSearch>>} */
async function load() {
  // This file lies in assets/playbook/ (tools/pages/assets.py), the indexes in search/ (tools/pages/search_index.py).
  const response = await fetch(new URL(`../../search/${language}.json`, scope.location.href)).catch((error) => {
    throw new Failure("offline", String(error));
  });
  if (!response.ok || !response.body) throw new Failure(kindOfStatus(response.status), `search/${language}.json: ${response.status}`);
  return createSearch(await new Response(watched(response.body, () => scope.postMessage({ type: "arriving" }))).json());
}

/** @param {string} query @returns {Promise<object>} a message */
async function answer(query) {
  try {
    return { type: RESULT, data: (await loading)(query) };
  } catch (error) {
    console.warn(error);
    return { type: "failed", kind: kindOf(error) ?? "broken" };
  }
}

scope.addEventListener("message", async (/** @type {MessageEvent<Request>} */ event) => {
  if (event.data.type === SETUP) scope.postMessage({ type: READY });
  else if (event.data.type === QUERY) scope.postMessage(await answer(event.data.data));
});
