/**
 * The way to the calculators' worker.
 *
 * Where the browser has shared workers, one Python serves every tab, and in Chromium it outlives a full page load (a
 * change of language, say), so that the next page finds it running. Elsewhere each page load has a worker of its own.
 */

/** Under this name, localStorage holds which large files of the runtime are kept decoded. */
const KEPT_MARK = "playbook-runtime";
/** Under this name, localStorage holds how many shared workers have failed, so that no page meets one of them again. */
const FAILED_WORKERS = "playbook-failed-workers";

/**
 * @typedef {object} Connection
 * @property {Worker | SharedWorker} worker reports its errors
 * @property {Worker | MessagePort} port takes and gives messages
 * @property {number} failed how many workers had failed before this one
 */
/** @typedef {typeof globalThis & { playbookConnection?: Connection }} Page */
/**
 * @typedef {object} Circumstances of another attempt
 * @property {boolean} [isAlone] a worker of this page's own: the shared one could not be made
 * @property {boolean} [isAfresh] nothing that an earlier visit kept is used, though it stays until it is replaced
 * @property {boolean} [isWhole] the interpreter is to be whole: see booting.js
 */

/** Of this page, and where storage is switched off. */
let failedWorkers = 0;

/**
 * @param {URL} address of the worker's script
 * @param {Circumstances} [circumstances]
 * @returns {Connection} throws where the browser has no workers or refuses them
 */
export function connect(address, { isAlone = false, isAfresh = false, isWhole = false } = {}) {
  const failed = readFailed();
  const name = `python-${failed}${isAfresh ? "-afresh" : ""}${isWhole ? "-whole" : ""}`;
  const options = { type: /** @type {const} */ ("module"), name, extendedLifetime: true };
  if (!isAlone && globalThis.SharedWorker && isStorageOpen()) {
    try {
      const worker = new SharedWorker(address, options);
      return { worker, port: worker.port, failed };
    } catch {
      // Refused: a worker of this page's own may not be.
    }
  }
  const worker = new Worker(address, options);
  return { worker, port: worker, failed };
}

/** Leaves a worker that failed, so that no page meets it again. @param {Connection} connection */
export function leave({ worker, port, failed }) {
  failedWorkers = Math.max(failedWorkers, failed + 1);
  if ("terminate" in worker) return worker.terminate();
  // In vain where it is dead or hangs.
  port.postMessage(JSON.stringify({ end: true }));
  if ("close" in port) port.close();
  writeFailed(Math.max(readFailed(), failedWorkers));
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

/** The next visit may start Python early: see early_start.js. */
export function markAsKept() {
  try {
    localStorage.setItem(KEPT_MARK, LARGE_RUNTIME_FILES);
  } catch {
    // Storage is full or switched off: the next visit starts as this one did.
  }
}

/** Nothing is kept any more. */
export function markAsRemoved() {
  try {
    localStorage.removeItem(KEPT_MARK);
  } catch {
    // Storage is switched off: there is no mark.
  }
}

/** Whether an earlier visit left the large files, as far as is known: asking CacheStorage takes longer than it saves. */
export function isKept() {
  try {
    return localStorage.getItem(KEPT_MARK) === LARGE_RUNTIME_FILES;
  } catch {
    return false; // storage is switched off
  }
}

function readFailed() {
  try {
    // Whatever stands there, another one that fails has to have another name.
    const count = Number(localStorage.getItem(FAILED_WORKERS));
    return Number.isSafeInteger(count + 1) ? Math.max(failedWorkers, count) : failedWorkers;
  } catch {
    return failedWorkers;
  }
}

/** @param {number} count */
function writeFailed(count) {
  try {
    localStorage.setItem(FAILED_WORKERS, String(count));
  } catch {
    // This page knows; the next one finds out.
  }
}

/** In a frame on another site, a browser that blocks storage there has shared workers but starts none. */
function isStorageOpen() {
  try {
    return Boolean(globalThis.localStorage);
  } catch {
    return false;
  }
}
