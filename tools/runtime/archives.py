"""What only some readers come to: each archive of it is fetched when it is first needed.

`group-…` holds the calculators of a group, and in every language the names of what can be picked and of columns;
`words-…` all words of the calculators in a language other than English, and how numbers are written there. `workbook`
writes a result as a spreadsheet, `analysis` reads a dropped file and works it out, with `analysis-words-…` in a
language; `spreadsheet` is what that needs besides for a workbook.
"""

import datetime
import importlib.metadata
import io
import zipfile
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from calculators.analysis.report import words
from calculators.core.running.calculator import GROUPS, all_calculators
from calculators.core.words.catalogue import DOMAIN, LANGUAGES, LOCALE_DIRECTORY, NAMES, catalogue
from tools.runtime.wheel import EARLIEST, UNVERSIONED, write_wheel

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

    With the calculators' words comes the language's file of `babel`, our wheel of it. Nothing of it is compressed, so
    that the whole is compressed better.
    """
    for language in LANGUAGES[1:]:
        numbers = f"babel/locale-data/{language}.dat"
        with zipfile.ZipFile(babel) as wheel:
            files = {numbers: wheel.read(numbers)}
        for name, domain in (("words", DOMAIN), ("analysis-words", words.DOMAIN)):
            catalogue = LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{domain}.mo"
            files[catalogue.relative_to(PROJECT).as_posix()] = catalogue.read_bytes()
            with zipfile.ZipFile(directory / f"{name}-{language}.bin", "w") as archive:
                for file, content in files.items():
                    archive.writestr(zipfile.ZipInfo(file, EARLIEST), content)
            files.clear()


def add_names(runtime: Path) -> None:
    """Add to the archive of each group what its calculators understand in every language, whatever the page is in."""
    for group, calculators_of_group in groupby(all_calculators().values(), attrgetter("group")):
        fields = [field for calculator in calculators_of_group for field in calculator.input_fields.values()]
        understood = {message for field in fields for message in getattr(field, "understood", ())}
        with zipfile.ZipFile(runtime / f"group-{group}.bin", "a") as archive:
            for language in LANGUAGES[1:]:
                file = LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{NAMES}{group}.mo"
                content = _compiled(language, understood)
                archive.writestr(zipfile.ZipInfo(file.relative_to(PROJECT).as_posix(), EARLIEST), content)


def _compiled(language: str, understood: set[str]) -> bytes:
    """Return the catalogue of some messages."""
    words_of_language = catalogue(language).gettext
    names = Catalog(locale=language, header_comment="", creation_date=_NO_TIME, revision_date=_NO_TIME)
    for message in sorted(understood):
        names.add(message, words_of_language(message))
    file = io.BytesIO()
    write_mo(file, names)
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
