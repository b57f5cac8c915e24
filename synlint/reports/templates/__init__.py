"""Mined templates as people and programs read them: records, the words of a template, lists of them, one in full."""
