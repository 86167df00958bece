"""Which sales method fits this type of deal?

points = sum over the five answers of 0 (it speaks against the method), 1 (neither), 2 (it fits) or 3 (made for it).
The table follows the sections on when each method fits in docs/en/methods/; the points are ours, a place to start
reading and no finding. Of each method everything is said that speaks for it or against it, whatever its place. Equal
points share a place, and keep the order of `METHODS`, which is that of the playbook.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from calculators.core.declaring.choices import choice, choices, sentences, text
from calculators.core.declaring.fields import count, number
from calculators.core.declaring.outcome import Answer, Note
from calculators.core.declaring.tables import table
from calculators.core.running.run import Result
from calculators.core.words.messages import _

TITLE = _("Method chooser")
QUESTION = _("Which sales method fits our deals?")
PAGE = "methods/index.md"
SOURCES = ()
HEADLINE = "first_methods"

# Each input with its options; the points below stand in this order.
SIZES = {"small": _("Small"), "medium": _("Medium"), "large": _("Large")}
CYCLES = {
    "short": _("Short: days or weeks"),
    "medium": _("Medium: some months"),
    "long": _("Long: half a year or more"),
}
DECIDERS = {"one": _("One"), "few": _("A few"), "many": _("Many")}
AWARENESS = {
    "unaware": _("Does not see the problem"),
    "problem": _("Knows the problem, not its size"),
    "solution": _("Knows the solution and compares"),
}
INITIATORS = {"seller": _("We did"), "buyer": _("The buyer did")}
OPTIONS = {
    "awareness": AWARENESS,
    "initiator": INITIATORS,
    "deciders": DECIDERS,
    "deal_size": SIZES,
    "cycle": CYCLES,
}


class Fit(NamedTuple):
    """How an answer fits a method: the points of its options, and why it speaks for or against (English messages).

    `reason_for` is said with 2 or 3 points, `reason_against` with 0; neither is needed where no option has them.
    """

    points: tuple[int, ...]
    reason_for: str = ""
    reason_against: str = ""


class Method(NamedTuple):
    """A method and how each answer fits it; the most telling answer comes first."""

    name: str
    fits: dict[str, Fit]


# Nothing in an answer speaks for or against.
_THREE_ALIKE, _TWO_ALIKE = Fit((1, 1, 1)), Fit((1, 1))

METHODS = {
    "challenger": Method(
        _("Challenger"),
        {
            "awareness": Fit(
                (3, 1, 0),
                _("The buyer does not see the problem yet, so an insight has to come first."),
                _("The buyer compares solutions: teaching a new problem ignores what was asked."),
            ),
            "initiator": Fit(
                (2, 0),
                _("You make contact, and a busy person needs a reason to talk."),
                _("The buyer came with a question: answer it before you disagree."),
            ),
            "deciders": Fit(
                (1, 2, 3), _("Several people decide, and each hears the insight in terms of their own target.")
            ),
            "deal_size": Fit(
                (0, 2, 3),
                _("The deal is large enough to pay for the work on an insight."),
                _("A small purchase does not pay for the work on an insight."),
            ),
            "cycle": Fit(
                (0, 1, 2),
                _("The long cycle leaves time to take the lead in the buying."),
                _("The cycle is too short to teach, tailor and take control."),
            ),
        },
    ),
    "gap": Method(
        _("Gap Selling"),
        {
            "awareness": Fit(
                (1, 3, 0),
                _("The buyer feels a problem but not its size, so the gap has to be counted."),
                _("The gap is settled for this buyer, and only the supplier is open."),
            ),
            "initiator": Fit(
                (2, 1), _("It is new business, and the buyer is not sure whether it is worth the trouble.")
            ),
            "deciders": Fit((1, 2, 1), _("Few people decide, so you can reach those who see the figures.")),
            "deal_size": Fit(
                (0, 2, 2),
                _("The deal is large enough to count today's state and the wanted one first."),
                _("It is too slow for a small standard purchase."),
            ),
            "cycle": Fit(
                (0, 2, 1),
                _("Some months are enough to describe the present before the future."),
                _("The cycle is too short to count the gap first."),
            ),
        },
    ),
    "miller_heiman": Method(
        _("Miller Heiman"),
        {
            "awareness": _THREE_ALIKE,
            "initiator": _TWO_ALIKE,
            "deciders": Fit(
                (0, 2, 3),
                _("Several people decide, and the sheet shows whom you have not met."),
                _("For one decision maker it is too much paperwork."),
            ),
            "deal_size": Fit(
                (0, 1, 3),
                _("A large deal cannot do without a written strategy."),
                _("A small deal cannot carry a written strategy."),
            ),
            "cycle": Fit(
                (0, 1, 3),
                _("The long cycle needs a plan that keeps the group together between meetings."),
                _("Where a decision takes only days, a written strategy comes too late."),
            ),
        },
    ),
    "sandler": Method(
        _("Sandler"),
        {
            "awareness": Fit((1, 2, 1), _("The buyer has a pain to talk about, and what it costs.")),
            "initiator": _TWO_ALIKE,
            "deciders": Fit(
                (3, 2, 0),
                _("You talk directly with those who have the problem and decide."),
                _("With many decision makers, agreements with one person are not enough."),
            ),
            "deal_size": Fit((1, 2, 1), _("The deal is large enough to lose weeks on free advice.")),
            "cycle": Fit((2, 2, 1), _("Plain agreements at the start keep the cycle short, and “no” is allowed.")),
        },
    ),
    "spin": Method(
        _("SPIN Selling"),
        {
            "awareness": Fit(
                (0, 2, 0),
                _("The buyer knows the problem, and questions show its consequences."),
                _("Questions alone do not help a buyer who never thought of it, or who has a finished specification."),
            ),
            "initiator": _TWO_ALIKE,
            "deciders": Fit(
                (1, 2, 2), _("The buyer must explain the purchase to others, and finds the words in your conversation.")
            ),
            "deal_size": Fit(
                (0, 2, 3),
                _("In a larger sale the problem has to outweigh price, effort and risk."),
                _("Small sales close without it."),
            ),
            "cycle": Fit(
                (0, 3, 2),
                _("There are several meetings in which needs can develop."),
                _("One short meeting leaves no room to develop needs."),
            ),
        },
    ),
    "inbound": Method(
        _("Inbound"),
        {
            "awareness": Fit(
                (0, 2, 3),
                _("The buyer looks for answers, so a fast and useful one counts."),
                _("Who does not know the problem looks for nothing."),
            ),
            "initiator": Fit(
                (0, 3),
                _("The buyer made contact and wants answers first."),
                _("The buyer has not raised a hand, and waiting for it is too slow."),
            ),
            "deciders": Fit(
                (3, 2, 0),
                _("The person who looked can decide, alone or with few others."),
                _("The person who looked is only one of many who decide."),
            ),
            "deal_size": Fit((3, 2, 1), _("A small or medium deal can be won with good answers.")),
            "cycle": Fit((2, 1, 1), _("The decision is near, and speed makes the difference.")),
        },
    ),
    "consultative": Method(
        _("Consultative selling"),
        {
            "awareness": Fit(
                (0, 2, 1),
                _("The buyer knows the problem, and its effect can be shown in the accounts."),
                _("The buyer does not see the problem yet: begin with Challenger or Gap Selling."),
            ),
            "initiator": _TWO_ALIKE,
            "deciders": Fit((2, 2, 1), _("There is a manager with a figure to answer for, whom you can reach.")),
            "deal_size": Fit(
                (0, 1, 3),
                _("The deal is large enough to pay for an analysis in figures."),
                _("For a small purchase the analysis costs more than the margin."),
            ),
            "cycle": Fit(
                (0, 1, 3),
                _("The relationship lasts, so that a second proposal can follow the first."),
                _("The cycle is too short to work out and measure a result."),
            ),
        },
    ),
}
_NOTHING_FOR = _("None of your answers speaks for it.")
_NOTHING_AGAINST = _("None of your answers speaks against it.")
_NAMES = {key: method.name for key, method in METHODS.items()}
# From so many points on an answer speaks for a method.
_SPEAKS_FOR = 2
_CLOSE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a reader says about a type of deal."""

    deal_size: str = choice(
        _("Size of the deal"), options=SIZES, default="medium", hint=_("Compared with what you usually sell.")
    )
    cycle: str = choice(_("Length of the cycle"), options=CYCLES, default="medium")
    deciders: str = choice(
        _("Number of decision makers"),
        options=DECIDERS,
        default="few",
        hint=_("All who can say no, not only your contact."),
    )
    awareness: str = choice(_("What the buyer is aware of"), options=AWARENESS, default="problem")
    initiator: str = choice(_("Who made contact"), options=INITIATORS, default="seller")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A method with its points."""

    name: str = text(_("Method"), names=tuple(_NAMES.values()))
    place: Decimal = count(_("Place"))
    points: Decimal = number(_("Points (of 15)"))
    reasons: tuple[str, ...] = sentences(_("What speaks for it"))
    against: tuple[str, ...] = sentences(_("What speaks against it"))
    size_points: Decimal = number(_("size"), is_working=True)
    cycle_points: Decimal = number(_("cycle"), is_working=True)
    decider_points: Decimal = number(_("decision makers"), is_working=True)
    awareness_points: Decimal = number(_("awareness"), is_working=True)
    initiator_points: Decimal = number(_("contact"), is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """The methods, the best fitting first."""

    ranking: tuple[Place, ...] = table(_("Methods, the best fit first"), row=Place)
    first_methods: tuple[str, ...] = choices(_("Read first about"), options=_NAMES, is_working=True)
    close_methods: tuple[str, ...] = choices(_("one point behind"), options=_NAMES, is_working=True)
    doubted_methods: tuple[str, ...] = choices(
        _("in first place with an answer against it"), options=_NAMES, is_working=True
    )
    most_points: Decimal = number("", is_working=True)
    notes: tuple[Note, ...] = ()


WORKING = {
    "ranking.points": (
        "{row.size_points} + {row.cycle_points} + {row.decider_points} + "
        "{row.awareness_points} + {row.initiator_points}"
    ),
}

# The answers stand in cells in the reader's words, so no formula can ask for them.
SPREADSHEET: dict[str, str] = {}

NOTES = {
    "tied": _(
        "Equal points for the first place: {first_methods}. The points do not decide between them: "
        "compare what speaks for and against each, or take the one that your team already knows."
    ),
    "close": _(
        "Only one point behind the first place: {close_methods}. So small a difference decides nothing: "
        "compare what speaks for and against, or take what your team already knows."
    ),
    "against_first": _(
        "Not every answer of yours agrees with the first place ({doubted_methods}): "
        "read in the table what speaks against it before you decide."
    ),
}

ANSWERS = {
    "clear": _("{first_methods} fits our deals best, with {most_points} of {=15} points."),
    "doubted": _(
        "{first_methods} fits our deals best, with {most_points} of {=15} points, "
        "though not every answer speaks for it."
    ),
    "close": _("By one point only, {first_methods} fits our deals best, ahead of {close_methods}."),
    "tied": _("More than one fits our deals equally well: {first_methods}."),
}


def compute(inputs: Inputs) -> Outputs:
    """Add up the points of each method, rank them, and say of each what speaks for it and what against it."""
    answers = {name: list(options).index(getattr(inputs, name)) for name, options in OPTIONS.items()}
    points = {
        key: {name: method.fits[name].points[answers[name]] for name in OPTIONS} for key, method in METHODS.items()
    }
    sums = {key: sum(given.values()) for key, given in points.items()}
    order = sorted(METHODS, key=lambda key: -sums[key])
    most = max(sums.values())
    first = tuple(key for key in METHODS if sums[key] == most)
    close = tuple(key for key in METHODS if 0 < most - sums[key] <= _CLOSE)
    doubted = tuple(key for key in first if 0 in points[key].values())
    cases = {"tied": len(first) > 1, "close": bool(close), "against_first": bool(doubted)}
    return Outputs(
        ranking=tuple(
            Place(
                name=METHODS[key].name,
                place=Decimal(1 + sum(other > sums[key] for other in sums.values())),
                points=Decimal(sums[key]),
                reasons=_speaking_for(METHODS[key], points[key]),
                against=_speaking_against(METHODS[key], points[key]),
                size_points=Decimal(points[key]["deal_size"]),
                cycle_points=Decimal(points[key]["cycle"]),
                decider_points=Decimal(points[key]["deciders"]),
                awareness_points=Decimal(points[key]["awareness"]),
                initiator_points=Decimal(points[key]["initiator"]),
            )
            for key in order
        ),
        first_methods=first,
        close_methods=close,
        doubted_methods=doubted,
        most_points=Decimal(most),
        notes=tuple(Note(code, "ranking") for code, is_so in cases.items() if is_so),
    )


def answer(result: Result) -> Answer:
    """Say which method fits best, and how clearly."""
    figures = result.figures
    if len(figures.first_methods) > 1:
        return "tied"
    if figures.close_methods:
        return "close"
    return "doubted" if figures.doubted_methods else "clear"


def _speaking_for(method: Method, points: dict[str, int]) -> tuple[str, ...]:
    """Return what speaks for a method, the strongest first."""
    speaking = sorted((name for name in points if points[name] >= _SPEAKS_FOR), key=lambda name: -points[name])
    return tuple(method.fits[name].reason_for for name in speaking) or (_NOTHING_FOR,)


def _speaking_against(method: Method, points: dict[str, int]) -> tuple[str, ...]:
    return tuple(method.fits[name].reason_against for name in points if not points[name]) or (_NOTHING_AGAINST,)
