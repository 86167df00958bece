"""The samples: an invented team's export in each language, whose figures are known where it is made."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from calculators.analysis.analyse import Analysis, analyse
from calculators.analysis.gate.choices import Choices
from calculators.core.words.catalogue import LANGUAGES
from tests.support import PROJECT
from tools.samples import publishing
from tools.samples.export import sample_of, wording_of
from tools.samples.team import EXPORTED, deals

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the site."""
    return str(request.param)


@pytest.fixture(scope="module")
def analysis(language: str) -> Analysis:
    """Return what the analyser makes of the sample, looked at on the day of the export."""
    sample = sample_of(language)
    return analyse(sample.deals, Choices(), name="deals.csv", history=sample.history, by=["owner"], today=TODAY)


def test_every_language_has_its_team() -> None:
    """A reader tries the analyser with headers, names and money of the own language."""
    assert set(publishing.languages()) == set(LANGUAGES)


def test_the_same_seed_gives_the_same_bytes(language: str) -> None:
    """Whoever builds the site publishes the same files, and the figures told of them hold."""
    before = sample_of(language)
    sample_of.cache_clear()
    assert sample_of(language) == before
    assert deals(1_000, 10, 84, seed=1) != deals(1_000, 10, 84, seed=2)


def test_a_sample_is_small_enough_to_be_fetched_by_a_click(language: str, tmp_path: Path) -> None:
    """Deals and history together stay below 60 kB as they come over the line."""
    publishing.write(tmp_path, [language])
    files = list(tmp_path.iterdir())
    assert {file.name for file in files} == {
        Path(publishing.address(language)).name, Path(publishing.history_address(language)).name
    }  # fmt: skip
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 60_000


def test_a_language_without_a_team_gets_the_english_sample() -> None:
    """An added language works before somebody invents a team for it."""
    assert publishing.address("xx") == publishing.address("en")
    assert wording_of("xx") == wording_of("en")


def test_open_deals_are_looked_at_on_the_day_of_the_export(analysis: Analysis) -> None:
    """Years later the sample reads as on its first day: no planned date moves the present on."""
    assert analysis.understood.as_of.date == EXPORTED
    assert analysis.figures.cycle is not None
    assert analysis.figures.cycle.kaplan_meier_median_days == 65


def test_the_analyser_counts_and_sums_what_is_true(language: str, analysis: Analysis) -> None:
    """Nothing is asked, no deal is lost and none counted twice, amounts in words included."""
    truth, figures = sample_of(language).truth, analysis.figures
    assert analysis.open_doubts == []
    assert (figures.deals, figures.won, figures.lost, figures.open) == (truth.deals, truth.won, truth.lost, truth.open)
    values = [int(value or 0) for value in (figures.won_value, figures.lost_value, figures.open_value)]
    assert values == [truth.won_value, truth.lost_value, truth.open_value]


def test_the_analyser_gets_the_cycles_and_quarters(language: str, analysis: Analysis) -> None:
    """The cycle that runs backwards and the one that ends in the future are in no mean; each quarter has its wins."""
    truth, figures = sample_of(language).truth, analysis.figures
    assert figures.cycle is not None
    assert figures.cycle.n == truth.cycles
    assert float(figures.cycle.mean_days or 0) == pytest.approx(truth.cycle_mean_days)
    assert float(figures.cycle.median_days or 0) == truth.cycle_median_days
    won = {period.period: period.won for period in figures.revenue or []}
    assert {period: count for period, count in won.items() if count} == truth.won_by_quarter


def test_the_analyser_names_the_faults(language: str, analysis: Analysis) -> None:
    """Totals, footer and equal rows are set aside; what is odd about single deals is said."""
    truth, understood = sample_of(language).truth, analysis.understood
    aside = {group.code: len(group.rows) for group in understood.set_aside}
    assert aside == {"total_row": 1, "footer": 1, "duplicate_ids": truth.identical_rows}
    notes = {note.code: note.values for note in understood.notes}
    assert {"duplicate_ids", "negative_cycle", "closed_in_future"} <= notes.keys()
    assert notes["duplicate_ids"]["ids"] == [truth.two_amounts]
    text = sample_of(language).deals.decode("utf-8-sig").splitlines()
    (line,) = notes["closed_in_future"]["lines"]
    assert text[line - 1].startswith(truth.closed_in_future)
    assert notes["negative_cycle"]["deals"] == 1


def test_stages_are_those_of_the_open_deals(language: str, analysis: Analysis) -> None:
    """A stage of the company's own is open; some deals have stood still, and the history says for how long is usual."""
    truth, figures = sample_of(language).truth, analysis.figures
    assert {stage.stage: stage.deals for stage in figures.stages or []} == truth.stage_deals
    assert truth.stage_deals[truth.own_stage] == truth.own_stage_deals > 0
    assert figures.stalled is not None
    assert (figures.stalled.deals or 0) >= 10
    assert {limit.from_ for limit in figures.stalled.limits} & {"p75", "twice_median"}
    assert figures.stage_conversion


def test_the_newest_seller_has_too_few_deals_to_be_ranked(language: str, analysis: Analysis) -> None:
    """A slice of a few closed deals is there, and marked as small."""
    sizes = {each.value: each.is_small for each in analysis.figures.slices["owner"]}
    assert sizes[wording_of(language).owners[-1]]
    assert not sizes[wording_of(language).owners[0]]


def test_the_page_tells_the_sample_as_it_is(language: str, analysis: Analysis) -> None:
    """The worked example of the page has the figures of the sample, written as the language writes them."""
    page = (PROJECT / "docs" / language / "pipeline" / "analyse.md").read_text(encoding="utf-8")
    example = page.partition("!!! example")[2].partition("\n## ")[0]
    figures = analysis.figures
    assert figures.win_rate is not None
    assert figures.cycle is not None
    counts = [len(analysis.loaded.table), figures.deals, figures.won, figures.lost, figures.open, figures.cycle.n]
    rates = [figures.win_rate.value, figures.win_rate.low, figures.win_rate.high]
    days = [figures.cycle.median_days or 0, figures.cycle.kaplan_meier_median_days or 0]
    told = [*map(str, counts), *(f"{float(rate or 0):.1%}" for rate in rates), *(f"{day:.0f}" for day in days)]
    told.append(f"{figures.cycle.mean_days or 0:.1f}")
    if language == "el":
        told = [figure.replace(".", ",") for figure in told]
    assert [figure for figure in told if figure not in example] == []
