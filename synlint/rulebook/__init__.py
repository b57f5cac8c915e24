"""Rules: where they are found, how they are read, and the kinds of matcher a YAML rule can use."""
