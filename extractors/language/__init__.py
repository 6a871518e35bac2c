"""The language side: numbers, periods and terms as typed spans, and numbers that are no figures."""
