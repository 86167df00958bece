"""Measure how long a reader waits for what the search finds, in Chromium, and how much of what is asked it finds.

    python -m tests.benchmarks.search --runs 5 [--strict] [--directory SITE --port PORT]

Each run asks, in each language, all queries of tests/site/search_queries.toml in a fresh profile: from the message
the theme sends to the search's worker until the results are back. Opening the search box starts the worker, which
fetches the index; the first query comes a third of a second later, as from a quick reader. *Unprepared* is a first
query that comes with the opening, by a link or a script: no target. The site is built from the bundles in
`build/assets`, unless `--directory` names one built for `--port`.

Below, for each file of queries, how many find their page among the first three, and of how many without an answer it is
said that the playbook has nothing on them. `--hits` prints only these, over the site in `--directory` or a new one.
Of no query more than that is printed: half of them are held back.

Milliseconds are medians of all runs. The machine has other work: repeat on a quiet one before quoting milliseconds.
"""

import argparse
import gzip
import statistics
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from calculators.core.words.catalogue import LANGUAGES
from tests.benchmarks.boot import Row, print_table
from tests.benchmarks.served import build
from tests.searching import FILES, figures
from tests.support import CHROMIUM_SWITCHES, PROJECT, chromium
from tools.serve import SiteServer, free_port
from tools.texts.playbook_pages import folder_of

FIRST_QUERY, LATER_QUERY = 150.0, 30.0
LARGEST_INDEX = 400.0
HEAD = ("measure", "median [range]", "slowest 5 %", "figure", "at most", "")

BEFORE_FIRST_KEY_MILLISECONDS = 333

MOST_MISSED = 5.0
"""Percent of the queries of a file."""

_TIMES = """async ([queries, pause]) => {
  const settings = JSON.parse(document.getElementById("__config").textContent);
  const worker = new Worker(settings.search);
  const answer = (message, type) => new Promise((resolve) => {
    // Besides its answers it says that parts of the index arrive.
    worker.onmessage = ({ data }) => data.type === type && resolve(data);
    worker.postMessage(message);
  });
  await answer({ type: 0, data: {} }, 1);
  await new Promise((resolve) => setTimeout(resolve, pause));
  const times = [];
  for (const data of queries) {
    const start = performance.now();
    await answer({ type: 2, data }, 3);
    times.push(performance.now() - start);
  }
  worker.terminate();
  return times;
}"""


def times(browser: Browser, address: str, language: str, queries: list[str], pause: int) -> list[float]:
    """Return the milliseconds of each query, asked one after the other by a reader who has not searched before."""
    context = browser.new_context()
    try:
        page = context.new_page()
        # A page without a calculator: the request for Python's shared worker never ends in Chromium's count.
        page.goto(f"{address}{folder_of(language)}about/privacy/", wait_until="networkidle")
        return [float(time) for time in page.evaluate(_TIMES, [queries, pause])]
    finally:
        context.close()


def hits(directory: Path) -> Iterator[Row]:
    """Ask all files of queries, and return a line for each, with its misses in percent."""
    for name in FILES:
        by_language = {language: figures(directory, language, name) for language in LANGUAGES}
        found = [f"{language} {one.asked - len(one.missed)}/{one.asked}" for language, one in by_language.items()]
        asked = sum(one.asked for one in by_language.values())
        missed = sum(len(one.missed) for one in by_language.values())
        denied = sum(len(one.denied) for one in by_language.values())
        absent = sum(one.absent for one in by_language.values())
        said = absent - sum(len(one.overclaimed) for one in by_language.values())
        label = name.removesuffix(".toml").replace("_", " ")
        share = 100 * missed / asked
        yield Row(name=f"misses, {label}", ours=", ".join(found), figure=share, target=MOST_MISSED, unit=" %")
        yield Row(name="  said to be nothing", ours=f"{said}/{absent} rightly, {denied}/{asked} wrongly")


def rows(directory: Path, port: int, runs: int) -> Iterator[Row]:
    """Measure everything, and return the lines of the table."""
    queries: dict[str, Any] = tomllib.loads((PROJECT / "tests/site/search_queries.toml").read_text(encoding="utf-8"))
    with SiteServer(directory, port=port) as server, _browser() as browser:
        for language in LANGUAGES:
            asked = [query for query, *_ in queries[language]["found"]]
            # Each run begins with another query, so that the first one is not always the same.
            measured = [
                times(browser, server.address, language, asked[run:] + asked[:run], BEFORE_FIRST_KEY_MILLISECONDS)
                for run in range(runs)
            ]
            unprepared = [times(browser, server.address, language, asked[run : run + 1], 0)[0] for run in range(runs)]
            yield _row(f"first query, {language}", [run[0] for run in measured], FIRST_QUERY)
            yield _row(f"the same unprepared, {language}", unprepared, None)
            yield _row(f"later queries, {language}", [time for run in measured for time in run[1:]], LATER_QUERY)
            size = len(gzip.compress((directory / "search" / f"{language}.json").read_bytes(), 6)) / 1000
            yield Row(name=f"index, {language}", ours="gzip", figure=size, target=LARGEST_INDEX, unit=" KB")


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_SWITCHES))
        yield browser
        browser.close()


def _row(name: str, measured: list[float], target: float | None) -> Row:
    median = statistics.median(measured)
    slowest = sorted(measured)[int(0.95 * len(measured))]
    text = f"{median:.1f} ms [{min(measured):.1f}-{max(measured):.1f}]"
    return Row(name=name, ours=text, bare=f"{slowest:.1f} ms", figure=median, target=target, unit=" ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="fresh profiles for each language")
    parser.add_argument("--hits", action="store_true", help="only what queries find, without a browser")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    parser.add_argument("--directory", type=Path, help="a site that is built already")
    parser.add_argument("--port", type=int, help="the port it was built for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="playbook-search-") as scratch:
        directory, port = options.directory or Path(scratch) / "site", options.port or free_port()
        if not options.directory:
            build(directory, port)
        lines = [] if options.hits else list(rows(directory, port, options.runs))
        lines += hits(directory)
    print_table(lines, HEAD)
    if options.strict and any(line.is_missed for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
