"""Comparing two checks: did the corpus get better? Two sides in, one `Comparison` out; formats show it."""
