"""Reach the engine that `--on` names, and ask it: whatever it refuses becomes a sentence without the password."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import ibis

from calculators.warehouse.aggregates import Row
from calculators.warehouse.refusing import WarehouseRefused
from calculators.warehouse.table import Table

_DUCKDB = "duckdb"
_FILES = (".parquet", ".csv")
# What engines say where a user may not read something.
_FORBIDDEN = re.compile(
    r"permission denied|not authorized|access denied|insufficient privilege|forbidden", re.IGNORECASE
)
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """An engine with a table in it; `on` names the engine as it may be shown."""

    engine: Any
    table: Table
    name: str
    on: str
    secrets: tuple[str, ...] = ()

    def ask(self, expression: Table) -> list[Row]:
        """Return the rows of an expression. Raises WarehouseRefused where the engine gives none."""
        with _speaking(self.on, self.name, self.secrets, "engine_failed"):
            rows: list[Row] = self.engine.to_pyarrow(expression).to_pylist()
            return rows

    def settle(self, table: Table) -> Table:
        """Return a table as the SQL text it is, so that Ibis need not work it out anew with each question."""
        return self.engine.sql(self.engine.compile(table), schema=table.schema())

    def close(self) -> None:
        """Leave the engine."""
        self.engine.disconnect()


def connect(on: str, table: str) -> Connection:
    """Reach a table: `on` is an address that Ibis takes, a DuckDB database, or a folder of Parquet or CSV files.

    Nothing is written: a DuckDB database is opened to read only. Raises WarehouseRefused.
    """
    shown, secrets = without_secrets(on)
    scheme = on.partition("://")[0] if "://" in on else ""
    if not scheme:
        return _of_files(on, table)
    if scheme == _DUCKDB:
        with _speaking(shown, table, secrets, "unreachable"):
            engine = _duckdb(on, shown)
    else:
        with _speaking(shown, table, secrets, "unreachable"):
            engine = _connected(on, scheme, shown)
    try:
        found = _table(engine, table, shown, secrets)
    except WarehouseRefused:
        engine.disconnect()
        raise
    return Connection(engine=engine, table=found, name=table, on=shown, secrets=secrets)


def without_secrets(on: str) -> tuple[str, tuple[str, ...]]:
    """Return an address as it may be shown, and what of it must not be: its password, and what follows a `?`."""
    try:
        parts = urlsplit(on)
    except ValueError:
        return on.partition("://")[0] + "://…", (on.partition("://")[2],)
    place = parts.netloc.rpartition("@")[2]
    user, _colon, password = parts.netloc.rpartition("@")[0].partition(":")
    shown = f"{parts.scheme}://{f'{user}@' if user else ''}{place}{parts.path}" if parts.scheme else on
    secrets = [password, unquote(password), parts.query, *(value for _name, value in parse_qsl(parts.query))]
    return shown, tuple(sorted({secret for secret in secrets if secret}, key=len, reverse=True))


@contextmanager
def _speaking(on: str, table: str, secrets: tuple[str, ...], code: str) -> Iterator[None]:
    """Turn whatever an engine or its driver raises into a refusal."""
    try:
        yield
    except WarehouseRefused:
        raise
    # Each driver has errors of its own.
    except Exception as error:
        reason = " ".join(str(error).split())
        for secret in secrets:
            reason = reason.replace(secret, "…")
        reason = reason[:_LONGEST_REASON] or type(error).__name__
        if _FORBIDDEN.search(reason):
            raise WarehouseRefused("no_permission", on=on, table=table, reason=reason) from None
        raise WarehouseRefused(code, on=on, reason=reason) from None


def _connected(on: str, scheme: str, shown: str) -> Any:
    try:
        return ibis.connect(on)
    except ImportError as missing:
        raise WarehouseRefused("engine_missing", on=shown, name=missing.name or scheme) from None
    except (ValueError, AttributeError) as unknown:
        # As Ibis says of a scheme that no engine has.
        if scheme in ibis.backends.__dict__ or "Don't know how to connect" not in str(unknown):
            raise
        raise WarehouseRefused("unknown_engine", on=shown) from None


def _duckdb(on: str, shown: str) -> Any:
    """Open a database that is there: duckdb:///deals.db is of this folder, duckdb:////data/deals.db is not."""
    path = unquote(urlsplit(on).netloc + urlsplit(on).path)
    file = Path(path.removeprefix("/"))
    if not file.exists():
        file = Path(path)
    if not file.is_file():
        raise WarehouseRefused("unreachable", on=shown, reason=f"{path.removeprefix('/')}: No such file")
    return _silent(ibis.duckdb.connect(file, read_only=True))


def _silent(engine: Any) -> Any:
    """Keep DuckDB from drawing a bar into what a program reads, once a question takes seconds."""
    engine.con.execute("set enable_progress_bar = false")
    return engine


def _of_files(folder: str, table: str) -> Connection:
    """Read a file, or the files of a table in a folder: deals.parquet, deals/*.parquet, or all that it holds."""
    path = Path(folder)
    if not path.exists():
        raise WarehouseRefused("unknown_engine", on=folder)
    engine = _silent(ibis.duckdb.connect())
    files = [path] if path.is_file() else _files_of(path, table)
    if not files:
        raise WarehouseRefused("no_files", on=folder, table=table)
    read: Callable[..., Table] = engine.read_parquet if files[0].suffix == ".parquet" else engine.read_csv
    with _speaking(folder, table, (), "unreachable"):
        return Connection(
            engine=engine, table=read([str(file) for file in files], table_name=table), name=table, on=folder
        )


def _files_of(folder: Path, table: str) -> list[Path]:
    for suffix in _FILES:
        if (folder / f"{table}{suffix}").is_file():
            return [folder / f"{table}{suffix}"]
    for place in (folder / table, folder):
        for suffix in _FILES:
            if found := sorted(place.glob(f"**/*{suffix}")):
                return found
    return []


def _table(engine: Any, name: str, shown: str, secrets: tuple[str, ...]) -> Table:
    """Return a table by its name, which may have that of its schema in front: analytics.deals."""
    *schema, own = name.split(".")
    with _speaking(shown, name, secrets, "unreachable"):
        try:
            return (
                engine.table(own, database=tuple(schema) if len(schema) > 1 else schema[0])
                if schema
                else engine.table(own)
            )
        except ibis.common.exceptions.TableNotFound:
            names = engine.list_tables(database=schema[0]) if schema else engine.list_tables()
            raise WarehouseRefused(
                "unknown_table", table=name, on=shown, names=", ".join(sorted(names)) or "–"
            ) from None
