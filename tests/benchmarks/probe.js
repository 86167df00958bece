/**
 * Runs before a page's own scripts and writes down, in milliseconds since the navigation, when its first paragraph was
 * drawn, when the calculator started, when it first showed how much of Python is there and a result computed in the
 * browser, and every long task of the main thread.
 */
(() => {
  const GIVE_UP_AFTER_MILLISECONDS = 180_000;
  const CALCULATORS = "playbook-calculator, [data-yardstick]";
  const probe = { started: null, progress: null, ready: null, settled: null, text: null, tasks: [], frames: [], edit, follow };
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

  /** @returns {Promise<string>} the state of the calculator once it has answered what follows */
  function answered() {
    return new Promise((resolve) => {
      const observer = new MutationObserver((records) => {
        const { state } = records.at(-1).target.dataset;
        if (!["ready", "invalid", "empty", "failed"].includes(state)) return;
        observer.disconnect();
        resolve(state);
      });
      observer.observe(document.querySelector(CALCULATORS), { attributes: true, attributeFilter: ["data-state"] });
    });
  }

  /** Two contents of each field that changes the result, the second another number or choice. */
  function* fields() {
    const form = document.querySelector(CALCULATORS).querySelector("input").form;
    for (const input of form.querySelectorAll("input[inputmode=decimal], input:not([inputmode], [type])")) {
      const other = input.value.replace(/\d/, (digit) => String((Number(digit) % 9) + 1));
      if (other !== input.value) yield [input.value, other].map((value) => () => (input.value = value, input));
    }
    const radios = [...form.querySelectorAll("input[type=radio]")];
    for (const radio of radios.filter(({ checked }) => checked)) {
      const other = radios.find(({ name, checked }) => name === radio.name && !checked);
      if (other) yield [radio, other].map((choice) => () => (choice.checked = true, choice));
    }
  }

  /**
   * Changes an input again and again.
   *
   * @param {number} count
   * @returns {Promise<number[]>} milliseconds from each input event to the changed result
   */
  async function edit(count) {
    const times = [];
    if (!count) return times;
    for (const contents of fields()) {
      for (let index = 1; index <= count; index++) {
        const change = contents[index % 2];
        const answer = answered();
        const input = change();
        const start = performance.now();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        const state = await answer;
        const time = performance.now() - start;
        if (state !== "ready") {
          const back = answered();
          contents[0]().dispatchEvent(new Event("input", { bubbles: true }));
          await back;
          break;
        }
        times.push(time);
        // Nobody types faster than this; the page may finish what the edit caused.
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      if (times.length >= count) break;
      times.length = 0;
    }
    return times;
  }

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
