/**
 * What stands around a calculator: finding an input, what moves the result, comparing, sharing, taking along.
 *
 * Loaded when the first of them is opened. Each asks Python about what stands in the fields at that moment.
 */
import { fillTable } from "./fill_table.js";
import { readKept, writeKept } from "./kept_scenario.js";

/** @typedef {import("./element.js").PlaybookCalculator} Calculator */
/** @typedef {Record<string, any>} Answer */

const DRAWN_AFTER_MILLISECONDS = 150;
/** From the scripts' folder to the site's root. */
const ROOT = new URL("../../", import.meta.url);

/** @param {Calculator} calculator */
export function keepTools(calculator) {
  for (const [name, tool] of Object.entries({ solve, sensitivity, compare, share })) {
    const panel = calculator.querySelector(`[data-tool=${name}]`);
    if (panel instanceof HTMLDetailsElement) tool(calculator, panel);
  }
}

/**
 * Runs when a panel is opened, when something in it changes, and with each new result while it is open.
 *
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 * @param {() => Promise<void>} update
 */
function keepUpToDate(calculator, panel, update) {
  const run = () => {
    if (panel.open) quietly(update());
  };
  panel.addEventListener("toggle", run);
  panel.addEventListener("input", run);
  calculator.addEventListener("playbook-result", run);
  run();
}

/** The calculator itself says when Python cannot answer. @param {Promise<unknown>} work */
function quietly(work) {
  work.catch((error) => {
    if (!isRuntimeFailure(error)) throw error;
  });
}

/** By name: this script is a bundle of its own, with classes of its own. @param {unknown} error */
function isRuntimeFailure(error) {
  return error instanceof Error && error.name === "RuntimeFailure";
}

/**
 * @template {typeof HTMLElement} Kind
 * @param {Element} panel
 * @param {string} name
 * @param {Kind} kind
 * @returns {InstanceType<Kind>}
 */
function part(panel, name, kind) {
  const found = panel.querySelector(`[data-part=${name}]`);
  if (!(found instanceof kind)) throw new Error(`the form has no part ${name}`);
  return /** @type {InstanceType<Kind>} */ (found);
}

/**
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 */
function solve(calculator, panel) {
  const [output, unknown] = [part(panel, "output", HTMLSelectElement), part(panel, "unknown", HTMLSelectElement)];
  const target = part(panel, "target", HTMLInputElement);
  const [found, use, problem] = [part(panel, "found", HTMLElement), part(panel, "use", HTMLElement), part(panel, "error", HTMLElement)];
  /** @type {string | undefined} */
  let solution;
  keepUpToDate(calculator, panel, async () => {
    // Nothing is asked for until a goal is there.
    const question = { output: output.value, unknown: unknown.value, target: target.value };
    const answer = target.value.trim() ? await calculator.ask("solve", question) : {};
    if (question.target !== target.value || question.output !== output.value || question.unknown !== unknown.value) return;
    const refused = answer["errors"]?.find((/** @type {{input: string}} */ { input }) => input === "target");
    problem.textContent = refused?.text ?? "";
    problem.hidden = !refused;
    if (refused) target.setAttribute("aria-invalid", "true");
    else target.removeAttribute("aria-invalid");
    found.textContent = answer["text"] ?? "";
    solution = answer["solutions"]?.[0];
    use.hidden = solution === undefined;
  });
  use.addEventListener("click", () => {
    if (solution !== undefined) calculator.takeOver({ [unknown.value]: solution });
  });
}

/**
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 */
function sensitivity(calculator, panel) {
  const [output, step] = [part(panel, "output", HTMLSelectElement), part(panel, "step", HTMLSelectElement)];
  const [plot, levers] = [part(panel, "plot", HTMLElement), part(panel, "levers", HTMLTableElement)];
  keepUpToDate(calculator, panel, async () => {
    const { head, rows, chart, errors } = await calculator.ask("sensitivity", { output: output.value, step: step.value });
    if (errors) return;
    fillTable(levers, head, rows);
    plot.hidden = !chart;
    if (!chart) return;
    plot.style.blockSize = `${chart.height}px`;
    const { draw } = await import(new URL(CHARTS, import.meta.url).href);
    draw(plot, chart);
  });
}

/**
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 */
function compare(calculator, panel) {
  const name = calculator.getAttribute("name") ?? "";
  const table = part(panel, "scenarios", HTMLTableElement);
  const saved = part(panel, "saved", HTMLElement);
  let kept = readKept(name);
  let isSaved = kept !== null;

  const update = async () => {
    const answer = kept === null ? {} : await calculator.ask("compare", { kept });
    if (answer["broken"]) {
      // What an earlier version of the site kept may not be readable by this one.
      kept = null;
      isSaved = false;
      writeKept(name, null);
    }
    for (const button of panel.querySelectorAll("[data-do]")) {
      if (!(button instanceof HTMLElement) || button.dataset["do"] === "keep") continue;
      button.hidden = kept === null || (button.dataset["do"] === "save" && isSaved);
    }
    saved.hidden = !isSaved;
    if (answer["errors"]) return;
    table.hidden = kept === null;
    fillTable(table, null, (answer["rows"] ?? []).map((/** @type {any} */ row) => [row.label, row.kept, row.now, row.difference]));
  };
  keepUpToDate(calculator, panel, update);

  const act = {
    keep: async () => {
      kept = (await calculator.ask("link"))["link"] ?? kept;
      isSaved = false;
    },
    save: async () => {
      isSaved = writeKept(name, kept);
    },
    back: async () => {
      const { inputs } = await calculator.ask("open", { link: kept });
      if (inputs) calculator.takeOver(inputs);
    },
    forget: async () => {
      writeKept(name, null);
      kept = null;
      isSaved = false;
    },
  };
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof HTMLElement ? target.closest("[data-do]") : null;
    const wanted = button instanceof HTMLElement ? act[/** @type {keyof typeof act} */ (button.dataset["do"])] : null;
    if (wanted) quietly(wanted().then(update));
  });
}

/**
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 */
function share(calculator, panel) {
  const name = calculator.getAttribute("name") ?? "";
  const link = part(panel, "link", HTMLInputElement);
  const tooLong = part(panel, "long-link", HTMLElement);
  const snippet = part(panel, "snippet", HTMLTextAreaElement);
  const done = part(panel, "done", HTMLElement);
  snippet.value = snippetFor(new URL(snippet.dataset["embed"] ?? "", ROOT), name);

  keepUpToDate(calculator, panel, async () => {
    const answer = await calculator.ask("link");
    if (answer["errors"]) return;
    link.value = answer["is_too_long"] ? "" : addressOf(answer["link"]);
    tooLong.hidden = !answer["is_too_long"];
  });

  const say = (/** @type {string} */ key) => (done.textContent = done.dataset[key] ?? "");
  const copy = {
    link: async () => link.value,
    snippet: async () => snippet.value,
    text: async () => (await calculator.ask("text", { address: link.value }))["text"],
  };
  const save = {
    csv: async () => blobOf(await calculator.ask("csv"), "text/csv;charset=utf-8"),
    workbook: async () => blobOf(await calculator.ask("workbook", { address: link.value }), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  };
  panel.addEventListener("click", async ({ target }) => {
    const button = target instanceof HTMLElement ? target.closest("button") : null;
    if (!button) return;
    const { copy: copied, save: saved, do: act } = button.dataset;
    say("");
    try {
      if (act === "print") printAlone(calculator);
      if (copied) say(await copyText(copy[/** @type {keyof typeof copy} */ (copied)]()));
      if (saved) {
        const blob = await save[/** @type {keyof typeof save} */ (saved)]();
        if (blob) download(blob, `${name}.${saved === "csv" ? "csv" : "xlsx"}`);
        say(blob ? "saved" : "invalid");
      }
    } catch (error) {
      if (!isRuntimeFailure(error)) throw error;
      say("failed");
    }
  });
}

/** @param {Calculator} calculator */
function printAlone(calculator) {
  // Of the notes, those that say something; the theme opens what is closed.
  for (const details of calculator.querySelectorAll("details.calculator__evidence")) {
    details.toggleAttribute("data-filled", Boolean(details.querySelector("textarea")?.value));
  }
  calculator.dataset["printing"] = "";
  window.addEventListener("afterprint", () => delete calculator.dataset["printing"], { once: true });
  // The chart is drawn anew for the width of the paper.
  setTimeout(() => print(), DRAWN_AFTER_MILLISECONDS);
}

/** @param {string} link */
function addressOf(link) {
  const address = new URL(location.href);
  address.hash = link;
  return address.href;
}

/**
 * @param {Promise<string | undefined>} making
 * @returns {Promise<string>} which sentence to say
 */
async function copyText(making) {
  const text = await making;
  if (text === undefined) return "invalid";
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    return "notCopied";
  }
}

/**
 * @param {Answer} answer
 * @param {string} type
 */
function blobOf({ text, base64 }, type) {
  if (text !== undefined) return new Blob([text], { type });
  if (base64 === undefined) return null;
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type });
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * The frame tells its height to the page around it (embed.js); the script takes that from this frame only.
 *
 * @param {URL} address
 * @param {string} name
 */
function snippetFor(address, name) {
  const id = `playbook-${name}`;
  return [
    `<iframe id="${id}" src="${address.href}" title="${document.title}" style="width:100%;height:40rem;border:0"></iframe>`,
    "<script>",
    `addEventListener("message", (event) => {`,
    `  const frame = document.getElementById("${id}");`,
    `  if (event.source === frame.contentWindow && event.data.playbookHeight) frame.style.height = event.data.playbookHeight + "px";`,
    "});",
    "</script>",
  ].join("\n");
}
