"""The kinds of matcher a YAML rule can use, one per file."""
