"""What is said beside figures: why one is missing, what was left out, how it is to be read."""

from calculators.core.words.messages import _

# Of the whole file.
OF_FILES = {
    "outcomes_disagree": _(
        "“{first}” and “{second}” contradict each other about how deals ended: {deals} times. “{first}” counts."
    ),
    "lost_by_reason": _(
        "Nothing calls a deal lost but “{column}”: open deals with a reason for their loss count as lost ({deals})."
    ),
    "damaged_ids": _(
        "The ids in “{column}” were damaged by a spreadsheet program (1.2E+11), so they are not used as ids."
    ),
    "duplicate_ids": _(
        "Rows with an id that an earlier, different row has: {rows} ({ids}; {lines}). All of them count."
    ),
    "identical_rows": _(
        "Rows exactly like an earlier one: {rows}. Without ids they may be different deals, so they count."
    ),
    "group_filled": _(
        "“{column}” stands only in the first row of each group, as in a grouped report. It counts for the rows below "
        "as well: {rows}."
    ),
    "other_sheets": _("Only the sheet “{sheet}” was read. Sheets that were not: {count} ({names})."),
    "several_pipelines": _("Pipelines in this file: {count} ({names}). Figures for each stand beside the whole."),
    "unread_values": _(
        "Values in “{column}” that cannot be read and count as empty: {rows} ({examples}; {lines})."
    ),
    "absurd_amounts": _(
        "Values in “{column}” that are too large for an amount, as ids and phone numbers are, count as empty: {rows} "
        "({examples}; {lines})."
    ),
    "outlying_amounts": _(
        "Amounts more than 10,000 times the middle one: {deals} ({lines}). They count; check them first."
    ),
    "other_amounts": _("The amounts are taken from “{column}”. Not used: {names}."),
    "closing_days_differ": _(
        "“{first}” and “{second}” hold different closing days. Deals: {deals} ({lines}). “{first}” counts."
    ),
    "role_lost": _(
        "“{column}” is not used ({role}): {rows} of its {of} values cannot be read so ({examples})."
    ),
    "as_of_that_day": _(
        "All figures are as of {date}. Deals decided after that day, which count as open: {reopened}. Deals created "
        "after it, left out: {created}."
    ),
    "as_of_in_future": _("The day you gave, {date}, is still to come. Ages are counted up to it."),
    "unused_answers": _("Answers that fit nothing in this file: {names}."),
    "words_for_nothing": _("“{column}” has words in place of values ({words}): {rows} rows, which count as empty."),
    "negative_amounts": _("Deals with a negative amount: {deals}."),
    "na_is_name": _("“NA” in “{column}” is taken for a name, as it stands among short codes: {rows} rows."),
    "na_is_nothing": _(
        "“NA” in “{column}” is taken for an empty cell: {rows} rows. If it is a name, write it out: North America."
    ),
    "unit_said": _("“{text}” (line {line}): the amounts in “{column}” are multiplied by {factor}."),
    "no_outcome": _(
        "No column says how deals ended, so there is no win rate. Add the stage or the status to the export; often "
        "lost deals are left out by a filter or archived."
    ),
    "damaged_letters": _("Letters that could not be decoded are shown as � ({lines})."),
    "history_without_day": _("Rows of the history without a date that can be read, left out: {rows}."),
    "history_of_others": _("Rows of the history that are about other fields than the stage, left out: {rows}."),
    "history_without_deal": _("Rows of the history that belong to deals not in this file: {rows}."),
}  # fmt: skip

# Why a figure is null or spoiled, or how it is to be read.
OF_FIGURES = {
    "date_order": _("Waits until it is decided whether the day or the month comes first."),
    "mixed_dates": _("Waits until it is decided how the dates in two orders are read."),
    "history_date_order": _("Waits until it is decided how the dates of the history are read."),
    "several_currencies": _("Waits until one currency is chosen."),
    "outcome_unknown": _("Waits until it is decided which deals are won and which are lost."),
    "no_outcome": _("No column says how deals ended."),
    "planned_close_only": _("The file has expected closing dates only: how long deals really took is not in it."),
    "closed_in_future": _("Left out, closed on a day that is not yet: {deals} of {of} deals ({lines})."),
    "no_closed_deals": _("No deal in this file is closed."),
    "no_lost_deals": _(
        "There are won deals and no lost ones: the usual reason is a filter, or lost deals are archived. A win "
        "rate of 100% would mean nothing."
    ),
    "no_won_deals": _(
        "There are no won deals: the usual reason is a filter of the export. A win rate of 0% would mean nothing."
    ),
    "no_open_deals": _("No deal in this file is open."),
    "too_few_closed_deals": _("Closed deals: {closed} ({won} won, {lost} lost). Below 5 there is no rate."),
    "few_closed_deals": _("Closed deals: {closed}. Below 30, the rate is uncertain."),
    "lost_value_zero": _(
        "The lost deals have no amounts, so a rate by value would be 100% whatever happens. Keep the amount when a "
        "deal is lost."
    ),
    "won_value_zero": _("The won deals have no amounts, so there is no rate by value."),
    "lost_without_amount": _("Lost deals without an amount: {deals} of {of}. This makes the rate by value too high."),
    "won_without_amount": _("Won deals without an amount: {deals} of {of}. This makes the rate by value too low."),
    "no_amounts": _("These deals have no amounts."),
    "without_amount": _("Left out, without an amount: {deals} of {of} deals."),
    "amount_zero": _("Left out, with an amount of zero: {deals} of {of} deals."),
    "few_won_deals": _("Won deals with an amount: {deals}. Below 30, the average is uncertain."),
    "without_dates": _("Left out, without both dates: {deals} of {of} deals ({lines})."),
    "without_close_date": _("In no period, without a closing date: {deals} of {of} won deals ({lines})."),
    "negative_cycle": _("Left out, closed before they were created: {deals} of {of} deals ({lines})."),
    "no_cycles": _("None of these deals has both dates, so no cycle can be measured."),
    "few_cycles": _("Cycles measured: {deals}. Below 30, they are uncertain."),
    "no_cycle": _("The average cycle is zero days, so there is no velocity."),
    "open_uncounted": _("Open deals not counted in, without a date of creation up to that day: {deals} of {of}."),
    "open_without_age": _("Open deals without a date from which their age counts: {deals} of {of}."),
    "median_not_reached": _(
        "With open deals counted in, less than half of all deals are closed by the longest time seen, so there is no "
        "median yet."
    ),
    "no_decisions": _("No closed deal has a closing date."),
    "period_of_decisions": _("Counted from the first closing date ({first}) to the last ({last}): {days} days."),
    "part_missing": _("A part of this is missing: see {part}."),
    "too_few_whole_quarters": _("Growth needs two whole quarters; whole quarters in this file: {quarters}."),
    "no_start_revenue": _("{period} has no revenue, so growth from it is not defined."),
    "growth_between": _("Average growth per quarter from {first} to {last}; partial quarters are left out."),
    "no_stage_history": _(
        "The file says only where deals stand now. Add a file with the history of stages, or columns with the day each "
        "stage was entered."
    ),
    "without_history": _("Deals without a history of stages: {deals} of {of}."),
    "open_in_conversion": _("Open deals are counted where they stand, and may still move on: {deals}."),
    "too_few_in_stage": _("Below 5 deals in a stage there is no rate."),
    "few_in_stage": _("Below 30 deals in a stage, the rate is uncertain."),
    "no_stage": _("No column says in which stage open deals are."),
    "too_few_cycles": _("Too few deals are closed ({deals}) to say how long is too long."),
    "no_ages": _("The open deals ({deals}) have no date from which their age counts."),
    "no_quota": _("Give a quota to see coverage."),
    "quota_reached": _("The quota is reached: nothing is left to cover."),
    "booked_unknown": _("What is booked so far is not known, so the whole quota is taken as still to be won."),
    "booked_in_quarter": _("Booked: what was won in {quarter}, {booked}."),
    "without_probability": _("Left out, without a probability: {deals} of {of} open deals."),
    "forecast_exact": _("Worked out exactly over every possible outcome; open deals counted: {deals}."),
    "forecast_simulated": _(
        "Simulated 10,000 times, each open deal won or lost at its own chance; open deals counted: {deals}."
    ),
    "forecast_approximated": _("Worked out from mean and spread; open deals counted: {deals}."),
    "too_few_quarters_to_test": _("The file has too few past quarters to test a forecast on."),
    "no_created_dates": _("No column says when deals were created."),
    "without_created": _("In no period, without a date of creation: {deals} of {of} deals."),
    "cohorts_undecided": _("Deals of these periods that are still open: {deals}. Their rates will still move."),
    "no_size_classes": _("The amounts differ too little for classes of size."),
}  # fmt: skip

# The same, of figures other than a win rate.
OF_OTHER_FIGURES = {
    "no_lost_deals": _("There are no lost deals, so there is no win rate to go by."),
    "no_won_deals": _("There are no won deals."),
}
WIN_RATES = {"win_rate", "win_rate_by_value"}

# What `part_missing` names.
PARTS = {
    "win_rate": _("Win rate"),
    "deal_size": _("Average deal size"),
    "cycle": _("Sales cycle"),
    "revenue": _("Revenue over time"),
}
