/** The large script of a worker with Python, which it does not wait for before it asks for the other files. */
import { cleanUpBetweenReads } from "./cleaning_up.js";
import { Failure, whyNotLoaded } from "./failures.js";

cleanUpBetweenReads();

export const PYTHON = new URL(PYTHON_SCRIPT, self.location.href).href;

/** @type {() => Promise<typeof import("./python.js")>} rejects with Failure */
export const python = () =>
  import(PYTHON).catch(async (error) => {
    throw new Failure(await whyNotLoaded(PYTHON), String(error));
  });
