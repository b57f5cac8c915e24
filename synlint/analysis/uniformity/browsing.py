"""The templates of a field for those who look through them: all of them, judged by nobody, with the rows of some."""

from __future__ import annotations

from dataclasses import dataclass

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.uniformity.verdicts import TemplateMarker, score_of, templates_in
from synlint.model import Conclusion, CorpusHit, Measure


@dataclass(frozen=True)
class Browsing:
    """What is looked at: a field, and the templates whose rows are to be marked, by the beginning of their ids."""

    field: str
    ident: str | None = None


def conclude(state: CorpusTexts, p: Browsing) -> Conclusion:
    """All templates of the field, the share of its texts that have one, and the rows of those that are wanted."""
    templates = templates_in(state, p.field)
    share = templates.held(range(len(templates.templates))) / max(templates.judged, 1)
    metrics = {f"templated_{p.field}_share": Measure(share, max(templates.judged, 1))}
    records = tuple(each.record() for each in templates.templates)
    wanted = {n: each for n, each in enumerate(templates.templates) if p.ident and each.id.startswith(p.ident)}
    if not wanted:
        return Conclusion(metrics=metrics, templates=records)
    hits = [
        CorpusHit(each.id, each.share, 0.0, each.rows, p.field, score_of(each.share, 0.0), cluster=each.id)
        for each in wanted.values()
    ]
    marker = TemplateMarker(templates, {n: each.id for n, each in wanted.items()})
    return Conclusion(hits=hits, marker=marker, metrics=metrics, templates=records)
