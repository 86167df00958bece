"""Whatever file is dropped: the same figures in any program's file, or a question; and for any bytes an answer."""

import csv
import io
import json
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.analysis.analyse import analyse
from calculators.analysis.page.session import Session
from calculators.analysis.reading.refused import Refused
from calculators.analysis.report.answer import answer, refusal
from calculators.core.words.catalogue import LANGUAGES
from tests.analysis.exporting import Export, exported
from tests.analysis.test_any_export import TODAY, complaint
from tests.analysis.test_page import asking, texts_in
from tests.analysis.workbooks import xlsx
from tests.calculators.test_hostile_input import watched
from tests.cases import cases

# Those below are tried in every run: tests/analysis/test_any_export.py.
seeds = st.integers(10**6, 10**18)


def export_of(seed: int) -> Export:
    """Return the export of a seed."""
    return exported(Random(seed))  # noqa: S311 - it has to be the same everywhere


def rows_of(export: Export) -> list[list[str]]:
    """Return the cells of an export, all of them texts."""
    text = export.content.decode(export.habits["encoding"]).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=export.habits["delimiter"]))
    return rows[1:] if "sep" in export.habits else rows


@cases(12)
@given(seed=seeds)
def test_an_export_of_any_program_is_read_right_or_asked_about(seed: int) -> None:
    """Any language, encoding, delimiter, order of days, marks, unit and noise around the rows."""
    with watched():
        assert complaint(export_of(seed)) is None


@cases(8)
@given(seed=seeds)
def test_the_same_export_as_a_workbook(seed: int) -> None:
    """Saved as XLSX with every cell as text, it has the same figures, or asks."""
    export = export_of(seed)
    workbook = Export(xlsx(rows_of(export)), export.deals, export.habits)

    with watched():
        assert complaint(workbook) is None


def spoilt(export: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Return a file in which some places hold other bytes: lost, doubled, cut off, or another program's."""
    data = bytearray(export)
    for place, length, other in changes:
        start = place % (len(data) + 1)
        data[start : start + length] = other
    return bytes(data)


UNFILLED = re.compile(r"\{[a-z_]+\}")
# What breaks tables: ends of lines, quotes, delimiters, marks, bytes of other encodings, signs of formulas.
PIECES = [
    *(b"", b"\n", b"\r", b'"', b'""', b",", b";", b"\t", b"\x00", b"\xff", b"\xfe\xff", b"\xa0", b"=", b"1e9", b"-"),
    *(b",,,,", b"9999999999999999999999", b"31/02/2024", b"0000-00-00", b"2024", b"\xe2\x80\xae", b"\xed\xa0\x80"),
    *(
        "１２".encode(),
        "억".encode(),
        "−5".encode(),
        b"100%",
        b"NaN",
        b"(5)",
        b"#REF!",
        b"{deals}",
        b"\n\n\n",
        b"total",
    ),
]
changes = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=6)),
    min_size=1,
    max_size=8,
)


@cases(25)
@given(seed=seeds, changes=changes, as_workbook=st.booleans())
def test_a_spoilt_export_is_answered_or_refused(
    seed: int,
    changes: list[tuple[int, int, bytes]],
    as_workbook: bool,  # noqa: FBT001 - Hypothesis passes it on
) -> None:
    """Bytes lost or changed anywhere: figures that are numbers, or a refusal with its sentence in every language."""
    export = export_of(seed)
    data = xlsx(rows_of(export)) if as_workbook else export.content
    data = spoilt(data, changes)

    with watched():
        refused: list[Refused] = []
        try:
            analysis = analyse(data, name="export", today=TODAY)
        except Refused as error:
            refused.append(error)
        for language in LANGUAGES:
            assert all(each["text"] for error in refused for each in refusal(error, language)["errors"])
        if refused:
            return
        for language in LANGUAGES:
            answered = answer(analysis, language)
            json.dumps(answered, allow_nan=False)
            assert all(doubt["text"] for doubt in answered["doubts"])
            assert not any(UNFILLED.search(text) for text in texts_in(answered["notes"]))
    counts = analysis.figures
    if counts.won is not None and counts.lost is not None and counts.open is not None:
        assert counts.won + counts.lost + counts.open <= counts.deals
    assert counts.win_rate is None or 0 <= counts.win_rate.low <= counts.win_rate.value <= counts.win_rate.high <= 1


@cases(8)
@given(seed=seeds, changes=st.just([]) | changes, language=st.sampled_from(LANGUAGES))
def test_the_page_has_an_answer_to_any_file(
    seed: int, changes: list[tuple[int, int, bytes]], language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Never the sentence for what nobody foresaw, whatever the file and the reader's language."""
    path = tmp_path_factory.getbasetemp() / "any-file.csv"
    Path(path).write_bytes(spoilt(export_of(seed).content, changes))
    question = asking("read", language=language, files=[str(path)])

    with watched():
        *_steps, last = map(json.loads, Session().asking(json.dumps(question)))

    assert "trace" not in last, last["trace"]
    assert "sections" in last or all(error["text"] for error in last["errors"])
