"""The parts of the `full` format, top to bottom: headline, corpus findings, rules, slices, exhibits, footer."""
