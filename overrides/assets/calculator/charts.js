/**
 * Draws a chart that Python described (calculators/core/declaring/charts.py), with Apache ECharts as SVG.
 *
 * Loaded when the first chart comes near the view, or its numbers are no longer those that the page was built with.
 * All texts are Python's; colours are the page's, so that they follow light and dark without drawing again. Where the
 * parts lie is worked out in chart_layout.js. Beside each chart stands a table with the same numbers.
 */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { fillKey } from "./chart_key.js";
import { FONT_SIZE, LINE_HEIGHT, layoutOf } from "./chart_layout.js";
import { whenPrinting } from "./printing.js";

/** @typedef {import("../runtime/runtime.js").Chart} Chart */
/** @typedef {import("./chart_layout.js").Layout} Layout */
/**
 * @typedef {object} Drawing
 * @property {HTMLElement} key what the colours and lines mean, as text
 * @property {HTMLElement} canvas
 * @property {import("echarts/core").ECharts | null} plot made when it is first drawn: only then its width is known
 * @property {Chart} chart
 * @property {number} width that it was last drawn for
 * @property {boolean} isNear whether it is, or is about to be, in view
 * @property {() => void} stop
 */

use([BarChart, LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** Draw before the chart scrolls into view. */
const NEAR = "300px";
/** In pixels: what A4 and Letter have beside their margins. A place that is not as wide there says so (`data-paper-width`). */
const PAPER_WIDTH = 640;
/** Of standing columns and of lines. */
const STANDING_HEIGHT = 280;
const PAPER_HEIGHT = 140;

/** @type {Map<HTMLElement, Drawing>} */
const drawings = new Map();
let isPrinting = false;

/**
 * Draws now where the place is near the view, otherwise once it comes there or is printed.
 *
 * @param {HTMLElement} place
 * @param {Chart} chart
 */
export function show(place, chart) {
  const known = drawings.get(place);
  if (!known) drawings.set(place, start(place, chart));
  else {
    known.chart = chart;
    known.width = 0;
    drawNear(place, known);
  }
}

/**
 * @param {HTMLElement} place
 * @param {Chart} chart
 * @returns {Drawing}
 */
function start(place, chart) {
  const key = document.createElement("ul");
  const canvas = document.createElement("div");
  key.className = "calculator__key";
  place.replaceChildren(key, canvas);
  const nearing = new IntersectionObserver((entries) => {
    drawing.isNear = entries.at(-1)?.isIntersecting ?? false;
    drawNear(place, drawing);
  }, { rootMargin: NEAR });
  const resizing = new ResizeObserver(() => drawNear(place, drawing));
  /** @type {Drawing} */
  const drawing = {
    key, canvas, plot: null, chart, width: 0, isNear: false,
    stop: () => {
      nearing.disconnect();
      resizing.disconnect();
      drawing.plot?.dispose();
    },
  };
  nearing.observe(place);
  resizing.observe(place);
  return drawing;
}

/**
 * @param {HTMLElement} place
 * @param {Drawing} drawing
 */
function drawNear(place, drawing) {
  if (!place.isConnected) {
    // The reader has gone on to another page.
    drawing.stop();
    drawings.delete(place);
  } else if (!isPrinting && drawing.isNear && place.clientWidth) draw(place, drawing, place.clientWidth);
}

/**
 * @param {HTMLElement} place
 * @param {Drawing} drawing
 * @param {number} width in pixels
 */
function draw(place, drawing, width) {
  const { chart, key, canvas } = drawing;
  if (drawing.width === width) return;
  drawing.width = width;
  const family = getComputedStyle(place).fontFamily;
  const layout = layoutOf(chart.option, width, family, isPrinting ? PAPER_HEIGHT : STANDING_HEIGHT);
  fillKey(key, chart.option);
  const plot = (drawing.plot ??= init(canvas, null, { renderer: "svg", width, height: layout.height }));
  plot.resize({ width, height: layout.height });
  plot.setOption(optionOf(chart.option, layout, family), { notMerge: true });
  // At once, not with the next frame: paper does not wait.
  plot.getZr().flush();
  place.querySelector("svg")?.setAttribute("viewBox", `0 0 ${width} ${layout.height}`);
}

whenPrinting(
  () => {
    isPrinting = true;
    for (const [place, drawing] of drawings) if (place.isConnected && !place.closest("[hidden]")) draw(place, drawing, Number(place.dataset["paperWidth"] ?? PAPER_WIDTH));
  },
  () => {
    isPrinting = false;
    for (const [place, drawing] of drawings) drawNear(place, drawing);
  },
);

/**
 * @param {any} option
 * @param {Layout} layout
 * @param {string} fontFamily
 */
function optionOf(option, layout, fontFamily) {
  const text = {
    fontFamily,
    fontSize: FONT_SIZE,
    lineHeight: LINE_HEIGHT,
    color: "var(--chart-text)",
    // Lines may run behind a text, never through it.
    textBorderColor: "var(--chart-edge)",
    textBorderWidth: 4,
  };
  const axes = option.lying ? [layout.values, layout.categories] : [layout.categories, layout.values];
  const [xAxis, yAxis] = axes.map(({ given, label }) => axisOf(given, { ...text, ...label }));
  return {
    animation: false,
    textStyle: text,
    grid: { ...layout.grid, containLabel: false, outerBoundsMode: "none" },
    xAxis,
    yAxis,
    series: [
      ...(option.begins.length ? [beginsOf(option, layout)] : []),
      ...option.series.map((/** @type {any} */ series, /** @type {number} */ place) => ({
        ...seriesOf(series, layout, text),
        ...(place === 0 && option.marks.length ? { markLine: marksOf(option) } : {}),
      })),
    ],
  };
}

/**
 * What lies, unseen, below the bars of a waterfall.
 *
 * @param {any} option
 * @param {Layout} layout
 */
function beginsOf({ begins }, { namesAbove }) {
  return {
    type: "bar",
    stack: "total",
    silent: true,
    barMaxWidth: 26,
    data: namesAbove ? begins.flatMap((/** @type {number} */ begin) => [null, begin]) : begins,
    itemStyle: { color: "transparent" },
  };
}

/**
 * @param {any} given
 * @param {object} axisLabel
 */
function axisOf({ ticks, plain, ...given }, axisLabel) {
  const line = { lineStyle: { color: "var(--chart-line)" } };
  return {
    ...given,
    // Above the marks.
    z: given.type === "category" ? 10 : 0,
    axisLabel,
    axisLine: { ...line, show: given.type === "category" || plain },
    axisTick: { show: false },
    splitLine: { ...line, show: given.type === "value" && !plain },
  };
}

/**
 * @param {any} series
 * @param {Layout} layout
 * @param {object} text
 */
function seriesOf({ type, name, colour, stack, gap, labelled, data }, layout, text) {
  const color = `var(--chart-${colour})`;
  const formatter = (/** @type {{data: {text: string}}} */ point) => point.data.text;
  return {
    type,
    name,
    data: layout.namesAbove ? data.flatMap((/** @type {any} */ point) => [{ value: null, text: "" }, point]) : data,
    silent: true,
    stack: stack ?? undefined,
    barGap: gap ?? undefined,
    barMaxWidth: 26,
    symbolSize: 5,
    color,
    itemStyle: { color, borderColor: "var(--chart-edge)", borderWidth: type === "bar" ? 1 : 0 },
    lineStyle: { color, width: 2.5, type: dashOf(colour) },
    label: { ...text, show: labelled, position: "right", formatter },
  };
}

/** Told apart without colour, too: by pattern of line. @param {number} colour */
function dashOf(colour) {
  return ["solid", "dashed", "dotted"][(colour - 1) % 3];
}

/** @param {any} option */
function marksOf(option) {
  return {
    silent: true,
    symbol: "none",
    // Their names and values stand in the key.
    label: { show: false },
    lineStyle: { color: "var(--chart-mark)", type: "dashed", width: 1.5 },
    data: option.marks.map((/** @type {any} */ { name, value }) => ({ name, [option.lying ? "xAxis" : "yAxis"]: value })),
  };
}
