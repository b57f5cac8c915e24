from __future__ import annotations

from synlint.rulebook.token_keys import ENTITY_TEXTS, FLAGS, LEXICAL_TEXTS, OPERATORS, PARSED_TEXTS, TAGGED_TEXTS, TOKEN


def test_every_attribute_and_operator_is_one_that_spacy_takes() -> None:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    names = (*LEXICAL_TEXTS, *TAGGED_TEXTS, *PARSED_TEXTS, *ENTITY_TEXTS)
    assert set(TOKEN["properties"]) == {*names, *FLAGS, "LENGTH", "OP"}
    matcher = Matcher(Vocab(), validate=True)
    for name in names:
        value = "Case=Nom" if name == "MORPH" else "x"
        matcher.add(name, [[{name: value}], [{name: {"IN": [value]}}], [{name: {"NOT_IN": [value]}}]])
    for name in FLAGS:
        matcher.add(name, [[{name: True}]])
    matcher.add("n", [[{"LENGTH": 3}], *([{"LENGTH": {sign: 3}}] for sign in ("==", "!=", ">=", "<=", ">", "<"))])
    matcher.add("op", [[{"LOWER": "x", "OP": operator}] for operator in OPERATORS])
