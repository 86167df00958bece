/**
 * Runs before a page's own scripts and writes down, in milliseconds since the navigation, when its first paragraph was
 * drawn, when the calculator started, when it first showed how much of Python is there and a result computed in the
 * browser, and every long task of the main thread.
 */
(() => {
  const GIVE_UP_AFTER_MILLISECONDS = 180_000;
  const CALCULATORS = "playbook-calculator, [data-yardstick]";
  const probe = { started: null, progress: null, ready: null, settled: null, text: null, tasks: [], frames: [], follow };
  window.playbookProbe = probe;

  probe.settled = new Promise((resolve) => {
    setTimeout(() => resolve("silent"), GIVE_UP_AFTER_MILLISECONDS);
    new MutationObserver((records) => {
      document.querySelector("article p:not([elementtiming])")?.setAttribute("elementtiming", "text");
      if (document.querySelector("[data-part=waiting]:not([hidden]) progress:not([hidden])")) probe.progress ??= performance.now();
      for (const { target } of records) {
        if (!target.matches?.(CALCULATORS)) continue;
        const { state } = target.dataset;
        if (state === "starting") probe.started ??= performance.now();
        if (state === "ready") probe.ready ??= performance.now();
        if (state === "ready" || state === "failed") resolve(state);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "hidden"] });
  });

  new PerformanceObserver((list) => {
    probe.text ??= list.getEntries()[0]?.renderTime ?? null;
  }).observe({ type: "element", buffered: true });

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.tasks.push({ start: startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  // Says whose script a long task ran, which `longtask` does not.
  new PerformanceObserver((list) => {
    for (const { startTime, duration, scripts } of list.getEntries()) {
      probe.frames.push({
        start: startTime,
        duration,
        scripts: scripts.map(({ sourceURL, duration: time }) => ({ address: sourceURL, duration: time })),
      });
    }
  }).observe({ type: "long-animation-frame", buffered: true });

  /**
   * Clicks the link to the next page.
   *
   * @param {string} path
   * @returns {Promise<number>} milliseconds until the calculator there has a result
   */
  async function follow(path) {
    const before = document.querySelector(CALCULATORS);
    const start = performance.now();
    document.querySelector(`a[href$="${path}"]`).click();
    return new Promise((resolve) => {
      new MutationObserver((records, observer) => {
        const next = document.querySelector(CALCULATORS);
        if (!next || next === before || next.dataset.state !== "ready") return;
        observer.disconnect();
        resolve(performance.now() - start);
      }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
    });
  }
})();
