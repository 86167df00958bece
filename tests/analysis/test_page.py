"""What the page is answered: texts, rows behind figures, numbers for calculators, filters; and never half an answer."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from calculators.analysis.page.questions import QUESTIONS, Kept
from calculators.analysis.page.session import Session
from calculators.core.taking_along.links import from_link
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.samples.export import sample_of

KEY = PROJECT / "docs/assets/answer-key"
# Shown in the page's own words, filled in by the page.
_PLACE = re.compile(r"\{\w+\}")


def asking(ask: str, **further: Any) -> dict[str, Any]:
    """Return a question as the page asks it, where nothing was chosen yet."""
    nothing = {"language": "en", "sheet": "", "mapping": {}, "is_remembered": False, "as_of": "", "quota": ""}
    return (
        nothing | {"ask": ask, "number": 1, "files": [], "filters": {}, "currency": "", "rows": "", "page": 0} | further
    )


def answered(session: Session, ask: str, **further: Any) -> dict[str, Any]:
    """Return the answer to a question."""
    *_steps, last = map(json.loads, session.asking(json.dumps(asking(ask, **further))))
    return dict(last)


@pytest.fixture
def sample(tmp_path: Path) -> tuple[Session, dict[str, Any]]:
    """Read the English sample with the history of its stages."""
    made = sample_of("en")
    paths = [tmp_path / "deals.csv", tmp_path / "stages.csv"]
    for path, content in zip(paths, (made.deals, made.history), strict=True):
        path.write_bytes(content)
    session = Session()
    return session, answered(session, "read", files=list(map(str, paths)))


def figures_of(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return all figures of a page by name."""
    return {figure["name"]: figure for section in page["sections"] for figure in section["figures"]}


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text of an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_filled(tmp_path: Path, language: str) -> None:
    """In each language, of its own sample and of files that leave much in doubt."""
    path = tmp_path / "deals.csv"
    path.write_bytes(sample_of(language).deals)
    for file in (path, *sorted(KEY.glob("*.csv"))):
        page = answered(Session(), "read", files=[str(file)], language=language)
        assert "errors" not in page, (file.name, page.get("trace"))
        assert [text for text in texts_in(page) if _PLACE.search(text)] == [], file.name
        assert page["headline"]


@pytest.mark.parametrize("file", sorted(KEY.glob("*.csv")), ids=lambda file: file.stem)
def test_what_is_said_is_said_once_and_of_its_own_figure(file: Path) -> None:
    """A reason for several missing figures, a note for two; a filter explains a win rate alone."""
    page = answered(Session(), "read", files=[str(file)])
    for section in page["sections"]:
        reasons = [figure["why"] for figure in section["figures"] if figure["why"]]
        assert len(reasons) == len(set(reasons)), section["name"]
        assert len(section["notes"]) == len(set(section["notes"])), section["name"]
        for figure in section["figures"]:
            assert figure["name"].startswith("win_rate") or "win rate of" not in figure["why"], figure["name"]


def test_axes_of_counts_have_whole_numbers(tmp_path: Path) -> None:
    """Of one deal there is no half."""
    path = tmp_path / "deals.csv"
    for closed in range(1, 8):
        rows = [f"{number},Won,2025-01-01,2025-03-{number + 9}" for number in range(closed)]
        path.write_text("\n".join(["Id,Stage,Created,Closed", *rows, "9,Lost,2025-01-01,2025-02-01"]), encoding="utf-8")
        charts = {chart["name"]: chart for chart in answered(Session(), "read", files=[str(path)])["charts"]}
        for name in ("quarters", "lengths"):
            ticks = charts[name]["option"]["yAxis"]["ticks"]
            assert [tick["text"] for tick in ticks] == [f"{tick['value']:.0f}" for tick in ticks], name


def test_rows_that_may_be_no_deals_are_said_first(tmp_path: Path) -> None:
    """A row for each product: the question comes first, and the headline begins with it."""
    path = tmp_path / "deals.csv"
    rows = [
        f"{deal},Deal {deal},{'Won' if deal % 2 else 'Lost'},100,{product}" for deal in range(8) for product in "PQ"
    ]
    path.write_text("\n".join(["Id,Name,Stage,Amount,Product", *rows]), encoding="utf-8")
    page = answered(Session(), "read", files=[str(path)])
    assert page["gate"]["comes_first"]
    assert page["headline"].startswith("Counted by rows")
    decided = {"mapping": {"decisions": {"repeated_ids": "added_up"}}}
    page = answered(Session(), "read", files=[str(path)], **decided)
    assert not page["gate"]["comes_first"]
    assert page["headline"].startswith("We win 50%")


def test_before_the_first_deal_nothing_is_blamed_on_the_export(sample: tuple[Session, dict[str, Any]]) -> None:
    """As of a day on which no deal was there yet."""
    page = answered(sample[0], "again", as_of="2020-01-01")
    assert page["headline"] == "No deal is left to count; what is set aside, and why, stands above."


def test_the_quota_and_what_came_in_stand_among_the_first_figures(sample: tuple[Session, dict[str, Any]]) -> None:
    """A quota changes what is read first; velocity by the formula is shown beside what really came in."""
    session, page = sample
    labels = {tile["label"]: tile["further"] for tile in page["tiles"]}
    assert "Coverage of the rest of the quota" not in labels
    assert labels["Revenue per day by the formula"].startswith("What came in: $")
    page = answered(session, "again", quota="2000000")
    assert {tile["label"]: tile["text"] for tile in page["tiles"]}["Coverage of the rest of the quota"].endswith("×")


def test_every_figure_and_row_leads_to_its_deals(sample: tuple[Session, dict[str, Any]]) -> None:
    """As many as the figure counts, each with its line."""
    session, page = sample
    figures = figures_of(page)
    for name in ("deals", "won", "lost", "open"):
        rows = answered(session, "rows", rows=figures[name]["rows"])
        assert rows["text"].endswith(f"{figures[name]['text']} deals")
    keys = {figure["rows"] for figure in figures.values()} - {""}
    keys |= {key for section in page["sections"] for table in section["tables"] for key in table["keys"]}
    assert len(keys) > 50
    for key in keys:
        rows = answered(session, "rows", rows=key)
        assert "errors" not in rows, key
        assert all(len(row) == len(rows["head"]) for row in rows["rows"])
        assert all(row[1].isdigit() for row in rows["rows"])


def test_the_list_of_stalled_deals_says_how_old_they_are(sample: tuple[Session, dict[str, Any]]) -> None:
    """And what the limit of their stage is, those furthest over it first."""
    session, page = sample
    rows = answered(session, "rows", rows="stalled")
    assert rows["head"][-2:] == ["Age", "Limit"]
    over = [
        int(re.sub(r"\D", "", age)) - float(limit.split()[0].replace(",", "")) for *_cells, age, limit in rows["rows"]
    ]
    assert over == sorted(over, reverse=True)
    assert figures_of(page)["stalled"]["text"] in rows["text"]


def test_calculators_get_the_numbers_and_no_names(sample: tuple[Session, dict[str, Any]]) -> None:
    """Each address opens, gives what the page shows, and holds nothing but numbers."""
    _session, page = sample
    sent = {name: figure["send"] for name, figure in figures_of(page).items() if figure["send"]}
    assert {"win_rate", "deal_size.mean", "velocity.live", "growth_per_quarter"} <= sent.keys()
    for address in sent.values():
        link = address.partition("#")[2]
        from_link(link, "en")
        pairs = unquote(link.partition("?")[2]).split("&")
        assert all(re.fullmatch(r"[\w.]+=(-?[\d.]+|[A-Z]{3})", pair) for pair in pairs), address
    opened = from_link(sent["win_rate"].partition("#")[2], "en")
    assert opened.text("win_rate") == figures_of(page)["win_rate"]["text"]


def test_a_filter_gives_what_a_file_of_the_rest_gives(sample: tuple[Session, dict[str, Any]]) -> None:
    """The slice of an owner and the filter on that owner agree, and without the filter all is as before."""
    session, page = sample
    (table,) = (table for section in page["sections"] for table in section["tables"] if table["name"] == "owner")
    owners = next(filter_ for filter_ in page["filters"] if filter_["name"] == "owner")
    for option in owners["options"][1:]:
        left = figures_of(answered(session, "again", filters={"owner": option["value"]}))
        row = next(row for row in table["rows"] if row[0] == option["text"])
        assert [left[name]["text"] for name in ("won", "lost", "open")] == row[1:4]
        assert left["won_value"]["text"] == row[-1]
    periods = next(filter_ for filter_ in page["filters"] if filter_["name"] == "period")
    quarters = [option["value"] for option in periods["options"] if option["text"].startswith("Q")]
    won = [int(figures_of(answered(session, "again", filters={"period": value}))["won"]["text"]) for value in quarters]
    assert sum(won) <= int(figures_of(page)["won"]["text"])
    assert answered(session, "again") == page


def test_a_question_that_is_left_changes_nothing(sample: tuple[Session, dict[str, Any]], tmp_path: Path) -> None:
    """The file from before goes on being answered for."""
    session, page = sample
    other = tmp_path / "other.csv"
    other.write_bytes(sample_of("ko").deals)
    left = session.asking(json.dumps(asking("read", files=[str(other)])))
    next(iter(left))
    left.close()  # type: ignore[attr-defined]  # it is a generator
    assert answered(session, "again") == page


def test_what_cannot_be_read_is_refused_with_a_sentence(sample: tuple[Session, dict[str, Any]]) -> None:
    """A quota beside its field, a mapping and a day as a whole, a file too many; the page stays as it was."""
    session, page = sample
    (quota,) = answered(session, "again", quota="much")["errors"]
    assert quota["column"] == "quota"
    assert answered(session, "again", as_of="yesterday")["errors"][0]["code"] == "not_a_day"
    assert answered(session, "again", mapping={"columns": {"Stage": "x"}})["errors"][0]["code"] == "unknown_role"
    many = [str(KEY / "04-month-first.csv")] * 3
    assert answered(session, "read", files=many)["errors"][0]["code"] == "too_many_files"
    assert answered(session, "again") == page


def test_a_remembered_mapping_that_does_not_fit_is_left_out() -> None:
    """The file is read as if nothing were remembered, and a mapping given for this file is refused."""
    file = [str(KEY / "04-month-first.csv")]
    mapping = {"decisions": {"currency": "XXX"}, "columns": {"Nowhere": "amount"}}
    several = [str(KEY / "19-several-currencies.csv")]
    assert "errors" in answered(Session(), "read", files=several, mapping=mapping)
    assert "errors" not in answered(Session(), "read", files=several, mapping=mapping, is_remembered=True)
    assert "errors" not in answered(Session(), "read", files=file, mapping=mapping, is_remembered=True)


def test_each_choice_says_what_it_changes() -> None:
    """The effects stand side by side, and differ."""
    page = answered(Session(), "read", files=[str(KEY / "01-date-order-open.csv")])
    (doubt,) = page["gate"]["doubts"]
    effects = [choice["effect"] for choice in doubt["choices"]]
    assert all(effects)
    assert len(set(effects)) == len(effects)


def test_words_that_nobody_knows_are_asked_for_one_by_one() -> None:
    """Each with the meanings to choose from; what is chosen answers the question."""
    session = Session()
    page = answered(session, "read", files=[str(KEY / "29-stage-of-your-own.csv")])
    (doubt,) = page["gate"]["doubts"]
    assert doubt["decides"].startswith("outcome:")
    assert [choice["value"] for choice in doubt["choices"]] == ["won", "lost", "open"]
    word = doubt["decides"].removeprefix("outcome:")
    assert answered(session, "again", mapping={"outcomes": {word: "lost"}})["gate"]["doubts"] == []


def test_no_header_opens_the_columns() -> None:
    """Only the reader can say what they are."""
    page = answered(Session(), "read", files=[str(KEY / "15-no-header.csv")])
    assert page["confirm"]["is_in_doubt"]
    assert {column["name"] for column in page["confirm"]["columns"]} >= {"1", "2"}


def test_files_are_made_and_named(sample: tuple[Session, dict[str, Any]]) -> None:
    """The worker takes each from where Python wrote it."""
    session, page = sample
    won = int(figures_of(page)["won"]["text"])
    for save, least in (("rows", won), ("clean", won), ("set_aside", 1)):
        made = answered(session, "save", save=save, rows="won", site="")
        path = Path(made["written"]["path"])
        assert path.name == made["name"]
        assert len(path.read_text(encoding="utf-8-sig").splitlines()) > least


def test_the_workbook_is_made_and_named(sample: tuple[Session, dict[str, Any]]) -> None:
    """With the figures that filters leave."""
    session, _page = sample
    answered(session, "again", filters={"owner": "1"})
    made = answered(session, "save", save="workbook", site="https://example.org/")
    assert made["name"] == "pipeline.xlsx"
    assert Path(made["written"]["path"]).read_bytes().startswith(b"PK")


def test_nothing_is_asked_that_is_not_answered() -> None:
    """The questions of the page, and no others."""
    assert QUESTIONS.keys() == {"read", "again", "rows", "save", "waterfall"}
    assert Kept().shown is None
