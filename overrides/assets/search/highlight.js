/**
 * Turns plain text into the escaped HTML the theme shows for a result, with the found terms marked.
 */
import { fold, tokens } from "./tokens.js";

const EXCERPT_LENGTH = 220;
const LEAD_IN = 40;

/** A character with the marks that belong to it; half-width kana carry theirs as a character of its own. */
const CLUSTER = /[^\p{M}ﾞﾟ][\p{M}ﾞﾟ]*|[\p{M}ﾞﾟ]+/gu;

/**
 * @typedef {object} Span
 * @property {number} start
 * @property {number} end
 */

/**
 * @param {string} text
 * @returns {string}
 */
export function escapeHtml(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/**
 * Where the found terms stand in a text.
 *
 * @param {string} text plain
 * @param {ReadonlySet<string>} terms as the index knows them
 * @returns {Span[]} in order, joined where they touch
 */
export function occurrences(text, terms) {
  const { folded, origin } = align(text);
  /** @type {Span[]} */
  const spans = [];
  for (const token of tokens(folded)) {
    if (!terms.has(token.term)) continue;
    const start = origin(token.start);
    const end = origin(token.end);
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

/**
 * @param {string} text plain
 * @param {ReadonlySet<string>} terms as the index knows them
 * @returns {string} escaped HTML
 */
export function highlight(text, terms) {
  return marked(text, occurrences(text, terms));
}

/**
 * The part of a section around the first place found: enough to judge a result, and cheap for a long section.
 *
 * @param {string} text plain
 * @param {ReadonlySet<string>} terms as the index knows them
 * @returns {string} escaped HTML
 */
export function excerpt(text, terms) {
  if (text.length <= EXCERPT_LENGTH) return highlight(text, terms);
  const spans = occurrences(text, terms);
  const first = spans[0]?.start ?? 0;
  const from = wordStart(text, Math.max(0, Math.min(first - LEAD_IN, text.length - EXCERPT_LENGTH)), first);
  const to = from + EXCERPT_LENGTH;
  const within = spans
    .filter((span) => span.start >= from && span.end <= to)
    .map((span) => ({ start: span.start - from, end: span.end - from }));
  return (from > 0 ? "… " : "") + marked(text.slice(from, to), within) + (to < text.length ? " …" : "");
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} before
 * @returns {number} the start of the first whole word from `from` on; `from` itself where no space comes before `before`
 */
function wordStart(text, from, before) {
  if (from === 0) return 0;
  const space = text.indexOf(" ", from - 1);
  return space >= 0 && space < before ? space + 1 : from;
}

/**
 * @param {string} text
 * @param {readonly Span[]} spans
 * @returns {string}
 */
function marked(text, spans) {
  let html = "";
  let done = 0;
  for (const { start, end } of spans) {
    html += `${escapeHtml(text.slice(done, start))}<mark data-md-highlight>${escapeHtml(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escapeHtml(text.slice(done));
}

/**
 * Folding can change the length (½, ﾊﾟ, decomposed accents); marks belong into the text as it is written.
 *
 * @param {string} text
 * @returns {{ folded: string, origin: (position: number) => number }}
 */
function align(text) {
  const folded = fold(text);
  if (folded.length === text.length) return { folded, origin: (position) => position };
  let byCluster = "";
  /** @type {number[]} */
  const origins = [];
  for (const match of text.matchAll(CLUSTER)) {
    const piece = fold(match[0]);
    for (let index = 0; index < piece.length; index++) origins.push(match.index);
    byCluster += piece;
  }
  return { folded: byCluster, origin: (position) => origins[position] ?? text.length };
}
