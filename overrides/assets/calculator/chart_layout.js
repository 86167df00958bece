/**
 * Where the parts of a chart lie, so that no text lies over another or outside: worked out from the width of every text
 * in the page's font, in pixels. On a phone the names of bars stand above them, elsewhere beside them.
 */

/**
 * @typedef {object} Layout
 * @property {number} height
 * @property {{left: number, right: number, top: number, bottom: number}} grid
 * @property {boolean} namesAbove whether every category has a row for its name before that for its bars
 * @property {{given: any, label: object}} categories
 * @property {{given: any, label: object}} values
 */

export const FONT_SIZE = 14;
export const LINE_HEIGHT = 18;
/** Below this width, names stand above their bars. */
const ROOM_FOR_NAMES = 480;
const WIDEST_NAME = 240;
const BAR_HEIGHT = 22;
const GAP = 8;
/** What is not broken: a word with the space before it, or a single kana or kanji. */
const PARTS = /\s*(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+)/gu;

const canvas = document.createElement("canvas").getContext("2d");

/** @typedef {(text: string) => number} Measure in pixels */
/** @typedef {{before: number, room: number, after: number}} Sides what an axis has, in pixels, and what is beside it */

/**
 * @param {any} option see calculators/core/declaring/charts.py
 * @param {number} width
 * @param {string} family
 * @param {number} standingHeight of a chart whose height does not follow from its names
 * @returns {Layout}
 */
export function layoutOf(option, width, family, standingHeight) {
  if (canvas) canvas.font = `${FONT_SIZE}px ${family}`;
  const measure = (/** @type {string} */ text) => canvas?.measureText(text).width ?? text.length * FONT_SIZE;
  return option.lying ? lying(option, width, measure) : standing(option, width, standingHeight, measure);
}

/**
 * @param {any} option
 * @param {number} width
 * @param {Measure} measure
 * @returns {Layout}
 */
function lying(option, width, measure) {
  const namesAbove = width < ROOM_FOR_NAMES;
  const { data } = option.yAxis;
  const lines = data.map((/** @type {string} */ name) => inLines(name, namesAbove ? width - GAP : Math.min(WIDEST_NAME, width * 0.4), measure));
  const most = Math.max(1, ...lines.map((/** @type {string[]} */ { length }) => length));
  const sides = option.series.filter((/** @type {any} */ { stack, gap }) => !stack && !gap).length || 1;
  const bars = sides * BAR_HEIGHT + GAP;
  const names = most * LINE_HEIGHT + GAP;
  const row = namesAbove ? 2 * Math.max(bars, names) : Math.max(bars, names) + GAP / 2;
  // On paper letters are a little wider.
  const left = namesAbove ? 1 : Math.ceil(Math.max(0, ...lines.flat().map(measure)) * 1.03) + GAP;
  const figures = option.series.flatMap((/** @type {any} */ { labelled, data }) => (labelled ? data.map((/** @type {any} */ { text }) => measure(text)) : []));
  const right = Math.max(1, ...figures.map((/** @type {number} */ figure) => figure + GAP));
  const texts = lines.map((/** @type {string[]} */ text) => text.join("\n"));
  return {
    height: data.length * row + LINE_HEIGHT + 2 * GAP,
    grid: { left, right, top: GAP / 2, bottom: LINE_HEIGHT + GAP },
    namesAbove,
    categories: {
      given: { ...option.yAxis, data: namesAbove ? texts.flatMap((/** @type {string} */ text) => [text, ""]) : texts },
      label: namesAbove
        ? // Nearer to the bar below than to that above.
          { interval: 0, inside: true, margin: 0, align: "left", padding: [GAP, 0, 0, 0] }
        : { interval: 0, margin: GAP },
    },
    values: { given: option.xAxis, label: figuresBelow(option.xAxis, { before: left, room: width - left - right, after: right }, measure) },
  };
}

/**
 * @param {any} option
 * @param {number} width
 * @param {number} height
 * @param {Measure} measure
 * @returns {Layout}
 */
function standing(option, width, height, measure) {
  const ticks = option.yAxis.ticks;
  const left = Math.max(0, ...ticks.map((/** @type {any} */ { text }) => measure(text))) + GAP;
  // Half the mark of the last point of a line.
  const right = 6;
  const sides = { before: left, room: width - left - right, after: right };
  return {
    height,
    grid: { left, right, top: LINE_HEIGHT / 2 + 2, bottom: LINE_HEIGHT + GAP },
    namesAbove: false,
    categories: {
      given: option.xAxis,
      label: option.xAxis.ticks ? figuresBelow(option.xAxis, sides, measure) : namesBelow(option.xAxis, sides, measure),
    },
    values: { given: option.yAxis, label: { margin: GAP, formatter: (/** @type {number} */ value) => textAt(ticks, value) } },
  };
}

/**
 * The figures along an axis: as many as have room, evenly, the outermost within the drawing.
 *
 * @param {any} axis
 * @param {Sides} sides
 * @param {Measure} measure
 */
function figuresBelow({ ticks, min, max }, sides, measure) {
  const places = ticks.map((/** @type {any} */ { value }) => ((value - min) / (max - min || 1)) * sides.room);
  const shown = thinned(ticks.map((/** @type {any} */ { text }) => text), places, sides, measure);
  return {
    margin: GAP,
    ...outermost(shown, places, sides),
    formatter: (/** @type {number} */ value) => textAt(ticks.filter((/** @type {any} */ _tick, /** @type {number} */ place) => shown.has(place)), value),
  };
}

/**
 * @param {any} axis
 * @param {Sides} sides
 * @param {Measure} measure
 */
function namesBelow({ data, boundaryGap }, sides, measure) {
  const { room } = sides;
  const places = data.map((/** @type {string} */ _name, /** @type {number} */ place) => (boundaryGap ? (place + 0.5) / data.length : place / (data.length - 1 || 1)) * room);
  const shown = thinned(data, places, sides, measure);
  return {
    margin: GAP,
    interval: (/** @type {number} */ place) => shown.has(place),
    ...outermost(shown, places, sides),
  };
}

/**
 * Texts at the very ends of an axis are moved inwards.
 *
 * @param {Set<number>} shown
 * @param {number[]} places
 * @param {Sides} sides
 */
function outermost(shown, places, { room }) {
  const last = places.length - 1;
  return {
    alignMinLabel: shown.has(0) && isAtBegin(places[0]) ? "left" : undefined,
    alignMaxLabel: shown.has(last) && isAtEnd(places[last], room) ? "right" : undefined,
  };
}

/** @param {number | undefined} place */
function isAtBegin(place = 0) {
  return place < 1;
}

/** @param {number | undefined} place @param {number} room */
function isAtEnd(place = 0, room) {
  return place > room - 1;
}

/**
 * @param {string[]} texts
 * @param {number[]} places of their middles
 * @param {Sides} sides
 * @param {Measure} measure
 * @returns {Set<number>} which of them are shown: of every one, every second, …, those that lie within the drawing
 */
function thinned(texts, places, { before, room, after }, measure) {
  for (let step = 1; step < texts.length; step++) {
    const kept = [];
    let end = -Infinity;
    let isClear = true;
    for (let index = 0; index < places.length; index += step) {
      const place = places[index] ?? 0;
      const size = measure(texts[index] ?? "");
      const begin = isAtBegin(place) ? 0 : isAtEnd(place, room) ? room - size : place - size / 2;
      if (begin < -before || begin + size > room + after) continue;
      isClear &&= begin > end + GAP;
      end = begin + size;
      kept.push(index);
    }
    if (isClear) return new Set(kept);
  }
  return new Set([0]);
}

/**
 * @param {Array<{value: number, text: string}>} ticks
 * @param {number} value as ECharts has counted to it, with its last digits
 */
function textAt(ticks, value) {
  const apart = Math.abs((ticks[1]?.value ?? 1) - (ticks[0]?.value ?? 0)) / 100;
  return ticks.find((tick) => Math.abs(tick.value - value) <= apart)?.text ?? "";
}

/**
 * ECharts breaks Greek and Hangul anywhere; here words stay whole, and only kana and kanji stand alone.
 *
 * @param {string} name
 * @param {number} width
 * @param {Measure} measure
 * @returns {string[]}
 */
function inLines(name, width, measure) {
  const lines = [""];
  for (const [part] of name.matchAll(PARTS)) {
    const line = (lines.at(-1) ?? "") + part;
    if (measure(line.trim()) <= width || line.trim() === part.trim()) lines[lines.length - 1] = line.trimStart();
    else lines.push(part.trimStart());
  }
  return lines.filter(Boolean);
}
