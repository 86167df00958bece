/** Loads what makes an element live, on the page that has one: few pages do. */
import { kindOf } from "../runtime/failures.js";
import { loadScript } from "../runtime/load_script.js";
import { runtime } from "../runtime/runtime.js";
import { keepFailureButtons, showFailure } from "./failure_messages.js";
import { onEachPage } from "./theme.js";

const SCRIPTS = { "playbook-analyser": ANALYSER, "playbook-answer-key": ANSWER_KEY, "playbook-numbers": MY_NUMBERS, "playbook-offline": OFFLINE };
/** What is folded, and needs its script once it is opened. */
const SCRIPTS_WHEN_OPENED = { "playbook-sql": WAREHOUSE };

/** Starts it; called once per full page load. */
export function bringParts() {
  onEachPage(() => {
    for (const [name, script] of Object.entries(SCRIPTS)) {
      const element = document.querySelector(name);
      if (element) load(element, script);
    }
    for (const [name, script] of Object.entries(SCRIPTS_WHEN_OPENED)) {
      for (const element of document.querySelectorAll(name)) {
        element.querySelector("details")?.addEventListener("toggle", () => load(element, script), { once: true });
      }
    }
  });
}

/** @param {Element} element @param {string} script */
async function load(element, script) {
  const failed = element.querySelector("[data-part=failed]");
  try {
    const part = await loadScript(script);
    part.begin?.(runtime); // the worker of this visit, not one more
  } catch (error) {
    const kind = kindOf(error);
    if (!kind || !(failed instanceof HTMLElement)) throw error;
    const trying = new AbortController();
    keepFailureButtons(failed, () => {
      trying.abort();
      showFailure(failed, null);
      load(element, script);
    }, trying.signal);
    showFailure(failed, kind);
  }
}
