"""Do we know what decides this complex deal, and who?

score = 100 × sum of (weight × rating) ÷ (3 × sum of the weights), see `calculators.core.running.scorecard`.
MEDDIC and MEDDPICC are trademarks of their owners: MEDDIC Academy (Darius Lahoutifard) marks MEDDPICC as registered.
Dick Dunkel wrote the letters down at PTC in 1996, with Jack Napoli and under John McMahon; MEDDICC Ltd teaches them
too. This scorecard is independent of all of them; no official weights or thresholds were found, so ours are used.
"""

from calculators.core.running.scorecard import Criterion, Extension, Scorecard
from calculators.core.words.messages import _

TITLE = _("MEDDIC and MEDDPICC scorecard")
QUESTION = _("Do we know what decides this deal, and who?")
PAGE = "qualification/meddic.md"
SOURCES = (
    "https://meddicc.com/resources/who-created-meddic",
    "https://meddic.academy/definition-meddic/",
)
HEADLINE = "verdict"

MEDDPICC = Extension(
    name="meddpicc",
    label=_("MEDDPICC: add paper process and competition"),
    hint=_("For deals with a contract or security review, or with known competitors."),
    caution=_("Do not compare this MEDDPICC score with a MEDDIC score: it answers two questions more."),
)

CARD = Scorecard(
    Criterion(
        name="metrics",
        label=_("Metrics"),
        levels=(
            _("Asked: the buyer sees no figure that would improve"),
            _("A figure from our brochure, or our own estimate"),
            _("Worked out with one person; finance has not seen it"),
            _("The buyer's own figure, and how it was worked out"),
        ),
        evidence=_("The buyer's own figure for the gain, and how it was worked out."),
        find_out=_("Find out the metrics: “How would you measure whether this has worked?”"),
        question=_("Metrics: “Which number will tell you in a year that this was right?”"),
        weight_label=_("Weight of the metrics"),
        evidence_label=_("Evidence for the metrics"),
        default="2",
    ),
    Criterion(
        name="economic_buyer",
        label=_("Economic buyer"),
        levels=(
            _("The person who could release the money will not"),
            _("We know a name or a title, and nothing more"),
            _("Our contact told us who decides, and will introduce us"),
            _("We have talked with the person who can release the money"),
        ),
        evidence=_("A conversation with the person who can release the money."),
        find_out=_("Find out who releases the money: “Whose money is it in the end, and what matters to that person?”"),
        question=_("Economic buyer: “Who can approve this even if it is not in the plan?”"),
        weight_label=_("Weight of the economic buyer"),
        evidence_label=_("Evidence for the economic buyer"),
        default="1",
        is_must_have=True,
    ),
    Criterion(
        name="decision_criteria",
        label=_("Decision criteria"),
        levels=(
            _("Asked: there are none, or they rule us out"),
            _("What we believe matters to them"),
            _("The buyer told or mailed them, without weights"),
            _("A written list with weights, or the tender document"),
        ),
        evidence=_("A written list with weights, or the tender document."),
        find_out=_("Find out the decision criteria: “How will you tell a good solution from a poor one?”"),
        question=_("Decision criteria: “What must a solution do, and what would merely be nice?”"),
        weight_label=_("Weight of the decision criteria"),
        evidence_label=_("Evidence for the decision criteria"),
        default="2",
    ),
    Criterion(
        name="decision_process",
        label=_("Decision process"),
        levels=(
            _("Asked: nobody there knows how this would be decided"),
            _("A body such as “the board”, without steps"),
            _("Steps and names; some people or dates are missing"),
            _("Steps, names and dates to the decision, in writing"),
        ),
        evidence=_("Steps, names and dates to the decision."),
        find_out=_("Find out the decision process: “What has to happen between today and your decision?”"),
        question=_("Decision process: “What happened, step by step, when you last bought something like this?”"),
        weight_label=_("Weight of the decision process"),
        evidence_label=_("Evidence for the decision process"),
        default="1",
    ),
    Criterion(
        name="identify_pain",
        label=_("Identified pain"),
        levels=(
            _("Asked: it hurts nobody enough to change it"),
            _("A missing feature, or a pain that we assume"),
            _("The buyer described the damage, but not what it costs"),
            _("The buyer wrote down what it costs and who suffers"),
        ),
        evidence=_("What the problem costs, and who suffers from it."),
        find_out=_("Find out the pain: “What goes wrong today, and who is the first to feel it?”"),
        question=_("Pain: “What does a normal bad week look like?”"),
        weight_label=_("Weight of the pain"),
        evidence_label=_("Evidence for the pain"),
        default="3",
    ),
    Criterion(
        name="champion",
        label=_("Champion"),
        levels=(
            _("Asked for a favor: nobody there would speak up for us"),
            _("A coach: friendly, and gives us information"),
            _("Opened a door, but has not yet argued for us"),
            _("Argues for us when we are absent, and gains if we win"),
        ),
        evidence=_("An act: opens a door, shares a paper, argues for you when you are absent."),
        find_out=_("Find out who could be your champion: “Who in your company would gain most if this worked?”"),
        question=_("Champion: “Would you introduce me to the director and say why this matters?”"),
        weight_label=_("Weight of the champion"),
        evidence_label=_("Evidence for the champion"),
        default="2",
    ),
    Criterion(
        name="paper_process",
        label=_("Paper process"),
        levels=(
            _("Asked: a rule of theirs makes a contract impossible"),
            _("We assume that it goes as with other customers"),
            _("Reviews and signatures are named, without durations"),
            _("A confirmed list of reviews and signatures with durations"),
        ),
        evidence=_("The list of reviews and signatures, with durations."),
        find_out=_("Find out the paper process: “Who has to see the contract before it can be signed?”"),
        question=_("Paper process: “After you say yes, what has to happen before an order goes out?”"),
        weight_label=_("Weight of the paper process"),
        evidence_label=_("Evidence for the paper process"),
        default="unknown",
        shown_if=MEDDPICC.name,
    ),
    Criterion(
        name="competition",
        label=_("Competition"),
        levels=(
            _("Asked: somebody else is as good as chosen"),
            _("We believe that there are others, but not who"),
            _("We know some alternatives and a part of their offers"),
            _("The buyer named all alternatives, doing nothing included"),
        ),
        evidence=_("Names of the alternatives, including doing nothing."),
        find_out=_("Find out whom you compete with: “What else are you looking at, your own people included?”"),
        question=_("Competition: “If you did not choose us, what would you do instead?”"),
        weight_label=_("Weight of the competition"),
        evidence_label=_("Evidence for the competition"),
        default="2",
        shown_if=MEDDPICC.name,
    ),
    extension=MEDDPICC,
)

Inputs, Outputs, compute, chart = CARD.inputs, CARD.outputs, CARD.compute, CARD.chart
WORKING, SPREADSHEET, NOTES = CARD.working, CARD.spreadsheet, CARD.notes
ANSWERS, answer = CARD.answers, CARD.answer
