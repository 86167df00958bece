/** Loads what makes the analyser live, on the page that has one. */
import { kindOf } from "../runtime/failures.js";
import { loadScript } from "../runtime/load_script.js";
import { keepFailureButtons, showFailure } from "./failure_messages.js";
import { onEachPage } from "./theme.js";

/** Starts it; called once per full page load. */
export function bringAnalyser() {
  onEachPage(() => {
    const analyser = document.querySelector("playbook-analyser");
    if (analyser) load(analyser);
  });
}

/** @param {Element} analyser */
async function load(analyser) {
  const failed = analyser.querySelector("[data-part=failed]");
  try {
    await loadScript(ANALYSER);
  } catch (error) {
    const kind = kindOf(error);
    if (!kind || !(failed instanceof HTMLElement)) throw error;
    const trying = new AbortController();
    keepFailureButtons(failed, () => {
      trying.abort();
      showFailure(failed, null);
      load(analyser);
    }, trying.signal);
    showFailure(failed, kind);
  }
}
