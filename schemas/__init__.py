"""What things are: frozen types, and the vocabulary and registers as validated data files."""
