"""Views that make the table of deals out of what Fivetran's connectors write."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculators.analysis import analyse
from tests.support import PROJECT

pytest.importorskip("ibis", reason="the extra “warehouse” is not installed")

import duckdb

from calculators.warehouse.answer import WarehouseAnalysis, analyse_table
from calculators.warehouse.connecting import connect

VIEWS = PROJECT / "calculators" / "warehouse" / "views"
SEED = PROJECT.parent / "shared" / "data" / "exports" / "15-warehouse-salesforce.csv"
TODAY = date(2019, 1, 1)
# In the layout of the tables of fivetran/dbt_hubspot 1.8.0; the rows are invented.
HUBSPOT = """
create table deal (deal_id bigint, is_deleted boolean, deal_pipeline_id varchar, deal_pipeline_stage_id varchar,
    owner_id bigint, property_dealname varchar, property_amount double, property_closedate timestamp,
    property_createdate timestamp);
create table deal_pipeline_stage (stage_id varchar, label varchar, pipeline_id varchar, is_closed boolean,
    closed_won boolean, probability double, display_order int, active boolean);
create table deal_pipeline (pipeline_id varchar, label varchar, active boolean);
create table owner (owner_id bigint, email varchar);
insert into owner values (7, 'ann@example.com');
insert into deal_pipeline values ('default', 'Sales', true);
insert into deal_pipeline_stage values
    ('a', 'Demo', 'default', false, false, 0.4, 0, true),
    ('w', 'Signed', 'default', true, true, 1, 1, true),
    ('l', 'Gone', 'default', true, false, 0, 2, true),
    ('a', 'Other', 'service', false, false, 0.1, 0, true);
insert into deal values
    (1, false, 'default', 'w', 7, 'A', 1000.5, '2018-11-20 23:59:00', '2018-11-01 08:00:00'),
    (2, false, 'default', 'l', 7, 'B', 500, '2018-11-15 10:00:00', '2018-11-05 08:00:00'),
    (3, false, 'default', 'a', null, 'C', 800, '2019-03-01 10:00:00', '2018-12-05 08:00:00'),
    (4, true, 'default', 'w', 7, 'D', 9999, '2018-11-20 10:00:00', '2018-11-01 08:00:00'),
    (5, false, null, null, 7, 'E', null, null, '2018-12-06 08:00:00');
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return the path of a database to be written."""
    return tmp_path / "warehouse.db"


def analysed(database: Path) -> WarehouseAnalysis:
    """Answer for the view."""
    connection = connect(f"duckdb:///{database}", "deals")
    try:
        return analyse_table(connection, by=("owner",), today=TODAY)
    finally:
        connection.close()


def without_order(rows: Any) -> list[str]:
    """Return rows as texts, sorted."""
    return sorted(map(str, rows or ()))


@pytest.mark.skipif(not SEED.exists(), reason="../shared/data/exports is absent")
def test_salesforce(database: Path, tmp_path: Path) -> None:
    """The seed's deleted rows are no deals; were they none, the view would say what the file itself says."""
    with duckdb.connect(str(database)) as engine:
        engine.execute(f"create table opportunity as from read_csv('{SEED}')")
        engine.execute((VIEWS / "salesforce.sql").read_text(encoding="utf-8"))
    assert analysed(database).figures.deals == 0

    with duckdb.connect(str(database)) as engine:
        engine.execute("update opportunity set is_deleted = false")
        engine.execute(f"copy opportunity to '{tmp_path / 'opportunity.csv'}' (header)")
    found = analysed(database).figures
    of_file = analyse(tmp_path / "opportunity.csv", today=TODAY).figures

    assert (found.won, found.lost, found.open) == (of_file.won, of_file.lost, of_file.open) == (5, 4, 1)
    for name in ("win_rate", "deal_size", "won_value", "lost_value", "cycle", "cycle_of_won", "revenue", "cohorts"):
        assert getattr(found, name) == getattr(of_file, name), name
    # A probability of 1000 is none.
    assert found.forecast is not None
    assert found.forecast.weighted_value == 136_500


def test_hubspot(database: Path) -> None:
    """Outcomes come from the stage of the deal's own pipeline; a planned close date closes nothing."""
    with duckdb.connect(str(database)) as engine:
        engine.execute(HUBSPOT)
        engine.execute((VIEWS / "hubspot.sql").read_text(encoding="utf-8"))

    figures = analysed(database).figures

    assert (figures.deals, figures.won, figures.lost, figures.open) == (4, 1, 1, 2)
    assert (figures.won_value, figures.lost_value, figures.open_value) == (
        Decimal("1000.5"),
        Decimal(500),
        Decimal(800),
    )
    assert figures.cycle is not None
    assert (figures.cycle.mean_days, figures.cycle.n) == (Decimal("14.5"), 2)
    assert figures.forecast is not None
    assert figures.forecast.weighted_value == 320
    assert without_order(row.stage for row in figures.stages or ()) == ["Demo", "None"]
    assert without_order(row.value for row in figures.slices["owner"]) == ["None", "ann@example.com"]
