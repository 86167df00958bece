"""Does the buyer have a challenge that comes before other projects?

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights), see `calculators.core.running.scorecard`.
CHAMP is credited to Zorian Rotenberg (InsightSquared, 2014); no published scale was found, so ours is used.
"""

from calculators.core.running.scorecard import Criterion, Scorecard
from calculators.core.words.messages import _

TITLE = _("CHAMP scorecard")
QUESTION = _("Is the buyer's challenge worth solving now?")
PAGE = "qualification/champ.md"
SOURCES = (
    "Trust Enablement, The ultimate guide to B2B sales, 2022, read in Greek",
    "Zorian Rotenberg, Don’t BANT, just CHAMP, InsightSquared 2014",
)
HEADLINE = "verdict"

CARD = Scorecard(
    Criterion(
        name="challenges",
        label=_("Challenges"),
        levels=(
            _("Asked: it is solved, or not worth solving"),
            _("A first complaint; its effect on the business is unclear"),
            _("The problem in the buyer's words, without its cost"),
            _("Problem, cost and who is hit, shown by the buyer"),
        ),
        evidence=_("The problem in the buyer's words, what it costs and whom it hits."),
        find_out=_("Find out the challenge: “What has become harder in your work, and since when?”"),
        question=_("Challenge: “What have you already tried, and why was it not enough?”"),
        weight_label=_("Weight of the challenges"),
        evidence_label=_("Evidence for the challenges"),
        default="3",
        is_must_have=True,
    ),
    Criterion(
        name="authority",
        label=_("Authority"),
        levels=(
            _("Asked: our contact has no part in the decision"),
            _("The contact thinks they know who takes part"),
            _("The contact named some of them and their roles"),
            _("A list of all who take part, confirmed by the buyer"),
        ),
        evidence=_("A list of the people who take part, with their roles, confirmed by the buyer."),
        find_out=_("Find out who decides: “Who else lives with this problem and would want a say?”"),
        question=_("Authority: “Who would be annoyed if they heard of this decision only afterward?”"),
        weight_label=_("Weight of authority"),
        evidence_label=_("Evidence for authority"),
        default="1",
    ),
    Criterion(
        name="money",
        label=_("Money"),
        levels=(
            _("Asked: there is none, and nobody would move any"),
            _("Our own estimate, or a hint in passing"),
            _("The owner of the money, or a range, was named"),
            _("Owner and range, confirmed by the owner or in writing"),
        ),
        evidence=_("The budget, or the owner who would have to move money, and a range."),
        find_out=_(
            "Find out about the money: “What does it cost you each time, and which budget does that come out of?”"
        ),
        question=_("Money: “What does the problem cost you today, and who pays for it?”"),
        weight_label=_("Weight of the money"),
        evidence_label=_("Evidence for the money"),
        default="unknown",
    ),
    Criterion(
        name="prioritization",
        label=_("Prioritization"),
        levels=(
            _("Asked: it has no place among their projects"),
            _("They call it serious, but have decided nothing"),
            _("It is in the plan, behind other projects"),
            _("Its place is decided, and what has to wait for it"),
        ),
        evidence=_("Its place on a list of projects, and what was put behind it."),
        find_out=_("Find out the priority: “Where does this stand among what you want to get done this year?”"),
        question=_("Priority: “What are the three things your team has to finish this half-year?”"),
        weight_label=_("Weight of the prioritization"),
        evidence_label=_("Evidence for the prioritization"),
        default="2",
    ),
)

Inputs, Outputs, compute, chart = CARD.inputs, CARD.outputs, CARD.compute, CARD.chart
WORKING, SPREADSHEET, NOTES = CARD.working, CARD.spreadsheet, CARD.notes
ANSWERS, answer = CARD.answers, CARD.answer
