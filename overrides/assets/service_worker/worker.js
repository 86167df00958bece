/**
 * The service worker: the site without a network, and each release whole (docs/decisions/0013-without-a-network.md).
 *
 * Online, pages come from the network, and a page that this release has is kept. It is started by service_worker.js at
 * the site's root, which holds the list of the release, so that another release is another service worker.
 */
/// <reference lib="webworker" />
import { enable as preloadNavigations } from "workbox-navigation-preload";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";
import { CACHE, dropEarlier, noteBegun, noteLanguage, ofThisRelease, pageOfMissing, removeLanguage, renew, stateOf, take, takePage, takeUsed } from "./keeping.js";
import { addressOf, isHashed, isListed, pageMeantBy, pathOf, scope } from "./release.js";

/** A kept page is better than one that does not come: in a train, say. */
const PATIENCE_SECONDS = 4;

/** The network's answer may be one that the browser kept before this release came: then the network is really asked. */
class Newest extends NetworkFirst {
  /** @override @param {Request} request @param {import("workbox-strategies").StrategyHandler} handler */
  async _handle(request, handler) {
    const fetch = handler.fetch.bind(handler);
    handler.fetch = async (input) => {
      const [response, kept] = await Promise.all([fetch(input), handler.cacheMatch(request).catch(() => undefined)]);
      // What Firefox's navigation preload comes to without a network: no rejection, as elsewhere, but a broken answer.
      if (response.type === "error") throw new TypeError(`${request.url} did not come`);
      return kept && sent(response) < sent(kept) ? fetch(new Request(request.url, { cache: "no-cache" })) : response;
    };
    return super._handle(request, handler);
  }
}

/** @param {Response} response @returns {number} when; not a number if the host does not say */
function sent(response) {
  return Date.parse(response.headers.get("Date") ?? "");
}

const options = { cacheName: CACHE, plugins: [ofThisRelease] };
const newest = new Newest({ ...options, networkTimeoutSeconds: PATIENCE_SECONDS });
const kept = new CacheFirst(options);

registerRoute(
  ({ url, request }) => request.mode === "navigate" && pageMeantBy(pathOf(url.href)) !== undefined,
  async ({ url }) => Response.redirect(addressOf(pageMeantBy(pathOf(url.href)) ?? "") + url.search),
);
registerRoute(({ url }) => isHashed(pathOf(url.href)), kept);
registerRoute(({ url, request }) => request.mode === "navigate" || isListed(pathOf(url.href)), async ({ event, request }) => {
  const [response, done] = newest.handleAll({ event, request });
  event.waitUntil(done.then(() => takePage(pathOf(request.url) ?? "", event)).catch(() => {})); // without a network, or without room
  return response;
});
setCatchHandler(async ({ request }) => {
  const page = request.mode === "navigate" ? await pageOfMissing(request.url).catch(() => undefined) : undefined;
  return page ?? fetch(request); // what cannot be kept fails as without a service worker
});
preloadNavigations();

scope.addEventListener("install", (event) => {
  event.waitUntil(renew(event, (progress) => tellPages({ installing: progress })).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(dropEarlier().catch(() => {}).then(() => scope.clients.claim()));
});

/**
 * @typedef {object} Asked what a page wants; answered over the port that comes with it, with a state or `{"failed": text}`
 * @property {string} [used] something whose files are to be kept, as the list names it
 * @property {string[]} [take] paths to be kept; meanwhile, `{"arrived": bytes}` comes, and any message back stops it
 * @property {string} [state] a language
 * @property {string} [begun] a language of which some is to be there
 * @property {string} [noted] a language of which all is there
 * @property {string} [remove] a language
 */
scope.addEventListener("message", (event) => {
  const [port] = event.ports;
  const stopping = new AbortController();
  if (port) port.onmessage = () => stopping.abort();
  const arrived = (/** @type {number} */ bytes) => port?.postMessage({ arrived: bytes });
  event.waitUntil(
    answer(event.data, event, { arrived, signal: stopping.signal }).then(
      (answered) => port?.postMessage(answered ?? {}),
      (error) => port?.postMessage({ failed: String(error), isFull: error.name === "QuotaExceededError" }),
    ),
  );
});

/** @param {Asked} asked @param {ExtendableEvent} event @param {import("./keeping.js").Taking} taking */
async function answer(asked, event, taking) {
  if (asked.used) await takeUsed(asked.used, event);
  if (asked.take) await take(asked.take, event, taking);
  if (asked.begun) await noteBegun(asked.begun);
  if (asked.noted) await noteLanguage(asked.noted);
  if (asked.remove) await removeLanguage(asked.remove);
  const language = asked.state ?? asked.noted ?? asked.remove;
  return language ? stateOf(language) : undefined;
}

/** @param {object} message */
async function tellPages(message) {
  if (!scope.registration.active) return; // the first one takes over from none
  for (const page of await scope.clients.matchAll({ type: "window", includeUncontrolled: true })) page.postMessage(message);
}
