"""The answer key: the worked examples of all calculators in one file, and the element that runs them in the browser.

The examples are written in `tests/examples/`, a file for each calculator. What is published is made of them here, and
the tests of the calculators read it back from here (tests/worked_examples.py): nobody checks anything else than readers
can.
"""

import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.utils import get_relative_url

from calculators.core.declaring.outcome import Note
from calculators.core.running.calculator import Calculator, all_calculators
from calculators.core.running.run import Result, run
from calculators.core.taking_along.links import to_link
from calculators.core.words.catalogue import catalogue
from tools.pages.assets import PUBLISHED
from tools.pages.partials import partial
from tools.texts.playbook_pages import folder_of, url_of

EXAMPLES = Path(__file__).resolve().parents[2] / "tests" / "examples"
_ELEMENT = "playbook-answer-key"
_EMPTY = re.compile(rf"<{_ELEMENT}></{_ELEMENT}>")
# How far a figure may be off, as a share of it: two programs that write the same number may differ in its last digit.
_TOLERANCE = 1e-15
# What an example may leave out.
_LEFT_OUT: dict[str, Any] = {"outputs": {}, "missing": {}, "notes": [], "wrong": {}, "tolerance": _TOLERANCE}


@cache
def content() -> str:
    """Return the file: a list in JSON, a line for each example.

    Each has its `calculator`, `name`, `source` and `inputs`, the expected `outputs` (of a table, the cells given are
    compared; "undefined" stands for one without a figure) with their `tolerance`, `missing` (the reason of each output
    that has no meaning), `notes` (the cautions) and `wrong` (figures that others publish, and that must not come out).
    Raises KeyError for an example without name, source or inputs.
    """
    lines = []
    for path in sorted(EXAMPLES.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["example"]:
            needed = {"calculator": path.stem} | {name: entry[name] for name in ("name", "source", "inputs")}
            example = needed | _LEFT_OUT | entry
            lines.append(json.dumps(example, ensure_ascii=False, allow_nan=False))
    return "[\n" + ",\n".join(lines) + "\n]\n"


def address() -> str:
    """Return where the file is published, relative to the site's root: a name that changes with what it says."""
    return f"{PUBLISHED}/answer_key-{sha256(content().encode()).hexdigest()[:8].upper()}.json"


def write(site: Path) -> None:
    """Write the file into a built site."""
    (site / address()).write_text(content(), encoding="utf-8")


def fill(html: str, language: str, page_url: str) -> str:
    """Replace the empty element of a page; its links are relative to `page_url`."""
    return _EMPTY.sub(lambda _match: _element(language, page_url), html)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A calculator and how many examples it has."""

    name: str
    title: str
    url: str
    examples: int


@dataclass(frozen=True, slots=True)
class PublishedError:
    """A figure that others publish, beside ours, both in words of a language; `link` opens the calculator with both."""

    number: int
    """Of its example, from 0."""
    label: str
    link: str
    published: str
    ours: str


def published_errors(language: str, page_url: str) -> list[PublishedError]:
    """Return the wrong figures of all examples that others publish, in the words of a language.

    Links are relative to `page_url`.
    """
    errors = []
    for number, example in enumerate(json.loads(content())):
        result = run(example["calculator"], example["inputs"], language)
        calculator = result.calculator
        for name, figure in example["wrong"].items():
            field = calculator.output_fields[name]
            errors.append(
                PublishedError(
                    number=number,
                    label=result.gettext(field.label),
                    link=f"{_page(calculator, language, page_url)}#{to_link(result)}",
                    published=field.show(Decimal(str(figure)), result.numerals),
                    ours=result.text(name) or _reason(result, name),
                )
            )
    return errors


def _page(calculator: Calculator, language: str, page_url: str) -> str:
    return get_relative_url(folder_of(language) + url_of(calculator.page), page_url)


def _reason(result: Result, name: str) -> str:
    notes: list[Note] = result.notes
    return next(result.note_text(note) for note in notes if note.output == name)


def _element(language: str, page_url: str) -> str:
    gettext = catalogue(language).gettext
    counts = Counter(example["calculator"] for example in json.loads(content()))
    counted = [
        _Counted(
            name=calculator.id,
            title=gettext(calculator.title),
            url=f"{_page(calculator, language, page_url)}#calculator-{calculator.id}",
            examples=counts[calculator.id],
        )
        for calculator in all_calculators().values()
    ]
    return partial("answer_key.html").render(
        _=gettext,
        language=language,
        key=get_relative_url(address(), page_url),
        calculators=counted,
        errors=published_errors(language, page_url),
        total=counts.total(),
    )


def as_markdown(language: str, root: str) -> str:
    """Return a link to the file and the published errors as a table in Markdown; `root` is the address of the site."""
    _ = catalogue(language).gettext
    rows = [(_("Figure"), _("Often shown"), _("Computed here")), ("---",) * 3]
    rows += [
        (f"[{error.label}]({root}{error.link})", error.published, error.ours)
        for error in published_errors(language, "")
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"[{_('All examples with their expected results (JSON)')}]({root}{address()})\n\n{table}"
