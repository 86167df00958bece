/**
 * Starts the calculators' worker while the page is still being read: a second visit then waits for Python only as long
 * as for the page itself.
 *
 * Only where an earlier visit left the large files, so that a reader who will not come as far as the calculator pays
 * with no download. It stands in the page itself, since the styles would wait for a file of its own.
 */
import { connect, isKept, leaveConnection } from "./connection.js";

const worker = document.currentScript?.dataset["worker"];
if (worker && isKept()) {
  try {
    leaveConnection(connect(new URL(worker, location.href)));
  } catch {
    // The browser refuses workers: the calculator says so when it is asked.
  }
}
