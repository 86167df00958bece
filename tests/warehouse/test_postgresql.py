"""PostgreSQL of Debian's packages: the same figures, the printed SQL, and what it says to a user who may not read."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.analysis.random_deals import AS_OF
from tests.warehouse.many_deals import several

pytest.importorskip("ibis", reason="the extra “warehouse” is not installed")
pytest.importorskip("psycopg", reason="psycopg is not installed")

import psycopg

from calculators.analysis.reading.refused import Refused
from calculators.warehouse.answer import analyse_table, answer
from calculators.warehouse.connecting import connect
from calculators.warehouse.sql import FIGURES, sql_of
from tests.warehouse.holding import duckdb
from tests.warehouse.test_equal_figures import in_plain_python, ordered
from tests.warehouse.test_sql import table_of

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
pytestmark = pytest.mark.skipif(
    PROGRAMS is None or not shutil.which("runuser" if os.geteuid() == 0 else "true"),
    reason="PostgreSQL is not installed (Debian's package postgresql)",
)
DEALS = several(300, 17)
_KINDS = {"created": "date", "closed": "date", "amount": "numeric(18, 2)", "probability": "numeric(7, 6)"}


def _as_its_user(*command: str | Path) -> list[str]:
    """Return a command as a user that PostgreSQL accepts: it refuses root."""
    return [*(["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []), *map(str, command)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start a server of its own, and return its address without a user."""
    # Not in a folder of pytest's, which only its user may enter.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield from _served_from(folder)


def _served_from(folder: Path) -> Iterator[str]:
    assert PROGRAMS is not None
    data, sockets = folder / "data", folder / "sockets"
    for path in (data, sockets):
        path.mkdir()
        if os.geteuid() == 0:
            shutil.chown(path, "nobody")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("-D", data, "-U", "owner", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
    subprocess.run(_as_its_user(PROGRAMS / "initdb", *options), check=True, capture_output=True, cwd=folder)
    server = subprocess.Popen(
        _as_its_user(PROGRAMS / "postgres", "-D", data, "-k", sockets, "-p", str(port), "-h", "127.0.0.1", "-F"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        _fill(port)
        yield f"127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait()


def _fill(port: int) -> None:
    """Write the deals, once the server listens."""
    until = time.monotonic() + 60
    while True:
        with suppress(psycopg.OperationalError):
            connection = psycopg.connect(host="127.0.0.1", port=port, user="owner", dbname="postgres")
            break
        if time.monotonic() > until:
            pytest.fail("PostgreSQL does not start")
        time.sleep(0.1)
    rows = table_of(DEALS).to_pylist()
    columns = ", ".join(f"{name} {_KINDS.get(name, 'text')}" for name in rows[0])
    with connection:
        connection.execute(f"create table deals ({columns})")
        connection.execute("create role reader login")
        marks = ", ".join(["%s"] * len(rows[0]))
        with connection.cursor() as cursor:
            filling = f"insert into deals values ({marks})"  # noqa: S608 - marks only
            cursor.executemany(filling, [tuple(row.values()) for row in rows])
    connection.close()


def test_the_figures_are_those_of_plain_python(address: str) -> None:
    """To the last digit, through the gate."""
    connection = connect(f"postgres://owner@{address}", "deals")
    analysis = analyse_table(connection)
    connection.close()
    as_of = analysis.understood.as_of.date
    plain = in_plain_python(DEALS, as_of)[0]
    found, expected = ordered(analysis.figures), ordered(plain)
    for name in ("slices", "coverage"):
        found.pop(name)
        expected.pop(name)
    assert found == expected
    assert answer(analysis)["file"]["rows"] == len(DEALS)


def test_the_printed_sql_is_run(address: str) -> None:
    """Each text has the rows that DuckDB has for its own."""
    local = duckdb()
    local.con.register("deals", table_of(DEALS))
    with psycopg.connect(f"postgres://owner@{address}") as connection:
        for name in FIGURES:
            cursor = connection.execute(sql_of(name, "postgres", AS_OF))
            names = [column.name for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            other = local.con.sql(sql_of(name, "duckdb", AS_OF)).to_arrow_table().to_pylist()
            assert _plain(rows) == pytest.approx(_plain(other), rel=1e-12), name


def _plain(rows: list[dict[str, object]]) -> list[object]:
    """Return the values of rows, in an order of their own: nothing says where a missing name stands."""
    found = sorted(([_number(value) for _name, value in sorted(row.items())] for row in rows), key=repr)
    return [value for row in found for value in row]


def _number(value: object) -> object:
    if value is None or isinstance(value, str):
        return 0.5 if value is None else float(sum(map(ord, value)))
    return float(value) if not hasattr(value, "toordinal") else float(value.toordinal())  # type: ignore[arg-type]


def test_who_may_not_read_is_told_so(address: str) -> None:
    """With the table's name, and without the password."""
    connection = connect(f"postgres://reader:s3cret@{address}", "deals")
    with pytest.raises(Refused) as refused:
        analyse_table(connection)
    connection.close()
    assert refused.value.code == "no_permission"
    assert refused.value.values["table"] == "deals"
    assert "s3cret" not in str(refused.value.values)
