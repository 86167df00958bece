"""Every text is read in the encoding it was written in, however little of it there is."""

import codecs
from pathlib import Path

import pytest

from calculators.analysis.reading.encoding import deciding
from calculators.analysis.reading.likelihood import OLD_ENCODINGS
from calculators.analysis.reading.source import PIECE, Source
from tests.analysis.files import EXPORTS, IMPORT_FAULTS, opened, read
from tests.analysis.languages import LANGUAGES, table, written

OLD = [(language, encoding) for language, words in LANGUAGES.items() for encoding in words.encodings]
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("rows", [1, 3, 20, 500])
@pytest.mark.parametrize(("language", "encoding"), OLD)
def test_old_encodings(language: str, encoding: str, rows: int) -> None:
    """A table in a language is read as it was written, whether it has one row or hundreds."""
    for seed in range(5):
        cells = table(language, rows, seed)
        export = read(written(cells).encode(encoding))

        assert [export.opened.head[0], *export.cells] == cells, seed
        if export.opened.facts.encoding != encoding:
            assert written(cells).encode(str(export.opened.facts.encoding)) == written(cells).encode(encoding)


@pytest.mark.parametrize(("language", "encoding"), OLD)
def test_few_letters_beyond_ascii(language: str, encoding: str) -> None:
    """English headers over a few names in a language are enough to tell the encoding."""
    cells = [["Deal", "Owner", "Stage"], *(row[1:2] + row[3:5] for row in table(language, 4, seed=1)[1:])]
    export = read(written(cells).encode(encoding))

    assert export.cells == cells[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", *WIDE])
def test_unicode(language: str, encoding: str) -> None:
    """Unicode is read with a byte order mark and, but for UTF-32, without one, which no header keeps."""
    cells = table(language, 3, seed=2)
    text = written(cells, "\t")
    marks = {"utf-8": [""], "utf-8-sig": [""], "utf-32-le": ["\ufeff"], "utf-32-be": ["\ufeff"]}
    for mark in marks.get(encoding, ["\ufeff", ""]):
        export = read((mark + text).encode(encoding))

        assert export.opened.facts.encoding == encoding
        assert [export.opened.head[0], *export.cells] == cells


def test_ascii_is_utf_8() -> None:
    """A text of ASCII alone is in every encoding, and called UTF-8."""
    assert opened(b"Deal,Amount\nA,1\n").facts.encoding == "utf-8"


def test_letters_cut_by_a_piece() -> None:
    """A letter whose bytes lie in two pieces of the file is read whole, and a word cut there misleads nobody."""
    for encoding in ("utf-8", "cp949", "utf-16-le"):
        cells = [["거래처", "금액"], *([f"한국전자{number}", "똠"] for number in range(40_000))]
        data = written(cells).encode(encoding)
        assert len(data) > 2 * PIECE

        export = read(data)

        assert export.opened.facts.encoding == encoding
        assert export.cells == cells[1:]


def test_an_accent_far_from_the_beginning() -> None:
    """The whole file is looked at: one letter after a megabyte of ASCII decides as well."""
    rows = [[f"Deal {number}", "1000"] for number in range(80_000)]
    export = read(written([["Deal", "Amount"], *rows, ["Größe", "1"]]).encode("cp1252"))

    assert export.opened.facts.encoding == "cp1252"
    assert export.table.row(80_000) == ["Größe", "1"]


@pytest.mark.parametrize(
    ("encoding", "language", "damage"),
    [("utf-8", "de", b"\xfc"), ("utf-8", "ko", b"\xeb\x98"), ("cp949", "ko", b"\x8c"), ("cp932", "ja", b"\x82")],
)
def test_damaged_letters(encoding: str, language: str, damage: bytes) -> None:
    """A few bytes that are no text (a letter cut by a field's length) spoil their letter alone, and are named."""
    lines = written(table(language, 30, seed=3)).encode(encoding).splitlines(keepends=True)
    whole = read(b"".join(lines)).cells
    lines[10] = lines[10].replace(b";", damage + b";", 1)
    export = read(b"".join(lines))

    assert export.opened.facts.encoding == encoding
    assert export.opened.facts.damaged_lines == [11]
    assert export.cells[9][0].rstrip("\ufffd") == whole[9][0]
    assert [row for place, row in enumerate(export.cells) if place != 9] == [
        row for place, row in enumerate(whole) if place != 9
    ]


def test_byte_order_marks_and_nuls_inside() -> None:
    """Files put one behind the other keep their marks inside, and a crash leaves NULs at the end: neither is text."""
    part = "Deal,Owner\r\nA,Müller\r\n".encode("utf-8-sig")
    export = read(codecs.BOM_UTF8 + part + part + b"\0" * 512)

    assert export.opened.head[0] == ["Deal", "Owner"]
    assert export.cells == [["A", "Müller"], ["Deal", "Owner"], ["A", "Müller"]]


def test_a_likelier_encoding_must_read_all() -> None:
    """Bytes that one encoding lacks speak for the other, however alike the two are."""
    # Ά is elsewhere in ISO's Greek, which has no such quotation marks.
    text = "Όνομα;Ποσό\r\nΆλφα;1\r\nΈργο “Β”;2\r\n"
    export = read(text.encode("cp1253"))

    assert export.opened.facts.encoding == "cp1253"
    assert export.cells == [["Άλφα", "1"], ["Έργο “Β”", "2"]]


def test_progress_is_told() -> None:
    """Bytes are counted while the encoding is looked for, up to the file's size."""
    data = written(table("ja", 9000, seed=4)).encode("cp932")
    steps = list(deciding(Source.of(data)))

    assert len(data) > 2 * PIECE
    assert steps[0].done == PIECE
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == len(data)


def test_languages_have_every_old_encoding() -> None:
    """No encoding in the list goes untried."""
    assert {encoding for _language, encoding in OLD} == set(OLD_ENCODINGS)


ENCODINGS_OF_EXPORTS = {
    "02-bitrix24-ru.csv": "utf-8",
    "05-hubspot-es-semicolon.csv": "utf-8-sig",
    "11-dates-per-stage-de.csv": "utf-8",
    "17-espocrm-el-cp1253.csv": "cp1253",
    "19-sugarcrm-ko-cp949.csv": "cp949",
    "23-24sevenoffice-codes.csv": "cp1252",
    "25-excel-ko-note-row.csv": "utf-8-sig",
    "bug-07.csv": "utf-8-sig",
    "bug-11.csv": "utf-8",
    "bug-13.csv": "utf-16-le",
}


@pytest.mark.skipif(not EXPORTS.exists(), reason="../shared/data/exports is absent")
@pytest.mark.parametrize("name", ENCODINGS_OF_EXPORTS)
def test_real_exports(name: str) -> None:
    """Exports of real programs, and of those that others read wrong."""
    path: Path = (IMPORT_FAULTS if name.startswith("bug") else EXPORTS) / name
    assert opened(path).facts.encoding == ENCODINGS_OF_EXPORTS[name]
