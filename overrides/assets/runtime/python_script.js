/** The large script of a worker with Python, which it does not wait for before it asks for the other files. */

export const PYTHON = new URL(PYTHON_SCRIPT, self.location.href).href;

/** @type {() => Promise<typeof import("./python.js")>} */
export const python = () => import(PYTHON);
