/** Compares what a calculator answers with what an example of the answer key expects, as tests/worked_examples.py does. */

/**
 * @typedef {object} Example see tools/pages/answer_key.py
 * @property {string} calculator
 * @property {string} name
 * @property {Record<string, unknown>} inputs
 * @property {Record<string, unknown>} outputs
 * @property {Record<string, string>} missing
 * @property {string[]} notes
 * @property {Record<string, number>} wrong
 * @property {number} tolerance
 */
/**
 * @typedef {object} Printed what the command line prints, too; or a refusal
 * @property {Record<string, any>} [outputs]
 * @property {Array<{code: string, output: string}>} [notes]
 * @property {Array<{text: string}>} [errors]
 */
/** @typedef {{kind: "figure" | "published" | "refused", output: string, expected: string, got: string}} Difference both as JSON, but for a refusal's sentences */

/**
 * @param {Example} example
 * @param {Printed} printed
 * @returns {Difference[]} none where it agrees
 */
export function differences(example, { outputs, notes, errors }) {
  if (!outputs || !notes) {
    return [{ kind: "refused", output: "", expected: "", got: (errors ?? []).map(({ text }) => text).join(" ") }];
  }
  /** @type {Difference[]} */
  const found = [];
  const tell = (/** @type {string} */ output, /** @type {unknown} */ expected, /** @type {unknown} */ got) => {
    found.push({ kind: "figure", output, expected: written(expected), got: written(got) });
  };
  for (const [name, expected] of Object.entries(example.outputs)) {
    if (!agrees(outputs[name], expected, example.tolerance)) tell(name, expected, outputs[name]);
  }
  for (const [name, figure] of Object.entries(example.wrong)) {
    if (outputs[name] === figure) found.push({ kind: "published", output: name, expected: "", got: written(figure) });
  }
  const isMissing = (/** @type {{output: string}} */ { output }) => (outputs[output] ?? null) === null;
  const reasons = Object.fromEntries(notes.filter(isMissing).map(({ output, code }) => [output, code]));
  for (const name of new Set([...Object.keys(example.missing), ...Object.keys(reasons)])) {
    if (reasons[name] !== example.missing[name]) tell(name, example.missing[name], reasons[name] ?? outputs[name]);
  }
  const cautions = notes.filter((note) => !isMissing(note)).map(({ code }) => code);
  if (written(cautions) !== written(example.notes)) tell("notes", example.notes, cautions);
  return found;
}

/** @param {any} printed @param {any} expected @param {number} tolerance @returns {boolean} */
function agrees(printed, expected, tolerance) {
  if (expected === "undefined") return printed === null;
  if (typeof expected === "number") {
    return typeof printed === "number" && Math.abs(printed - expected) <= tolerance * Math.max(1, Math.abs(expected));
  }
  if (typeof expected !== "object") return printed === expected;
  if (typeof printed !== "object" || printed === null) return false;
  // Of a row, only the cells given are compared.
  if (Array.isArray(expected) && printed.length !== expected.length) return false;
  return Object.entries(expected).every(([name, cell]) => agrees(printed[name], cell, tolerance));
}

/** @param {unknown} value */
function written(value) {
  return JSON.stringify(value ?? null);
}
