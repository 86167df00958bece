"""The browser's Python reads files exactly as this one: every encoding, and workbooks of every kind."""

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from calculators.analysis.page.session import Session
from calculators.core.words.catalogue import LANGUAGES
from tests.analysis.languages import LANGUAGES as WRITTEN_IN
from tests.analysis.languages import table, written
from tests.support import PROJECT, executable

RUNTIME = PROJECT / "build" / "runtime"
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32")
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write a table in each encoding of each language, in Unicode, as two kinds of workbook, and two refused ones."""
    folder = tmp_path_factory.mktemp("exports")
    for language, words in WRITTEN_IN.items():
        for encoding in (*words.encodings, *UNICODE):
            text = written(table(language, 30, 1))
            (folder / f"{language}-{encoding}.csv").write_bytes(text.encode(encoding, "replace"))
    write_xlsx(folder / "deals.xlsx", table("el", 30, 1))
    write_ods(folder / "deals.ods", table("ko", 30, 1))
    (folder / "empty.csv").write_bytes(b"")
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return sorted(folder.iterdir())


def write_xlsx(path: Path, rows: list[list[str]]) -> None:
    """Write a workbook of Excel's kind."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Deals")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def write_ods(path: Path, rows: list[list[str]]) -> None:
    """Write a workbook that only the compiled library reads."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        + "</table:table-row>"
        for row in rows
    ).replace("&", "&amp;")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Deals">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def question(number: int, ask: str, **further: Any) -> str:
    """Return what the page asks."""
    settings = {
        "sheet": "",
        "mapping": {},
        "as_of": "",
        "quota": "",
        "filters": {},
        "currency": "",
        "is_remembered": False,
    }
    language = LANGUAGES[number % len(LANGUAGES)]
    return json.dumps({"number": number, "ask": ask, "language": language, "files": []} | settings | further)


@pytest.mark.parametrize("boot", ["plain", "snapshot"])
def test_pyodide_reads_files_as_cpython(boot: str, files: list[Path], tmp_path: Path) -> None:
    """Identical JSON: what the page shows of each file, and why one is refused."""
    asked = [question(number, "read", files=[str(path)]) for number, path in enumerate(files, 1)]
    session = Session()
    expected = [list(session.asking(text))[-1] for text in asked]
    script = str(PROJECT / "tests" / "runtime" / "analyses.mjs")
    command = [executable("node"), script, boot, str(RUNTIME), str(tmp_path), str(files[0].parent)]

    done = subprocess.run(command, input="\n".join(asked), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == expected
    assert not [text for text in expected if '"trace"' in text]
    refused = {path.name for path, text in zip(files, expected, strict=True) if '"errors"' in text}
    assert refused == {"empty.csv", "picture.csv"}
