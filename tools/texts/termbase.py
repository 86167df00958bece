"""The terms of the playbook in every language: `docs/termbase.csv`, read and checked."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from calculators.core.words.catalogue import LANGUAGES

TERMBASE = Path(__file__).resolve().parents[2] / "docs" / "termbase.csv"
GLOSSARY_PAGE = "reference/glossary.md"


class TermbaseError(ValueError):
    """A row of the term base that cannot be used: the build stops with this sentence."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # told apart by identity, so that it can be a key
class Term:
    """A concept with its names and definitions, by language."""

    concept: str
    """English, unique; the other columns may change, links to this may not."""
    names: dict[str, str]
    """As the glossary shows them; what stands in parentheses is another name for the same."""
    definitions: dict[str, str]
    """English, as the names, in a language for which the term base has no columns."""
    languages: frozenset[str]
    """Those for which it has them."""
    forbidden: dict[str, tuple[str, ...]]
    """Forms not to use, mostly mistranslations."""
    also: dict[str, tuple[str, ...]]
    """What people also call it: trade words, loan words, abbreviations. The glossary shows them, the search finds them;
    they are no words for our pages."""
    reading: str
    """The Japanese name in kana, for its place in the glossary."""
    page: str
    """The page that explains it: `metrics/win-rate.md`. `GLOSSARY_PAGE` if its definition is all there is."""
    hovered_in: frozenset[str]
    """The languages whose pages explain it where they use it first."""

    @property
    def anchor(self) -> str:
        """The id of its entry in the glossary, in every language."""
        return re.sub(r"[^a-z0-9]+", "-", self.concept.lower().replace("'", "")).strip("-")

    def variants(self, language: str) -> list[str]:
        """Return its names in a language one by one: "κόστος απόκτησης πελάτη (CAC)" is two."""
        name = self.names[language]
        inside = re.findall(r"[(（]([^)）]+)[)）]", name)
        return [re.sub(r"\s*[(（].*?[)）]", "", name).strip(), *inside]

    def search_names(self, language: str) -> tuple[str, ...]:
        """Return what a reader of a language may type for it, each once: names, what it is also called, kana."""
        readings = (self.reading,) if language == "ja" else ()
        return tuple(dict.fromkeys((*self.variants(language), *self.also[language], *readings)))


def read_terms(path: Path = TERMBASE) -> tuple[Term, ...]:
    """Return all terms in the order of the file; raises TermbaseError."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> tuple[Term, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        terms = tuple(_term(row) for row in csv.DictReader(file))
    anchors = [term.anchor for term in terms]
    if repeated := {anchor for anchor in anchors if anchors.count(anchor) > 1}:
        raise TermbaseError(f"more than one row of {path.name} for: {', '.join(sorted(repeated))}")
    return terms


def _term(row: dict[str, str]) -> Term:
    concept = row["concept"]
    languages = [language for language in LANGUAGES if language in row]
    filled = [*languages, *(f"definition_{language}" for language in languages), "reading_ja", "page"]
    if empty := [column for column in filled if not (row.get(column) or "").strip()]:
        raise TermbaseError(f"the term {concept!r} has nothing under {', '.join(empty)}")
    if not re.fullmatch(r"[ぁ-ゖー]+", row["reading_ja"]):
        raise TermbaseError(f"the reading of {concept!r} is not in hiragana: {row['reading_ja']!r}")
    return Term(
        concept=concept,
        names={language: row.get(language, row["en"]) for language in LANGUAGES},
        definitions={language: row.get(f"definition_{language}", row["definition_en"]) for language in LANGUAGES},
        languages=frozenset(languages),
        forbidden={language: _forms(row, f"forbidden_{language}") for language in LANGUAGES},
        also={language: _forms(row, f"also_{language}") for language in LANGUAGES},
        reading=row["reading_ja"],
        page=row["page"],
        hovered_in=_hovered_in(row, languages),
    )


def _forms(row: dict[str, str], column: str) -> tuple[str, ...]:
    """Return what stands in a column, divided by |; none where the term base has no such column."""
    return tuple(form.strip() for form in (row.get(column) or "").split("|") if form.strip())


def _hovered_in(row: dict[str, str], languages: list[str]) -> frozenset[str]:
    """Return the languages under hover: yes is all, no is none."""
    given = {"yes": tuple(languages), "no": ()}.get(row["hover"], _forms(row, "hover"))
    if not row["hover"].strip() or not set(given) <= set(languages):
        raise TermbaseError(
            f"the term {row['concept']!r} has {row['hover']!r} under hover, which takes yes, no or languages: en|ko"
        )
    return frozenset(given)
