"""Checkable constraints that a question puts on its answer: recognised from the wording, checked by pure functions.

`registry.constraints_of(question)` gives the constraints, and `constraint.check(answer, question)` says whether an
answer keeps one. The 25 types and their names are those of IFEval (Zhou et al. 2023, arXiv 2311.07911).
"""
