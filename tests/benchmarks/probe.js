/**
 * Runs before a page's own scripts and writes down, in milliseconds since the navigation, when the calculator started,
 * when it first showed a result computed in the browser, and every long task of the main thread.
 */
(() => {
  const GIVE_UP_AFTER_MILLISECONDS = 60_000;
  const probe = { started: null, ready: null, settled: null, tasks: [], frames: [], edit };
  window.playbookProbe = probe;

  probe.settled = new Promise((resolve) => {
    setTimeout(() => resolve("silent"), GIVE_UP_AFTER_MILLISECONDS);
    new MutationObserver((records) => {
      for (const { target } of records) {
        if (!target.matches("playbook-calculator, [data-yardstick]")) continue;
        const { state } = target.dataset;
        if (state === "starting") probe.started ??= performance.now();
        if (state === "ready") probe.ready ??= performance.now();
        if (state === "ready" || state === "failed") resolve(state);
      }
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
  });

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
   * Types into the first input again and again.
   *
   * @param {number} count
   * @returns {Promise<number[]>} milliseconds from each input event to the changed result
   */
  async function edit(count) {
    const input = document.querySelector("input[name=opportunities]");
    const output = document.querySelector("output[name=revenue_per_day]");
    const times = [];
    for (let index = 0; index < count; index++) {
      const changed = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(output, { attributes: true, attributeFilter: ["data-value"] });
      });
      const start = performance.now();
      input.value = String(41 + index);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      times.push((await changed) - start);
      // Nobody types faster than this; the page may finish what the edit caused.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return times;
  }
})();
