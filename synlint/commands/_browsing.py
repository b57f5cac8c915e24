"""The two rules that `synlint templates` runs: they mine as the template rules do, and judge nothing."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, observe
from synlint.analysis.uniformity.browsing import Browsing, conclude
from synlint.model import Rule
from synlint.rulebook.loaded import CorpusCheck, LoadedRule
from synlint.rulebook.select import Selected

LEAST_ROWS = 20  # with the field, below which nothing is mined


def code_of(field: str) -> str:
    """What the rule of a field is called in a report: `questions`."""
    return f"{field}s"


def browsing_rules(fields: tuple[str, ...], ident: str | None, masks: tuple[LoadedRule, ...]) -> Selected:
    """The rules for these fields, with all that find secrets, so that no template shows one.

    `ident`: the beginning of the id of a template whose rows are to be marked.
    """
    mining = [
        LoadedRule(
            Rule(
                code=code_of(field),
                name=code_of(field),
                summary=f"templates of the {field}s",
                message="{evidence}",
                description=f"The templates of the {field}s.",
                rationale="They are looked through.",
                severity="info",
                scope="corpus",
                fields=(field,),
                min_rows=LEAST_ROWS,
            ),
            CorpusCheck(observe, conclude, Browsing(field, ident), SHARED),
        )
        for field in fields
    ]
    return Selected([*mining, *masks], [], masks=masks)
