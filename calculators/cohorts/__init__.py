"""Cohorts: what open deals and the time between cause and effect do to a figure."""
