"""Shapes of tables and words that were once read wrongly without a word, each with what else is of its kind."""

import io
from decimal import Decimal

import pytest
import xlsxwriter

from calculators.analysis.analyse import Analysis, analyse
from calculators.analysis.gate.choices import Choices, Mapping
from calculators.analysis.gate.day_shapes import day_text, read_day
from calculators.analysis.gate.kinds import header_roles
from calculators.analysis.gate.number_shapes import read_number
from calculators.analysis.gate.words import end_of, meaning_of, names_an_end
from tests.analysis.languages import written

HEADERS = ["Deal ID", "Deal Name", "Amount", "Stage", "Created Date", "Close Date"]


def table(*rows: str) -> str:
    """Return a file of lines, the first of them the usual headers."""
    return "\n".join((",".join(HEADERS), *rows)) + "\n"


def usual(count: int = 6) -> list[str]:
    """Return rows of deals of which each third is lost, and each third open."""
    stages = ("Won", "Lost", "Demo")
    return [f"{n},Deal {n},{n}00,{stages[n % 3]},2025-01-{n:02},2025-03-{n:02}" for n in range(1, count + 1)]


def read(text: str, choices: Choices | None = None) -> Analysis:
    """Return the answer to a text."""
    return analyse(text.encode(), choices, name="export.csv")


def outcomes(analysis: Analysis) -> tuple[int | None, int | None, int | None]:
    """Return how many deals were won, were lost, and are open."""
    figures = analysis.figures
    return figures.won, figures.lost, figures.open


def aside(analysis: Analysis) -> dict[str, list[int]]:
    """Return the lines of the rows set aside, by their reason."""
    return {each.code: each.lines for each in analysis.understood.set_aside}


def notes(analysis: Analysis) -> set[str]:
    """Return the codes of what is said."""
    return {note.code for note in analysis.understood.notes}


# --- what is no deal -----------------------------------------------------------------------------------------------


GROUPED = """Stage,Opportunity Name,Amount,Close Date
Closed Won,A,100,2025-02-01
,B,200,2025-02-01
{total}Closed Lost,C,150,2025-02-01
,D,250,2025-02-01
{total}Proposal,E,500,2025-02-01
,F,600,2025-02-01
"""


@pytest.mark.parametrize("total", ["", "Subtotal,,300,\n"])
def test_a_grouped_report_names_its_group_once(total: str) -> None:
    """All deals of a group are of its stage, not only the first; it is said."""
    analysis = read(GROUPED.format(total=total))
    assert outcomes(analysis) == (2, 2, 2)
    assert (analysis.figures.won_value, analysis.figures.lost_value) == (Decimal(300), Decimal(400))
    assert "group_filled" in notes(analysis)


def test_a_stage_that_is_missing_now_and_then_is_no_group() -> None:
    """Where stages recur between empty cells, those are missing."""
    rows = ["Won,A,1", ",B,2", "Lost,C,3", ",D,4", "Won,E,5", "Lost,F,6", ",G,7", "Won,H,8"]
    analysis = read("\n".join(["Stage,Deal Name,Amount", *rows]))
    assert outcomes(analysis) == (3, 2, 3)
    assert "group_filled" not in notes(analysis)


def test_groups_with_headers_of_their_own_have_titles() -> None:
    """The title of monday.com's second group is no open deal, and nor are its subitems."""
    headers = "Name,Subitems,Owner,Stage,Deal value,Close date"
    won = ["A,x,Ann,Won,100,2025-02-01", "Subitems,Name,Owner,Status,Date,", ",x,Bob,Done,2025-01-05,"]
    rows = ["Board,,,,,", "Won,,,,,", headers, *won, ",,,,100,", "", "Active,,,,,", headers, "B,,Ann,Lost,7,2025-02-01"]
    analysis = read("\n".join(rows))
    assert outcomes(analysis) == (1, 1, 0)
    assert aside(analysis) == {
        "above_header": [1, 2],
        "repeated_header": [10],
        "group_title": [9],
        "parts": [5, 6],
        "total_row": [7],
    }


def test_totals_may_say_what_they_count() -> None:
    """A row of totals with a number of deals and a mean is none; a deal that is called Total is one."""
    rows = ["Total,Won,600,30", "B,Lost,200,20", "C,Won,300,30", "Total (3),3 deals,600,Ø 20"]
    analysis = read("\n".join(["Name,Stage,Amount,Age", *rows]))
    assert outcomes(analysis) == (2, 1, 0)
    assert aside(analysis) == {"total_row": [5]}


@pytest.mark.parametrize(
    "below", [["Summary", "Won,2", "Lost,2", "Open,2"], ["Contact,Email", "Ann,a@example.com"], ["Stage legend", "A,B"]]
)
def test_what_stands_below_empty_lines_and_lacks_what_deals_have_is_none(below: list[str]) -> None:
    """A summary or another small table below the deals adds no open deals."""
    analysis = read(table(*usual(), "", *below))
    assert outcomes(analysis) == (2, 2, 2)
    assert aside(analysis) == {"footer": list(range(9, 9 + len(below)))}


def test_deals_below_an_empty_line_are_deals() -> None:
    """A blank line between years parts no table."""
    assert outcomes(read(table(*usual(3), "", *usual(6)[3:]))) == (2, 2, 2)


def test_row_numbers_are_no_ids() -> None:
    """A deal that stands there twice is found by its id, whatever numbers its rows have."""
    rows = [f"{n},{row}" for n, row in enumerate([*usual(), usual()[0]], 1)]
    analysis = read("\n".join(["No.," + ",".join(HEADERS), *rows]))
    assert "duplicate_ids" in notes(analysis)


def test_sheets_that_are_not_read_are_named() -> None:
    """A workbook with a sheet for each year is not read by halves in silence."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name in ("2024", "2025"):
            sheet = book.add_worksheet(name)
            for line, row in enumerate([",".join(HEADERS), *usual()]):
                sheet.write_row(line, 0, row.split(","))
    analysis = analyse(file.getvalue(), name="deals.xlsx")
    assert [note.values["names"] for note in analysis.understood.notes if note.code == "other_sheets"] == [["2025"]]


def test_currencies_in_the_formats_of_cells_are_told_apart() -> None:
    """Cells of one column that show euros and dollars are not added up; where all show one, that is nothing new."""

    def read_with(*formats: str) -> Analysis:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Name", "Stage", "Amount"])
            forms = [book.add_format({"num_format": code}) for code in formats]
            for line in range(1, 7):
                sheet.write_row(line, 0, [f"Deal {line}", "Won"])
                sheet.write_number(line, 2, 1000.125 * line, forms[line % len(forms)])
        return analyse(file.getvalue(), name="deals.xlsx")

    mixed = read_with("[$€-407] #,##0.00", '#,##0.00 "USD"')
    assert [doubt.code for doubt in mixed.open_doubts] == ["several_currencies"]
    assert {choice.value: choice.effect["won_value"] for choice in mixed.open_doubts[0].choices} == {
        "EUR": Decimal("12001.5"),
        "USD": Decimal("9001.125"),
    }
    assert read_with("[$€-407] #,##0.00", "0.00").figures.won_value == Decimal("21002.625")


# --- how deals ended -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Deal gewonnen", "won"), ("Cerrado y ganado", "won"), ("Gewonnen 100%", "won"), ("Сделка проиграна", "lost"),
        ("Geschlossen und verloren", "lost"), ("Won / Lost", "closed"), ("Gewonnen oder verloren", "closed"),
        ("Nicht gewonnen", "lost"), ("Win-back", None), ("Deal lost contact", None), ("Order-ready", None),
    ],
)  # fmt: skip
def test_ends_are_told_by_their_words(word: str, means: str | None) -> None:
    """Words for a deal, "and" and per cents say nothing beside won and lost; any other word does."""
    assert (meaning_of(word) or end_of(word)) == means


def test_letters_of_a_column_of_outcomes() -> None:
    """W and L are won and lost under such a header alone."""
    rows = [f"Deal {n},{n}00,{'WL'[n % 2]}" for n in range(6)]
    assert outcomes(read("\n".join(["Name,Amount,W/L", *rows]))) == (3, 3, 0)
    assert "no_outcome" in notes(read("\n".join(["Name,Amount,Size", *rows])))


@pytest.mark.parametrize(
    ("header", "values"), [("Ergebnis", "GV"), ("Won/Lost", ("Yes", "No")), ("Ganada/Perdida", ("Sí", "No"))]
)
def test_a_result_that_nobody_knows_is_asked_about(header: str, values: tuple[str, str]) -> None:
    """Neither is everything open, nor is a yes taken for the end that stands last in the header."""
    text = "\n".join([f"Name,Amount,{header}", *(f"Deal {n},{n}00,{values[n % 2]}" for n in range(6))])
    analysis = read(text)
    assert outcomes(analysis) == (None, None, None)
    assert [doubt.code for doubt in analysis.open_doubts] == ["outcome_unknown"]
    said = Mapping(outcomes={values[0]: "won"})
    assert [doubt.values["words"] for doubt in read(text, Choices(mapping=said)).open_doubts] == [[values[1]]]
    said = Mapping(outcomes={values[0]: "won", values[1]: "lost"})
    assert outcomes(read(text, Choices(mapping=said))) == (3, 3, 0)


def test_stages_of_all_or_no_chance_are_asked_about() -> None:
    """Where no stage is known for an end, those with 100 and 0 % are asked about, each until it is answered."""
    stages = (("Papier da", 100), ("Raus", 0), ("Erstgespräch", 20))
    rows = [f"Deal {n},{n}00,{stages[n % 3][0]},{stages[n % 3][1]}" for n in range(9)]
    text = "\n".join(["Name,Amount,Stage,Probability", *rows])
    assert read(text).open_doubts[0].values["words"] == ["Papier da", "Raus"]
    half = Choices(mapping=Mapping(outcomes={"Papier da": "won"}))
    assert read(text, half).open_doubts[0].values["words"] == ["Raus"]
    whole = Choices(mapping=Mapping(outcomes={"Papier da": "won", "Raus": "lost"}))
    assert outcomes(read(text, whole)) == (3, 3, 3)


def test_a_status_that_knows_only_lost_has_another_word_for_won() -> None:
    """Where deals were lost and none was won, an own word is asked about; a day of winning answers for its deals."""
    rows = ["A,1,Hurra", "B,2,Lost", "C,3,Open"]
    assert read("\n".join(["Name,Amount,Result", *rows])).open_doubts[0].values["words"] == ["Hurra"]
    dated = [f"{row},{day}" for row, day in zip(rows, ("2025-02-01", "", ""), strict=True)]
    assert outcomes(read("\n".join(["Name,Amount,Result,Won time", *dated]))) == (1, 1, 1)


def test_a_reason_for_a_loss_tells_lost_deals_where_nothing_else_does() -> None:
    """Lost deals that keep their stage are not open; beside a word for lost, or for deals won, it tells none."""
    headers = "Name,Stage,Amount,Lost Reason"
    rows = ["A,Won,1,", "B,Demo,2,Price", "C,Demo,3,", "D,Proposal,4,Timing"]
    analysis = read("\n".join([headers, *rows]))
    assert outcomes(analysis) == (1, 2, 1)
    assert "lost_by_reason" in notes(analysis)
    assert outcomes(read("\n".join([headers, *rows, "E,Lost,5,Price"]))) == (1, 1, 3)
    assert outcomes(read("\n".join([headers, *rows, "E,Won,5,Price"]))) == (2, 0, 3)


def test_the_owner_of_the_account_is_not_that_of_the_deal() -> None:
    """Whatever stands first in the file."""
    analysis = read("Deal,Account Owner,Opportunity Owner,Stage\nA,Ann,Bo,Won\nB,Ann,Cid,Lost\n")
    assert analysis.understood.deals.groups["owner"].names == ["Bo", "Cid"]


def test_a_mapping_that_repeats_what_words_say_changes_nothing() -> None:
    """What was saved for a file gives the same answer to it, a word of its own beside known ones included."""
    text = "\n".join(["Name,Amount,Result", "A,1,Won", "B,2,Lost", "C,3,Later"])
    first = read(text)
    assert outcomes(read(text, Choices(mapping=first.mapping))) == outcomes(first) == (1, 1, 1)


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Etapa de la negociación", "stage"), ("Trato - Trato creado", "created"),
        ("Proprietario dell'affare", "owner"),
        ("Gesch. Umsatz", "estimated_amount"), ("Revenu est.", "estimated_amount"),
        ("Ricavi previsti", "estimated_amount"), ("Εκτ. έσοδα", "estimated_amount"),
        ("Предп. дата закрытия", "expected_close"), ("Gesch. Abschlussdatum", "expected_close"),
        ("Фактический доход", "actual_amount"), ("amountInEur", "amount"), ("deal.amount", "amount"),
        ("Fecha de la oportunidad", None),
    ],
)  # fmt: skip
def test_headers_are_told_by_their_words(header: str, role: str | None) -> None:
    """Words for a deal say nothing; those for what is expected and what came of it do."""
    assert next(iter(header_roles(header)), None) == role


@pytest.mark.parametrize(
    ("header", "is_end"),
    [
        ("Tatsächliches Abschlussdatum", True), ("Clôturée le", True), ("Date de clôture", False), ("ClosedDate", True),
        ("Дата закрытия", False), ("Закрыта", True), ("Date de clôture réelle", True), ("Close Date", False),
    ],
)  # fmt: skip
def test_letters_with_accents_are_letters(header: str, is_end: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A noun for the closing says nothing of an end that has been; a participle does."""
    assert names_an_end(header) is is_end


def test_what_came_of_it_counts_before_what_was_expected() -> None:
    """Of two closing days the actual one counts, with rows around the table and with gaps in the planned ones."""
    rows = [
        [f"Deal {n}", "10", ("Won", "Lost", "Open")[n % 3], "01.01.2025", "" if n == 4 else "28.02.2025", "31.01.2025"]
        for n in range(6)
    ]
    for row in rows[2::3]:
        row[5] = ""
    headers = ["Name", "Betrag", "Status", "Erstellt am", "Abschlussdatum", "Tatsächliches Abschlussdatum"]
    analysis = read(written([headers, *rows, [""] * 6, ["Confidential Information"]]))
    assert analysis.figures.cycle is not None
    assert analysis.figures.cycle.median_days == 30


@pytest.mark.parametrize("header", ["Possibility", "Probability", "確度", "Вероятность", "Πιθανότητα"])
def test_a_chance_beyond_all_per_cents_is_money(header: str) -> None:
    """The header lies; what is called a chance beside it is one."""
    rows = [f"Deal {n},{n + 1}50000,{(100, 0, 40)[n % 3]},{('Won', 'Lost', 'Demo')[n % 3]}" for n in range(6)]
    analysis = read("\n".join([f"Name,{header},Likelihood (%),Stage", *rows]))
    assert analysis.figures.won_value == Decimal(600_000)
    assert analysis.figures.forecast is not None
    assert analysis.figures.forecast.basis == "probability"


@pytest.mark.parametrize(
    "header",
    [
        "{} date", "Entered {}", 'Fecha de entrada en "{} (Ventas)"', "Datum Eintritt in „{} (Vertrieb)“", "{} 진입일",
        "「{} (営業)」に入った日付",
    ],
)  # fmt: skip
def test_days_of_stages_are_told_by_two_alike(header: str) -> None:
    """What stands around the stage is the same in all of them; days of leaving a stage are none of entering it."""
    names = [header.format(stage) for stage in ("New", "Demo")]
    rows = [f"Deal {n},{n}00,Demo,2025-01-1{n},2025-02-1{n},2025-03-1{n}" for n in range(6)]
    analysis = read(
        written([["Name", "Amount", "Stage", *names, "Date exited New"], *(row.split(",") for row in rows)])
    )
    assert list(analysis.understood.deals.entered) == ["New", "Demo"]


# --- amounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$(1,234.50)", "-1234.5"), ("USD (1,234.50)", "-1234.5"), ("$ -", "0"), ("CHF 900.--", "900"),
        ("3천5백만원", "35000000"), ("1억 2천5백만", "125000000"), ("3千5百万円", "35000000"), ("R$ 1,2 mi", "1200000"),
        ("2 500 тысяч", "2500000"),
    ],
)  # fmt: skip
def test_amounts_as_accountants_and_people_write_them(text: str, value: str) -> None:
    """Dashes for no cents are no sign, brackets may stand behind the currency, and hundreds before 만 add up."""
    number = read_number(text)
    assert number is not None
    assert (number.comma if number.dot is None else number.dot) == Decimal(value)


@pytest.mark.parametrize(
    ("planned", "came"), [("見込金額", "受注金額"), ("예상금액", "수주금액"), ("Umsatz Plan", "Umsatz Ist")]
)
def test_an_estimate_beside_what_came_of_it_is_the_amount(planned: str, came: str) -> None:
    """Deals that were not won keep what was expected of them."""
    rows = ["A,100,90,Won", "B,200,,Lost", "C,300,,Open"]
    figures = read("\n".join([f"Name,{planned},{came},Status", *rows])).figures
    assert (figures.won_value, figures.lost_value, figures.open_value) == (Decimal(90), Decimal(200), Decimal(300))


def test_a_start_beside_the_creation_is_not_it() -> None:
    """Bitrix24's begin date stands before the creation."""
    analysis = read("Name,Stage,Begin date,Created\nA,Won,2025-01-01,2025-02-01\nB,Lost,2025-01-01,2025-02-01\n")
    assert {place: each.role for place, each in analysis.understood.chosen.items()} == {
        0: "name",
        1: "stage",
        3: "created",
    }


# --- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2024. 7. 3.", "2024. 07. 03.", "2024. 7. 3", "2024. 7. 3. 오후 3:20", "24. 07. 03.", "２０２４／０７／０３",
        "03/07/2024 às 10:22", "03/07/2024 à 10:22", "03.07.2024 um 10:22", "03.07.2024 в 10:22", "03/07/2024 3:22 ΜΜ",
        "2024-07-03 10:22 GMT+2",
    ],
)  # fmt: skip
def test_days_with_times_of_all_countries(text: str) -> None:
    """The end of a Korean day is no time, and a time may stand behind a word."""
    day = read_day(text)
    assert day is not None
    orders = ("year_first", "day_first")
    assert "2024-07-03" in {day_text(ordinal) for order in orders if (ordinal := day.in_order(order))}
