"""Arithmetic that texts write down: read it, recompute it with exact fractions, and say where it is false."""
