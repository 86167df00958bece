/**
 * The theme writes the heading that is being read behind the # of the address (navigation.tracking), also right after a
 * link was followed. What stands there for the analyser, and for a calculator that is sent numbers, comes back.
 */

/** The theme waits 250 milliseconds. */
const AFTER_THE_THEME = 500;
const LOOKED_EVERY_MILLISECONDS = 100;
const LONGEST_WAY_MILLISECONDS = 15_000;

/**
 * @param {() => void} write writes the address, if there is something to write
 * @param {AbortSignal} signal
 */
export function keepAddress(write, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let writing;
  document.addEventListener("scroll", () => {
    clearTimeout(writing);
    writing = setTimeout(write, AFTER_THE_THEME);
  }, { signal, passive: true });
  signal.addEventListener("abort", () => clearTimeout(writing));
}

/** A link with numbers was followed. @param {HTMLAnchorElement} link */
export function bringNumbers({ href }) {
  const wanted = new URL(href);
  const started = Date.now();
  const looking = setInterval(() => {
    const isThere = location.pathname === wanted.pathname && document.querySelector("playbook-calculator:not([data-state=static])");
    if (!isThere && Date.now() - started < LONGEST_WAY_MILLISECONDS) return;
    clearInterval(looking);
    // It reads what comes behind the #, unless it has read that already.
    if (!isThere || location.hash === wanted.hash) return;
    // No step of its own in the history.
    history.replaceState(history.state, "", wanted);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }, LOOKED_EVERY_MILLISECONDS);
}
