/** Pyodide as npm has it, booted as its manual says. */
import { loadPyodide } from "./pyodide/pyodide.mjs";

const computing = start();

self.onmessage = async ({ data: inputs }) => self.postMessage((await computing)(...inputs));

async function start() {
  const pyodide = await loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href });
  return pyodide.runPython(`
def compute(opportunities, average_deal_size, win_rate, cycle_days):
    return opportunities * average_deal_size * win_rate / cycle_days

compute
`);
}
