/** In the place of the service worker in an edition without one: removes what the earlier one kept, and itself. */
/// <reference lib="webworker" />
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(Promise.all([caches.delete("playbook-pages"), scope.registration.unregister()])));
