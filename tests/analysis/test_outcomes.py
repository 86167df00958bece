"""How deals ended, from words, flags and dates; and what is no deal at all."""

from datetime import date

import pytest

from calculators.analysis import Analysis, Choices, Mapping, analyse

TODAY = date(2026, 11, 29)


def read(text: str, **decided: str) -> Analysis:
    """Return the analysis of a table with commas."""
    options = Mapping()
    for word, meaning in decided.items():
        options = options.with_decision(f"outcome:{word}", meaning)
    return analyse(text.encode(), Choices(options=options), name="deals.csv", today=TODAY)


def counts(analysis: Analysis) -> tuple[int | None, int | None, int | None]:
    """Return won, lost and open."""
    return analysis.figures.won, analysis.figures.lost, analysis.figures.open


def test_a_stage_of_ones_own_is_open() -> None:
    """A past date in a column that open deals fill too calls nothing closed."""
    analysis = read(
        "Name,Stage,Close Date\nA,Closed Won,2026-03-01\nB,Closed Lost,2026-03-02\n"
        "C,Negotiation,2026-03-03\nD,Legal check,2026-03-04\n"
    )
    assert counts(analysis) == (1, 1, 2)
    assert not analysis.open_doubts


def test_a_date_of_closed_deals_alone_asks_what_a_word_means() -> None:
    """Open deals have none: what has one is closed, and nobody knows how."""
    text = (
        "Name,Stage,Closed on\nA,Closed Won,2026-03-01\nB,Closed Lost,2026-03-02\nC,Negotiation,\n"
        "D,Kaltgestellt,2026-03-04\nE,Legal check,\n"
    )
    analysis = read(text)
    assert counts(analysis) == (None, None, None)
    assert [(doubt.code, doubt.examples) for doubt in analysis.open_doubts] == [("outcome_unknown", ["Kaltgestellt"])]
    assert counts(read(text, Kaltgestellt="lost")) == (1, 2, 2)


def test_a_flag_of_closed_deals_beside_a_flag_of_won_ones() -> None:
    """Three columns hold the outcome together."""
    analysis = read("Name,StageName,IsClosed,IsWon\nA,Signed,true,true\nB,Gone,true,false\nC,Talking,false,false\n")
    assert counts(analysis) == (1, 1, 1)


def test_a_lost_deal_keeps_its_last_stage() -> None:
    """The outcome is in the status, not in the stage."""
    analysis = read("Title,Stage,Status\nA,Proposal,Won\nB,Proposal,Lost\nC,Demo,Open\n")
    assert counts(analysis) == (1, 1, 1)
    assert not [note for note in analysis.understood.notes if note.code == "outcomes_disagree"]


def test_two_columns_that_contradict_each_other_are_named() -> None:
    """The first of them counts."""
    analysis = read("Title,Stage,Status\nA,Closed Lost,Won\nB,Closed Lost,Lost\nC,Demo,Open\n")
    assert counts(analysis) == (1, 1, 1)
    note = next(note for note in analysis.understood.notes if note.code == "outcomes_disagree")
    assert note.values == {"deals": 1, "first": "Status", "second": "Stage"}


def test_closed_without_saying_how_is_asked() -> None:
    """No word is guessed."""
    analysis = read("Title,Status\nA,Closed\nB,Open\n")
    assert [doubt.code for doubt in analysis.open_doubts] == ["outcome_unknown"]


def test_without_any_outcome_there_is_no_rate() -> None:
    """Said as a note, with status 0."""
    analysis = read("Topic,Est. Revenue,Actual Close Date\nA,100,2026-03-01\nB,200,2026-03-02\n")
    assert counts(analysis) == (None, None, None)
    assert not analysis.open_doubts
    assert "no_outcome" in {note.code for note in analysis.understood.notes}


ROWS = """Report of last week,,,
,,,
Id,Name,Stage,Amount
1,A,Won,100
2,B,Lost,200
Id,Name,Stage,Amount
3,C,Won,300
3,C,Won,300
4,D,Open,
,,,50
,,,
,,,
Total,,,650
"Confidential Information - Do Not Distribute",,,
"""


def test_every_row_is_read_or_set_aside_with_its_line() -> None:
    """Rows read and rows set aside are the rows of the file, blank ones apart."""
    analysis = read(ROWS)
    aside = {each.code: each.lines for each in analysis.understood.set_aside}
    assert aside == {
        "above_header": [1],
        "repeated_header": [6],
        "total_row": [13],
        "footer": [14],
        "duplicate_ids": [8],
    }
    assert list(analysis.understood.deals.lines) == [4, 5, 7, 9, 10]
    assert analysis.loaded.table.facts.header_row == 3


@pytest.mark.parametrize("row", [",,,0", ",,,-", "-,n/a,,"])
def test_a_row_without_a_deal_in_it(row: str) -> None:
    """Neither id, name, stage, outcome nor an amount other than zero."""
    analysis = read(f"Id,Name,Stage,Amount\n1,A,Won,100\n2,B,Lost,200\n{row}\n")
    assert [(each.code, each.lines) for each in analysis.understood.set_aside] == [("no_deal", [4])]


def test_a_mapping_is_used_again_on_the_next_export() -> None:
    """What was understood and decided is a small file, and brings the same answer."""
    text = "Kunde,Wert,Phase X\nA,100,Fertig\nB,200,Weg\nC,300,Offen\n"
    columns = {"Kunde": "name", "Wert": "amount", "Phase X": "stage"}
    mapping = Mapping.from_json({"columns": columns, "outcomes": {"Fertig": "won", "Weg": "lost"}})
    first = analyse(text.encode(), Choices(mapping=mapping), today=TODAY)
    again = analyse(text.encode(), Choices(mapping=Mapping.from_json(first.mapping.to_json())), today=TODAY)
    assert counts(first) == counts(again) == (1, 1, 1)
    assert first.figures.to_json() == again.figures.to_json()


SHIFTED = "Name,Stage,Amount,Created\n1,A,Won,100,2026-01-05\n2,B,Lost,200,2026-01-06\n3,C,Open,300,2026-02-01\n"


def test_values_one_column_off_are_asked_about() -> None:
    """Nothing rests on the headers until the positions are given; they are saved as positions, too."""
    analysis = read(SHIFTED)
    assert [doubt.code for doubt in analysis.open_doubts] == ["shifted_rows"]
    assert counts(analysis) == (None, None, None)
    columns = {"2": "name", "3": "stage", "4": "amount", "5": "created"}
    decided = analyse(SHIFTED.encode(), Choices(mapping=Mapping.from_json({"columns": columns})), today=TODAY)
    assert counts(decided) == (1, 1, 1)
    assert not decided.open_doubts
    assert decided.mapping.columns == columns


def test_rows_without_their_last_empty_cells_are_in_place() -> None:
    """Dates and numbers stand under their headers."""
    analysis = read("Name,Stage,Amount,Created,Remarks,More\nA,Won,100,2026-01-05\nB,Lost,200,2026-01-06\n")
    assert not analysis.understood.doubts
    assert counts(analysis) == (1, 1, 0)
