"""Which deals a figure left out, by the code of the note that counts them."""

from calculators.analysis.figures import cohorts, forecast
from calculators.analysis.figures.history import NOWHERE, History
from calculators.analysis.figures.marks import Marks, both, places, without
from calculators.analysis.figures.open_deals import NO_AGE, OpenDeals
from calculators.analysis.figures.view import View
from calculators.analysis.gate.deals import NO_AMOUNT, Circumstances, Deals


def deals_left_out(code: str, figure: str, deals: Deals, circumstances: Circumstances) -> list[int]:
    """Return the places of the deals that a note counts, by the note's code and figure; none where it counts none."""
    view = View(deals, circumstances)
    return places(_by_code(view, figure).get(code, bytes(len(view))))


def _by_code(view: View, figure: str) -> dict[str, Marks]:
    """Return, by the codes of the notes about a figure that count deals, these deals."""
    amounts_of = {
        "deal_size": view.won,
        "won_value": view.won,
        "lost_value": view.lost,
        "open_value": view.open,
        "coverage": view.open,
    }
    if figure in amounts_of:
        meant = amounts_of[figure]
        return {
            "without_amount": without(meant, view.has_amount),
            "amount_zero": without(both(meant, view.has_amount), view.sized(meant)),
            "negative_amounts": _negative(view, meant),
        }
    match figure:
        case "win_rate_by_value":
            return {
                "won_without_amount": without(view.won, view.sized(view.won)),
                "lost_without_amount": without(view.lost, view.sized(view.lost)),
                "lost_value_zero": view.lost,
                "won_value_zero": view.won,
            }
        case "cycle" | "cycle_of_won":
            return {
                **view.without_length(of_won=figure == "cycle_of_won"),
                "open_uncounted": without(view.open, view.aged),
            }
        case "revenue" | "revenue_by_month":
            return view.without_period()
        case "stages" | "stalled":
            return {"open_without_age": _without_age(view)}
        case "stage_conversion":
            history = History(view)
            return {
                "without_history": bytes(map(NOWHERE.__eq__, history.furthest)),
                "open_in_conversion": both(view.open, history.reached(0)),
            }
        case "forecast":
            return {
                "without_amount": without(view.open, view.sized(view.open)),
                "negative_amounts": _negative(view, view.open),
                "without_probability": without(
                    forecast.with_amount(view), forecast.weighted_deals(view, History(view))
                ),
            }
        case "cohorts":
            return {
                "without_created": cohorts.left_out(view)["without_created"],
                "cohorts_undecided": both(view.open, view.has_created),
            }
    return {}


def _negative(view: View, meant: Marks) -> Marks:
    return both(meant, bytes(NO_AMOUNT < parts < 0 for parts in view.deals.amounts))


def _without_age(view: View) -> Marks:
    open_deals = OpenDeals(view, History(view))
    aged = {deal for deal, age in zip(open_deals.deals, open_deals.ages, strict=True) if age != NO_AGE}
    return bytes(deal not in aged and bool(is_open) for deal, is_open in enumerate(view.open))
