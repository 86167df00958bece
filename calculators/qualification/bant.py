"""Are budget, authority, need and timeline there, so that this lead is worth a next step?

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights), see `calculators.core.running.scorecard`.
BANT is credited to IBM, whose own scoring was not found; the scale and the thresholds are ours.
"""

from calculators.core.running.scorecard import Criterion, Scorecard
from calculators.core.words.messages import _

TITLE = _("BANT scorecard")
QUESTION = _("Is this lead worth a next step?")
PAGE = "qualification/bant.md"
SOURCES = ("Trust Enablement, The ultimate guide to B2B sales, 2022, read in Greek",)
HEADLINE = "verdict"

CARD = Scorecard(
    Criterion(
        name="budget",
        label=_("Budget"),
        levels=(
            _("Asked: there is no money, and nobody would look for it"),
            _("Money meant for something else, or our own guess"),
            _("The budget owner named a range"),
            _("Approved: amount, owner and year are known in writing"),
        ),
        evidence=_("An amount, its owner and the year it belongs to."),
        find_out=_("Find out the budget: “If this turns out to be worth solving, who would pay for it?”"),
        question=_("Budget: “How was the last purchase of this size paid for?”"),
        weight_label=_("Weight of the budget"),
        evidence_label=_("Evidence for the budget"),
        default="2",
    ),
    Criterion(
        name="authority",
        label=_("Authority"),
        levels=(
            _("Asked: our contact neither decides nor can lead us further"),
            _("A guess who signs, or a job title"),
            _("The contact told us by name who signs; we have not met"),
            _("We have met the person who signs"),
        ),
        evidence=_("The name of the person who signs, and a meeting with that person."),
        find_out=_("Find out who decides: “Apart from you, who would want a say before you go ahead?”"),
        question=_("Authority: “Who else has to say yes before this can start?”"),
        weight_label=_("Weight of authority"),
        evidence_label=_("Evidence for authority"),
        default="1",
    ),
    Criterion(
        name="need",
        label=_("Need"),
        levels=(
            _("The buyer looked at it with us: it is not worth solving"),
            _("Our own conclusion, or a complaint in passing"),
            _("A problem in the buyer's own words, without a number"),
            _("The problem with a number, shown or sent by the buyer"),
        ),
        evidence=_("A problem in the buyer's own words, with a number."),
        find_out=_("Find out the need: “What is not working today as you would like it to?”"),
        question=_("Need: “What happens if you leave it as it is for a year?”"),
        weight_label=_("Weight of the need"),
        evidence_label=_("Evidence for the need"),
        default="3",
        is_must_have=True,
    ),
    Criterion(
        name="timeline",
        label=_("Timeline"),
        levels=(
            _("Asked: there is no date and no reason for one"),
            _("“As soon as possible”: nothing happens if it passes"),
            _("A date with a reason, said but not in writing"),
            _("A date with a reason outside our sale, in writing"),
        ),
        evidence=_("A date with a reason outside your sale."),
        find_out=_("Find out the timeline: “When would you like this to be running, and why then?”"),
        question=_("Timeline: “What else depends on that date?”"),
        weight_label=_("Weight of the timeline"),
        evidence_label=_("Evidence for the timeline"),
        default="unknown",
    ),
)

Inputs, Outputs, compute, chart = CARD.inputs, CARD.outputs, CARD.compute, CARD.chart
WORKING, SPREADSHEET, NOTES = CARD.working, CARD.spreadsheet, CARD.notes
ANSWERS, answer = CARD.answers, CARD.answer
