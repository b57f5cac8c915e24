"""What human corpora measure at equal sample sizes: the table that the rules on uniformity compare a corpus with.

Usage: python benchmarks/human_uniformity.py [--check]   (corpora: SYNLINT_CORPORA)

Writes synlint/analysis/uniformity/human_uniformity.json: measures only, nothing of a text. With --check nothing is
written, and the exit code is 1 if the file would change.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from measure import corpora
from rule_book import HUMAN, SPACY_MODEL, rows_of

from synlint.analysis.embedding import variety
from synlint.analysis.embedding.vectors import embedded
from synlint.analysis.token_search import tags
from synlint.analysis.uniformity import compression, structure, tag_runs
from synlint.analysis.uniformity.human import TABLE
from synlint.analysis.uniformity.streams import Stream
from synlint.analysis.uniformity.texts import Texts

Values = Mapping[int, float]  # by sample size


def structural_spreads(texts: Texts) -> Values:
    """How much the share of marks varies between so many texts."""
    _, counts = structure.marks_at_heads(Stream.of_texts(texts))
    return {size: structure.spread_of(counts[:size]) for size in structure.SIZES if size <= len(counts)}


def skeleton_compressions(texts: Texts) -> Values:
    """How many times shorter so many tokens of skeletons become."""
    symbols = compression.skeletons_of(Stream.of_texts(texts)).symbols
    return {size: compression.compression_of(symbols[:size]) for size in compression.SIZES if size <= len(symbols)}


def tag_compressions(texts: Texts) -> Values:
    """How many times shorter so many part-of-speech tags become."""
    tagged = tags(SPACY_MODEL, tag_runs.sample_texts(texts))
    found = {size: tag_runs.compression_of(tagged, size) for size in tag_runs.SIZES}
    return {size: value for size, value in found.items() if value is not None}


def vendi_scores(texts: Texts) -> Values:
    """How varied so many texts are to the bundled encoder; nothing of a language that it was not made for."""
    vectors = embedded(texts).vectors
    known = [size for size in variety.SIZES if size <= len(vectors)]
    return {size: variety.variety_of(vectors[:size]).vendi_score for size in known if vectors[:size].any()}


MEASURES = {
    variety.measure_of("answer"): vendi_scores,
    variety.measure_of("question"): vendi_scores,
    structure.MEASURE: structural_spreads,
    compression.MEASURE: skeleton_compressions,
    tag_runs.MEASURE: tag_compressions,
}

OF_QUESTIONS = (variety.measure_of("question"),)  # of all others, the answers


def table() -> str:
    """measure -> sample size -> corpus -> value."""
    measures: dict[str, dict[str, dict[str, float]]] = {name: {} for name in MEASURES}
    for corpus, file in sorted(HUMAN.items()):
        rows = rows_of(corpora() / file, human=True)
        for name, values_of in MEASURES.items():
            field = "question" if name in OF_QUESTIONS else "answer"
            for size, value in values_of(Texts.of([str(row[field] or "") for row in rows])).items():
                measures[name].setdefault(str(size), {})[corpus] = round(value, 4)
    about = "Uniformity of human corpora, by sample size; written by benchmarks/human_uniformity.py."
    return json.dumps({"about": about, "measures": measures}, indent=1, sort_keys=True) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Measure, then write the file or compare it."""
    wanted = table()
    stale = not TABLE.is_file() or TABLE.read_text(encoding="utf-8") != wanted
    if stale and "--check" in arguments:
        print(f"stale: {TABLE.name}", file=sys.stderr)
    elif stale:
        TABLE.write_text(wanted, encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
