/** What pyscript.py uses of the page. */
import { askAtEachEdit, inputs, show } from "./form.mjs";

Object.assign(globalThis, { peer: { askAtEachEdit, inputs, show } });
