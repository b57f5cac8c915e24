"""Python rule files: whatever is wrong with one is a sentence about the file, never a traceback."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from synlint.errors import RuleFileError
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, PythonRowCheck
from synlint.testing import check_examples, hits_of

ROW = '''\
"""A letter is doubled."""

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.model import Example, Hit, Rule

RULE = Rule(
    code="LEX902",
    name="made-up",
    summary="a letter is doubled",
    message="doubled {evidence!r}",
    description="D.",
    rationale="R.",
)


@dataclass(frozen=True)
class Params:
    letter: Annotated[str, "the letter"] = "x"
    ratio: Annotated[float, "a ratio"] = 0.5
    most: int = 3


def look(batch: pl.DataFrame, p: Params) -> list[Hit]:
    doubled = 2 * p.letter
    return [
        Hit(at, "answer", text.index(doubled), text.index(doubled) + 2, doubled)
        for at, text in enumerate(batch["answer"])
        if text and doubled in text
    ]
'''


def load(folder: Path, text: str, overrides: dict[str, Any] | None = None, file: str = "made_up.py") -> Any:
    path = folder / file
    path.write_text(text, encoding="utf-8")
    [loaded] = load_rules([str(path)], {"LEX902": overrides or {}}, only_paths=True)
    return loaded


def refusal(folder: Path, text: str, overrides: dict[str, Any] | None = None) -> str:
    with pytest.raises(RuleFileError) as caught:
        load(folder, text, overrides)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(str(folder / "made_up.py"))
    return said.removeprefix(str(folder / "made_up.py"))


def test_a_row_rule_runs_with_its_params(tmp_path: Path) -> None:
    loaded = load(tmp_path, ROW, {"letter": "y", "ratio": 1})
    assert isinstance(loaded.check, PythonRowCheck)
    [hit] = hits_of(loaded, [{"answer": "xx"}, {"answer": "éyy"}, {"answer": None}])
    assert (hit.at, hit.start, hit.end, hit.evidence) == (1, 1, 3, "yy")
    assert loaded.options["letter"] == ("str", "y", "the letter")
    assert loaded.options["ratio"] == ("float", 1.0, "a ratio")
    assert loaded.options["most"] == ("int", 3, "")
    assert loaded.rule.origin.endswith("made_up.py")


@pytest.mark.parametrize(("fixed", "wrong"), [("a .", False), ("a  .", True)])
def test_what_an_example_reads_after_the_fix_is_held_to(tmp_path: Path, fixed: str, wrong: bool) -> None:
    """`fixed` of an example is a test of the fix, as `tests: fix:` is in YAML."""
    example = f'Example(fields={{"answer": "a xx."}}, fixed={{"answer": "{fixed}"}})'
    clean = 'Example(fields={"answer": "a."}), Example(fields={"answer": "b."})'
    rest = f'    fix=Fix("replace"), examples_match=({example}, {example}), examples_no_match=({clean}),\n)'
    text = ROW.replace("import Example, Hit", "import Example, Fix, Hit").replace(
        '    rationale="R.",\n)', f'    rationale="R.",\n{rest}'
    )
    loaded = load(tmp_path, text)
    assert loaded.fix_tests == (({"answer": "a xx."}, {"answer": fixed}),) * 2
    assert [sentence.startswith("fix example") for sentence in check_examples(loaded)] == [True] * 2 * wrong


KEYED = ROW.replace("def look", 'KEYWORDS = {"answer": ("It\'s",), "question": ("Is it",)}\n\n\ndef look')


def test_only_rows_with_a_keyword_are_looked_at(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"answer": "IT’S xx"},
        {"answer": "xx"},
        {"answer": "xx", "question": "is\u00a0it?"},
        {"answer": "xx", "question": None},
        {"answer": "it is xx", "question": "It's?"},
    ]
    assert [hit.at for hit in hits_of(load(tmp_path, KEYED), rows)] == [0, 2]


def test_a_screen_and_keywords_must_both_let_a_row_through(tmp_path: Path) -> None:
    screened = KEYED.replace(
        "def look", 'def screen(p: Params) -> pl.Expr:\n    return pl.col("answer").str.contains("a")\n\n\ndef look'
    )
    rows = [{"answer": "it's xx"}, {"answer": "it's xx a"}, {"answer": "xx a"}]
    assert [hit.at for hit in hits_of(load(tmp_path, screened), rows)] == [1]


@pytest.mark.parametrize(
    "keywords",
    ['{"answers": ("x",)}', '("x",)', '{"answer": "x"}', '{"answer": ("x", " ")}', '{"answer": (1,)}'],
)
def test_keywords_of_the_wrong_shape(tmp_path: Path, keywords: str) -> None:
    assert ": KEYWORDS must " in refusal(tmp_path, ROW + f"\n\nKEYWORDS = {keywords}\n")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("RULE = Rule(", "RULES = Rule(", ": a Python rule needs RULE = Rule(...)"),
        ("def look", "def lok", ": a Python rule needs look(batch, params), or observe"),
        ("def look(batch: pl.DataFrame, p: Params) -> list[Hit]:", "look = 5\ndef lok(batch, p):", "needs look(batch"),
        ("LEX902", "LEX92", ": code 'LEX92' must be a family"),
        ("LEX902", "XEL902", ": code 'XEL902' must be a family"),
        ('name="made-up"', 'name="made-down"', ": name 'made-down' must be the file's name 'made-up'"),
        ("doubled {evidence!r}", "doubled {evidenc}", ": message: no value {evidenc} (did you mean 'evidence'?)"),
        ('summary="a letter is doubled"', "summary=None", ": summary must be text, not None"),
        ('rationale="R."', 'rationale="R.", fields=["answer"]', ": fields must be a tuple of texts, not ['answer']"),
        ('rationale="R."', 'rationale="R.", fields=("answr",)', ": unknown field 'answr' (did you mean 'answer'?)"),
        ('rationale="R."', 'rationale="R.", needs=("answer.tokens",)', ": no feature column 'answer.tokens'"),
        ('rationale="R."', 'rationale="R.", severity="warn"', ": unknown severity 'warn'"),
        ('rationale="R."', 'rationale="R.", scope="corpus"', ": scope must be 'row' for a rule with look"),
        ('rationale="R."', 'rational="R."', ":10: cannot be imported: TypeError"),
        ("import polars as pl", "import polarz as pl", ":6: cannot be imported: ModuleNotFoundError"),
        ("import polars as pl", "import polars as pl; 1 / 0", ":6: cannot be imported: ZeroDivisionError"),
        ("import polars as pl", "import polars as pl; raise SystemExit(0)", ":6: cannot be imported: SystemExit"),
        ("import polars as pl", "import polars as pl; exit()", ": cannot be imported: SystemExit"),
        ("def look(", "def look(:", ":27:10: not valid Python"),
        ('"""A letter', '"""A \x00letter', "ot valid Python"),
        ("@dataclass(frozen=True)", "", ": Params must be a dataclass"),
        ('"x"', "set()", ": cannot be imported: ValueError: mutable default"),
    ],
)
def test_wrong_files(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in ROW
    before = set(sys.modules)
    assert says in refusal(tmp_path, ROW.replace(old, new, 1))
    if "cannot be imported" in says:
        assert not [name for name in set(sys.modules) - before if name.startswith("synlint_user_rule")]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "made_up.py"
    path.write_bytes(ROW.replace("doubled.", "döubled.").encode("latin-1"))
    with pytest.raises(RuleFileError, match="not valid Python"):
        load_rules([str(path)], only_paths=True)


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"leter": "y"}, "rule LEX902 has no option 'leter' (did you mean 'letter'?)"),
        ({"letter": 5}, "option LEX902.letter must be str, not 5"),
        ({"ratio": "5"}, "option LEX902.ratio must be float, not '5'"),
        ({"most": True}, "option LEX902.most must be int, not True"),
    ],
)
def test_wrong_options(tmp_path: Path, overrides: dict[str, Any], says: str) -> None:
    assert says in refusal(tmp_path, ROW, overrides)


def test_params_that_refuse_a_value(tmp_path: Path) -> None:
    picky = ROW.replace(
        "    most: int = 3\n", "    most: int = 3\n\n    def __post_init__(self):\n        assert self.most\n"
    )
    assert load(tmp_path, picky).options["most"][1] == 3
    assert "Params of LEX902 cannot be made: AssertionError" in refusal(tmp_path, picky, {"most": 0})


CORPUS = '''\
"""Counts."""

from synlint.model import Conclusion, Rule
from synlint.states import CountTable

RULE = Rule(code="TPL902", name="made-up", summary="s", message="m", description="d", rationale="r", scope="corpus")


def observe(batch, p):
    return CountTable.of(batch["answer"])


def conclude(state, p):
    return Conclusion()
'''


def test_a_corpus_rule(tmp_path: Path) -> None:
    loaded = load(tmp_path, CORPUS)
    assert isinstance(loaded.check, CorpusCheck)
    assert "scope must be 'corpus'" in refusal(tmp_path, CORPUS.replace(', scope="corpus"', ""))
    assert "needs look" in refusal(tmp_path, CORPUS.replace("def conclude", "def konclude"))


def test_integrity_and_secrets_are_judged_by_count(tmp_path: Path) -> None:
    assert load(tmp_path, ROW).rule.gate.by == "share"
    assert load(tmp_path, ROW.replace("LEX902", "SEC902")).rule.gate.by == "count"


def test_two_files_of_one_name_are_two_modules(tmp_path: Path) -> None:
    for folder, code in (("one", "LEX902"), ("two", "LEX903")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "made_up.py").write_text(ROW.replace("LEX902", code), encoding="utf-8")
    with pytest.raises(RuleFileError, match="name 'made-up' is taken"):
        load_rules([str(tmp_path)], only_paths=True)
    (tmp_path / "two" / "made_up.py").rename(tmp_path / "two" / "other.py")
    other = tmp_path / "two" / "other.py"
    other.write_text(other.read_text(encoding="utf-8").replace("made-up", "other"), encoding="utf-8")
    assert [loaded.code for loaded in load_rules([str(tmp_path)], only_paths=True)] == ["LEX902", "LEX903"]
