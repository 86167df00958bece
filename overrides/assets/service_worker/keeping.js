/**
 * What is kept for when there is no network: files of the site in CacheStorage, each under the hash of its content, so
 * that two releases stand beside each other and share what is the same in both.
 */
import { CacheFirst } from "workbox-strategies";
import { CACHE_OF_PAGES as CACHE, CACHE as CACHE_OF_RUNTIME } from "../runtime/files.js";
import { watched } from "../runtime/watched.js";
import { addressOf, bytesOf, filesOfLanguage, filesOfPage, folderOf, isHashed, isListed, isNamedByContent, isOfThisRelease, keyOf, keysOf, languageOf, pathOf, pathsOf, release, scope } from "./release.js";

/**
 * @typedef {{received: number, total: number}} Progress in bytes, as they are where the site is built
 * @typedef {{arrived?: (bytes: number) => void, signal?: AbortSignal}} Taking who is told of every part that comes, and may stop it
 */

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
  cachedResponseWillBeUsed: async ({ event, request, cachedResponse }) => {
    if (!cachedResponse || !(await isSound(request.url))) return undefined;
    // A worker takes its address from the response, and our search's has its language in it.
    return event instanceof FetchEvent && new URL(event.request.url).search ? new Response(cachedResponse.body, cachedResponse) : cachedResponse;
  },
};

/** Files of this release that were read and are whole; since this service worker was started. @type {Set<string>} */
const sound = new Set();

/**
 * A store may be damaged, and other projects of the same host can write into it. What is wrong is dropped, so that it
 * is fetched anew.
 *
 * @param {string} key under which something is kept
 */
async function isSound(key) {
  const path = pathOf(key) ?? "";
  if (sound.has(path) || !isListed(path)) return true;
  const cache = await caches.open(CACHE);
  // Read once more, and not cloned: what is answered stays as the browser has it, with the code that it has compiled.
  const response = await cache.match(key);
  if (response && (await isOfThisRelease(path, response))) sound.add(path);
  else await cache.delete(key);
  return sound.has(path);
}

/** @param {string} path @returns {Promise<boolean>} as this release has it, in whichever cache */
async function isKept(path) {
  return Boolean(await caches.match(keyOf(path)));
}

/** @param {string[]} paths @returns {Promise<string[]>} those that are not kept as this release has them */
async function missingOf(paths) {
  const keys = new Set((await Promise.all([CACHE, CACHE_OF_RUNTIME].map(addressesIn))).flat());
  return [...new Set(paths)].filter((path) => !keys.has(keyOf(path)));
}

/** @param {string} name of a cache @returns {Promise<string[]>} without those of other editions on the same host */
async function addressesIn(name) {
  return (await (await caches.open(name)).keys()).map(({ url }) => url).filter((url) => pathOf(url) !== undefined);
}

/**
 * Fetches what is not there yet; rejects if anything cannot be had as this release has it, or not be kept.
 *
 * @param {readonly string[]} paths
 * @param {ExtendableEvent} event
 * @param {Taking} [taking]
 */
export async function take(paths, event, taking = {}) {
  const waiting = await missingOf([...paths]);
  const takeNext = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      // The browser's own cache may have it, from before there was a service worker; or as an earlier release had it.
      const isAnew = !isNamedByContent(path) && scope.registration.active !== null;
      const isTaken = (!isAnew && (await takeFile(path, event, "default", taking))) || (await takeFile(path, event, "no-store", taking));
      if (!isTaken) throw new Error(`${path} is not as this release has it`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeNext));
}

/**
 * @param {string} path
 * @param {ExtendableEvent} event
 * @param {RequestCache} cache `no-store`: a new page left in the browser's cache would be shown without its scripts if the rest does not come
 * @param {Taking} taking
 * @returns {Promise<boolean>} whether it is there now
 */
async function takeFile(path, event, cache, { arrived = () => {}, signal }) {
  let missing = bytesOf(path);
  const count = (/** @type {number} */ bytes) => {
    missing -= bytes;
    arrived(bytes);
  };
  let counted = Promise.resolve();
  /** @type {import("workbox-core").WorkboxPlugin} */
  const counting = {
    fetchDidSucceed: async ({ response }) => {
      const { body } = response.clone();
      if (body) counted = watched(body, count).pipeTo(new WritableStream()).catch(() => {}); // who keeps it is told
      return response;
    },
  };
  const taking = new CacheFirst({ cacheName: CACHE, plugins: [ofThisRelease, counting], fetchOptions: { priority: "low" } });
  await Promise.all(taking.handleAll({ event, request: new Request(addressOf(path), { cache, signal: signal ?? null }) }));
  await counted;
  const isTaken = await isKept(path);
  // Another one may have come in its place, or nothing had to.
  arrived(isTaken ? missing : missing - bytesOf(path));
  return isTaken;
}

/** Keeps a page that was opened, with what it needs. @param {string} path @param {ExtendableEvent} event */
export async function takePage(path, event) {
  if (path in release.pages) await take(filesOfPage(path), event);
}

/** Keeps what is in use, so that all of it works. @param {string} what is used @param {ExtendableEvent} event */
export async function takeUsed(what, event) {
  await note("uses", what);
  await take(pathsOf(release.uses[what]), event);
}

/**
 * Makes a release whole before it is used: what the release before has kept, as this one has it, and the open pages.
 *
 * @param {ExtendableEvent} event
 * @param {(progress: Progress) => void} tell
 */
export async function renew(event, tell) {
  const open = (await scope.clients.matchAll({ type: "window", includeUncontrolled: true })).flatMap(({ url }) => pathOf(url) ?? []);
  const kept = (await addressesIn(CACHE)).flatMap((address) => pathOf(address) ?? []);
  const paths = [...open, ...kept].flatMap((path) => (path in release.pages ? filesOfPage(path) : isListed(path) && !isHashed(path) ? [path] : []));
  paths.push(...(await noted("language")).flatMap(filesOfLanguage), ...(await noted("uses")).flatMap((what) => pathsOf(release.uses[what])));
  const missing = await missingOf(paths);
  const progress = { received: 0, total: sum(missing.map(bytesOf)) };
  await take(missing, event, { arrived: (bytes) => tell({ ...progress, received: (progress.received += bytes) }) });
}

/** Once this release is the one that is used: only the pages of the one before may still be open. */
export async function dropEarlier() {
  const cache = await caches.open(CACHE);
  const before = await cache.match(NOTES);
  const listed = new Set(keysOf(release));
  // A page of the release before may need its scripts; Python is in its memory.
  const ofBefore = new Set(before ? keysOf(await before.json()).filter((address) => !address.endsWith(".bin")) : []);
  for (const address of await addressesIn(CACHE)) {
    if (!listed.has(address) && !ofBefore.has(address) && !address.startsWith(NOTES)) await cache.delete(address);
  }
  await cache.put(NOTES, Response.json(release));
  const runtime = await caches.open(CACHE_OF_RUNTIME);
  for (const address of await addressesIn(CACHE_OF_RUNTIME)) if (!listed.has(address)) await runtime.delete(address);
}

/**
 * @param {string} language
 * @returns {Promise<{isTaken: boolean, isBegun: boolean, scripts: string, missing: {path: string, bytes: number}[]}>}
 */
export async function stateOf(language) {
  const missing = (await missingOf(filesOfLanguage(language))).map((path) => ({ path, bytes: bytesOf(path) }));
  const [taken, begun] = await Promise.all([noted("language"), noted("begun")]);
  return { isTaken: taken.includes(language), isBegun: begun.includes(language), scripts: release.scripts, missing };
}

/** Some of it may be there, until it is removed. @param {string} language */
export function noteBegun(language) {
  return note("begun", language);
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
  for (const kind of ["language", "begun"]) await forget(kind, language);
  const others = await noted("language");
  const open = (await scope.clients.matchAll({ type: "window" })).flatMap(({ url }) => filesOfPage(pathOf(url) ?? ""));
  const wanted = new Set([...others.flatMap(filesOfLanguage), ...open]);
  const cache = await caches.open(CACHE);
  for (const path of filesOfLanguage(language)) if (!wanted.has(path)) await cache.delete(keyOf(path));
  if (others.length) return;
  for (const what of await noted("uses")) await forget("uses", what);
  await caches.delete(CACHE_OF_RUNTIME);
}

/** @param {string} address of a page that is not kept @returns {Promise<Response | undefined>} the page that says so, in its language or in one that is there */
export async function pageOfMissing(address) {
  for (const language of [languageOf(pathOf(address) ?? ""), ...release.languages]) {
    const page = await caches.match(keyOf(`${folderOf(language)}503.html`), { cacheName: CACHE });
    if (page) return page;
  }
  return undefined;
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
  return (await addressesIn(CACHE)).flatMap((address) => (address.startsWith(NOTES) ? (new URL(address).searchParams.get(kind) ?? []) : []));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
