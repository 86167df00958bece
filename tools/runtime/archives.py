"""What only some readers come to: each archive of it is fetched when it is first needed.

`group-…` holds the calculators of a group, and in every language the names of what can be picked and of columns;
`words-…` the words that all calculators need in a language other than English, and how numbers are written there,
`words-…-…` those of a group's calculators in a language; what only pages say is in neither. `workbook`
writes a result as a spreadsheet, `analysis` reads a dropped file and works it out, with `analysis-words-…` in a
language; `spreadsheet` is what that needs besides for a workbook.
"""

import datetime
import importlib.metadata
import io
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from calculators.analysis.report import words
from calculators.core.running.calculator import GROUPS, all_calculators
from calculators.core.words.catalogue import DOMAIN, GROUP_WORDS, LANGUAGES, LOCALE_DIRECTORY, NAMES
from tools.runtime.wheel import EARLIEST, UNVERSIONED, write_wheel
from tools.translation.translations import messages_marked_in, read_messages

PROJECT = Path(__file__).resolve().parents[2]
ANALYSIS = PROJECT / "calculators" / "analysis"
# Works on the engine of a warehouse, which no browser reaches: it is in no archive.
WAREHOUSE = PROJECT / "calculators" / "warehouse"
# Put there by tools/set_up/spreadsheet_wheel.sh: compiled for Pyodide, which no wheel here is.
COMPILED = PROJECT / "build" / "wheels"
# The same bytes in every build.
_NO_TIME = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


def wheels_of_archives(directory: Path) -> dict[str, list[Path]]:
    """Write wheels into a directory and return, by the names of archives made together, those that they need.

    Raises RuntimeError when a licence is not where it was.
    """
    (reader,) = COMPILED.glob("python_calamine-*.whl")
    return {
        ",".join(f"group-{group}" for group in GROUPS): [],
        "workbook": [_write_installed(directory, "xlsxwriter")],
        "analysis": [_write_analysis(directory)],
        "spreadsheet": [reader],
    }


def write_words(directory: Path, babel: Path) -> None:
    """Write the archives of words for each language but English.

    With the words that all need comes the language's file of `babel`, our wheel of it. Nothing of it is compressed, so
    that the whole is compressed better.
    """
    shared = messages_marked_in((PROJECT / "calculators" / "core").rglob("*.py"))
    of_groups = {group: messages_marked_in((PROJECT / "calculators" / group).glob("*.py")) - shared for group in GROUPS}
    for language in LANGUAGES[1:]:
        numbers = f"babel/locale-data/{language}.dat"
        with zipfile.ZipFile(babel) as wheel:
            files = {numbers: wheel.read(numbers), _catalogue(language, DOMAIN): _compiled(language, shared)}
        _write(directory / f"words-{language}.bin", files)
        for group, messages in of_groups.items():
            domain = f"{GROUP_WORDS}{group}"
            _write(
                directory / f"{domain}-{language}.bin", {_catalogue(language, domain): _compiled(language, messages)}
            )
        analysis = _catalogue(language, words.DOMAIN)
        _write(directory / f"analysis-words-{language}.bin", {analysis: (PROJECT / analysis).read_bytes()})


def add_names(runtime: Path) -> None:
    """Add to the archive of each group what its calculators understand in every language, whatever the page is in."""
    for group, calculators_of_group in groupby(all_calculators().values(), attrgetter("group")):
        fields = [field for calculator in calculators_of_group for field in calculator.input_fields.values()]
        understood = {message for field in fields for message in getattr(field, "understood", ())}
        with zipfile.ZipFile(runtime / f"group-{group}.bin", "a") as archive:
            for language in LANGUAGES[1:]:
                file = _catalogue(language, f"{NAMES}{group}")
                archive.writestr(zipfile.ZipInfo(file, EARLIEST), _compiled(language, understood))


def _catalogue(language: str, domain: str) -> str:
    """Return the path of a catalogue in an archive."""
    return (LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{domain}.mo").relative_to(PROJECT).as_posix()


def _write(path: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(file, EARLIEST), content)


def _compiled(language: str, wanted: set[str]) -> bytes:
    """Return the catalogue of some messages, in the order of their English."""
    some = Catalog(locale=language, header_comment="", creation_date=_NO_TIME, revision_date=_NO_TIME)
    for message in read_messages(language, DOMAIN):
        if message.id and (message.id if isinstance(message.id, str) else message.id[0]) in wanted:
            some.add(message.id, message.string)
    file = io.BytesIO()
    write_mo(file, some)
    return file.getvalue()


def _write_analysis(directory: Path) -> Path:
    kept = (
        path
        for path in ANALYSIS.rglob("*")
        if path.suffix in {".py", ".csv"} and not path.name.endswith("command_line.py")
    )
    return write_wheel(
        directory,
        name="calculators_analysis",
        version=UNVERSIONED,
        summary="The analyser of the Pipeline Playbook",
        requires=(),
        contents={path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in kept},
        licence=(PROJECT / "LICENSE").read_text(encoding="utf-8"),
    )


def _write_installed(directory: Path, package: str) -> Path:
    """Write the sources of a package that is installed here, even where its wheel here has them compiled."""
    distribution = importlib.metadata.distribution(package)
    licence = next(
        (text for name in ("LICENSE", "LICENSE.txt") if (text := distribution.read_text(f"licenses/{name}"))), None
    )
    if licence is None:
        raise RuntimeError(f"{package}'s licence is not where it was: its modules must carry it")
    return write_wheel(
        directory,
        name=package,
        version=distribution.version,
        summary=distribution.metadata["Summary"],
        requires=(),
        contents={
            f"{package}/{file.name}": file.read_bytes()
            for file in files(package).iterdir()
            if file.name.endswith(".py")
        },
        licence=licence,
    )
