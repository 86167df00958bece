/**
 * The way to the calculators' worker.
 *
 * Where the browser has shared workers, one Python serves every tab, and in Chromium it outlives a full page load (a
 * change of language, say), so that the next page finds it running. Elsewhere each page load has a worker of its own.
 */

/** Under this name, localStorage holds the folder of the runtime whose files are kept decoded. */
export const KEPT_MARK = "playbook-runtime";

/**
 * @typedef {object} Connection
 * @property {Worker | SharedWorker} worker reports its errors
 * @property {Worker | MessagePort} port takes and gives messages
 */
/** @typedef {typeof globalThis & { playbookConnection?: Connection }} Page */

/**
 * @param {URL} address of the worker's script
 * @param {number} attempt another one after a failure, so that a failed shared worker is not met again
 * @returns {Connection}
 */
export function connect(address, attempt = 0) {
  const options = { type: /** @type {const} */ ("module"), name: `python-${attempt}`, extendedLifetime: true };
  if (globalThis.SharedWorker && isStorageOpen()) {
    const worker = new SharedWorker(address, options);
    return { worker, port: worker.port };
  }
  const worker = new Worker(address, options);
  return { worker, port: worker };
}

/**
 * Leaves a connection for the calculators, whose script comes later than early_start.js.
 *
 * @param {Connection} connection
 */
export function leaveConnection(connection) {
  const page = /** @type {Page} */ (globalThis);
  page.playbookConnection = connection;
  // One that could not be made is as good as none.
  connection.worker.addEventListener("error", () => delete page.playbookConnection);
}

/** @returns {Connection | undefined} what early_start.js left, once */
export function takeConnection() {
  const page = /** @type {Page} */ (globalThis);
  const connection = page.playbookConnection;
  delete page.playbookConnection;
  return connection;
}

/** In a frame on another site, a browser that blocks storage there has shared workers but starts none. */
function isStorageOpen() {
  try {
    return Boolean(globalThis.localStorage);
  } catch {
    return false;
  }
}
