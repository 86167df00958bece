"""Can we win this bid, and should we want to?

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights), see `calculators.core.running.scorecard`.
SCOTSMAN is a registered trademark of SCOTSMAN Methodology Ltd; Advance teaches it, Dermot Bradley is named as its
author. This scorecard is independent of the owner. A published scale (Iconique Images, 2012) runs backwards: low is
good there; here a high score is good, and the scale and the thresholds are ours.
"""

from calculators.core.running.scorecard import Criterion, Scorecard
from calculators.core.words.messages import _

TITLE = _("SCOTSMAN scorecard")
QUESTION = _("Can we win this bid, and should we want to?")
PAGE = "qualification/scotsman.md"
SOURCES = (
    "https://advancescotsman.com/so-you-think-you-know-scotsman",
    "Trust Enablement, The ultimate guide to B2B sales, 2022, read in Greek",
)
HEADLINE = "verdict"

CARD = Scorecard(
    Criterion(
        name="solution",
        label=_("Solution"),
        levels=(
            _("Asked: we do not meet what must be met"),
            _("We believe that our product can do it"),
            _("The buyer liked what we showed; some points are open"),
            _("The buyer accepted a test or a reference in writing"),
        ),
        evidence=_("A test or reference accepted by the buyer, and its effect on revenue, cost or risk."),
        find_out=_("Find out what the solution must do: “What must it do for you to call it a success?”"),
        question=_("Solution: “Which of your requirements do we not meet yet?”"),
        weight_label=_("Weight of the solution"),
        evidence_label=_("Evidence for the solution"),
        default="3",
    ),
    Criterion(
        name="competition",
        label=_("Competition"),
        levels=(
            _("Asked: another supplier is as good as chosen"),
            _("We know few of the others, or signs speak against us"),
            _("The buyer told us the others, not how they stand"),
            _("Names, their standing and doing nothing, confirmed"),
        ),
        evidence=_("Names, their standing with the buyer, and the option to do nothing."),
        find_out=_("Find out whom you compete with: “Which other ways to solve this are you looking at?”"),
        question=_("Competition: “Who else have you talked to, and what did you like there?”"),
        weight_label=_("Weight of the competition"),
        evidence_label=_("Evidence for the competition"),
        default="1",
    ),
    Criterion(
        name="originality",
        label=_("Originality"),
        levels=(
            _("Asked: nothing of ours makes a difference to them"),
            _("Differences that nobody there has asked for"),
            _("The buyer praised one; it is not in the criteria"),
            _("One difference is in the criteria as important"),
        ),
        evidence=_("One difference that the buyer names as important."),
        find_out=_("Find out what sets you apart: “What have you seen with us that you have not seen elsewhere?”"),
        question=_("Originality: “If all offers cost the same, what would decide?”"),
        weight_label=_("Weight of the originality"),
        evidence_label=_("Evidence for the originality"),
        default="2",
    ),
    Criterion(
        name="timescale",
        label=_("Timescale"),
        levels=(
            _("Asked: no date, or one that we cannot meet"),
            _("A date that we conclude, or one without a reason"),
            _("The buyer named a date, without a plan for the steps"),
            _("A date, its reason and a plan both sides hold possible"),
        ),
        evidence=_("A date, its reason, and a plan both sides hold possible."),
        find_out=_("Find out the timescale: “Is there a day by which this has to work, and what comes before it?”"),
        question=_("Timescale: “What has to be running by when, and why then?”"),
        weight_label=_("Weight of the timescale"),
        evidence_label=_("Evidence for the timescale"),
        default="2",
    ),
    Criterion(
        name="size",
        label=_("Size"),
        levels=(
            _("Worked out: too small for the effort, or too big for us"),
            _("An attractive sum; our own effort is a guess"),
            _("Today's value and effort are known, what follows is not"),
            _("Value now and later are known and fit our capacity"),
        ),
        evidence=_("Value now and later, set against your own effort and capacity."),
        find_out=_("Find out the size: “How large would the first step be, and what could come after it?”"),
        question=_("Size: “How many sites would follow if the first one works?”"),
        weight_label=_("Weight of the size"),
        evidence_label=_("Evidence for the size"),
        default="3",
    ),
    Criterion(
        name="money",
        label=_("Money"),
        levels=(
            _("Asked: no amount, or one far below our price"),
            _("We conclude that there must be an amount"),
            _("The buyer named an amount; approval or fit is open"),
            _("An approved amount that fits our price"),
        ),
        evidence=_("An approved amount that fits your price."),
        find_out=_("Find out about the money: “Which amount has been set aside for this, and who approved it?”"),
        question=_("Money: “Is the approved amount meant for the first year or for the whole term?”"),
        weight_label=_("Weight of the money"),
        evidence_label=_("Evidence for the money"),
        default="1",
    ),
    Criterion(
        name="authority",
        label=_("Authority"),
        levels=(
            _("Asked: we are kept away from those who decide and pay"),
            _("We assume who owns the budget and who decides"),
            _("One of the two owners is known by name"),
            _("Owner of the budget and of the decision, confirmed"),
        ),
        evidence=_("The owner of the budget and the owner of the decision, both by name."),
        find_out=_("Find out who decides: “Who prepares the decision, and who signs in the end?”"),
        question=_("Authority: “Who owns the budget, and who owns the decision?”"),
        weight_label=_("Weight of authority"),
        evidence_label=_("Evidence for authority"),
        default="unknown",
    ),
    Criterion(
        name="need",
        label=_("Need"),
        levels=(
            _("Asked: the buyer can leave it as it is"),
            _("A published tender, and nothing else"),
            _("The buyer says that it must be solved, but not why now"),
            _("It must be solved, and why now, confirmed in writing"),
        ),
        evidence=_("The buyer says that the problem must be solved, and why now."),
        find_out=_("Find out the need: “What led to this tender, and what should be better afterward?”"),
        question=_("Need: “What happens if you decide nothing this year?”"),
        weight_label=_("Weight of the need"),
        evidence_label=_("Evidence for the need"),
        default="3",
        is_must_have=True,
    ),
)

Inputs, Outputs, compute, chart = CARD.inputs, CARD.outputs, CARD.compute, CARD.chart
WORKING, SPREADSHEET, NOTES = CARD.working, CARD.spreadsheet, CARD.notes
ANSWERS, answer = CARD.answers, CARD.answer
