"""Questions or answers point in few directions: they are far less varied than texts that people wrote."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.embedding.variety import VarietyParams, little_varied
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import made_later

_FEW = ("river", "stone", "bridge", "boat", "water", "harbour")
_MANY = (
    *("river", "violin", "mortgage", "galaxy", "pepper", "goalkeeper", "hospital", "senator", "tractor", "poem"),
    *("enzyme", "cathedral", "keyboard", "volcano", "lawsuit", "wedding", "glacier", "vaccine", "sculpture", "railway"),
    *("spider", "inflation", "algebra", "curtain", "monsoon", "referee", "battery", "novel", "orchard", "submarine"),
    *("teacher", "diamond", "protein", "carnival", "treaty", "butterfly", "software", "desert", "orchestra", "tax"),
    *("kidney", "puppet", "satellite", "bakery", "election", "horse", "magnet", "prison", "swimming", "lantern"),
    *("chess", "dolphin", "garage", "philosophy", "typhoon", "perfume", "hammer", "democracy", "cheese", "planet"),
    *("sings", "melts", "argues", "whispers", "borrows", "explodes", "measures", "forgets", "climbs", "translates"),
    *("purple", "ancient", "salty", "nervous", "digital", "frozen", "royal", "lazy", "toxic", "wooden"),
    *("seventeen", "quickly", "never", "Brazil", "Norway", "Tokyo", "Shakespeare", "Monday", "yesterday", "million"),
    *("ankle", "umbrella", "jazz", "mosquito", "pension", "comet", "saddle", "yoghurt", "passport", "chimney"),
    *("rifle", "ballet", "cactus", "dentist", "equation", "fossil", "gravel", "hedge", "insulin", "jury"),
    *("kite", "lemonade", "monastery", "nickel", "oxygen", "parliament", "quilt", "radar", "syllable", "tournament"),
)


@made_later
def _rows(words: tuple[str, ...], rows: int) -> list[dict[str, str]]:
    """Answers of eight words, in an order of their own."""
    chance = Random(len(words))
    return [{"question": f"No. {n}", "answer": " ".join(chance.choices(words, k=8))} for n in range(rows)]


RULE = Rule(
    code="EMB001",
    name="embedding-collapse",
    summary="texts are far less varied than people's",
    message="{evidence} ({value:.2f} of it, limit {threshold:.2f})",
    description=(
        "Of 250 or 1,000 different texts of four words or more (the largest sample that the field fills, the same "
        "whatever the order of the rows), the bundled encoder makes vectors; the mean is taken off, and the Vendi "
        "score, exp of the entropy of the covariance's eigenvalues, is held against that of the median human "
        "corpus of that size. The rule fires below three quarters of it. The report also tells effective rank, "
        "participation ratio, IsoScore, mean cosine, similarity to the nearest text and hubness of the same "
        "sample. No human-written corpus is below the limit: answers have 0.80 (on PubMed) to 1.22 of the median, "
        "questions 0.85 to 1.12. Toolformer data's questions have 0.14, TOFU's questions 0.49 and its answers "
        "0.68; Alpaca, GPT-4 and AlpacaEval are not below it. Texts about one field are less varied for a good "
        "reason. Languages other than English are not judged, and with another encoder (setting encoder) the "
        "measures are told, but not judged: values of two encoders cannot be compared."
    ),
    rationale=(
        "A corpus in which every row is fine can still say little: a model that is trained on few directions answers "
        "in few, and what is rare in them is lost first."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer", "question"),
    min_rows=250,
    examples_match=(
        Example(rows=_rows(_FEW, 300), note="six words in all orders"),
        Example(rows=_rows(_MANY[:12], 300), note="twelve words"),
        Example(
            rows=made_later(lambda: [{"question": str(row["answer"]), "answer": "Yes."} for row in _rows(_FEW, 300)])(),
            note="questions, too",
        ),
    ),
    examples_no_match=(
        Example(rows=_rows(_MANY, 300), note="words of all kinds"),
        Example(rows=_rows(_FEW, 200), note="too few to tell"),
        Example(rows=made_later(lambda: [*_rows(_FEW, 1)] * 300)(), note="one text is a copy, and no collapse"),
    ),
    references=(
        (
            "Friedman and Dieng 2023, The Vendi Score: A Diversity Evaluation Metric for Machine Learning",
            "https://arxiv.org/abs/2210.02410",
        ),
        (
            "Roy and Vetterli 2007, The effective rank: A measure of effective dimensionality",
            "https://ieeexplore.ieee.org/document/7098875",
        ),
    ),
)

Params = VarietyParams


def conclude(state: CorpusTexts, p: VarietyParams) -> Conclusion:
    return little_varied(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
