/** MicroPython as npm has it, in the page. */
import { COMPUTE, askAtEachEdit, inputs, show } from "./form.mjs";
import { loadMicroPython } from "./micropython/micropython.mjs";

const python = await loadMicroPython({ url: new URL("micropython/micropython.wasm", import.meta.url).href });
python.runPython(COMPUTE);
const compute = python.globals.get("compute");
askAtEachEdit(() => show(compute(...inputs())));
