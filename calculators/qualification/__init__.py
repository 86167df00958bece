"""Qualification: scorecards that rate evidence and say what to find out next."""
