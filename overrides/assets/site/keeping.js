/**
 * Brings the service worker, which keeps what is read for when there is no network, once the page has all it needs
 * itself; and reloads a page into which one of another release was brought.
 */
import { register, releaseOfPage, serviceWorkers } from "../offline/registration.js";
import { savesData } from "../runtime/line.js";
import { onProgress } from "../runtime/runtime.js";
import { onUse } from "../runtime/use.js";
import { onEachPage } from "./theme.js";

/** The page is read first, and its calculator comes first. */
const QUIET_MILLISECONDS = 3000;

/** Starts it; called once per full page load. */
export function keepPages() {
  const release = releaseOfPage();
  onEachPage(() => {
    // Instant navigation has brought a page whose forms these scripts may not know.
    if (releaseOfPage() !== release) location.reload();
  });
  const workers = serviceWorkers();
  if (!workers) return;
  const { lang } = document.documentElement;
  onUse(async (what) => (await workers.ready).active?.postMessage({ used: what === "analyser" ? `${what}-${lang}` : what }));

  let isBusy = false;
  onProgress(({ state }) => (isBusy = state === "receiving" || state === "starting"), new AbortController().signal);
  const registerQuietly = () => {
    if (isBusy) setTimeout(registerQuietly, QUIET_MILLISECONDS);
    else register().catch(() => {}); // as without one
  };
  // A reader who saves data asks for it: offline/element.js.
  if (!savesData() || workers.controller) addEventListener("load", () => setTimeout(registerQuietly, QUIET_MILLISECONDS));
}
