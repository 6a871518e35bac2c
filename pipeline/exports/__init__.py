"""Exports: the store's content as JSON lines and CSV."""
