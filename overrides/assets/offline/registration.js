/** Where the service worker is, and whether this page and it belong to the same release. */

/** @returns {string | undefined} the name of the page's main script, which changes when any script does */
export function releaseOfPage() {
  return meta()?.content;
}

/** @returns {ServiceWorkerContainer | undefined} undefined where there is no service worker, or none is wanted */
export function serviceWorkers() {
  return meta()?.dataset["serviceWorker"] ? navigator.serviceWorker : undefined;
}

/** @returns {Promise<ServiceWorkerRegistration>} rejects where storage is switched off, or the host is gone */
export function register() {
  return navigator.serviceWorker.register(new URL(meta()?.dataset["serviceWorker"] ?? "", location.href));
}

function meta() {
  const element = document.querySelector("meta[name=playbook-release]");
  return element instanceof HTMLMetaElement ? element : undefined;
}
