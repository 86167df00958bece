"""A file or an option that cannot be used, named by a code; its sentence is in `report/sentences.py`."""

from typing import Any


class Refused(Exception):  # noqa: N818 - as InvalidInput: a refusal, no fault of ours
    """`row` is a physical line from 1 and `column` a header, where it is a single one; `values` are of the sentence."""

    def __init__(self, code: str, *, row: int | None = None, column: str | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code, self.row, self.column, self.values = code, row, column, values
