"""The sentences a manager can say aloud, and the few figures below them."""

from calculators.analysis.page.about import Answered
from calculators.analysis.page.gate import is_by_rows
from calculators.analysis.page.open_sections import overshot
from calculators.core.numbers.statistics import NO_RATE_BELOW
from calculators.core.words.messages import _


def headline(about: Answered) -> str:
    """Return what the pipeline says in two sentences, without decimals."""
    return about.write.joined((_of_rows(about), _closed(about), _open(about)))


def _of_rows(about: Answered) -> str:
    """Return what has to be said first: that rows are counted which may not be deals of their own."""
    if any(map(is_by_rows, about.answer["doubts"])):
        return about.write.say(_("Counted by rows: most ids stand in several of them, as the question above says."))
    return ""


def _closed(about: Answered) -> str:
    write = about.write
    if not about.figures["deals"]:
        return write.say(_("No deal is left to count; what is set aside, and why, stands above."))
    rate, days = about.get("win_rate.value"), about.get("cycle.median_days")
    if rate is None:
        return write.joined((_counts(about), _why_no_rate(about)))
    # Of a few deals there is no average to speak of.
    size = about.get("deal_size.mean") if (about.get("deal_size.n") or 0) >= NO_RATE_BELOW else None
    names = {"rate": write.percent_aloud(rate)}
    if days is None and size is None:
        return write.say(_("We win {rate} of our closed deals."), **names)
    if size is None:
        only_days = _("We win {rate} of our closed deals; half of them were decided within {days}.")
        return write.say(only_days, **names, days=write.days_aloud(days))
    names["size"] = write.money(size)
    if days is None:
        return write.say(_("We win {rate} of our closed deals, {size} each on average."), **names)
    both = _("We win {rate} of our closed deals, {size} each on average; half of them were decided within {days}.")
    return write.say(both, **names, days=write.days_aloud(days))


def _why_no_rate(about: Answered) -> str:
    """Return why there is no win rate, without the counts that stand before it."""
    if any(note["code"] == "too_few_closed_deals" and note["figure"] == "win_rate" for note in about.answer["notes"]):
        return about.write.say(_("That is too few closed deals for a win rate."))
    return about.why("win_rate")


def _counts(about: Answered) -> str:
    write, figures = about.write, about.figures
    deals = write.deals(figures["deals"])
    if figures["won"] is None:
        return write.say(_("Deals read: {deals}."), deals=write.count(figures["deals"]))
    counts = {name: write.count(figures[name]) for name in ("won", "lost", "open")}
    return write.say(_("Of {deals}: won {won}, lost {lost}, open {open}."), deals=deals, **counts)


def _open(about: Answered) -> str:
    write, figures = about.write, about.figures
    if not figures["open"]:
        return ""
    deals = write.plural("{number} open deal", "{number} open deals", figures["open"])
    expected, value = figures["forecast"], figures["open_value"]
    if not value:
        return "" if figures["win_rate"] is None else write.say(_("Now in the pipeline: {deals}."), deals=deals)
    names = {"deals": deals, "value": write.money(value)}
    if not expected:
        return write.say(_("Now in the pipeline: {deals} worth {value}."), **names)
    sentence = write.say(
        _("Now in the pipeline: {deals} worth {value}, of which {likely} may be expected."),
        **names,
        likely=write.money(expected["weighted_value"]),
    )
    share = overshot(about)
    too_high = write.say(_("Forecasts for past quarters came out {share} too high."), share=share) if share else ""
    return write.joined((sentence, too_high))
