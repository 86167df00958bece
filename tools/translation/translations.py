"""The playbook's words in every language: `python -m tools.translation.translations collect|compile|check|status`.

collect  gather the messages of `calculators/`, `tools/` and `overrides/` and merge them into the `.po` files: those of
         the analyser, which the browser fetches apart, into `analysis.po`, those of the warehouse, which it never
         fetches, into `warehouse.po`, all others into `calculators.po`
compile  write the `.mo` files that Python reads
check    list messages that a language lacks, or has as fuzzy; exit status 1 if there are any
status   print how many pages and messages are translated, stale or missing, by language and section
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract as extract_messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from mkdocs.utils.meta import get_data

from calculators.analysis.report import words
from calculators.core.words import catalogue
from calculators.warehouse import refusing
from tools.texts.playbook_pages import DEFAULT_LANGUAGE
from tools.translation.page_translation import Status, status_of

PROJECT = Path(__file__).resolve().parents[2]
TRANSLATED = catalogue.LANGUAGES[1:]
DOMAINS = (catalogue.DOMAIN, words.DOMAIN, refusing.DOMAIN)
_MAPPING = PROJECT / "pyproject.toml"
# With which of its arguments each is called.
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2), "plural": (1, 2)}
_SOURCES = ("calculators", "tools", "overrides")
_OTHERS = {
    words.DOMAIN: re.compile(r"calculators/analysis/|overrides/partials/analyser[^/]*\.html$"),
    refusing.DOMAIN: re.compile(r"calculators/warehouse/|(tools/pages|overrides/partials)/warehouse\.(py|html)$"),
}


def po_file(language: str, domain: str) -> Path:
    """Return the path of a language's catalogue of a domain."""
    return catalogue.LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{domain}.po"


def read_messages(language: str, domain: str) -> Catalog:
    """Return the messages of a language: none, so that all are English, before `collect` has made its file."""
    if not po_file(language, domain).exists():
        return Catalog(locale=language)
    with po_file(language, domain).open("rb") as source:
        return read_po(source, locale=language)


def sources(domain: str) -> list[str]:
    """Return the files whose messages a domain holds, relative to the project."""
    files = (path for folder in _SOURCES for path in (PROJECT / folder).rglob("*") if path.suffix in {".py", ".html"})
    names = sorted(path.relative_to(PROJECT).as_posix() for path in files)
    return [name for name in names if _domain_of(name) == domain]


def _domain_of(source: str) -> str:
    return next((domain for domain, pattern in _OTHERS.items() if pattern.match(source)), catalogue.DOMAIN)


def extract(template: Path, domain: str) -> None:
    """Write every marked message of a domain's sources into a template."""
    _pybabel(
        "extract", f"--mapping={_MAPPING}", "--no-default-keywords",
        *(f"--keyword={':'.join([name, *([','.join(map(str, places))] if places else [])])}"
          for name, places in _KEYWORDS.items()),
        "--no-wrap", "--no-location", "--sort-output",
        "--project=Pipeline Playbook", "--copyright-holder=The Pipeline Playbook authors",
        f"--output-file={template}", *sources(domain),
    )  # fmt: skip


def messages_marked_in(paths: Iterable[Path]) -> set[str]:
    """Return the messages that Python files mark; of one with a plural, the singular."""
    found = set()
    for path in paths:
        with path.open("rb") as source:
            for _, message, _, _ in extract_messages("python", source, keywords=_KEYWORDS):
                found.add(message if isinstance(message, str) else message[0])
    return found


def collect() -> None:
    """Merge new messages into the catalogues and drop those no longer used."""
    with tempfile.TemporaryDirectory() as directory:
        for domain in DOMAINS:
            template = Path(directory) / f"{domain}.pot"
            extract(template, domain)
            for language in TRANSLATED:
                file = po_file(language, domain)
                file.parent.mkdir(parents=True, exist_ok=True)
                command = "update" if file.exists() else "init"
                options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
                _pybabel(
                    command, "--no-wrap", f"--input-file={template}", f"--output-file={file}",
                    f"--locale={language}", *(options if command == "update" else []),
                )  # fmt: skip


def compile_catalogues() -> None:
    """Write each `.mo` file beside its `.po` file."""
    for language, domain in product(TRANSLATED, DOMAINS):
        compiled = po_file(language, domain).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as file:
            write_mo(file, read_messages(language, domain))


def missing_messages() -> list[str]:
    """Return a line for each message that a language lacks, has as fuzzy, or fills with other placeholders."""
    return [
        f"{language} {domain}: {state}: {text}"
        for domain in DOMAINS
        for language, state, text in _message_states(domain)
        if state != "translated"
    ]


def _message_states(domain: str) -> Iterator[tuple[str, str, str | Sequence[str]]]:
    """Yield the language, the state and the English text of each message of a domain."""
    with tempfile.TemporaryDirectory() as directory:
        template = Path(directory) / f"{domain}.pot"
        extract(template, domain)
        with template.open("rb") as source:
            wanted = [message for message in read_po(source) if message.id]
    for language in TRANSLATED:
        catalog = read_messages(language, domain)
        for message in wanted:
            found = catalog.get(message.id)
            strings = found.string if found and isinstance(found.string, tuple) else (found and found.string,)
            if found is None or not all(strings):
                state = "missing"
            elif found.fuzzy:
                state = "fuzzy"
            elif any(_placeholders(text) != _placeholders(message.id) for text in strings if text):
                state = "other placeholders"
            else:
                state = "translated"
            yield language, state, message.id


def page_counts(docs: Path, language: str) -> dict[str, Counter[Status]]:
    """Return how the pages of each section stand to their English originals; "" holds the home page."""
    counts: dict[str, Counter[Status]] = {}
    for original in sorted((docs / DEFAULT_LANGUAGE).rglob("*.md")):
        path = original.relative_to(docs / DEFAULT_LANGUAGE)
        translation = docs / language / path
        status = Status.MISSING
        if translation.exists():
            status = status_of(get_data(translation.read_text(encoding="utf-8"))[1], original)
        counts.setdefault(path.parts[0] if len(path.parts) > 1 else "", Counter())[status] += 1
    return counts


def status_table(docs: Path) -> Iterator[str]:
    """Yield the lines of a table: pages by section, then messages by domain; one is stale while fuzzy or damaged."""
    row = "{:<10}{:<16}{:>12}{:>8}{:>10}".format
    messages = {
        domain: Counter((language, state) for language, state, _ in _message_states(domain)) for domain in DOMAINS
    }
    yield row("language", "section", "translated", "stale", "missing")
    for language in TRANSLATED:
        for section, counts in page_counts(docs, language).items():
            numbers = (counts[status] for status in (Status.IN_STEP, Status.STALE, Status.MISSING))
            yield row(language, section or "home", *numbers)
        for domain, counted in messages.items():
            damaged = counted[language, "fuzzy"] + counted[language, "other placeholders"]
            yield row(language, f"({domain})", counted[language, "translated"], damaged, counted[language, "missing"])


def _placeholders(message: str | Iterable[str]) -> set[str]:
    """Return the `{names}` of a message; the forms of a plural have the same."""
    text = message if isinstance(message, str) else next(iter(message))
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def _pybabel(*arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).with_name("pybabel"), "-q", *arguments], check=True, cwd=PROJECT)


def main() -> int:
    """Run one command and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("collect", "compile", "check", "status"))
    command = parser.parse_args().command
    if command == "collect":
        collect()
    elif command == "compile":
        compile_catalogues()
    elif command == "status":
        print("\n".join(status_table(PROJECT / "docs")))
    else:
        lines = missing_messages()
        print("\n".join(lines) or "every message stands in every language")
        return 1 if lines else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
