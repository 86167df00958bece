"""The plan back from go-live: what the critical path method promises, for any plan; and the file for calendars."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.__main__ import main
from calculators.core.declaring.outcome import Undefined
from calculators.core.page.answer import answer, default_texts
from calculators.core.running.run import Result, error_json, run_text
from calculators.core.taking_along.calendar_file import as_calendar
from calculators.core.taking_along.cell_formulas import column_name
from calculators.core.taking_along.text_and_csv import as_text
from calculators.core.taking_along.workbook import write_workbook
from calculators.core.words.catalogue import LANGUAGES
from tests.calculators.test_workbook import (
    agrees,
    convert,
    formula_cells,
    needs_libreoffice,
    read_values,
    without_values,
)
from tests.support import PROJECT

PLAN = "mutual-action-plan"


def step(name: str, days: int, after: str = "", *, done: bool = False) -> dict[str, Any]:
    """Return a row of the table, as programs write it."""
    return {"name": name, "owner": "", "days": days, "after": after, "done": done}


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Return a plan without a circle whose rows stand in any order."""
    rows = draw(st.integers(1, 12))
    order = draw(st.permutations(range(rows)))
    steps: list[Any] = [None] * rows
    for place, row in enumerate(order):
        before = draw(st.sets(st.sampled_from(order[:place]), max_size=3)) if place else set()
        after = ", ".join(str(other + 1) for other in before)
        steps[row] = step(
            f"Step {row}", draw(st.integers(0, 60)), after, done=draw(st.booleans()) and draw(st.booleans())
        )
    return {"today": "2026-12-01", "go_live": str(draw(st.dates(date(2026, 10, 1), date(2028, 1, 1)))),
            "steps": steps}  # fmt: skip


@given(plans())
def test_no_step_ends_after_those_that_wait_for_it_must_begin(inputs: dict[str, Any]) -> None:
    """Nor can it begin earlier than those it waits for end; critical is what has the least slack, and nothing else."""
    result = calculators.run(PLAN, inputs)
    figures, given_inputs = result.figures, result.inputs
    open_steps = [row for row in figures.plan if not isinstance(row.slack, Undefined)]

    for row, given_row in zip(figures.plan, given_inputs.steps, strict=True):
        assert isinstance(row.slack, Undefined) == given_row.done
        if given_row.done:
            assert not row.critical
            continue
        assert row.finish_by - row.start_by == row.earliest_finish - row.earliest_start == given_row.days
        assert row.finish_by <= given_inputs.go_live
        assert row.earliest_start >= given_inputs.today
        for other in (figures.plan[place] for place in row.waiting):
            if not isinstance(other.slack, Undefined):
                assert row.finish_by <= other.start_by
                assert row.earliest_finish <= other.earliest_start
        assert row.slack == row.start_by - row.earliest_start == row.finish_by - row.earliest_finish
        assert row.days_late == max(0, -row.slack)
        assert row.critical == (row.slack == figures.slack)
    if open_steps:
        assert figures.slack == min(row.slack for row in open_steps)
        assert figures.earliest_go_live == given_inputs.go_live - figures.slack
        assert figures.start_by == given_inputs.today + figures.slack
    else:
        assert figures.slack == Undefined("all_done")


@given(plans(), st.integers(1, 30))
def test_a_later_day_gives_as_much_more_slack(inputs: dict[str, Any], days: int) -> None:
    """Every step by as many days, and the same steps stay critical."""
    before = calculators.run(PLAN, inputs)
    later = int(before.inputs.go_live) + days
    after = calculators.run(PLAN, inputs | {"go_live": later})

    for one, other in zip(before.figures.plan, after.figures.plan, strict=True):
        assert one.critical == other.critical
        if not isinstance(one.slack, Undefined):
            assert other.slack == one.slack + days
            assert other.earliest_start == one.earliest_start


@pytest.mark.parametrize(
    ("after", "code", "row"),
    [
        (("", "9"), "unknown_step", 2),
        (("", "C"), "unknown_step", 2),
        (("", "1; x"), "unknown_step", 2),
        (("", "0"), "unknown_step", 2),
        (("", "2"), "waits_for_itself", 2),
        (("a", ""), "waits_for_itself", 1),
        (("2", "1"), "circle", 1),
        (("B", "A"), "circle", 1),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_names_no_other_step_is_refused_in_its_cell(
    after: tuple[str, str], code: str, row: int, language: str
) -> None:
    """Beside the cell, in the language of the page."""
    rows = [
        {"name": name, "owner": "", "days": "1", "after": text, "done": ""}
        for name, text in zip("AB", after, strict=True)
    ]
    inputs = default_texts(PLAN, language) | {"steps": rows}
    asked = {"calculator": PLAN, "language": language, "currency": "", "inputs": inputs}

    (error,) = json.loads(answer(json.dumps(asked)))["errors"]

    assert (error["input"], error["code"], error["row"], error["column"]) == ("steps", code, row, "after")
    assert "{" not in error["text"]


def test_a_circle_names_its_steps_only() -> None:
    """What waits for the circle is not in it."""
    steps = [step("A", 1, "3"), step("B", 1, "1"), step("C", 1, "4"), step("D", 1, "3")]

    with pytest.raises(calculators.InvalidInputs) as refused:
        calculators.run(PLAN, {"steps": steps})

    (error,) = refused.value.errors
    assert error.values["names"][1] == ("C", "D")


@pytest.mark.parametrize(
    ("names", "after"),
    [
        (("A", "a", "C"), "A"),  # two of one name
        (("2", "B", "C"), "2"),  # a name that is the number of another row
        (("A", "B", "A, B"), "A; B"),  # two names, or one with a comma
    ],
)
def test_a_name_that_can_be_several_steps_is_asked_about(names: tuple[str, ...], after: str) -> None:
    """It was refused as none of the steps, or read as one of them."""
    steps = [*(step(name, 1) for name in names), step("last", 1, after)]

    with pytest.raises(calculators.InvalidInputs) as refused:
        calculators.run(PLAN, {"steps": steps})

    (error,) = refused.value.errors
    assert error.code == "several_steps"
    assert error.cell is not None
    assert error.cell.row == 4


@pytest.mark.parametrize(
    ("after", "awaited"), [("A, B", (0,)), ("a;  b", (0,)), ("①②", (0, 1)), ("–", ()), ("-", ()), ("1, –", (0,))]
)
def test_a_comma_in_a_name_circled_numbers_and_dashes_are_understood(after: str, awaited: tuple[int, ...]) -> None:
    """Side by side, ① and ② were step 12; the dash of the results was no step."""
    steps = [step("A, B", 1), *(step(f"Step {place}", 1) for place in range(12)), step("last", 1, after)]

    assert calculators.run(PLAN, {"steps": steps}).figures.plan[-1].awaited == awaited


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_that_lead_out_of_the_calendar_are_refused(language: str) -> None:
    """They led to the year -27974, and to a file that no calendar reads."""
    rows = [{"name": "", "owner": "", "days": "36525", "after": str(place or ""), "done": ""} for place in range(300)]

    with pytest.raises(calculators.InvalidInputs) as refused:
        run_text(PLAN, {"steps": rows}, language)

    (error,) = refused.value.errors
    assert error.code == "beyond_calendar"
    assert "9999" in error_json(error, language)["text"]


def test_nobody_is_told_to_begin_on_a_friday_that_has_passed() -> None:
    """A late plan asked for it, and one whose first day is the Saturday of today."""
    late = {"go_live": "2026-12-13", "today": "2026-12-14", "steps": [step("A", 8)]}
    saturday = {"go_live": "2026-12-13", "today": "2026-12-05", "steps": [step("A", 8)]}

    for inputs in (late, saturday):
        assert "weekend" not in {note.code for note in calculators.run(PLAN, inputs).notes}
    assert "weekend" in {note.code for note in calculators.run(PLAN, saturday | {"today": "2026-12-04"}).notes}


@pytest.mark.parametrize(
    "after", ["1, 2", "1;2", "1、2", "１，２", "1 2", "a, B", "B;1", " b ,  A ", "1, 2, 1"]
)  # fmt: skip
def test_steps_are_named_by_number_or_name(after: str) -> None:
    """With any mark between them, in full width, in any case, twice."""
    result = calculators.run(PLAN, {"steps": [step("A", 1), step("B", 1), step("C", 1, after)]})

    assert sorted(result.figures.plan[2].awaited) == [0, 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_of_the_example_are_named_as_the_page_calls_them(language: str) -> None:
    """And by the same names in a link that a page of another language opens."""
    texts = default_texts(PLAN, language)
    first = texts["steps"][0]["name"]
    texts["steps"][5]["after"] = first
    result = run_text(PLAN, texts, language)

    assert result.inputs.steps[5].after == "Success criteria agreed"
    assert result.figures.plan[5].awaited == (0,)
    assert first in result.calculator.input_fields["steps"].show(result.inputs.steps, result.numerals)


def test_more_steps_than_a_formula_names_are_refused() -> None:
    """Spreadsheet programs take 255 cells in one function."""
    steps = [step("First", 1), *(step(f"Step {place}", 1, "1") for place in range(251))]

    with pytest.raises(calculators.InvalidInputs) as refused:
        calculators.run(PLAN, {"steps": steps})

    assert refused.value.errors[0].code == "too_many"


def test_the_text_to_send_has_a_line_for_each_step() -> None:
    """With its owner and its days."""
    text = as_text(calculators.run(PLAN))

    assert "  Contract review · Legal · January 1, 2027 · January 29, 2027 · -4 days · 4 days · yes" in text


@needs_libreoffice
def test_a_dash_in_a_name_is_no_change_in_the_workbook(tmp_path: Path) -> None:
    """Every result of the workbook was a dash as soon as a step waited for “Kick–off”."""
    result = calculators.run(PLAN, {"steps": [step("Kick–off", 3), step("B", 2, "Kick–off")]})
    file = tmp_path / "plan.xlsx"
    file.write_bytes(without_values(write_workbook(result)))
    convert(tmp_path, [file])
    values = read_values((tmp_path / "out" / "plan.xlsx").read_bytes())

    for cell in formula_cells(result):
        assert agrees(values.get(f"{column_name(cell.column)}{cell.row + 1}"), cell.value), cell


# --- the file for calendars ------------------------------------------------------------------------------------------


def unfolded(file: str) -> list[str]:
    """Return the lines of a file as RFC 5545 has them read."""
    assert file.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    assert "\n" not in file.replace("\r\n", "")
    return file.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def events(file: str) -> list[dict[str, str]]:
    """Return each event's properties."""
    found: list[dict[str, str]] = []
    for line in unfolded(file):
        name, _colon, value = line.partition(":")
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found:
            found[-1][name] = value
    return found


def with_steps(*steps: dict[str, Any], language: str = "en", **inputs: Any) -> Result:
    """Run a plan of these steps."""
    return calculators.run(
        PLAN, {"go_live": "2027-03-15", "today": "2026-12-01", "steps": list(steps)} | inputs, language
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_open_step_is_an_event_of_whole_days(language: str) -> None:
    """From the day it must begin to the day it must be finished; then go-live. Steps that are done are left out."""
    result = with_steps(step("A", 10), step("B", 0, "1"), step("C", 5, done=True), language=language)
    first, second, go_live = events(as_calendar(result))

    assert unfolded(as_calendar(result))[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert unfolded(as_calendar(result))[-1] == "END:VCALENDAR"
    assert (first["SUMMARY"], first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("A", "20270305", "20270316")
    assert (second["DTSTART;VALUE=DATE"], second["DTEND;VALUE=DATE"]) == ("20270315", "20270316")
    assert go_live["DTSTART;VALUE=DATE"] == "20270315"
    assert len({first["UID"], second["UID"], go_live["UID"]}) == 3
    assert first["DTSTAMP"] == "20261201T000000Z"


def test_the_same_plan_gives_the_same_file_and_another_plan_other_events() -> None:
    """So that one deal's plan does not replace another's in somebody's calendar."""
    one, again = (as_calendar(with_steps(step("A", 10))) for _time in range(2))
    other = as_calendar(with_steps(step("A", 11)))

    assert one == again
    assert not {event["UID"] for event in events(one)} & {event["UID"] for event in events(other)}


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_name_leaves_its_line(name: str, owner: str) -> None:
    """Line breaks, marks of the format, signs of direction, halves of characters: the events stay two."""
    result = with_steps({**step("", 3), "name": name, "owner": owner})
    found = events(as_calendar(result))

    assert len(found) == 2
    assert set(found[0]) <= {
        *("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION", "TRANSP", "END"),
    }


def test_a_step_without_a_name_is_called_by_its_place() -> None:
    """In a calendar, its title was a dash."""
    titles = [event["SUMMARY"] for event in events(as_calendar(with_steps(step("A", 1), step("", 2), language="ja")))]

    assert titles == ["A", "手順 2", "稼働開始"]


def test_marks_of_the_format_are_escaped() -> None:
    """And a long line is cut between characters."""
    name = "a;b,c\\d END:VEVENT " + "가" * 60
    (event, _go_live) = events(as_calendar(with_steps({**step("", 3), "name": name, "owner": "x\ny"})))

    assert event["SUMMARY"] == name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert event["DESCRIPTION"] == "Owner: x\\ny"


def test_the_command_line_writes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside `workbook`; a calculator without days says which have some."""
    path = tmp_path / "plan.ics"

    assert main(["calendar", PLAN, "go_live=2027-04-01", "--output", str(path)]) == 0
    assert path.read_bytes().decode() == as_calendar(calculators.run(PLAN, {"go_live": "2027-04-01"}))
    assert main(["calendar", PLAN, "--output", str(tmp_path / "no" / "x.ics")]) == 1
    assert main(["calendar", "win-rate", "--output", str(path)]) == 2
    assert PLAN in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_of_the_page_are_pasted_as_they_are(language: str) -> None:
    """With their heading, as a browser copies a table: each column finds its place, and the plan computes."""
    page = (PROJECT / "docs" / language / "selling" / "mutual-action-plan.md").read_text(encoding="utf-8")
    table = page.partition("{#template}")[2].partition("\n|")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "---" not in line]
    block = "\n".join("\t".join(row) for row in rows)
    texts = default_texts(PLAN, language)
    question = {"calculator": PLAN, "language": language, "currency": "", "inputs": texts}
    pasting = {"ask": "paste", "table": "steps", "rows": texts["steps"], "row": 0, "column": "name", "text": block}

    pasted = json.loads(answer(json.dumps(question | pasting)))["rows"]
    result = run_text(PLAN, texts | {"steps": pasted}, language)

    assert len(pasted) == 12
    assert all(step.name and step.owner and not step.done for step in result.inputs.steps)
    assert [step.after for step in result.inputs.steps] == [
        "",
        "1",
        "2",
        "1",
        "4",
        "3, 5",
        "6",
        "1",
        "6, 8",
        "7, 9",
        "10",
        "11",
    ]
    assert result.outputs["earliest_go_live"] == result.inputs.today + 90
