/**
 * What is kept for when there is no network: files of the site in CacheStorage, each under the hash of its content, so
 * that two releases stand beside each other and share what is the same in both.
 */
import { CacheFirst } from "workbox-strategies";
import { CACHE_OF_PAGES as CACHE, RuntimeFiles } from "../runtime/files.js";
import { addressOf, bytesOf, filesOfLanguage, filesOfPage, folderOf, isHashed, isListed, isOfThisRelease, keyOf, keysOf, languageOf, pathOf, pathsOf, release, scope } from "./release.js";

/** @typedef {{received: number, total: number}} Progress in bytes, as they are where the site is built */

export { CACHE };
const AT_ONCE = 4;

/** What is noted stands beside the files: which release is used, and with a `?`, as empty entries, what is to be kept. */
const NOTES = addressOf("service_worker.js");

/** Keeps what is of this release, under its hash, and finds it there. @type {import("workbox-core").WorkboxPlugin} */
export const ofThisRelease = {
  cacheKeyWillBeUsed: async ({ request }) => keyOf(pathOf(request.url)),
  cacheWillUpdate: async ({ request, response }) => {
    const path = pathOf(request.url) ?? "";
    if (!isListed(path) || (await isKept(path))) return null;
    if (await isOfThisRelease(path, response)) return response;
    // Most likely a newer one is there: it is taken now, and not only at the next visit.
    if (response.ok) scope.registration.update().catch(() => {});
    return null;
  },
  // A worker takes its address from the response, and our search's has its language in it.
  cachedResponseWillBeUsed: async ({ event, cachedResponse }) =>
    event instanceof FetchEvent && new URL(event.request.url).search && cachedResponse ? new Response(cachedResponse.body, cachedResponse) : cachedResponse,
};

const taking = new CacheFirst({ cacheName: CACHE, plugins: [ofThisRelease], fetchOptions: { priority: "low" } });

/** @param {string} path @returns {Promise<boolean>} as this release has it */
async function isKept(path) {
  return Boolean(await caches.match(keyOf(path), { cacheName: CACHE }));
}

/** @param {string[]} paths @returns {Promise<string[]>} those that are not kept as this release has them */
async function missingOf(paths) {
  const keys = new Set((await (await caches.open(CACHE)).keys()).map(({ url }) => url));
  return [...new Set(paths)].filter((path) => !keys.has(keyOf(path)));
}

/**
 * Fetches what is not there yet; rejects if anything cannot be had as this release has it, or not be kept.
 *
 * @param {readonly string[]} paths
 * @param {ExtendableEvent} event
 * @param {(bytes: number) => void} [arrived]
 */
export async function take(paths, event, arrived = () => {}) {
  const waiting = await missingOf([...paths]);
  const takeNext = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      // The browser's own cache may have it, from before the first visit's service worker; or as an earlier release had it.
      const isAnew = !isHashed(path) && scope.registration.active !== null;
      const isTaken = (!isAnew && (await takeFile(path, event, "default"))) || (await takeFile(path, event, "no-store"));
      if (!isTaken) throw new Error(`${path} is not as this release has it`);
      arrived(bytesOf(path));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext));
}

/**
 * @param {string} path
 * @param {ExtendableEvent} event
 * @param {RequestCache} cache `no-store`: a new page left in the browser's cache would be shown without its scripts if the rest does not come
 */
async function takeFile(path, event, cache) {
  await Promise.all(taking.handleAll({ event, request: new Request(addressOf(path), { cache }) }));
  return isKept(path);
}

/** Keeps a page that was opened, with what it needs. @param {string} path @param {ExtendableEvent} event */
export async function takePage(path, event) {
  if (path in release.pages) await take(filesOfPage(path), event);
}

/** Keeps what is in use, so that all of it works. @param {string} what is used @param {ExtendableEvent} event */
export async function takeUsed(what, event) {
  await note("uses", what);
  await take(pathsOf(release.uses[what]), event);
  await runtimeFiles().take(await runtimeOf([what]));
}

/**
 * Makes a release whole before it is used: what the release before has kept, as this one has it, and the open pages.
 *
 * @param {ExtendableEvent} event
 * @param {(progress: Progress) => void} tell
 */
export async function renew(event, tell) {
  const open = (await scope.clients.matchAll({ type: "window", includeUncontrolled: true })).flatMap(({ url }) => pathOf(url) ?? []);
  const kept = (await (await caches.open(CACHE)).keys()).flatMap(({ url }) => pathOf(url) ?? []);
  const paths = new Set([...open, ...kept].flatMap((path) => (path in release.pages ? filesOfPage(path) : isListed(path) && !isHashed(path) ? [path] : [])));
  const [languages, uses] = [await noted("language"), await noted("uses")];
  for (const path of languages.flatMap(filesOfLanguage)) paths.add(path);
  for (const path of uses.flatMap((what) => pathsOf(release.uses[what]))) paths.add(path);

  const runtime = runtimeFiles();
  const names = [...new Set([...(await runtime.keptNames()), ...(await runtimeOf(uses)), ...languages.flatMap(runtimeOfLanguage)])];
  const missing = await missingOf([...paths]);
  const progress = { received: 0, total: sum(missing.map(bytesOf)) + sum((await runtime.missing(names)).map(({ bytes }) => bytes)) };
  const arrived = (/** @type {number} */ bytes) => tell({ ...progress, received: (progress.received += bytes) });
  await take(missing, event, arrived);
  await runtime.take(names, arrived);
}

/** Once this release is the one that is used: only the pages of the one before may still be open. */
export async function dropEarlier() {
  const cache = await caches.open(CACHE);
  const before = await cache.match(NOTES);
  const wanted = new Set([...keysOf(), ...(before ? keysOf(await before.json()) : [])]);
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url) && !request.url.startsWith(NOTES)) await cache.delete(request);
  }
  await cache.put(NOTES, Response.json(release));
  await runtimeFiles().dropOthers();
}

/**
 * @param {string} language
 * @returns {Promise<{isTaken: boolean, scripts: string, missing: {path: string, bytes: number}[], total: number, runtime: string[]}>}
 */
export async function stateOf(language) {
  const paths = filesOfLanguage(language);
  const missing = (await missingOf(paths)).map((path) => ({ path, bytes: bytesOf(path) }));
  const isTaken = (await noted("language")).includes(language);
  return { isTaken, scripts: release.scripts, missing, total: sum(paths.map(bytesOf)), runtime: runtimeOfLanguage(language) };
}

/** From now on each release brings it along. @param {string} language */
export function noteLanguage(language) {
  return note("language", language);
}

/**
 * Removes a language, but not what others need that were taken, nor the open pages.
 *
 * @param {string} language
 */
export async function removeLanguage(language) {
  await forget("language", language);
  const others = await noted("language");
  const open = (await scope.clients.matchAll({ type: "window" })).flatMap(({ url }) => filesOfPage(pathOf(url) ?? ""));
  const wanted = new Set([...others.flatMap(filesOfLanguage), ...open]);
  const cache = await caches.open(CACHE);
  for (const path of filesOfLanguage(language)) if (!wanted.has(path)) await cache.delete(keyOf(path));
  if (others.length) return;
  for (const what of await noted("uses")) await forget("uses", what);
  await runtimeFiles().forget();
}

/** @param {string} address of a page that is not kept @returns {Promise<Response | undefined>} the page that says so, in its language */
export function pageOfMissing(address) {
  return caches.match(keyOf(`${folderOf(languageOf(pathOf(address) ?? ""))}503.html`), { cacheName: CACHE });
}

function runtimeFiles() {
  return new RuntimeFiles(new URL(addressOf("assets/playbook/")), true, () => {});
}

/** @param {string} language @returns {string[]} everything that runs in its pages */
function runtimeOfLanguage(language) {
  return Object.keys(RUNTIME_FILES).filter((name) => !name.startsWith("analysis-words-") || name === `analysis-words-${language}`);
}

/**
 * @param {string[]} uses
 * @returns {Promise<string[]>} the runtime's files for what is used: each calculator in every language, the analyser in those of kept pages
 */
async function runtimeOf(uses) {
  if (!uses.length) return [];
  const forCalculators = Object.keys(RUNTIME_FILES).filter((name) => !/^(analysis|spreadsheet)/.test(name));
  if (!uses.includes("analyser")) return forCalculators;
  const kept = (await (await caches.open(CACHE)).keys()).flatMap(({ url }) => pathOf(url) ?? []).filter((path) => path in release.pages);
  return [...new Set([...forCalculators, ...kept.map(languageOf).flatMap(runtimeOfLanguage)])];
}

/** @param {string} kind @param {string} text */
async function note(kind, text) {
  await (await caches.open(CACHE)).put(`${NOTES}?${new URLSearchParams({ [kind]: text })}`, new Response());
}

/** @param {string} kind @param {string} text */
async function forget(kind, text) {
  await (await caches.open(CACHE)).delete(`${NOTES}?${new URLSearchParams({ [kind]: text })}`);
}

/** @param {string} kind @returns {Promise<string[]>} */
async function noted(kind) {
  const keys = await (await caches.open(CACHE)).keys();
  return keys.flatMap(({ url }) => (url.startsWith(`${NOTES}?`) ? (new URL(url).searchParams.get(kind) ?? []) : []));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
