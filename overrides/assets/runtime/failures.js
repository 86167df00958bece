/**
 * What can fail, told apart by what the reader can do about it. Each kind has its sentence in the page.
 *
 * `offline` the network is gone, or so slow that nothing comes; `gone` the file is no longer there, because a newer
 * version of the site is; `unsupported` this browser cannot or must not; `memory` the device gives no more of it; `stopped`
 * the reader has stopped it; `broken` anything else. Between worker and page only, `cut`: another worker can, with the whole
 * interpreter.
 */
import { INQUIRY_PATIENCE } from "./limits.js";

/** @typedef {"offline" | "gone" | "unsupported" | "memory" | "stopped" | "broken" | "cut"} FailureKind */

export class Failure extends Error {
  /** @override */
  name = "PlaybookFailure";

  /**
   * @param {FailureKind} kind
   * @param {string} message for a developer
   * @param {string} [file] of the runtime that could not be had
   */
  constructor(kind, message, file) {
    super(message);
    this.kind = kind;
    this.file = file;
  }
}

/** By name: each bundle has classes of its own. @param {unknown} error @returns {FailureKind | null} null for an error of ours */
export function kindOf(error) {
  return error instanceof Error && error.name === "PlaybookFailure" ? /** @type {Failure} */ (error).kind : null;
}

/**
 * By the words of Python and of the three engines: none of them has a kind of error for it alone. An access "out of
 * bounds" of a memory is another matter.
 *
 * @param {unknown} error or its message
 */
export function isAboutMemory(error) {
  return /MemoryError|out of memory|allocat|unable to grow|memory size exceeded|\bOOM\b/i.test(String(error));
}

/** @param {number} status of an answer that is not the file @returns {FailureKind} */
export function kindOfStatus(status) {
  return status === 404 || status === 410 ? "gone" : "broken";
}

/**
 * Finds out why a script did not come: the browser does not tell.
 *
 * @param {string | URL} address
 * @returns {Promise<FailureKind>}
 */
export async function whyNotLoaded(address) {
  const asking = new AbortController();
  const limit = setTimeout(() => asking.abort(), INQUIRY_PATIENCE * 1000);
  try {
    const { ok, status } = await fetch(address, { method: "HEAD", cache: "no-store", signal: asking.signal });
    return ok ? "broken" : kindOfStatus(status);
  } catch {
    return "offline";
  } finally {
    clearTimeout(limit);
  }
}
