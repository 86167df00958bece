/**
 * Draws a chart that Python described (calculators/core/charts.py), with Apache ECharts as SVG.
 *
 * Loaded when the first chart comes near the view. All texts are Python's; colours are the page's, so that they follow
 * light and dark without drawing again. Beside each chart stands a table with the same numbers.
 */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

/** @typedef {import("./runtime.js").Chart} Chart */

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

/** @type {WeakMap<HTMLElement, {plot: import("echarts/core").ECharts, watching: ResizeObserver}>} */
const drawn = new WeakMap();

const FONT_SIZE = 12;
/** In pixels. */
const WIDEST_NAME = 200;
/** Of a Latin or Greek letter, as a share of the size. */
const HALF_WIDTH = 0.56;
/** What is not broken: a word with the space before it, or a single kana or kanji. */
const PARTS = /\s*(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+)/gu;
/** Told apart without colour, too: by pattern of line and by the legend's order. */
const DASHES = ["solid", "dashed", "dotted"];

/**
 * @param {HTMLElement} place
 * @param {Chart} chart
 */
export function draw(place, chart) {
  const kept = drawn.get(place) ?? start(place);
  kept.plot.resize({ height: chart.height });
  kept.plot.setOption(optionOf(chart, place), { notMerge: true });
}

/** @param {HTMLElement} place */
function start(place) {
  const plot = init(place, null, { renderer: "svg" });
  const watching = new ResizeObserver(() => (place.isConnected ? plot.resize() : stop(place)));
  watching.observe(place);
  const kept = { plot, watching };
  drawn.set(place, kept);
  return kept;
}

/** @param {HTMLElement} place that left the page */
function stop(place) {
  const kept = drawn.get(place);
  kept?.watching.disconnect();
  kept?.plot.dispose();
  drawn.delete(place);
}

/**
 * @param {Chart} chart
 * @param {HTMLElement} place
 */
function optionOf({ option }, place) {
  const text = { fontFamily: getComputedStyle(place).fontFamily, fontSize: FONT_SIZE, color: "var(--chart-text)" };
  // Names of bars have up to two fifths of the room, and none is left out.
  const width = Math.min(WIDEST_NAME, place.clientWidth * 0.4);
  const names = { interval: 0, lineHeight: FONT_SIZE + 2, formatter: (/** @type {string} */ name) => inLines(name, width) };
  const line = { lineStyle: { color: "var(--chart-line)" } };
  const axis = (/** @type {any} */ { texts, plain, ...given }) => ({
    ...given,
    axisLabel: {
      ...text,
      ...(texts
        ? { hideOverlap: true, formatter: (/** @type {number} */ value) => texts[String(value)] ?? "" }
        : option.lying
          ? names
          : { hideOverlap: true }),
    },
    axisLine: { ...line, show: given.type === "category" || plain },
    axisTick: { show: false },
    splitLine: { ...line, show: given.type === "value" && !plain },
  });
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: option.lying ? 64 : 16, top: (option.legend.show ? 40 : 16) + (option.lying && option.marks.length ? 12 : 0), bottom: 8, containLabel: true },
    legend: { ...option.legend, top: 0, left: 0, textStyle: text, itemStyle: { borderWidth: 0 } },
    xAxis: axis(option.xAxis),
    yAxis: axis(option.yAxis),
    series: option.series.map((/** @type {any} */ series, /** @type {number} */ place) => ({
      ...seriesOf(series, text),
      ...(place === 0 && option.marks.length ? { markLine: marksOf(option, text) } : {}),
    })),
  };
}

/**
 * ECharts breaks Greek and Hangul anywhere; here words stay whole, and only kana and kanji stand alone.
 *
 * @param {string} name
 * @param {number} width in pixels
 */
function inLines(name, width) {
  const most = width / (FONT_SIZE * HALF_WIDTH);
  const lines = [""];
  for (const [part] of name.matchAll(PARTS)) {
    const line = (lines.at(-1) ?? "") + part;
    if (halfWidths(line.trim()) <= most || line.trim() === "") lines[lines.length - 1] = line;
    else lines.push(part.trimStart());
  }
  return lines.filter(Boolean).join("\n");
}

/** @param {string} text @returns {number} how many Latin letters are as wide */
function halfWidths(text) {
  return [...text].reduce((sum, letter) => sum + (/[\u1100-\uffef]/.test(letter) ? 1.8 : 1), 0);
}

/**
 * @param {any} series
 * @param {object} text
 */
function seriesOf({ type, name, colour, stack, gap, labelled, data }, text) {
  const color = `var(--chart-${colour})`;
  const formatter = (/** @type {{data: {text: string}}} */ point) => point.data.text;
  return {
    type,
    name,
    data,
    silent: true,
    stack: stack ?? undefined,
    barGap: gap ?? undefined,
    barMaxWidth: 26,
    symbolSize: 5,
    color,
    itemStyle: { color, borderColor: "var(--chart-edge)", borderWidth: type === "bar" ? 1 : 0 },
    lineStyle: { color, width: 2.5, type: DASHES[(colour - 1) % DASHES.length] },
    label: { ...text, show: labelled, position: "right", formatter },
  };
}

/**
 * @param {any} option
 * @param {object} text
 */
function marksOf(option, text) {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: "var(--chart-mark)", type: "dashed", width: 1.5 },
    label: { ...text, formatter: (/** @type {{data: {text: string}}} */ mark) => mark.data.text, position: option.lying ? "start" : "insideEndTop" },
    data: option.marks.map((/** @type {any} */ { name, value, text: figure }) => ({
      name,
      text: `${name} ${figure}`,
      [option.lying ? "xAxis" : "yAxis"]: value,
    })),
  };
}
