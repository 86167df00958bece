/** Letting go of what Python holds for JavaScript, at a time when Python can be asked to. */

/**
 * While Python reads a file it lets go of its lock, and WebKit cleans up even then, in the middle of the read. Pyodide
 * refuses that by an error which nobody catches, and never lets go of the object: here it is tried again afterwards.
 */
export function cleanUpBetweenReads() {
  /** @type {any} */
  const scope = self;
  const Registry = scope.FinalizationRegistry;
  if (!Registry) return;
  scope.FinalizationRegistry = class extends Registry {
    /** @param {(held: any) => void} cleanUp */
    constructor(cleanUp) {
      const attempt = (/** @type {any} */ held) => {
        try {
          cleanUp(held);
        } catch (error) {
          if (!(error instanceof Error) || error.name !== "NoGilError") throw error;
          setTimeout(attempt, 0, held);
        }
      };
      super(attempt);
    }
  };
}
