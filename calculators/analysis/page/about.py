"""What an answer holds for one figure: its numbers, why it is missing, and where to read more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculators.analysis.page.sending import address
from calculators.analysis.page.writing import Number, Writing
from calculators.core.running.calculator import find
from calculators.core.words.catalogue import catalogue
from calculators.core.words.messages import _

_RANGE = _("95% interval: {low} to {high}")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer in the contract's JSON, with the way to write it."""

    answer: Mapping[str, Any]
    write: Writing

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures of the contract."""
        figures: Mapping[str, Any] = self.answer["figures"]
        return figures

    def get(self, path: str) -> Any:
        """Return what stands under a figure ("win_rate.value"), or None."""
        found: Any = self.figures
        for name in path.split("."):
            found = None if found is None else found[name]
        return found

    def why(self, name: str) -> str:
        """Return the sentences that say why a figure is missing, "" for one that is there."""
        if self.figures[name] is not None:
            return ""
        return self.write.joined(self.notes(name))

    def why_without(self, name: str, value: Any) -> str:
        """Return the sentences about a figure where a part of it (`value`) is missing, "" where it is there."""
        return "" if value is not None else self.write.joined(self.notes(name))

    def notes(self, *names: str) -> list[str]:
        """Return the sentences about some figures, each once."""
        return list(dict.fromkeys(note["text"] for note in self.answer["notes"] if note["figure"] in names))

    def cautions(self, *names: str) -> list[str]:
        """Return the sentences about those of some figures that are there; why others are not stands beside them."""
        return self.notes(*(name for name in names if self.figures[name] is not None))

    def interval(self, rate: Mapping[str, Any] | None) -> str:
        """Return how sure a rate is."""
        if rate is None or rate.get("low") is None:
            return ""
        low, high = self.write.percent(rate["low"]), self.write.percent(rate["high"])
        return self.write.say(_RANGE, low=low, high=high)

    def interval_aloud(self, rate: Mapping[str, Any] | None) -> str:
        """Return how sure a rate is, without decimals."""
        if rate is None or rate.get("low") is None:
            return ""
        low, high = self.write.percent_aloud(rate["low"]), self.write.percent_aloud(rate["high"])
        return self.write.say(_RANGE, low=low, high=high)

    def left_out(self, of: Number | None, counted: Number | None) -> str:
        """Return how many of some deals are not in a figure, "" for none."""
        missing = int(of or 0) - int(counted or 0)
        if counted is None or missing <= 0:
            return ""
        return self.write.plural("{number} deal is left out.", "{number} deals are left out.", missing)

    def page(self, calculator_id: str) -> dict[str, str]:
        """Return the page about a figure, named as its calculator is."""
        calculator = find(calculator_id)
        title = catalogue(self.write.language).gettext(calculator.title)
        return {"address": calculator.page.removesuffix(".md") + "/", "title": title}

    def send(self, calculator_id: str, **inputs: Any) -> str:
        """Return where the calculator of a figure opens with its numbers, "" where it cannot."""
        return address(calculator_id, inputs, self.write.currency)
