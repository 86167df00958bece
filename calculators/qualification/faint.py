"""Could this buyer, who has planned nothing yet, find the money and want to?

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights), see `calculators.core.running.scorecard`.
FAINT was described by Mike Schultz (RAIN Group); no published scale was found, so ours is used.
"""

from calculators.core.running.scorecard import Criterion, Scorecard
from calculators.core.words.messages import _

TITLE = _("FAINT scorecard")
QUESTION = _("Is this buyer worth pursuing without a budget?")
PAGE = "qualification/faint.md"
SOURCES = (
    "https://www.rainsalestraining.com/blog/sales-prospecting-guidelines",
    "Trust Enablement, The ultimate guide to B2B sales, 2022, read in Greek",
)
HEADLINE = "verdict"

CARD = Scorecard(
    Criterion(
        name="funds",
        label=_("Funds"),
        levels=(
            _("Asked or read: the organization could not pay for it"),
            _("Only an impression that they are rich"),
            _("Good accounts, or the buyer says so without an amount"),
            _("Figures, and something similar bought outside the plan"),
        ),
        evidence=_("Annual report, size, similar purchases in the past."),
        find_out=_(
            "Find out about the funds: “How do you pay for a good idea that comes up in the middle of the year?”"
        ),
        question=_("Funds: “When you last did something that was not in the plan, where did the money come from?”"),
        weight_label=_("Weight of the funds"),
        evidence_label=_("Evidence for the funds"),
        default="2",
    ),
    Criterion(
        name="authority",
        label=_("Authority"),
        levels=(
            _("Asked: our contact may only spend what was planned"),
            _("We assume who could move money between budgets"),
            _("The contact approves small sums and knows who does more"),
            _("We have talked with the person who can move money"),
        ),
        evidence=_("A meeting with the person who can move money between budgets."),
        find_out=_("Find out who decides: “How does an idea that nobody planned get approved in your company?”"),
        question=_("Authority: “Who could decide this without waiting for next year's plan?”"),
        weight_label=_("Weight of authority"),
        evidence_label=_("Evidence for authority"),
        default="2",
    ),
    Criterion(
        name="interest",
        label=_("Interest"),
        levels=(
            _("The person looked at it and does not want to change"),
            _("Polite words, a download, or “send me something”"),
            _("Named a person, a date or data for a next step"),
            _("Asked for a next step and gave time or data for it"),
        ),
        evidence=_("The person asks for a next step and gives time or data for it."),
        find_out=_(
            "Find out how interested they are: “What would have to come out of an hour together to make it worth it?”"
        ),
        question=_("Interest: “If this worked as in the example, what would be different here?”"),
        weight_label=_("Weight of the interest"),
        evidence_label=_("Evidence for the interest"),
        default="1",
        is_must_have=True,
    ),
    Criterion(
        name="need",
        label=_("Need"),
        levels=(
            _("Asked: the buyer is content with how it is today"),
            _("We assume it, because other companies have it"),
            _("The buyer confirms the gap, but not what it costs"),
            _("A gap between today and what is possible, with a number"),
        ),
        evidence=_("A gap between today and what is possible, with a number."),
        find_out=_("Find out the need: “What would you like to do here that you cannot do today?”"),
        question=_("Need: “How do you handle this today, and what does it cost?”"),
        weight_label=_("Weight of the need"),
        evidence_label=_("Evidence for the need"),
        default="2",
    ),
    Criterion(
        name="timing",
        label=_("Timing"),
        levels=(
            _("Asked: nothing can start within the time we plan for"),
            _("A date of our own, such as the end of a discount"),
            _("The buyer named a start, without the steps after it"),
            _("Agreed steps, with a date for the start, in writing"),
        ),
        evidence=_("An agreed sequence of steps, with a date for the start."),
        find_out=_("Find out the timing: “If you wanted to try this, when would be a good moment to begin?”"),
        question=_(
            "Timing: “If we wanted to see a first result in six months, what would have to happen in the next two?”"
        ),
        weight_label=_("Weight of the timing"),
        evidence_label=_("Evidence for the timing"),
        default="unknown",
    ),
)

Inputs, Outputs, compute, chart = CARD.inputs, CARD.outputs, CARD.compute, CARD.chart
WORKING, SPREADSHEET, NOTES = CARD.working, CARD.spreadsheet, CARD.notes
ANSWERS, answer = CARD.answers, CARD.answer
