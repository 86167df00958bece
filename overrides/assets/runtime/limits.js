/**
 * How long is waited, in seconds, each with its reason. Twice as long at the second attempt: the machine may be slow.
 *
 * For a worker with Python, by what it said last. Nothing here limits how long a download takes, as long as it moves.
 */
export const PATIENCE = {
  /** No word yet: its script is small, but it may be a slow line, or another tab's question that it is busy with. */
  silent: 10,
  /** It has nothing to do, so a question is taken up in milliseconds. */
  idle: 5,
  /** Without another byte. A phone that changes cells is cut off for some seconds. */
  receiving: 15,
  /** It is silent while Python is set up: half a second on a desk, and twenty times that on an old phone without the snapshot. */
  starting: 40,
  /** It is silent while Python computes: the longest of our questions takes three seconds on a desk, an old phone takes eight times as long. */
  computing: 30,
  /** Between two steps of its work, a tenth of a second each, it looks whether it is to stop. */
  cancelling: 1,
};

/** A script of ours on its way, a chart's 190 KB at most: a slow line brings that in time, and what comes later still counts. */
export const SCRIPT_PATIENCE = 20;

/** The search's worker: its script, or another part of the index. */
export const SEARCH_PATIENCE = 15;

/** The service worker: another part of what it fetches, or its word. It may be ended in the middle, and says nothing then. */
export const OFFLINE_PATIENCE = 30;

/** Asking the host whether a file is still there. */
export const INQUIRY_PATIENCE = 8;
