/** The yardstick, bare Pyodide in a worker. The least a page can do: send the inputs there, show what comes back. */
import { askAtEachEdit, fail, inputs, show } from "./form.mjs";

const worker = new Worker(new URL("bare_worker.mjs", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data: result }) => show(result));
worker.addEventListener("error", fail);
askAtEachEdit(() => worker.postMessage(inputs()));
