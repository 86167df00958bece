/**
 * The theme writes the heading that is being read behind the # of the address (navigation.tracking), also right after a
 * link was followed. What stands there for a calculator that is sent numbers comes back.
 */

const LOOKED_EVERY_MILLISECONDS = 100;
const LONGEST_WAY_MILLISECONDS = 15_000;

/** A link with numbers was followed. @param {HTMLAnchorElement} link */
export function bringNumbers({ href }) {
  const wanted = new URL(href);
  const started = Date.now();
  const looking = setInterval(() => {
    const isThere = location.pathname === wanted.pathname && document.querySelector("playbook-calculator");
    if (!isThere && Date.now() - started < LONGEST_WAY_MILLISECONDS) return;
    clearInterval(looking);
    // It reads what comes behind the #, unless it has read that already.
    if (!isThere || location.hash === wanted.hash) return;
    // No step of its own in the history.
    history.replaceState(history.state, "", wanted);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }, LOOKED_EVERY_MILLISECONDS);
}
