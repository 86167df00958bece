/**
 * Fetches a file of the site that is no script. Like a download of Python it may take as long as it moves; and no sign of
 * life for a while is a network that is gone. A script is loaded by the browser itself, which does not tell how far it is:
 * load_script.js.
 */
import { Failure, kindOfStatus } from "./failures.js";
import { PATIENCE } from "./limits.js";
import { Patience } from "./patience.js";
import { watched } from "./watched.js";

/**
 * @param {string | URL} address
 * @param {AbortSignal} signal of the reader's leaving or stopping
 * @returns {Promise<Blob>} rejects with Failure, or as the signal says
 */
export async function fetchFile(address, signal) {
  signal.throwIfAborted();
  const ending = new AbortController();
  const end = () => ending.abort();
  const patience = new Patience(end);
  const isMoving = () => patience.wait(PATIENCE.receiving);
  signal.addEventListener("abort", end);
  isMoving();
  try {
    const response = await fetch(address, { signal: ending.signal });
    if (!response.ok || !response.body) throw new Failure(kindOfStatus(response.status), `${address}: ${response.status}`);
    return await new Response(watched(response.body, isMoving), response).blob();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Failure ? error : new Failure("offline", `${address}: ${error}`);
  } finally {
    patience.stop();
    signal.removeEventListener("abort", end);
  }
}
