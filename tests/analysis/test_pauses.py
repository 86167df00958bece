"""Work on a file can be left at any moment: counted in rows, not in time, so that it is the same on any machine."""

import csv
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from calculators.analysis.figures import forecast, open_deals
from calculators.analysis.gate import building, currencies, deal_building, kinds, setting_aside
from calculators.analysis.page.questions import QUESTIONS, Kept
from calculators.analysis.reading import progress, table
from tests.analyser_client import SETTINGS

ROWS = 3_000
# A walk over a million rows takes some hundredths of a second, in the browser as well.
MOST_WALKS = 4.0
HEADERS = ("Deal ID", "Owner", "Stage", "Amount", "Created Date", "Close Date", "Pipeline", "Probability (%)")


class Walked(array[int]):
    """An array that counts how often one of its values was taken."""

    taken = 0

    def __iter__(self) -> Iterator[int]:
        for value in super().__iter__():
            Walked.taken += 1
            yield value


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the values that are taken from columns, and have few rows treated as a million."""
    for module in (table, progress, building, currencies, deal_building, kinds, setting_aside):
        monkeypatch.setattr(module, "array", Walked)
    monkeypatch.setattr(table, "MOST_TEXTS", ROWS // 8)
    monkeypatch.setattr(table, "_IN_ONE_BUCKET", ROWS // 8)
    for module in (progress, forecast, open_deals):
        monkeypatch.setattr(module, "AT_ONCE", ROWS // 50)


def write(path: Path) -> None:
    """Write deals of several owners and pipelines, with an empty cell, a total and a doubled row among them."""
    chance = Random(7)  # noqa: S311 - the same deals in every run
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(ROWS):
            created = date(2024, 1, 1) + timedelta(days=chance.randrange(600))
            closed = created + timedelta(days=chance.randrange(5, 150))
            stage = chance.choice(("Closed Won", "Closed Lost", "Proposal", "Qualified"))
            amount = "" if number % 50 == 0 else f"{chance.randrange(100, 99_999)}.{chance.randrange(100):02}"
            about = (f"Pipeline {number % 3}", chance.randrange(0, 100, 10))
            writer.writerow((f"D{number or 1}", f"Owner {number % 9}", stage, amount, created, closed, *about))
        writer.writerow(("Total", "", "", "123.45", "", "", "", ""))


def test_work_pauses_between_a_few_walks_over_all_rows(tmp_path: Path) -> None:
    """From the file to its answer, no stretch of work between two pauses goes over all rows more than a few times."""
    write(tmp_path / "deals.csv")
    work = QUESTIONS["read"](Kept(), SETTINGS | {"ask": "read", "number": 1, "files": [str(tmp_path / "deals.csv")]})
    Walked.taken = 0
    walks: list[tuple[float, str]] = []
    for said in work:
        walks.append((Walked.taken / ROWS, f"before {said.stage} {said.done}"))
        Walked.taken = 0
    walks.append((Walked.taken / ROWS, "before the answer"))

    assert sum(walked for walked, _where in walks) > 50
    assert [stretch for stretch in walks if stretch[0] > MOST_WALKS] == []


def test_pauses_change_nothing() -> None:
    """What is worked out piece by piece is what would have been worked out at once."""
    chance = Random(3)  # noqa: S311 - the same values in every run
    values = [chance.randrange(50) for _value in range(ROWS)]

    assert list(progress.finished(progress.gathered("I", values))) == values
    assert progress.finished(progress.ordered(values)) == sorted(values)
    assert progress.finished(progress.counted(values)) == {value: values.count(value) for value in values}
    parts = list(progress.finished(table.in_buckets(array("q", values))))
    assert sorted(value for part in parts for value in part) == sorted(values)
    assert sum(len(set(part)) for part in parts) == len(set(values))
