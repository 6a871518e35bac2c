"""The order of the work, and where results are kept."""
