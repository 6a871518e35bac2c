"""Periods: a reporting year, a half, a quarter, a calendar year, or the day of a stock."""
