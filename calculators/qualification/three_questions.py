"""Does this prospect have a problem that we solve, does an opportunity open, and do they agree?

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights), see `calculators.core.running.scorecard`.
Source of the questions: "Sales pipeline mistakes: 8 to avoid" (2022); the scale and the thresholds are ours.
"""

from calculators.core.running.scorecard import Criterion, Scorecard
from calculators.core.words.messages import _

TITLE = _("Three questions")
QUESTION = _("Is this prospect worth more of our time?")
PAGE = "qualification/index.md"
SOURCES = ("Sales pipeline mistakes: 8 to avoid, blog article of 2022-11-04, read in a Korean copy",)
HEADLINE = "verdict"

CARD = Scorecard(
    Criterion(
        name="problem",
        label=_("A problem that we help to solve"),
        levels=(
            _("Asked: there is no problem that we could solve"),
            _("We conclude it from outside; nobody has said it"),
            _("The prospect told us, without a number or an example"),
            _("The prospect sent figures or a list, or wrote it down"),
        ),
        evidence=_("The problem in the prospect's words, with a number, its source and the date."),
        find_out=_("Find out the problem: “What gets in your team's way most often, and what does that cost you?”"),
        question=_("The problem: “Where does this show in your figures, and could we look at them together?”"),
        weight_label=_("Weight of the problem"),
        evidence_label=_("Evidence for the problem"),
        default="3",
    ),
    Criterion(
        name="opportunity",
        label=_("An opportunity that we can open"),
        levels=(
            _("Asked: the prospect sees nothing to gain from it"),
            _("Our own idea of what could become possible"),
            _("The prospect named the gain, without a figure"),
            _("The prospect gave the gain a figure, or wrote it down"),
        ),
        evidence=_("What becomes possible for the prospect, with a figure, and who said so."),
        find_out=_("Find out the opportunity: “If this were solved, what could you do that you cannot do today?”"),
        question=_("The opportunity: “What would that be worth to you in a year, and who would notice it first?”"),
        weight_label=_("Weight of the opportunity"),
        evidence_label=_("Evidence for the opportunity"),
        default="2",
    ),
    Criterion(
        name="agreement",
        label=_("The prospect agrees"),
        levels=(
            _("The prospect told us that there is nothing to solve or gain"),
            _("A contact sees it, but cannot speak for those who decide"),
            _("Those who decide said that they see it too"),
            _("Those who decide wrote it down or acted on it"),
        ),
        evidence=_("Who agreed, in which words or by which step, and when."),
        find_out=_("Find out whether they agree: “Do you see it the same way, and who else in your company does?”"),
        question=_("The agreement: “Could we look at this together with the person who decides?”"),
        weight_label=_("Weight of the agreement"),
        evidence_label=_("Evidence for the agreement"),
        default="1",
        is_must_have=True,
    ),
)

Inputs, Outputs, compute, chart = CARD.inputs, CARD.outputs, CARD.compute, CARD.chart
WORKING, SPREADSHEET, NOTES = CARD.working, CARD.spreadsheet, CARD.notes
ANSWERS, answer = CARD.answers, CARD.answer
