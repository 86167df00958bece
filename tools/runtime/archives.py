"""The wheels of what only some readers come to: each archive of them is fetched when it is first needed.

`workbook` writes a result as a spreadsheet, `analysis` reads a dropped file and works it out, `spreadsheet` is what
that needs besides for a workbook.
"""

import importlib.metadata
from importlib.resources import files
from pathlib import Path

import calculators
from calculators.analysis.report import words
from calculators.core.words.catalogue import LANGUAGES, LOCALE_DIRECTORY
from tools.runtime.wheel import write_wheel

PROJECT = Path(__file__).resolve().parents[2]
ANALYSIS = PROJECT / "calculators" / "analysis"
# Put there by tools/set_up/spreadsheet_wheel.sh: compiled for Pyodide, which no wheel here is.
COMPILED = PROJECT / "build" / "wheels"


def wheels_of_archives(directory: Path) -> dict[str, list[Path]]:
    """Write wheels into a directory and return those of each archive by its name.

    Raises RuntimeError when a licence is not where it was.
    """
    (reader,) = COMPILED.glob("python_calamine-*.whl")
    return {
        "workbook": [_write_installed(directory, "xlsxwriter")],
        "analysis": [_write_analysis(directory)],
        "spreadsheet": [reader],
    }


def _write_analysis(directory: Path) -> Path:
    kept = (path for path in ANALYSIS.rglob("*") if path.suffix in {".py", ".csv"} and path.name != "command_line.py")
    catalogues = (
        LOCALE_DIRECTORY / language / "LC_MESSAGES" / f"{words.DOMAIN}.mo" for language in LANGUAGES if language != "en"
    )
    return write_wheel(
        directory,
        name="calculators_analysis",
        version=calculators.__version__,
        summary="The analyser of the Pipeline Playbook",
        requires=(),
        contents={path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in (*kept, *catalogues)},
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
