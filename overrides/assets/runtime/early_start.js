/**
 * Starts the calculators' worker while the page is still being read: a second visit then waits for Python only as long
 * as for the page itself.
 *
 * Only where an earlier visit left the large files, so that a reader who will not come as far as the calculator pays
 * with no download.
 */
import { connect, isKept, leaveConnection } from "./connection.js";

const script = document.currentScript;
if (script instanceof HTMLScriptElement && isKept()) {
  try {
    leaveConnection(connect(new URL(CALCULATOR_WORKER, script.src)));
  } catch {
    // The browser refuses workers: the calculator says so when it is asked.
  }
}
