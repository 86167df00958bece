/**
 * What stands around a calculator: finding an input, what moves the result, comparing, sharing, taking along.
 *
 * Loaded when the first of them is opened. Each asks Python about what stands in the fields at that moment.
 */
import { kindOf } from "../runtime/failures.js";
import { loadScript } from "../runtime/load_script.js";
import { blobOf, download } from "./downloads.js";
import { fillTable } from "./fill_table.js";
import { isMoved, thresholdsOf } from "./form_values.js";
import { isAboutKept } from "./kept_scenarios.js";
import { Scenarios } from "./scenarios.js";
import { sayWaiting, showToolFailure } from "./tool_failures.js";

/** @typedef {import("./element.js").PlaybookCalculator} Calculator */
/** @typedef {Record<string, any>} Answer */

/** From the scripts' folder to the site's root. */
const ROOT = new URL("../../", import.meta.url);

const ENDINGS = { csv: "csv", workbook: "xlsx", calendar: "ics" };

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
    if (panel.open) visibly(calculator, panel, update());
  };
  panel.addEventListener("toggle", run);
  panel.addEventListener("input", run);
  calculator.addEventListener("playbook-result", run);
  run();
}

/**
 * Ends in what the tool shows, or in the sentence that says why it shows nothing.
 *
 * @param {Calculator} calculator
 * @param {HTMLElement} panel
 * @param {Promise<unknown>} work
 */
async function visibly(calculator, panel, work) {
  try {
    await sayWaiting(calculator, panel, work);
  } catch (error) {
    const kind = kindOf(error);
    showToolFailure(panel, kind);
    if (!kind) throw error;
  }
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
    showFor(calculator, panel, output.value, unknown);
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
    solution = answer["use"] ?? undefined;
    use.hidden = solution === undefined;
  });
  use.addEventListener("click", () => {
    if (solution !== undefined) calculator.takeOver({ [unknown.value]: solution }, "goal");
  });
}

/**
 * Shows the words and the unit that belong to the result picked, and offers the inputs that move it.
 *
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 * @param {string} output
 * @param {HTMLSelectElement} unknown
 */
function showFor(calculator, panel, output, unknown) {
  for (const words of panel.querySelectorAll("[data-for]")) {
    if (words instanceof HTMLElement) words.hidden = words.dataset["for"] !== output;
  }
  for (const option of unknown.options) {
    const { moves, shownIf } = option.dataset;
    const flag = shownIf ? calculator.querySelector(`[name="${shownIf}"]`) : null;
    const counts = !shownIf || (flag instanceof HTMLInputElement && flag.checked);
    option.disabled = !counts || !moves?.split(" ").includes(output);
    option.hidden = option.disabled;
  }
  const first = [...unknown.options].find((option) => !option.disabled);
  if (first && unknown.selectedOptions[0]?.disabled) unknown.value = first.value;
}

/**
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 */
function sensitivity(calculator, panel) {
  const output = part(panel, "output", HTMLSelectElement);
  // Ratings move by a level, and have no step to pick.
  const step = panel.querySelector("select[data-part=step]");
  const [plot, levers, still] = [part(panel, "plot", HTMLElement), part(panel, "levers", HTMLTableElement), part(panel, "still", HTMLElement)];
  keepUpToDate(calculator, panel, async () => {
    const share = step instanceof HTMLSelectElement ? step.value : "1";
    levers.setAttribute("aria-busy", "true");
    const asking = calculator.ask("sensitivity", { output: output.value, step: share });
    const { head, rows, text, chart, errors } = await asking.finally(() => levers.removeAttribute("aria-busy"));
    if (errors) return;
    fillTable(levers, head, rows);
    levers.hidden = !rows.length;
    still.textContent = text;
    plot.hidden = !chart;
    if (!chart) return;
    const { show } = await loadScript(CHARTS).catch((error) => {
      plot.hidden = true; // the table below has the same numbers
      throw error;
    });
    show(plot, chart);
  });
}

/**
 * @param {Calculator} calculator
 * @param {HTMLDetailsElement} panel
 */
function compare(calculator, panel) {
  const remember = part(panel, "remember", HTMLInputElement);
  const list = part(panel, "list", HTMLElement);
  const scenarios = new Scenarios(calculator, {
    name: part(panel, "scenario", HTMLInputElement),
    refused: part(panel, "refused", HTMLElement),
    kept: part(panel, "kept", HTMLElement),
    list,
    row: part(panel, "scenario-row", HTMLTemplateElement),
    remember,
    full: part(panel, "full", HTMLElement),
    table: part(panel, "scenarios", HTMLTableElement),
  });
  keepUpToDate(calculator, panel, () => scenarios.update());
  window.addEventListener("storage", (event) => {
    if (isAboutKept(event, calculator.getAttribute("name") ?? "")) visibly(calculator, panel, scenarios.catchUp());
  }, { signal: calculator.leaving });
  part(panel, "scenario", HTMLInputElement).addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Enter" && !isComposing) visibly(calculator, panel, scenarios.keep());
  });
  const placeOf = (/** @type {Element} */ control) => [...list.children].indexOf(/** @type {Element} */ (control.closest("li")));
  panel.addEventListener("change", ({ target }) => {
    if (target === remember) scenarios.remember(remember.checked);
    else if (target instanceof HTMLInputElement && target.type === "radio") visibly(calculator, panel, scenarios.compare(placeOf(target)));
  });
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof HTMLElement ? target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement)) return;
    const act = button.dataset["do"];
    if (act === "keep") visibly(calculator, panel, scenarios.keep());
    else if (act === "open") visibly(calculator, panel, scenarios.open(placeOf(button)));
    else visibly(calculator, panel, scenarios.forget(placeOf(button), act === "forget"));
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
  const byHand = part(panel, "by-hand", HTMLTextAreaElement);
  snippet.value = snippetFor(new URL(snippet.dataset["embed"] ?? "", ROOT), name);

  keepUpToDate(calculator, panel, async () => {
    const answer = await calculator.ask("link");
    if (answer["errors"]) return;
    link.value = linkOf(answer) ?? "";
    tooLong.hidden = !answer["is_too_long"];
  });

  const say = (/** @type {string} */ key) => (done.textContent = done.dataset[key] ?? "");
  const copy = {
    // Of what stands in the fields now. Where it is too long, that is said already, and there is nothing to copy.
    link: async () => linkOf(await calculator.ask("link")),
    snippet: async () => snippet.value,
    text: async () => (await calculator.ask("text", { address: link.value }))["text"],
  };
  const save = {
    calendar: async () => blobOf(await calculator.ask("calendar"), "text/calendar;charset=utf-8"),
    csv: async () => blobOf(await calculator.ask("csv"), "text/csv;charset=utf-8"),
    workbook: async () => blobOf(await calculator.ask("workbook", { address: link.value }), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  };
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof HTMLElement ? target.closest("button") : null;
    if (!button) return;
    const { copy: copied, save: saved, do: act } = button.dataset;
    say("");
    byHand.hidden = true;
    if (act === "print") visibly(calculator, panel, printAlone(calculator));
    if (copied) visibly(calculator, panel, copyText(copy[/** @type {keyof typeof copy} */ (copied)](), byHand).then(say));
    if (saved) visibly(calculator, panel, keep(/** @type {keyof typeof save} */ (saved)).then(say));
  });

  /** @param {keyof typeof save} kind @returns {Promise<string>} which sentence to say */
  async function keep(kind) {
    const blob = await save[kind]();
    if (blob) download(blob, `${name}.${ENDINGS[kind]}`);
    return blob ? "saved" : "invalid";
  }
}

/** @param {Calculator} calculator */
async function printAlone(calculator) {
  // Of the notes, those that say something, and moved thresholds; the theme opens what is closed.
  for (const details of calculator.querySelectorAll("details.calculator__evidence")) {
    details.toggleAttribute("data-filled", Boolean(details.querySelector("textarea")?.value));
  }
  const thresholds = thresholdsOf(calculator);
  thresholds?.toggleAttribute("data-filled", isMoved(thresholds));
  calculator.dataset["printing"] = "";
  window.addEventListener("afterprint", () => delete calculator.dataset["printing"], { once: true });
  // Then the chart is drawn for the paper, also one that has not been in view.
  await calculator.loadCharts();
  print();
}

/** @param {Answer} answer @returns {string | undefined} undefined where fields have to be corrected, "" where it is too long */
function linkOf({ errors, link, is_too_long: isTooLong }) {
  if (errors) return undefined;
  if (isTooLong) return "";
  const address = new URL(location.href);
  address.hash = link;
  return address.href;
}

/**
 * @param {Promise<string | undefined>} making
 * @param {HTMLTextAreaElement} byHand shows the text, selected, where the browser does not copy it
 * @returns {Promise<string>} which sentence to say
 */
async function copyText(making, byHand) {
  const text = await making;
  if (!text) return text === undefined ? "invalid" : "nothing";
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    byHand.value = text;
    byHand.hidden = false;
    byHand.select();
    return "notCopied";
  }
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
    `<iframe id="${id}" src="${address.href}" title="${document.title}" allow="clipboard-write" style="width:100%;height:40rem;border:0"></iframe>`,
    "<script>",
    `addEventListener("message", (event) => {`,
    `  const frame = document.getElementById("${id}");`,
    `  if (event.source === frame.contentWindow && event.data.playbookHeight) frame.style.height = event.data.playbookHeight + "px";`,
    "});",
    "</script>",
  ].join("\n");
}
