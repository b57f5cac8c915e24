"""Columns that rules may ask for by name; nothing is computed that no selected rule asks for."""
