/** Loads a script of ours when it is needed. */
import { Failure, whyNotLoaded } from "./failures.js";
import { SCRIPT_PATIENCE } from "./limits.js";

/** How often each has failed: the browser keeps a failure under its address, and would not ask again. @type {Map<string, number>} */
const failures = new Map();

/**
 * @param {string} name of a file beside this bundle
 * @returns {Promise<any>} the module; rejects with Failure
 */
export async function loadScript(name) {
  const failed = failures.get(name) ?? 0;
  const address = new URL(failed ? `${name}?again=${failed}` : name, import.meta.url).href;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let limit;
  const late = new Promise((_resolve, reject) => {
    // It may come yet: the same address is asked for then.
    limit = setTimeout(() => reject(new Failure("offline", `${name} does not come`)), SCRIPT_PATIENCE * 1000);
  });
  const loading = import(address).catch(async (error) => {
    failures.set(name, failed + 1);
    throw new Failure(await whyNotLoaded(address), String(error));
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(limit);
  }
}
