"""Say what `solve` found: from which value on, up to which, or why none leads to the goal."""

from decimal import Decimal

from calculators.core.exploring.solve import Answer, Jump, Solution, Stretch
from calculators.core.running.run import Result
from calculators.core.running.sentences import fill
from calculators.core.words.messages import _

_REACHED = {
    "at_least": {
        "from": _("{output} is at least {target} from {value} on ({input})."),
        "up_to": _("{output} is at least {target} up to {value} ({input})."),
        "between": _("{output} is at least {target} between {low} and {high} ({input})."),
        "several": _("{output} is at least {target} in several ranges of {input}: {ranges}."),
    },
    "at_most": {
        "from": _("{output} is at most {target} from {value} on ({input})."),
        "up_to": _("{output} is at most {target} up to {value} ({input})."),
        "between": _("{output} is at most {target} between {low} and {high} ({input})."),
        "several": _("{output} is at most {target} in several ranges of {input}: {ranges}."),
    },
    "exactly": {
        "from": _("{output} is {target} from {value} on ({input})."),
        "up_to": _("{output} is {target} up to {value} ({input})."),
        "between": _("{output} is {target} between {low} and {high} ({input})."),
        "several": _("{output} is {target} in several places of {input}: {ranges}."),
    },
}
_AT = _("With {input} at {value}, {output} is {result}.")
_WITH_THIS = _("{sentence} With {value}, it is {result}.")
_NEAREST = _("{sentence} The value nearest to yours is {value}: with it, {output} is {result}.")
_RANGES = {"from": _("from {value} on"), "up_to": _("up to {value}"), "between": _("{low} to {high}")}
_JUMPS = {
    "from": _(
        "At {place} ({input}), {output} jumps from {before} to {after}. "
        "Your goal of {target} lies in between, and is reached from {value} on."
    ),
    "up_to": _(
        "At {place} ({input}), {output} jumps from {before} to {after}. "
        "Your goal of {target} lies in between, and is reached up to {value}."
    ),
    "never": _(
        "At {place} ({input}), {output} jumps from {before} to {after}: no value leads to exactly {target} in between."
    ),
}
_NEIGHBOURS = _(
    "No whole number leads to exactly {target} ({input}): with {low}, {output} is {at_low}, with {high} {at_high}."
)
_ALWAYS = _("The goal is reached whatever the value of {input}, as long as the other numbers stay as they are.")
_NEVER = _("No value of {input} alone leads there, as long as the other numbers stay as they are.")
_AT_HIGHEST = _("No value of {input} alone leads there: {output} is {limit} at most.")
_AT_LOWEST = _("No value of {input} alone leads there: {output} is {limit} at least.")
_NO_INFLUENCE = _("{output} does not depend on {input} here: it is {lowest} throughout.")
_NO_RESULT = _("There is no result for any value of {input}, as long as the other numbers stay as they are.")
_TOO_LONG = _("With so many rows, the search takes too long. Shorten the list, for example to totals.")


def solution_text(result: Result, unknown: str, output: str, found: Answer) -> str:
    """Say what `solve` found."""
    return _Said(result, unknown, output, found).text()


class _Said:
    """What is said about an answer, with its figures as text."""

    def __init__(self, result: Result, unknown: str, output: str, found: Answer) -> None:
        calculator = result.calculator
        self._result, self._found = result, found
        self._input, self._output = calculator.variable_inputs[unknown], calculator.figures[output]
        self._now = getattr(result.inputs, unknown)
        self._names = {
            "input": result.gettext(self._input.label),
            "output": result.gettext(self._output.label),
            "target": self._figure(found.target),
        }

    def text(self) -> str:
        """Return the sentence for the kind of answer."""
        found = self._found
        if found.took_too_long:
            return self._fill(_TOO_LONG)
        if found.lowest is None:
            return self._fill(_NO_RESULT)
        if not found.depends:
            return self._fill(_NO_INFLUENCE, lowest=self._figure(found.lowest))
        if found.jump is not None:
            return self._jump(found.jump)
        if not found.stretches:
            return self._neighbours() if found.neighbours else self._miss()
        if found.is_always_reached:
            return self._fill(_ALWAYS)
        return self._several() if len(found.stretches) > 1 else self._one(found.stretches[0])

    def _one(self, stretch: Stretch) -> str:
        sentences = _REACHED[self._found.goal]
        low, high = stretch.low, stretch.high
        if low is not None and high is not None:
            if stretch.is_point:
                return self._fill(_AT, **self._at(low))
            return self._fill(sentences["between"], low=self._value(low), high=self._value(high))
        end = low or high
        assert end is not None  # else the goal would always be reached
        said = self._fill(sentences[end.edge], value=self._value(end))
        if self._figure(end.typed_output) == self._names["target"]:
            return said
        return self._fill(_WITH_THIS, sentence=said, **self._at(end))

    def _several(self) -> str:
        ranges = self._result.numerals.listing(self._range(stretch) for stretch in self._found.stretches)
        nearest = self._found.nearest(self._now)
        assert nearest is not None  # several stretches have ends
        said = self._fill(_REACHED[self._found.goal]["several"], ranges=ranges)
        return self._fill(_NEAREST, sentence=said, **self._at(nearest))

    def _range(self, stretch: Stretch) -> str:
        low, high = stretch.low, stretch.high
        end = low or high
        assert end is not None  # a stretch without ends is the only one
        if stretch.is_point:
            return self._value(end)
        if low is not None and high is not None:
            return self._fill(_RANGES["between"], low=self._value(low), high=self._value(high))
        return self._fill(_RANGES[end.edge], value=self._value(end))

    def _jump(self, jump: Jump) -> str:
        solutions = self._found.solutions
        return self._fill(
            _JUMPS[solutions[0].edge if solutions else "never"],
            place=self._input.show_in_full(jump.at, self._result.numerals),
            before=self._figure(jump.before),
            after=self._figure(jump.after),
            value=self._value(solutions[0]) if solutions else "",
        )

    def _neighbours(self) -> str:
        low, high = self._found.neighbours[:2]
        return self._fill(
            _NEIGHBOURS,
            low=self._value(low),
            at_low=self._figure(low.output),
            high=self._value(high),
            at_high=self._figure(high.output),
        )

    def _miss(self) -> str:
        found = self._found
        if found.limit is None:
            return self._fill(_NEVER)
        return self._fill(_AT_HIGHEST if found.limit < found.target else _AT_LOWEST, limit=self._figure(found.limit))

    def _at(self, solution: Solution) -> dict[str, str]:
        return {"value": self._value(solution), "result": self._figure(solution.typed_output)}

    def _value(self, solution: Solution) -> str:
        return str(self._input.show_in_full(solution.typed, self._result.numerals))

    def _figure(self, value: Decimal) -> str:
        return self._output.show(value, self._result.numerals)

    def _fill(self, message: str, **names: str) -> str:
        return fill(self._result.gettext(message), self._names | names, self._result.numerals)
