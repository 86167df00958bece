/** The sentences about failures: they stand in the page, hidden, each with what can be done (partials/failure.html). */

/** @typedef {import("../runtime/failures.js").FailureKind | "waiting" | "computing"} Said */

/**
 * @param {HTMLElement} place holds the sentences and buttons of the kinds that can come there
 * @param {Said | null} kind null takes them away; one that nobody foresaw there is said as `broken`
 */
export function showFailure(place, kind) {
  const said = kind === null || place.querySelector(`p[data-failure~="${kind}"]`) ? kind : "broken";
  for (const part of place.querySelectorAll("[data-failure]")) {
    if (part instanceof HTMLElement) part.hidden = !part.dataset["failure"]?.split(" ").includes(said ?? "");
  }
  place.hidden = said === null;
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
