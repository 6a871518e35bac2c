"""The store: where everything that was found and read is kept."""
