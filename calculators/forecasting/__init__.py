"""Forecasting: what open deals and past revenue say about the next periods."""
