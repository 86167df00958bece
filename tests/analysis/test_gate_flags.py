"""Flags of won, lost, open and closed deals, in the ways and languages in which people tick them."""

from datetime import date

import pytest

from calculators.analysis import Analysis, Choices, analyse
from calculators.analysis.gate.words import flags_of

TODAY = date(2026, 11, 29)


def read(text: str) -> Analysis:
    """Return the analysis of a table."""
    return analyse(text.encode(), name="deals.csv", today=TODAY)


def counts(analysis: Analysis) -> tuple[int | None, int | None, int | None]:
    """Return won, lost and open."""
    return analysis.figures.won, analysis.figures.lost, analysis.figures.open


@pytest.mark.parametrize(
    ("won", "lost", "yes", "no"),
    [
        ("Won", "Lost", "TRUE", "FALSE"), ("is_won", "is_lost", "1", "0"), ("Won?", "Lost?", "✓", ""),
        ("Gewonnen", "Verloren", "x", ""), ("수주", "실주", "O", "X"), ("수주여부", "실주여부", "Y", "N"),
        ("受注", "失注", "○", "×"), ("受注フラグ", "失注フラグ", "1", "0"), ("Κερδήθηκε", "Χάθηκε", "ΝΑΙ", "ΟΧΙ"),
        ("Gagnée", "Perdue", "oui", "non"), ("Ganado", "Perdido", "sí", "no"), ("Ganho", "Perdido", "sim", "não"),
        ("Vinta", "Persa", "sì", "no"), ("Выиграна", "Проиграна", "да", "нет"),
    ],
)  # fmt: skip
def test_two_flags_say_how_deals_ended(won: str, lost: str, yes: str, no: str) -> None:
    """What is neither won nor lost is open; a blank says no where only what is so is marked."""
    analysis = read(f"Deal,{won},{lost},Amount\nA,{yes},{no},5\nB,{no},{yes},6\nC,{no},{no},7\n")
    assert counts(analysis) == (1, 1, 1)
    assert analysis.figures.won_value == 5
    assert not analysis.open_doubts


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Deal,Stage,Is Lost\nA,Won,no\nB,Proposal,yes\nC,Proposal,no\n", (1, 1, 1)),
        ("Deal,is_lost,Stage\nA,0,Closed Won\nB,1,Proposal\nC,0,Demo\n", (1, 1, 1)),
        ("Deal,IsClosed,IsWon\nA,Yes,Yes\nB,Yes,No\nC,No,No\n", (1, 1, 1)),
        ("Deal,IsClosed,IsLost\nA,Yes,No\nB,Yes,Yes\nC,No,No\n", (1, 1, 1)),
        ("Deal,Is Open,Is Won\nA,false,true\nB,false,false\nC,true,false\n", (1, 1, 1)),
        ("Deal,Won,Closed At\nA,TRUE,2025-01-02\nB,FALSE,2025-01-02\nC,FALSE,\n", (1, 1, 1)),
        ("Deal,Won,Lost\nA,2025-01-02,\nB,,2025-01-03\nC,,\n", (1, 1, 1)),
        ("Deal,Won\nA,Won\nB,Lost\nC,Pending\n", (1, 1, 1)),
        ("Kunde,Auftragseingang,Absage,Betrag\nA,x,,5\nB,,x,6\nC,,,7\n", (1, 1, 1)),
        ("거래명,수주여부,종료여부\nA,O,O\nB,X,O\nC,X,X\n", (1, 1, 1)),
        ("Deal,Stage,Active\nA,Won,Yes\nB,Lost,Yes\nC,Proposal,Yes\n", (1, 1, 1)),
        ("Deal,Status,Is Archived\nA,Won,false\nB,Lost,true\nC,Open,false\n", (1, 1, 1)),
    ],
)  # fmt: skip
def test_flags_beside_each_other_and_beside_words(text: str, right: tuple[int, int, int]) -> None:
    """A no denies what its header says and nothing else; days stand under the names of flags as well."""
    analysis = read(text)
    assert counts(analysis) == right
    assert not analysis.open_doubts
    # What was understood, used again, brings the same.
    again = analyse(text.encode(), Choices(mapping=analysis.mapping), name="deals.csv", today=TODAY)
    assert again.figures.to_json() == analysis.figures.to_json()


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("Deal,Won\nA,x\nB,\nC,\n", [""]),
        ("Deal,Won\nA,Y\nB,N\nC,\n", ["N"]),
        ("Deal,is_lost\nA,1\nB,0\nC,0\n", ["0"]),
        ("Deal,Won,Close Date\nA,TRUE,2025-01-02\nB,FALSE,2027-01-02\nC,FALSE,\nD,FALSE,2025-04-04\n", ["FALSE"]),
        ("Kunde,Status,Betrag\nA,ja,5\nB,nein,6\nC,nein,7\n", ["ja", "nein"]),
        ("거래명,진행단계,금액\nA,100%,5\nB,0%,6\nC,50%,7\n", ["100%", "0%", "50%"]),
    ],
)
def test_a_no_that_may_mean_two_things_is_asked(text: str, examples: list[str]) -> None:
    """Not won may be lost or open, and a day that is still to come tells of no end."""
    analysis = read(text)
    assert counts(analysis) == (None, None, None)
    assert [(doubt.code, doubt.examples) for doubt in analysis.open_doubts] == [("outcome_unknown", examples)]


def test_flags_that_contradict_each_other_are_named() -> None:
    """Won and lost at once, won and not closed: the more telling one counts, and each pair is said."""
    analysis = read("Deal,Won,Lost,Closed\nA,TRUE,TRUE,TRUE\nB,FALSE,TRUE,TRUE\nC,TRUE,FALSE,FALSE\n")
    said = [note.values for note in analysis.understood.notes if note.code == "outcomes_disagree"]
    assert said == [
        {"deals": 1, "first": "Won", "second": "Lost"},
        {"deals": 1, "first": "Won", "second": "Closed"},
    ]


def test_headers_that_recur_are_found_where_they_stand_first() -> None:
    """Headers named as outcomes are: the first row of them counts, not the one where they stand again."""
    analysis = read("Deal,Won,Lost\nA,1,0\nB,0,1\nDeal,Won,Lost\nC,0,0\n")
    assert counts(analysis) == (1, 1, 1)
    assert {each.code: each.lines for each in analysis.understood.set_aside} == {"repeated_header": [4]}


def test_an_x_is_a_yes_alone_and_a_no_beside_a_circle() -> None:
    """As in Korea and Japan."""
    assert flags_of(["x"]) == {"x": True}
    assert flags_of(["O", "X"]) == {"O": True, "X": False}
    assert flags_of(["○", "×"]) == {"○": True, "×": False}
    assert flags_of(["yes", "maybe"]) is None
