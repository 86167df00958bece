/** The sentences about failures: they stand in the page, hidden, each with what can be done (partials/failure.html). */

/** @typedef {import("../runtime/failures.js").FailureKind | "waiting"} Said */

/**
 * @param {HTMLElement} place holds the sentences and buttons of all kinds
 * @param {Said | null} kind null takes them away
 */
export function showFailure(place, kind) {
  for (const part of place.querySelectorAll("[data-failure]")) {
    if (part instanceof HTMLElement) part.hidden = !part.dataset["failure"]?.split(" ").includes(kind ?? "");
  }
  place.hidden = kind === null;
}

/**
 * @param {HTMLElement} place
 * @param {() => void} retry
 * @param {AbortSignal} [signal]
 */
export function keepFailureButtons(place, retry, signal) {
  place.addEventListener(
    "click",
    ({ target }) => {
      const button = target instanceof Element ? target.closest("[data-remedy]") : null;
      if (!(button instanceof HTMLElement)) return;
      if (button.dataset["remedy"] === "retry") retry();
      if (button.dataset["remedy"] === "reload") location.reload();
    },
    { signal },
  );
}
