"""Measure the analyser's figures on DuckDB by the number of deals: time, and peak memory of the process.

    python -m tests.benchmarks.warehouse [--deals 1000000 10000000 50000000] [--threads 2] [--strict]

Invented deals, the same ones in every run, are written into a database by DuckDB itself; a process of its own answers
`analyse --table deals --on duckdb:///… --by owner`, so that its peak memory is that of the answer alone. Of the
smallest number, plain Python reads the same deals as a CSV file beside it. Growth is at most linear: a table ten times
as large may take ten times the work of processors, and no more; the clock also counts what else the machine does.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tests.benchmarks.boot import Row, print_table
from tests.support import PROJECT

DEALS = (1_000_000, 10_000_000, 50_000_000)
# Twelve columns; a hash of the number stands for chance, so that every run has the same deals.
_WRITE = """
create table deals as
with numbers as (select range as number, hash(range) as chance from range({deals})),
dated as (
    select *, date '2022-01-01' + cast(chance % 1400 as int) as created, cast((chance >> 12) % 150 as int) as days,
        (chance >> 24) % 100 as luck
    from numbers
)
select
    'D' || number as id,
    created,
    case when luck < 75 then created + days end as closed,
    case when luck < 35 then 'won' when luck < 75 then 'lost' else 'open' end as outcome,
    cast(case when luck % 20 <> 7 then ((chance >> 32) % 5000000) / 100 end as decimal(18, 2)) as amount,
    'EUR' as currency,
    'Stage ' || ((chance >> 8) % 6) as stage,
    'Owner ' || ((chance >> 16) % 40) as owner,
    cast(((chance >> 20) % 11) / 10 as double) as probability,
    'Sales' as pipeline,
    'Source ' || ((chance >> 28) % 8) as source,
    'Product ' || ((chance >> 36) % 12) as product
from dated
"""
# Prints seconds and the most memory that the process ever had, in MB.
_ASK = """
import json, os, resource, sys, time
import ibis
from calculators.warehouse.answer import analyse_table
from calculators.warehouse.connecting import connect
start = time.perf_counter()
connection = connect(f"duckdb:///{sys.argv[1]}", "deals")
connection.engine.con.execute(f"set threads = {sys.argv[2]}")
connection.engine.con.execute(f"set temp_directory = '{sys.argv[1]}.spill'")
analysis = analyse_table(connection, by=("owner",))
spent = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([analysis.figures.deals, spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""
_PLAIN = """
import json, resource, sys, time
from pathlib import Path
from calculators.analysis import analyse
start = time.perf_counter()
figures = analyse(Path(sys.argv[1]), by=("owner",)).figures
spent = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([figures.deals, spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""


def answered(script: str, *arguments: str | Path) -> tuple[int, float, float, float]:
    """Return how many deals a process counted, its seconds, those of its processors, and its peak memory in MB."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=PROJECT)
    deals, spent, worked, peak = json.loads(done.stdout)
    return deals, spent, worked, peak


def measured(sizes: list[int], threads: int) -> Iterator[Row]:
    """Measure each size, and plain Python beside the smallest."""
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory(dir=PROJECT / "build") as folder:
        for deals in sorted(sizes):
            database = Path(folder) / "deals.db"
            with duckdb.connect(str(database)) as engine:
                engine.execute(_WRITE.format(deals=deals))
            counted, spent, worked, peak = answered(_ASK, database, str(threads))
            if counted != deals:
                raise RuntimeError(f"{counted} of {deals} deals counted")
            beside = ""
            if before is None:
                file = Path(folder) / "deals.csv"
                with duckdb.connect(str(database), read_only=True) as engine:
                    engine.execute(f"copy deals to '{file}' (header)")
                _deals, _waited, plain, most = answered(_PLAIN, file)
                file.unlink()
                beside = f"{plain:.1f} s, {most:,.0f} MB"
            # Below a second or so, what is fixed outweighs what grows.
            limit = None if before is None else before[1] * deals / before[0]
            yield Row(
                name=f"{deals:,} deals, of processors", ours=f"{worked:.1f} s", bare=beside, figure=worked,
                target=limit, unit=" s",
            )  # fmt: skip
            yield Row(name="  by the clock", ours=f"{spent:.1f} s", figure=spent, unit=" s")
            yield Row(name="  peak memory", ours=f"{peak:,.0f} MB", figure=peak * 1e6 / deals, unit=" MB per million")
            before = (deals, worked)
            database.unlink()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--deals", type=int, nargs="+", default=DEALS, help="how many deals")
    parser.add_argument("--threads", type=int, default=2, help="threads of DuckDB")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if growth is more than linear")
    options = parser.parse_args()
    start = time.perf_counter()
    lines = list(measured(options.deals, options.threads))
    print_table(lines, ("warehouse", "DuckDB", "CPython", "figure", "at most", ""))
    print(f"in all {time.perf_counter() - start:.0f} s")
    if options.strict and any(line.is_missed for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
