"""The cases of the sentences that answer a calculator's question: of each, inputs that lead to it."""

from typing import Any

from calculators.core.declaring.choices import Rating
from calculators.core.running.calculator import all_calculators
from calculators.core.running.scorecard import ANSWERS as OF_SCORECARDS

SCORECARDS = [name for name, calculator in all_calculators().items() if calculator.answers is OF_SCORECARDS]


def _deals(*deals: tuple[int, float]) -> list[dict[str, Any]]:
    return [{"name": "Deal", "value": value, "probability": probability} for value, probability in deals]


def _lasted(*days: int, still_open: tuple[int, ...] = ()) -> dict[str, Any]:
    last = 46_357
    closed = [{"started": last - length, "closed": last} for length in days]
    return {"as_of": last, "deals": [*closed, *({"started": last - age} for age in still_open)]}


def _stages(*reached: int, name: str = "Stage") -> list[dict[str, Any]]:
    return [{"name": name, "count": count} for count in reached]


def _still_there(*rows: tuple[int, int], name: str = "Stage") -> dict[str, Any]:
    return {"stages": [{"name": name, "count": count, "still_there": still} for count, still in rows]}


def _cohorts(*rows: tuple[int, int, int]) -> dict[str, Any]:
    columns = ("entered", "won", "lost")
    return {"cohorts": [{"name": ""} | dict(zip(columns, row, strict=True)) for row in rows]}


def _products(*shares: float) -> list[dict[str, Any]]:
    rates = {"average_deal_size": 100, "win_rate": 0.5, "lead_to_opportunity_rate": 0.5}
    return [{"name": "Product", "revenue_share": share} | rates for share in shares]


def _sure(*shares: float) -> list[dict[str, Any]]:
    return [product | {"win_rate": 1, "lead_to_opportunity_rate": 1} for product in _products(*shares)]


def _balance(deals: int, limit: int, age: int) -> list[dict[str, Any]]:
    limits = {"max_deals": limit, "max_age_days": 30}
    return [{"name": "", "deals": deals, "value": 100, "mean_age_days": age} | limits]


def _tier(start: float, *, retroactive: bool) -> dict[str, Any]:
    return {"from_attainment": start, "multiplier": 1 + start, "retroactive": retroactive}


def _territories(*potentials: object) -> list[dict[str, Any]]:
    return [{"name": "A", "potential": potential, "sellers": 1} for potential in potentials]


def _kept(opening: int, expansion: object, churned: int) -> dict[str, Any]:
    group = {"name": "A", "opening": opening, "expansion": expansion, "contraction": 0, "churned": churned}
    return {"groups": [group | {"customers": 9, "lost": 0}]}


def _lost(*counts: int) -> dict[str, Any]:
    names = ("Price", "Fit", "Access")
    return {"reasons": [{"name": name, "deals": deals} for name, deals in zip(names, counts, strict=True)]}


def _months(*rows: tuple[int, int]) -> dict[str, Any]:
    months = [{"name": "", "cost": cost, "new_customers": customers} for cost, customers in rows]
    return {"months": months, "lag_months": 1}


def _credits(*rows: tuple[int, object]) -> dict[str, Any]:
    return {"credits": [{"name": "A", "period": period, "amount": amount} for period, amount in rows]}


def _measure(weight: object, result: int) -> dict[str, Any]:
    return {"measures": [{"name": "A", "weight": weight, "goal": 8, "result": result, "threshold": "0.75"}]}


def _due(amount: int, share: float) -> dict[str, Any]:
    return {"due": [{"name": "", "amount": amount, "renewal_rate": share}]}


def _all_rated(calculator: str, rating: object, **further: object) -> dict[str, Any]:
    fields = all_calculators()[calculator].input_fields
    return {name: rating for name, field in fields.items() if isinstance(field, Rating)} | further


METHODS = ("deal_size", "cycle", "deciders", "awareness", "initiator")
UNRATED = [{"criterion": "Region", "weight": 5, "rating": "unknown"}, {"criterion": "", "weight": 1, "rating": 3}]
MISFIT = [{"criterion": "Region", "weight": 1, "rating": 0}]
LEAVES = ("lowered_value", "pushed_out_value", "won_value", "lost_value")
ONE_EVENT = [{"event": "Demo", "points": 1, "count": 1, "days_ago": 0}]

# Of each sentence: inputs that lead to it, and what it says then.
CASES: dict[str, dict[str, tuple[dict[str, Any], str]]] = {
    "average-deal-size": {
        "average": ({}, "A deal we win brings 12,500 on average."),
        "single": ({"won_deals": 1}, "The one deal we won brought 250,000."),
        "hardly_anything": ({"won_revenue": 1, "won_deals": 1000}, "A deal we win brings hardly anything on average."),
        "single_hardly_anything": (
            {"won_revenue": "0.001", "won_deals": 1},
            "The one deal we won brought hardly anything.",
        ),
    },
    "customer-acquisition-cost": {
        "paid_back": ({}, "A new customer costs us 1,000, paid back after 5 months."),
        "never_paid_back": (
            {"gross_margin": 0},
            "A new customer costs us 1,000, and that is never paid back: there is no margin.",
        ),
        "paid_back_soon": (
            {"monthly_revenue_per_customer": 20_000},
            "A new customer costs us 1,000, paid back within a few days.",
        ),
        "hardly_anything": ({"new_customers": 10**9}, "A new customer costs us hardly anything."),
        "free": (
            {"sales_cost": 0, "marketing_cost": 0},
            "A new customer costs us nothing: no costs are entered for the period.",
        ),
    },
    "customer-lifetime-value": {
        "worth": ({}, "A customer is worth 10,000 over 50 months: 10× what it costs to win one."),
        "worth_less": (
            {"acquisition_cost": 12_000},
            "A customer is worth 10,000 over 50 months, less than the 12,000 it costs to win one.",
        ),
        "worth_the_same": (
            {"acquisition_cost": 9_999},
            "A customer is worth 10,000 over 50 months, about as much as it costs to win one.",
        ),
        "hardly_anything": (
            {"monthly_revenue_per_customer": "0.0001"},
            "A customer is worth hardly anything over 50 months.",
        ),
        "without_cost": ({"acquisition_cost": 0}, "A customer is worth 10,000 over 50 months."),
    },
    "lagged-acquisition-cost": {
        "overstated": (
            {},
            "A new customer costs us 1,000, spent 3 months earlier. The spend of the same months would say 1,300: too "
            "much, because the last months cost more than the first.",
        ),
        "understated": (
            _months((6000, 5), (4000, 10)),
            "A new customer costs us 600, spent 1 month earlier. The spend of the same months would say 400: too "
            "little, because the last months cost less than the first.",
        ),
        "unaffected": (
            _months((6000, 5), (6000, 10)),
            "A new customer costs us 600, spent 1 month earlier. The spend of the same months would say as much.",
        ),
        "without_lag": (
            _months((6000, 5), (6000, 10)) | {"lag_months": 0},
            "Without a lag, a new customer costs us 800, spent in the same months.",
        ),
        "hardly_anything": (_months((1, 5), (6000, 10**6)), "A new customer costs us hardly anything."),
        "free": (
            _months((0, 5), (6000, 10)),
            "A new customer costs us nothing: no costs are entered for the months in which they were paid for.",
        ),
    },
    "pipeline-coverage": {
        "missing": ({}, "No: 620,000 of pipeline is missing."),
        "nearly_enough": (
            {"quota": "0.001", "booked": 0, "open_pipeline": "0.001"},
            "Not quite: coverage is 1×, and it takes 4×.",
        ),
        "enough": ({"open_pipeline": 1_520_000}, "Yes: coverage is 4×, and 4× is enough."),
        "missing_after_new": (
            {"counts_new": True},
            "No: 620,000 of pipeline is missing. Once new business is counted, 380,000 is still missing: 76,000 of "
            "further pipeline for each week in which a new deal can still close.",
        ),
        "made_up_by_new": (
            {"counts_new": True, "created_and_won_per_week": 31_000},
            "No: 620,000 of pipeline is missing. On average, new business makes up for it: 155,000 can be expected "
            "from deals still to be created.",
        ),
        "more_from_new": (
            {"counts_new": True, "open_pipeline": 1_520_000},
            "Yes: coverage is 4×, and 4× is enough. Another 60,000 can be expected from deals still to be created.",
        ),
        "too_late": (
            {"counts_new": True, "weeks_left": 3},
            "No: 620,000 of pipeline is missing. A deal created now would close too late: what helps is to win more of "
            "those that are open, or to pull in deals of the next period.",
        ),
    },
    "pipeline-waterfall": {
        "grew": (
            {"created_value": 800_000},
            "The pipeline of the period grew from 1,200,000 to 1,300,000. "
            "The largest part of what left it was pushed out: 280,000.",
        ),
        "shrank": (
            {},
            "The pipeline of the period shrank from 1,200,000 to 800,000. "
            "The largest part of what left it was pushed out: 280,000.",
        ),
        "hardly_changed": (
            {"created_value": 700_000},
            "The pipeline of the period is as large as at the start: 1,200,000. "
            "The largest part of what left it was pushed out: 280,000.",
        ),
        "mostly_pushed_out": (
            {"pushed_out_value": 300_000},
            "The pipeline of the period shrank from 1,200,000 to 780,000. "
            "The largest part of what left it was pushed out: 300,000.",
        ),
        "mostly_lowered": (
            {"lowered_value": 300_000},
            "The pipeline of the period shrank from 1,200,000 to 580,000. "
            "The largest part of what left it are amounts that were lowered: 300,000.",
        ),
        "mostly_won": (
            {"won_value": 300_000},
            "The pipeline of the period shrank from 1,200,000 to 750,000. "
            "The largest part of what left it was won: 300,000.",
        ),
        "mostly_lost": (
            {"lost_value": 300_000},
            "The pipeline of the period shrank from 1,200,000 to 760,000. "
            "The largest part of what left it was lost: 300,000.",
        ),
        "left_alike": (
            {"lost_value": 280_000},
            "The pipeline of the period shrank from 1,200,000 to 780,000. Of what left it, no part is the largest.",
        ),
        "hardly_anything_left": (
            dict.fromkeys(LEAVES, 0) | {"won_value": "0.001"},
            "The pipeline of the period grew from 1,200,000 to 1,670,000. Hardly anything left it.",
        ),
        "nothing_left": (
            dict.fromkeys(LEAVES, 0),
            "The pipeline of the period grew from 1,200,000 to 1,670,000. Nothing left it.",
        ),
    },
    "revenue-growth": {
        "grows_once": ({}, "Our revenue grows by 15% per period."),
        "grows": (
            {"start_revenue": 100, "end_revenue": 121, "periods": 2},
            "Our revenue grows by 10% per period, by 21% in all.",
        ),
        "shrinks_once": (
            {"start_revenue": 100, "end_revenue": 90},
            "Our revenue does not grow: it shrinks by 10% per period.",
        ),
        "shrinks": (
            {"start_revenue": 100, "end_revenue": 81, "periods": 2},
            "Our revenue does not grow: it shrinks by 10% per period, by 19% in all.",
        ),
        "unchanged": (
            {"end_revenue": 80_000},
            "Our revenue does not grow: the last period brought as much as the first.",
        ),
        "hardly_changed": (
            {"start_revenue": 10**9, "end_revenue": 10**9 - 1},
            "Our revenue hardly changes: the last period brought almost exactly as much as the first.",
        ),
        "gone": ({"end_revenue": 0}, "Our revenue does not grow: it has fallen to zero."),
    },
    "sales-cycle-length": {
        "average": ({}, "A deal takes 46 days on average, and half of them close within 45 days."),
        "single": ({"cycle_days": [1]}, "The one deal in the list took 1 day."),
    },
    "sales-velocity": {
        "brings": ({}, "Our pipeline brings 2,777.78 of revenue per day."),
        "hardly_anything": (
            {"opportunities": 1, "average_deal_size": 1},
            "Our pipeline brings hardly any revenue per day.",
        ),
        "nothing": (
            {"win_rate": 0},
            "Our pipeline brings no revenue: opportunities, deal size or win rate are zero.",
        ),
    },
    "stage-conversion": {
        "loses": ({}, "The largest share is lost on the way to “Closed won”: 33.3% of the stage before get there."),
        "loses_unnamed": (
            {"stages": _stages(100, 90, 45, name="")},
            "The largest share is lost on the way to stage 3: 50% of the stage before get there.",
        ),
        "loses_alike": (
            {"stages": _stages(100, 50, 25)},
            "The largest share is lost at more than one step, first on the way to “Stage”: "
            "each time, 50% of the stage before get there.",
        ),
        "loses_alike_unnamed": (
            {"stages": _stages(100, 90, 45, 45, 40, 20, name="")},
            "The largest share is lost at more than one step, first on the way to stage 3: "
            "each time, 50% of the stage before get there.",
        ),
        "loses_hardly_anybody": (
            {"stages": _stages(10_000, 9_999, 9_998)},
            "Hardly anything is lost: each stage is reached by almost as many as the one before it, or by more.",
        ),
        "loses_nobody": (
            {"stages": _stages(100, 100, 110)},
            "Nowhere: every stage was reached by at least as many as the one before it.",
        ),
        "of_those_decided": (
            _still_there((100, 0), (80, 40), (30, 30)),
            "The largest share is lost on the way to “Stage”: 75% of the stage before get there. "
            "Those who are still in a stage are left out here (40 in all).",
        ),
        "loses_hardly_any_decided": (
            _still_there((100, 60), (40, 5)),
            "So far, hardly anything is lost: of those decided, all or almost all reached the next stage. "
            "Still in a stage: 60.",
        ),
    },
    "cohort-conversion": {
        "ends_between": (
            _cohorts((100, 20, 30)),
            "Of the deals decided so far, 40% were won. "
            "Once the open ones are decided, the rate will lie between 20% and 70%.",
        ),
        "hardly_open": (
            _cohorts((100_000, 25_000, 74_999)),
            "Of the deals decided so far, 25% were won, and the open ones can hardly change that.",
        ),
        "all_decided": (_cohorts((50, 10, 40)), "All deals are decided, and 20% of them were won."),
        "newest_not_yet": (
            {},
            "Of the deals decided so far, 27.4% were won. "
            "Once the open ones are decided, the rate will lie between 17.7% and 53.1%. "
            "The newest cohort cannot be compared yet: it will end between 10% and 85%, "
            "against 25.3% of the earlier ones that are nearly decided.",
        ),
        "newest_above": (
            _cohorts((50, 10, 40), (50, 15, 25)),
            "Of the deals decided so far, 27.8% were won. "
            "Once the open ones are decided, the rate will lie between 25% and 35%. "
            "The newest cohort is above the earlier ones, and open deals cannot change that: 30% at least, "
            "against 20%.",
        ),
        "newest_below": (
            _cohorts((50, 20, 30), (50, 10, 40)),
            "All deals are decided, and 30% of them were won. "
            "The newest cohort is below the earlier ones, and open deals cannot change that: 20% at most, against 40%.",
        ),
    },
    "win-rate": {"wins": ({}, "We win 30% of our closed deals: 24 of 80.")},
    "lead-generation-goal": {
        "adds_up": ({"months": 1}, "Leads worth 250 a day add up to 7,500 in 1 month."),
        "adds_up_slowly": (
            {"value_per_day": "0.001"},
            "Leads worth hardly anything a day add up to 0.18 in 6 months.",
        ),
        "hardly_anything": (
            {"value_per_day": "0.00001"},
            "Even all added up, the leads of 6 months are worth hardly anything.",
        ),
        "hardly_stays": (
            {"mean_days_in_pipeline": "0.00001"},
            "Leads worth 250 a day add up to 45,000 in 6 months, "
            "but hardly anything of it stays in the pipeline, because leads also leave.",
        ),
        "settles": (
            {"mean_days_in_pipeline": 60},
            "Leads worth 250 a day add up to 45,000 in 6 months, "
            "but the pipeline settles at 15,000, because leads also leave.",
        ),
    },
    "pipeline-balance": {
        "overfull": ({"stages": _balance(5, 4, 0)}, "Too many deals are in stage 1."),
        "stalled": (
            {"stages": [_balance(5, 5, 31)[0] | {"name": "Proposal"}] * 2},
            "Deals have stayed too long in Proposal.",
        ),
        "empty": (
            {"stages": _balance(0, 5, 0) * 6},
            "No deal is in stage 1 · stage 2 · stage 3 · stage 4 · stage 5 · ….",
        ),
        "balanced": ({"stages": _balance(5, 5, 30)}, "No stage needs attention: none is overfull, stalled or empty."),
    },
    "product-mix": {
        "needs": ({}, "We need 967 leads to close 50 deals; the table shows how many for each product."),
        "one_deal": (
            {"revenue_goal": 100, "products": _products(1, 0)},
            "We need 4 leads to close one deal; the table shows how many for each product.",
        ),
        "one_lead": (
            {"revenue_goal": 100, "products": _sure(1, 0)},
            "We need one lead and one deal; the table shows for which product.",
        ),
        "nothing": ({"revenue_goal": 0}, "We need no leads: no product has a share of a revenue goal."),
    },
    "pursuit-cost": {
        "pursue": ({"win_probability": 0.5}, "Pursue it: the chance is 50%, and 25% would be enough."),
        "pursue_for_nothing": ({"spent_so_far": 30_000}, "Pursue it: nothing is left to be spent on it."),
        "review": (
            {"win_probability": 0.3},
            "Review it first: the chance of 30% is too close to the 25% it takes.",
        ),
        "review_narrowly": (
            {"win_probability": 0.25},
            "Review it first: the chance is only just the 25% it takes.",
        ),
        "walk_away": ({}, "Walk away: the chance is 20%, and it takes at least 25%."),
        "walk_away_narrowly": (
            {"win_probability": 0.2499},
            "Walk away: the chance lies just below the 25% it takes.",
        ),
        "never_covered": (
            {"annual_value": 30_000},
            "Walk away: even a certain win would not cover what is still to be spent.",
        ),
        "no_chance": ({"win_probability": 0}, "Walk away: with a chance of zero, nothing more should be spent."),
        "worthless": ({"margin": 0}, "Walk away: a win would bring nothing."),
    },
    "sales-capacity": {
        "hire": (
            {},
            "No: 150,516.07 is missing. With 2 more at full speed, no quarter would lack anything; for Quarter 4 they "
            "have to start by month 4 of the plan.",
        ),
        "too_soon": (
            {"attainment": 0.7},
            "No: 471,566.81 is missing. It would take 3 more at full speed, and for Quarter 1 it is too late to hire.",
        ),
        "enough": (
            {"attainment": 1},
            "Yes: the team can sell 3,654,904.56, and every quarter has what it needs.",
        ),
        "nearly": (
            {
                "goals": [{"name": "", "goal": "480000.001"}],
                "sellers": [{"name": "", "people": 4, "start_month": -12}],
                "annual_attrition": 0,
            },
            "Nearly: the team can sell 480,000, and hardly anything is missing.",
        ),
    },
    "mutual-action-plan": {
        "in_time": (
            {"go_live": "2027-04-01"},
            "Begin by December 14, 2026: the plan has 13 days to spare. "
            "The first critical step: Success criteria agreed.",
        ),
        "just_in_time": (
            {"go_live": "2027-03-19"},
            "Begin today: the plan has no day to spare. The first critical step: Success criteria agreed.",
        ),
        "late": (
            {},
            "The plan is 4 days late: as it stands, go-live is on March 19, 2027. "
            "The first critical step: Success criteria agreed.",
        ),
        "critical": (
            {"go_live": "2027-03-14"},
            "The plan is 5 days late: as it stands, go-live is on March 19, 2027. "
            "The first critical step: Success criteria agreed.",
        ),
    },
    "revenue-plan": {
        "leads": ({}, "No: there are too few leads. It takes 27.6 a week, and you can make 25."),
        "holds_leads": (
            {"leads_per_week": 28},
            "Yes: the plan holds. Leads are the tightest link: it takes 27.6 a week, and you can make 28.",
        ),
        "holds_sellers": (
            {"leads_per_week": 100},
            "Yes: the plan holds. The sellers are the tightest link: the busiest quarter takes 4.7, and there are 5.",
        ),
        "sellers": (
            {"sellers": 3, "leads_per_week": 100},
            "No: there are too few sellers. The busiest quarter takes 4.7, and there are 3.",
        ),
        "also_leads": (
            {"sellers": 3},
            "No: there are too few sellers. The busiest quarter takes 4.7, and there are 3. "
            "Leads are too few as well: 27.6 a week are needed, and you can make 25.",
        ),
        "also_sellers": (
            {"sellers": 4, "leads_per_week": 20},
            "No: there are too few leads. It takes 27.6 a week, and you can make 20. "
            "Sellers are too few as well: 4.7 are needed, and there are 4.",
        ),
        "time": (
            {"goals": [{"name": "A", "goal": 400_000, "booked": 0}]},
            "No: it is too late for 146,718.75 of it; new leads cannot close in time.",
        ),
        "covered": (
            {"goals": [{"name": "A", "goal": 100_000, "booked": 0}], "sellers": 5},
            "Yes: what is booked and what is there is enough for every quarter.",
        ),
    },
    "sales-compensation": {
        "pays": (
            {},
            "At an attainment of 121.2%, this plan pays 10,575. The pay jumps most at an attainment of 100%: by 500.",
        ),
        "jumps": (
            {"tiers": [_tier(0, retroactive=False), _tier(0.5, retroactive=True)], "bookings": 33_000},
            "At an attainment of 100%, this plan pays 11,650. The pay jumps most at an attainment of 50%: by 825.",
        ),
        "pays_just_short": (
            {"tiers": [_tier(0, retroactive=False), _tier(0.5, retroactive=True)], "bookings": "16499.99"},
            "Just short of an attainment of 50%, this plan pays 7,850. "
            "The pay jumps most at an attainment of 50%: by 825.",
        ),
        "pays_hardly_anything": (
            {"base_salary": 0, "bookings": 0, "tiers": [], "spiff": "0.001", "bonus_at_quota": 0},
            "At an attainment of 0%, this plan pays hardly anything. There is no jump in the pay.",
        ),
        "hardly_jumps": (
            {"bonus_at_quota": "0.001"},
            "At an attainment of 121.2%, this plan pays 10,075. The pay hardly jumps anywhere.",
        ),
        "never_jumps": (
            {"bonus_at_quota": 0},
            "At an attainment of 121.2%, this plan pays 10,075. There is no jump in the pay.",
        ),
    },
    "commission-statement": {
        "pays": ({}, "At an attainment of 105% of the year’s quota, this plan pays 47,000 in all."),
        "pays_hardly_anything": (
            _credits((1, "0.01")) | {"draw": 0},
            "In all, this plan pays hardly anything.",
        ),
        "owes": (
            _credits((1, 200_000), (4, -40_000)) | {"draw": 0},
            "At an attainment of 40% of the year’s quota, this plan pays 21,000 in all. "
            "Of this, 5,000 is still to be offset against what is earned later.",
        ),
    },
    "measure-payout": {
        "pays": (_measure(1, 6), "These measures pay 9,000, which is 75% of the target."),
        "pays_hardly_anything": (_measure("0.0000001", 8), "These measures pay hardly anything of the target."),
        "loses": (
            {},
            "These measures pay 9,936, which is 82.8% of the target. Below a threshold, 1,875 is lost.",
        ),
    },
    "territory-balance": {
        "unfair": (
            {},
            "No: 800,000 of potential has to move from North to South · West for every territory to lie within 15% of "
            "the mean. The table shows the fair share of each in the goal of 2,800,000.",
        ),
        "fair": (
            {"tolerance": "0.4", "goal": 0},
            "Yes: every territory lies within 40% of the mean potential per seller.",
        ),
        "nearly": (
            {"tolerance": 0, "goal": 0, "territories": _territories("100.001", "100")},
            "Nearly: hardly any potential has to move for every territory to lie within 0% of the mean.",
        ),
        "divided": (
            {"goal": 100, "territories": _territories(20, 260, 20)},
            "No: 145 of potential has to move from territory 2 to territory 1 · territory 3 for every territory to lie "
            "within 15% of the mean. The table shows the fair share of each in the goal of 100.",
        ),
    },
    "revenue-retention": {
        "grew": (
            _due(0, 1),
            "We kept 88.5% of the revenue, and with expansion it became 101.7%: it grows without a new customer.",
        ),
        "shrank": (
            _kept(100, 4, 10) | _due(0, 1),
            "We kept 90% of the revenue, and with expansion it became 94%: without new customers it shrinks.",
        ),
        "unchanged": (
            _kept(100, "10.001", 10) | _due(0, 1),
            "We kept 90% of the revenue, and with expansion it became 100%: as much as at the start.",
        ),
        "nothing_kept": (_kept(100, 0, 100) | _due(0, 1), "Nothing of the revenue is left."),
        "renews": (
            {},
            "We kept 88.5% of the revenue, and with expansion it became 101.7%: it grows without a new customer. "
            "Of the 610,000 up for renewal, 518,500 can be expected.",
        ),
        "hardly_renews": (
            _kept(100, 0, 100) | _due(100, 0),
            "Nothing of the revenue is left. Of the 100 up for renewal, hardly anything can be expected.",
        ),
    },
    "compare-win-rates": {
        "more_than_chance": (
            {"second_won": 45, "second_lost": 45},
            "Yes: 50% against 30% is more than chance. "
            "The true difference should lie between +5.2 points and +33.5 points.",
        ),
        "maybe_chance": (
            {"second_won": 30, "second_lost": 60},
            "Not shown: 33.3% against 30% may be chance, which alone differs as much in 74.2% of cases. "
            "Each side would need about 3,116 closed deals to tell.",
        ),
        "needs_more": (
            {},
            "Not shown: 40% against 30% may be chance, which alone differs as much in 20% of cases. "
            "Each side would need about 376 closed deals to tell.",
        ),
        "same": ({"second_won": 48, "second_lost": 112}, "No: both rates are the same, 30%."),
    },
    "sales-cycle-from-dates": {
        "with_open": (
            {},
            "Half of our deals are decided within 63 days, the open ones counted. "
            "Closed deals alone would say 43 days.",
        ),
        "same": (
            _lasted(39, 45, 54, still_open=(10,)),
            "Half of our deals are decided within 45 days, whether the open ones are counted or not.",
        ),
        "all_closed": (
            _lasted(39, 45, 54),
            "Half of our deals are decided within 45 days. No deal is open.",
        ),
    },
    "win-loss-reasons": {
        "ahead": (
            _lost(44, 24, 0),
            "Most often we lose for this reason: Price, 64.7% of 68 lost deals. "
            "That is more than chance ahead of the next one.",
        ),
        "maybe_ahead": (
            {},
            "Most often we lose for this reason: No decision (nothing was bought), 39.3% of 56 lost deals. "
            "But its lead over the next one may be chance.",
        ),
        "alike": (
            _lost(6, 2, 6),
            "Several reasons are equally frequent, 42.9% of 14 lost deals each: Price · Access.",
        ),
    },
    "revenue-forecast": {
        "tested": (
            {"history": [100, 110], "method": "naive"},
            "For the next period, past revenue leads us to expect 110; "
            "so far, such forecasts were off by 9.1% of the revenue.",
        ),
        "hardly_anything": (
            {"history": ["0.001", "0.002"]},
            "For the next period, past revenue leads us to expect hardly any revenue.",
        ),
        "untested": (
            {"history": [100]},
            "For the next period, past revenue leads us to expect 100, "
            "but these numbers cannot show how far off that may be.",
        ),
        "beat_naive": (
            {"method": "trend"},
            "For the next period, past revenue leads us to expect 108,227.27; "
            "so far, such forecasts were off by 3.3% of the revenue. "
            "That beats the naive method, which was off by 4.4% in the same periods.",
        ),
        "lost_to_naive": (
            {},
            "For the next period, past revenue leads us to expect 101,247.89; "
            "so far, such forecasts were off by 6.2% of the revenue. "
            "The naive method, which takes the last value, was off by only 4.2% in the same periods.",
        ),
        "as_naive": (
            {"alpha": "0.97"},
            "For the next period, past revenue leads us to expect 107,875.55; "
            "so far, such forecasts were off by 4.2% of the revenue. "
            "The naive method, which takes the last value, did about as well in the same periods.",
        ),
    },
    "weighted-forecast": {
        "has_a_chance": (
            {},
            "On average, our open deals will bring 236,000 in all; the chance to reach the goal of 250,000 is 45.6%.",
        ),
        "hardly_reached": (
            {"deals": _deals((100, 0.5), (100, 0)), "goal": 150},
            "On average, our open deals will bring 50 in all; the goal of 150 is as good as out of reach.",
        ),
        "out_of_reach": (
            {"goal": 1_000_000},
            "On average, our open deals will bring 236,000 in all; even if all of them are won, "
            "the goal of 1,000,000 is out of reach.",
        ),
        "nearly_certain": (
            {"deals": _deals(*[(100, 0.999)] * 5), "goal": 300},
            "On average, our open deals will bring 499.50 in all; the goal of 300 is as good as reached.",
        ),
        "tiny_goal": (
            {"goal": "0.001"},
            "On average, our open deals will bring 236,000 in all; the goal is hardly above zero.",
        ),
        "hardly_anything": (
            {"deals": _deals((100, 0.00001))},
            "On average, our open deals will bring hardly anything in all.",
        ),
        "no_goal": ({"goal": 0}, "On average, our open deals will bring 236,000 in all; no goal is set."),
    },
    "lead-score": {
        "sales_ready": ({}, "Yes: sales should call this lead now; its grade is A2."),
        "nurture": ({"engagement": ONE_EVENT}, "Not yet: nurture this lead; its grade is A4."),
        "provisional": (
            {"fit": UNRATED},
            "Provisional: not yet. Less than half of the weight is rated, so the fit score of 100 says little.",
        ),
        "discard": ({"fit": MISFIT}, "No: discard this lead; with a fit score of 0 it does not fit."),
    },
    "solution-fit": {
        "strong": (_all_rated("solution-fit", 3), "Very much: the fit is strong, at 100 of 100."),
        "partial": (_all_rated("solution-fit", 2), "In part: the fit is partial, at 66.7 of 100."),
        "weak": (_all_rated("solution-fit", 0), "Little: the fit is weak, at 0 of 100."),
        "proof_missing": ({}, "The needs match well, but proof is missing: the fit is 66.1 of 100."),
        "provisional": (
            _all_rated("solution-fit", "unknown", users=3),
            "Provisional: the fit is 100 of 100 so far, but too little is rated for a verdict.",
        ),
    },
    "buying-phase": {
        "in_phase": (
            {"signals": ["preferred"]},
            "The buyer is in the phase “Commitment”. Next move: "
            "Ask which approvals remain, with people and dates, and bring in legal, security and procurement.",
        ),
        "not_begun": (
            {"signals": []},
            "As far as we know, buying has not begun. Next move: "
            "Bring an insight about the buyer's business, and ask for a meeting about one problem.",
        ),
    },
    "methodology-chooser": {
        "clear": (
            dict(zip(METHODS, ("medium", "long", "one", "unaware", "seller"), strict=True)),
            "Challenger fits our deals best, with 10 of 15 points.",
        ),
        "doubted": (
            dict(zip(METHODS, ("small", "long", "few", "unaware", "seller"), strict=True)),
            "Challenger fits our deals best, with 9 of 15 points, though not every answer speaks for it.",
        ),
        "close": ({}, "By one point only, Gap Selling fits our deals best, ahead of SPIN Selling."),
        "tied": (
            dict(zip(METHODS, ("small", "short", "one", "unaware", "seller"), strict=True)),
            "More than one fits our deals equally well: Sandler · Inbound.",
        ),
    },
    "pipeline-audit": {
        "several": (
            {},
            "We make these mistakes most: Data not tracked · No time for new leads · Balance lost. "
            "Fix “Data not tracked” first.",
        ),
        "single": (
            _all_rated("pipeline-audit", 3, wrong_metrics_2=0),
            "We make one of the 8 mistakes: fix “Wrong metrics”.",
        ),
    },
}


def of_scorecard(name: str) -> dict[str, dict[str, Any]]:
    """Return inputs of a scorecard that lead to each of its sentences."""
    ratings = [key for key, field in all_calculators()[name].input_fields.items() if isinstance(field, Rating)]
    (must_have,) = all_calculators()[name].output_fields["blockers"].options  # type: ignore[attr-defined]  # a choice
    further = next(key for key in ratings if key != must_have)
    return {
        "advance": _all_rated(name, 3),
        "needs_work": _all_rated(name, 2),
        "find_out": _all_rated(name, 2) | {further: "unknown"},
        "must_have_unknown": _all_rated(name, 3, advance_from=50) | {must_have: "unknown"},
        "provisional": _all_rated(name, "unknown") | {must_have: 2},
        "nothing_rated": _all_rated(name, "unknown"),
        "blocked": _all_rated(name, 3) | {must_have: 0},
        "out_of_reach": _all_rated(name, 1, stop_below=70) | {further: "unknown"},
        "too_weak": _all_rated(name, 1),
    }
