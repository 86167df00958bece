"""Measure how long long tables and lists take to be written as a workbook, in this Python.

    python -m tests.benchmarks.workbooks [--strict]

For each calculator with a table or list: processor time per 1,000 rows at a quarter, half and all of the rows, and what
the last costs in relation to the first. A ratio of 1 is linear; with the square of the rows it would be 4. A list is
measured at 1,250, 2,500 and 5,000 values and at the most there can be (100,000), a table at 500, 1,000 and 2,000 rows,
which is the most. The best of three runs is taken, so that other work on the machine matters little.
"""

import argparse
import time
from collections.abc import Iterator

import calculators
from calculators.core.declaring.tables import Table
from calculators.core.taking_along.workbook import write_workbook
from tests.benchmarks.boot import Row, print_table
from tests.calculators.test_linear import long_inputs, long_value

TABLE_ROWS = (500, 1_000, 2_000)
LIST_ROWS = (1_250, 2_500, 5_000)
MOST_VALUES = 100_000
RUNS = 3
# Of the time per row with all rows to that with a quarter of them.
RATIO = 1.6
# For 5,000 rows.
SECONDS = 1.0


def seconds(calculator: str, field_name: str, rows: int, runs: int = RUNS) -> float:
    """Return the processor time that writing a workbook of so many rows takes; the result is there before."""
    field = calculators.all_calculators()[calculator].input_fields[field_name]
    result = calculators.run(calculator, {field_name: long_value(field, rows)})
    times = []
    for _run in range(runs):
        start = time.process_time()
        write_workbook(result)
        times.append(time.process_time() - start)
    return min(times)


def rows() -> Iterator[Row]:
    """Measure every table and list."""
    for calculator, field_name in long_inputs():
        is_table = isinstance(calculators.all_calculators()[calculator].input_fields[field_name], Table)
        sizes = TABLE_ROWS if is_table else LIST_ROWS
        times = [seconds(calculator, field_name, size) for size in sizes]
        each = [spent / size * 1000 for spent, size in zip(times, sizes, strict=True)]
        yield Row(
            name=f"{calculator} {field_name}, {sizes[-1]:,} rows",
            ours=f"{times[-1]:.2f} s",
            figure=times[-1],
            target=SECONDS,
            unit=" s",
        )
        yield Row(
            name=f"  s per 1,000 rows at {', '.join(f'{size:,}' for size in sizes)}",
            ours=", ".join(f"{spent:.3f}" for spent in each),
            figure=each[-1] / each[0],
            target=RATIO,
            unit="×",
        )
        if not is_table:
            spent = seconds(calculator, field_name, MOST_VALUES, runs=1)
            yield Row(name=f"  {MOST_VALUES:,} rows", ours=f"{spent:.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a target is missed")
    options = parser.parse_args()
    seconds("sales-cycle-length", "cycle_days", 10)  # imports are not measured
    lines = list(rows())
    print_table(lines, ("workbook", "measured", "", "figure", "at most", ""))
    if options.strict and any(line.is_missed for line in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
