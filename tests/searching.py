"""The search asked without a browser, and how many queries of a file find their page."""

import json
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import PROJECT, executable
from tools.texts.playbook_pages import folder_of

SITE_TESTS = PROJECT / "tests" / "site"
TUNED = "search_queries.toml"
SEEN = "unseen_queries_seen.toml"
HELD_BACK = "unseen_queries_held_back.toml"
AFTER = "unseen_queries_after.toml"
LAST = "unseen_queries_last.toml"
FILES = (TUNED, SEEN, HELD_BACK, AFTER, LAST)
NOT_TO_BE_SEEN = (HELD_BACK, LAST)
SHOWN = 3
"""A page counts as found if it is among the first three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the search answers to a query."""

    pages: list[str]
    """Best first."""
    is_nothing: bool
    """Whether it says that no page answers; `pages` are then only near to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How one file of queries fares in one language."""

    asked: int
    missed: dict[str, list[str]]
    """The pages found instead, by query."""
    denied: list[str]
    """Queries with an answer of which the search says that it has nothing."""
    absent: int
    """Queries about what the playbook does not have."""
    overclaimed: dict[str, list[str]]
    """Those of which the search does not say so, with the pages it shows."""

    @property
    def found_share(self) -> float:
        """Of the queries with an answer, those that find it: 0 to 1."""
        return 1 - len(self.missed) / self.asked


def queries(name: str, language: str) -> dict[str, Any]:
    """Return the queries of a file in a language: `found` with the pages that answer, and `absent`."""
    group: dict[str, Any] = tomllib.loads((SITE_TESTS / name).read_text(encoding="utf-8"))[language]
    return group


def answers(site: Path, language: str, asked: list[str]) -> dict[str, Answer]:
    """Return what the search of a built site answers in a language, by query."""
    done = subprocess.run(
        [executable("node"), str(SITE_TESTS / "search_answers.mjs"), str(site / "search" / f"{language}.json")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        query: Answer(pages=answer["pages"], is_nothing=answer["isNothing"])
        for query, answer in json.loads(done.stdout).items()
    }


def figures(site: Path, language: str, name: str) -> Figures:
    """Ask all queries of a file in one language."""
    group = queries(name, language)
    expected = {query: {folder_of(language) + page for page in pages} for query, *pages in group["found"]}
    found = answers(site, language, [*expected, *group["absent"]])
    shown = {query: answer.pages[:SHOWN] for query, answer in found.items()}
    return Figures(
        asked=len(expected),
        missed={query: shown[query] for query, pages in expected.items() if not pages & set(shown[query])},
        denied=[query for query in expected if found[query].is_nothing],
        absent=len(group["absent"]),
        overclaimed={query: shown[query] for query in group["absent"] if not found[query].is_nothing},
    )
