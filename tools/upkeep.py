"""Say what is due: sources seen long ago, and what ends on a known day. `python -m tools.upkeep [--today 2027-01-31]`.

The weekly workflow asks, and fails where something is due; no test does, as a build must not depend on the day.
"""

import argparse
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ENDS = Path(__file__).with_suffix(".toml")
# A price list, a report or a help page is another one after a year.
SOURCES_LAST = timedelta(days=365)
_SEEN = re.compile(r"^.*?\bseen (\d{4}-\d\d-\d\d)", re.MULTILINE)
_LINK = re.compile(r"\]\((https?://[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class End:
    """What ends on a day, and what is to be done before."""

    what: str
    date: date
    warned_before: timedelta
    do: str
    source: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A source that a page cites, and the day on which it was opened."""

    page: str
    address: str
    date: date


def read_ends() -> list[End]:
    """Return what ends, as upkeep.toml has it."""
    entries = tomllib.loads(ENDS.read_text(encoding="utf-8"))["end"]
    return [
        End(entry["what"], entry["date"], timedelta(days=entry["days"]), entry["do"], entry["source"])
        for entry in entries
    ]


def sources(docs: Path = PROJECT / "docs" / "en") -> Iterator[Seen]:
    """Yield every source of the English pages that says when it was seen; other languages cite the same."""
    for path in sorted(docs.rglob("*.md")):
        for match in _SEEN.finditer(path.read_text(encoding="utf-8")):
            link = _LINK.search(match[0])
            address = link[1] if link else match[0].strip("- ")
            yield Seen(path.relative_to(PROJECT).as_posix(), address, date.fromisoformat(match[1]))


def due(today: date) -> list[str]:
    """Return a sentence for everything that is due on a day."""
    found = [
        f"{source.page}: {source.address} was seen {source.date}, longer ago than {SOURCES_LAST.days} days. "
        "Open it again; change what it says now, and the day in every language."
        for source in sources()
        if today - source.date > SOURCES_LAST
    ]
    found += [
        f"{end.what} ends on {end.date} ({end.source}): {end.do}."
        for end in read_ends()
        if today >= end.date - end.warned_before
    ]
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print what is due; return 1 where something is."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    today = datetime.now(UTC).date()
    parser.add_argument("--today", type=date.fromisoformat, default=today, help="another day, as 2027-01-31")
    options = parser.parse_args(arguments)
    found = due(options.today)
    for sentence in found:
        print(sentence)
    if not found:
        print(f"On {options.today}, nothing is due.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
