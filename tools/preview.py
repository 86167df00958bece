"""Serve the site to its authors, and build it anew when a source changes: `make serve`.

An edited page is there within seconds, in its language; everything that may depend on it follows. What is served is
what `make site` builds: a change while that runs begins it again.

    python -m tools.preview --prefix /pipeline-playbook/ --port 8000
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from calculators.core.words.catalogue import LANGUAGES
from tools.serve import DEFAULT_PORT, DEFAULT_PREFIX, SiteServer

PROJECT = Path(__file__).resolve().parents[1]
SITE = PROJECT / "site"
_WHOLE = PROJECT / "build" / "site.stamp"
_FOLDERS = ("docs", "overrides", "calculators", "tools")
_WRITTEN_BY_THE_BUILD = (".mo", ".pyc")
_SECONDS_BETWEEN_LOOKS = 0.3

type Times = dict[Path, int]


def times_of_sources(project: Path = PROJECT) -> Times:
    """Return when each source was last changed."""
    times: Times = {}
    for path in (project / "mkdocs.yml", *_files_below(project / folder for folder in _FOLDERS)):
        try:
            times[path] = path.stat().st_mtime_ns
        except FileNotFoundError:  # an editor is just putting another one in its place
            continue
    return times


def _files_below(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, _, names in os.walk(folder):
            yield from (Path(place, name) for name in names if not name.endswith(_WRITTEN_BY_THE_BUILD))


def changed(before: Times, now: Times) -> set[Path]:
    """Return the sources that are new, gone or another."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def languages_of(paths: Iterable[Path], project: Path = PROJECT) -> list[str]:
    """Return the languages of pages, in the order of the playbook; none if there is another source among the paths."""
    parts = [path.relative_to(project).parts for path in paths]
    if not all(len(part) > 2 and part[0] == "docs" and part[1] in LANGUAGES for part in parts):
        return []
    edited = {part[1] for part in parts}
    return [language for language in LANGUAGES if language in edited]


def builds_after(paths: Iterable[Path]) -> list[tuple[str, list[str]]]:
    """Return what is built after a change of these sources, each with its command: pages of their languages first."""
    first = [
        (f"the pages in {language}", [sys.executable, "-m", "tools.pages.one_language", language, str(SITE)])
        for language in languages_of(paths)
    ]
    return [*first, ("the whole site", ["make", "--no-print-directory", "build/site.stamp"])]


class Builder:
    """Builds in the background, one thing at a time, and says what it does."""

    def __init__(self) -> None:
        self._left: list[tuple[str, list[str]]] = []
        self._running: subprocess.Popen[bytes] | None = None
        self._name, self._begun = "", 0.0

    def begin(self, paths: set[Path]) -> None:
        """Drop what is being built, and build what depends on these sources: the pages of their languages first."""
        self.stop()
        _WHOLE.unlink(missing_ok=True)
        self._left = builds_after(paths)
        print(f"Changed: {', '.join(sorted(str(path.relative_to(PROJECT)) for path in paths))}", flush=True)

    def look(self) -> None:
        """Go on with the next thing where one has ended."""
        if self._running is not None:
            status = self._running.poll()
            if status is None:
                return
            done = "is there" if status == 0 else "could not be built: see above"
            print(f"  {self._name} {done}, after {time.monotonic() - self._begun:.1f} s", flush=True)
            self._running = None
            if status:
                self._left.clear()
        if self._left:
            self._name, command = self._left.pop(0)
            self._begun = time.monotonic()
            # In a group of its own, which ends with all that it started.
            self._running = subprocess.Popen(command, cwd=PROJECT, start_new_session=True)

    def stop(self) -> None:
        """End what is running."""
        if self._running is not None and self._running.poll() is None:
            os.killpg(self._running.pid, signal.SIGTERM)
            self._running.wait()
        self._running = None


def watch() -> None:
    """Build what changes, until interrupted; what is being built then ends, too."""
    builder, before = Builder(), times_of_sources()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            time.sleep(_SECONDS_BETWEEN_LOOKS)
            now = times_of_sources()
            if paths := changed(before, now):
                builder.begin(paths)
            before = now
            builder.look()
    except KeyboardInterrupt:
        pass
    finally:
        builder.stop()


def main() -> None:
    """Serve and watch until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--prefix", default=DEFAULT_PREFIX)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    options = parser.parse_args()
    try:
        server = SiteServer(SITE, options.prefix, options.port, cache_control="no-cache")
    except OSError as error:
        raise SystemExit(
            f"Port {options.port} cannot be used ({error.strerror}): choose another, as in `make serve PORT=8080`."
        ) from None
    with server:
        print(f"Serving {SITE.relative_to(PROJECT)} at {server.address} and building what you edit", flush=True)
        watch()


if __name__ == "__main__":
    main()
