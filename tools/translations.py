"""The calculators' words in every language: `python -m tools.translations collect|compile|check`.

collect  gather the messages of `calculators/`, `tools/` and `overrides/` and merge them into the `.po` files
compile  write the `.mo` files that Python reads
check    list messages that a language lacks, or has as fuzzy; exit status 1 if there are any
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from calculators.core import catalogue

PROJECT = Path(__file__).resolve().parents[1]
TRANSLATED = catalogue.LANGUAGES[1:]
_MAPPING = PROJECT / "pyproject.toml"


def po_file(language: str) -> Path:
    """Return the path of a language's catalogue."""
    return catalogue.LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{catalogue.DOMAIN}.po"


def extract(template: Path) -> None:
    """Write every marked message of the sources into a template."""
    _pybabel(
        "extract", f"--mapping={_MAPPING}", "--no-wrap", "--no-location", "--sort-output",
        "--project=Pipeline Playbook", "--copyright-holder=The Pipeline Playbook authors",
        f"--output-file={template}", "calculators", "tools", "overrides",
    )  # fmt: skip


def collect() -> None:
    """Merge new messages into the catalogues and drop those no longer used."""
    with tempfile.TemporaryDirectory() as directory:
        template = Path(directory) / f"{catalogue.DOMAIN}.pot"
        extract(template)
        for language in TRANSLATED:
            po_file(language).parent.mkdir(parents=True, exist_ok=True)
            command = "update" if po_file(language).exists() else "init"
            options = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
            _pybabel(
                command, "--no-wrap", f"--input-file={template}", f"--output-file={po_file(language)}",
                f"--locale={language}", *(options if command == "update" else []),
            )  # fmt: skip


def compile_catalogues() -> None:
    """Write each `.mo` file beside its `.po` file."""
    for language in TRANSLATED:
        with po_file(language).open("rb") as source:
            catalog = read_po(source, locale=language)
        with po_file(language).with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalog)


def missing_messages() -> list[str]:
    """Return a line for each message that a language lacks, has as fuzzy, or fills with other placeholders."""
    with tempfile.TemporaryDirectory() as directory:
        template = Path(directory) / f"{catalogue.DOMAIN}.pot"
        extract(template)
        with template.open("rb") as source:
            wanted = read_po(source)
    lines = []
    for language in TRANSLATED:
        with po_file(language).open("rb") as source:
            catalog = read_po(source, locale=language)
        for message in wanted:
            if not message.id:
                continue
            found = catalog.get(message.id)
            strings = found.string if found and isinstance(found.string, tuple) else (found and found.string,)
            if found is None or not all(strings):
                lines.append(f"{language}: missing: {message.id}")
            elif found.fuzzy:
                lines.append(f"{language}: fuzzy: {message.id}")
            elif any(_placeholders(text) != _placeholders(message.id) for text in strings if text):
                lines.append(f"{language}: other placeholders: {message.id}")
    return lines


def _placeholders(message: str | Iterable[str]) -> set[str]:
    """Return the `{names}` of a message; the forms of a plural have the same."""
    text = message if isinstance(message, str) else next(iter(message))
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def _pybabel(*arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).with_name("pybabel"), "-q", *arguments], check=True, cwd=PROJECT)


def main() -> int:
    """Run one command and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("collect", "compile", "check"))
    command = parser.parse_args().command
    if command == "collect":
        collect()
    elif command == "compile":
        compile_catalogues()
    else:
        lines = missing_messages()
        print("\n".join(lines) or "every message stands in every language")
        return 1 if lines else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
