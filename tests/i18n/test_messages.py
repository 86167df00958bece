"""Every word of the calculators and of the theme stands in every language."""

import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from calculators.core.running.calculator import all_calculators
from calculators.core.running.sentences import ERRORS
from calculators.core.words import catalogue
from tests.support import PROJECT
from tools.translation import translations


def test_no_message_is_missing_or_fuzzy() -> None:
    """The same as `make check`: missing, fuzzy, or filled with other placeholders."""
    assert translations.missing_messages() == []


def test_the_messages_are_really_collected(tmp_path: Path) -> None:
    """A check over an empty template would always pass."""
    template = tmp_path / "calculators.pot"
    translations.extract(template, catalogue.DOMAIN)
    with template.open("rb") as file:
        found = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}

    assert set(ERRORS.values()) <= found
    for calculator in all_calculators().values():
        assert {calculator.title, calculator.question, *calculator.notes.values()} <= found
        fields = [*calculator.input_fields.values(), *calculator.output_fields.values()]
        assert {text for field in fields for text in (field.label, field.hint) if text} <= found
    assert {"How it is worked out", "{number} day"} <= found


def test_every_source_has_one_catalogue() -> None:
    """What the browser fetches when a file is dropped is in the catalogue that it fetches then."""
    calculators, analysis, warehouse = (set(translations.sources(domain)) for domain in translations.DOMAINS)

    assert not calculators & analysis
    assert not warehouse & (calculators | analysis)
    assert {"calculators/warehouse/sentences.py", "overrides/partials/warehouse.html"} <= warehouse
    assert {"calculators/core/running/run.py", "overrides/main.html", "tools/pages/form.py"} <= calculators
    modules = (PROJECT / "calculators" / "analysis").rglob("*.py")
    assert {path.relative_to(PROJECT).as_posix() for path in modules} <= analysis


@pytest.mark.parametrize("complaint", ["missing", "fuzzy", "other placeholders"])
def test_a_damaged_catalogue_is_noticed(complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost, fuzzy or misspelt message is named with its language."""
    shutil.copytree(catalogue.LOCALE_DIRECTORY, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(catalogue, "LOCALE_DIRECTORY", tmp_path)
    with translations.po_file("el", catalogue.DOMAIN).open("rb") as source:
        catalog = read_po(source, locale="el")
    message = catalog.get(ERRORS["too_small"])
    assert message is not None
    if complaint == "missing":
        message.string = ""
    elif complaint == "fuzzy":
        message.flags.add("fuzzy")
    else:
        message.string = "{minimun}"
    with translations.po_file("el", catalogue.DOMAIN).open("wb") as target:
        write_po(target, catalog)

    greek = [line for line in translations.missing_messages() if line.startswith("el calculators: ")]
    assert greek == [f"el calculators: {complaint}: {ERRORS['too_small']}"]
