"""What each page shows: one frozen object for each, read from the store."""
