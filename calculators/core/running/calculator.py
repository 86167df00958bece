"""One calculator as the rest of the code sees it, and the list of all of them."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import ModuleType
from typing import Any, TypeGuard

from calculators.core.declaring.choices import Rating
from calculators.core.declaring.fields import Number
from calculators.core.declaring.outcome import Answer, InvalidInput
from calculators.core.declaring.records import Field, defaults_of, fields_of
from calculators.core.declaring.series import Series
from calculators.core.declaring.tables import Table

# Folders of `calculators/` that hold calculators, in the order of the playbook.
GROUPS = ("metrics", "cohorts", "planning", "forecasting", "qualification", "selling", "team", "guides")
_ID = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculator:
    """What a calculator's module declares.

    `working` holds the formulas of each output, `notes` the sentence of each
    code that `compute` may return, `answers` those of which `answer` picks the one that answers the question,
    `headline` the output that stands first (`HEADLINE`, or the first), `page` the page of the playbook that explains
    it. `spreadsheet` holds the
    formulas of a workbook's cells (see `calculators.core.taking_along.workbook`), `chart` draws a result, `definitions`
    computes what other published definitions give, `turns` says at which values of an input a result that rises and
    falls jumps or turns, `calendar` returns the days that a calendar program shows. All texts are English messages, to
    be translated where shown.
    """

    id: str
    group: str
    title: str
    question: str
    inputs: type
    outputs: type
    compute: Callable[[Any], Any]
    working: dict[str, str]
    notes: dict[str, str]
    answers: dict[str, str]
    answer: Callable[[Any], Answer]
    sources: tuple[str, ...]
    headline: str
    page: str
    spreadsheet: dict[str, str]
    chart: Callable[[Any], Any] | None
    definitions: Callable[[Any, Any], Any] | None
    turns: Callable[[Any, str], tuple[Decimal, ...]] | None
    calendar: Callable[[Any], Any] | None
    is_simulated: bool

    @property
    def input_fields(self) -> dict[str, Field]:
        """The inputs' fields by name."""
        return fields_of(self.inputs)

    @property
    def output_fields(self) -> dict[str, Field]:
        """The outputs' fields by name, with the steps that are only shown in the working."""
        return fields_of(self.outputs)

    @property
    def result_fields(self) -> dict[str, Field]:
        """The fields of the outputs that are results."""
        return {name: field for name, field in self.output_fields.items() if not field.is_working}

    @property
    def defaults(self) -> dict[str, Any]:
        """The value of each input in the worked example that the page opens with."""
        return defaults_of(self.inputs)

    @property
    def has_money(self) -> bool:
        """Whether an amount is among its inputs or results, so that a currency matters."""
        return any(_is_money(field) for field in (self.input_fields | self.result_fields).values())

    @property
    def variable_inputs(self) -> dict[str, Number | Rating]:
        """The inputs that can be varied one at a time: single numbers and ratings, where running again costs little.

        The settings of a scale are not among them, such as the weight of a criterion, nor is a threshold, which moves
        the verdict and no figure. Nor is a day: no share of it is less of it.
        """
        if self.is_simulated:
            return {}
        return {
            name: field
            for name, field in self.input_fields.items()
            if isinstance(field, Rating) or (_is_figure(field) and not (field.is_setting or field.is_threshold))
        }

    @property
    def figures(self) -> dict[str, Number]:
        """The results that are single numbers, and can be aimed at."""
        return {name: field for name, field in self.result_fields.items() if _is_figure(field) and not field.is_jagged}


def _is_figure(field: Field) -> TypeGuard[Number]:
    return isinstance(field, Number) and field.kind != "day"


def _is_money(field: Field) -> bool:
    if isinstance(field, Table):
        return any(map(_is_money, field.columns.values()))
    return field.kind == "money" or (isinstance(field, Series) and _is_money(field.item))


def _from_module(group: str, module: ModuleType) -> Calculator:
    return Calculator(
        id=module.__name__.rpartition(".")[2].replace("_", "-"),
        group=group,
        title=module.TITLE,
        question=module.QUESTION,
        inputs=module.Inputs,
        outputs=module.Outputs,
        compute=module.compute,
        working=module.WORKING,
        notes=module.NOTES,
        answers=module.ANSWERS,
        answer=module.answer,
        sources=module.SOURCES,
        headline=getattr(module, "HEADLINE", next(iter(fields_of(module.Outputs)))),
        page=module.PAGE,
        spreadsheet=module.SPREADSHEET,
        chart=getattr(module, "chart", None),
        definitions=getattr(module, "definitions", None),
        turns=getattr(module, "turns", None),
        calendar=getattr(module, "calendar", None),
        is_simulated=getattr(module, "IS_SIMULATED", False),
    )


# By id, those whose module has been imported.
_imported: dict[str, Calculator] = {}


def all_calculators() -> dict[str, Calculator]:
    """Return every calculator by id, in the order of the groups and then of the ids."""
    found = {}
    for group in GROUPS:
        package = importlib.import_module(f"calculators.{group}")
        for entry in pkgutil.iter_modules(package.__path__):
            calculator = find(entry.name.replace("_", "-"))
            found[calculator.id] = calculator
    return found


def find(calculator_id: str) -> Calculator:
    """Return a calculator by its id; raises InvalidInput for an unknown one.

    Imports its module and no other: in the browser, only those of one group are there (tools/runtime/archives.py).
    """
    if calculator_id not in _imported:
        _imported[calculator_id] = _import(calculator_id)
    return _imported[calculator_id]


def _import(calculator_id: str) -> Calculator:
    if _ID.fullmatch(calculator_id):
        for group in GROUPS:
            name = f"calculators.{group}.{calculator_id.replace('-', '_')}"
            try:
                return _from_module(group, importlib.import_module(name))
            except ModuleNotFoundError as error:
                if error.name not in {name, name.rpartition(".")[0]}:
                    raise
    raise InvalidInput("calculator", "unknown_calculator", typed=calculator_id)
