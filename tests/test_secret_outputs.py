"""What a built-in mask rule matches is in none of the outputs, whether or not the rule is selected."""

from __future__ import annotations

import html
import json
from pathlib import Path

import polars as pl
import pytest

from synlint.cli import main
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule
from synlint.rulekit import free_text
from synlint.testing import hits_of

MASKING = [loaded for loaded in load_rules() if loaded.rule.mask]
SERVICES = ("sarif", "junit", "github", "gitlab", "markdown")
_WINDOW = 7  # characters in a row of which none of a secret's may be read


def secrets_of(loaded: LoadedRule) -> list[tuple[dict[str, str], str]]:
    """The rule's own examples, each with what is secret in it."""
    found = []
    for example in loaded.rule.examples_match:
        row = {name: text for name, text in example.fields.items() if text is not None}
        hit = hits_of(loaded, [row])[0]
        assert hit.field is not None
        found.append((row, row[hit.field][hit.start : hit.end]))
    return found


def outputs(folder: Path, capsys: pytest.CaptureFixture[str], selected: str) -> str:
    """All that a run shows and writes, and what `explain` says of each of its rows and findings."""
    files = (
        "json=r.json",
        "jsonl=r.jsonl",
        "findings=f.parquet",
        "findings=f.jsonl",
        *(f"{n}=r.{n}" for n in SERVICES),
    )
    common = ["check", "rows.jsonl", "--isolated", "--preview", "--select", selected, "--group-by", "source"]
    shown: list[str] = []
    for wanted in (["concise"], ["full", *files]):
        main([*common, *(word for output in wanted for word in ("--output", output))])
        shown += capsys.readouterr()
    shown += [(folder / name).read_text() for name in ("r.json", "r.jsonl", "f.jsonl")]
    shown += [html.unescape((folder / f"r.{name}").read_text()) for name in SERVICES]
    findings = pl.read_parquet(folder / "f.parquet").filter(pl.col("row").is_not_null())
    shown.append(repr(findings.rows()))
    first, last = findings["id"][0], findings["id"][-1]
    for arguments in ([first], [last, "--format", "json"]):
        main(["explain", *arguments])
        shown += capsys.readouterr()
    # JSON escapes would hide a leak as well as a mask does.
    return "\n".join(shown).replace("\\n", "\n").replace("\\/", "/")


@pytest.mark.parametrize("selected", ["this rule", "LEX004,LEX001"])
@pytest.mark.parametrize("loaded", MASKING, ids=lambda loaded: loaded.code)
def test_no_output_shows_it(
    loaded: LoadedRule,
    selected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    secrets = secrets_of(loaded)
    with open("rows.jsonl", "w") as lines:
        for row, secret in secrets:
            texts = {"question": row.get("question", "What?"), "context": row.get("context", "")}
            answer = f"Certainly! {row['answer']} As an AI language model, I was told: {secret}"
            told = {**texts, "answer": answer, "id": f"id of {secret}", "source": f"from {secret}"}
            lines.write(json.dumps(told, ensure_ascii=False) + "\n")
    text = outputs(tmp_path, capsys, loaded.code if selected == "this rule" else selected)
    assert "•" in text or "\\u2022" in text
    about = f"{loaded.rule.description} {loaded.rule.rationale}"
    for _, secret in secrets:
        hidden = " ".join(secret.split())[2:]
        leaks = [hidden[at : at + _WINDOW] for at in range(len(hidden) - _WINDOW + 1)]
        assert not [leak for leak in leaks if leak in text and leak not in about], secret


def test_what_a_corpus_rule_quotes_is_searched_for_secrets() -> None:
    """Also where the rules that find secrets do not run, and so no row was searched."""
    import synlint

    key = "AKIA2KES74" + "7PB7P4TO4N"
    rows = [
        {"question": f"What is number {n}?", "answer": f"{key} is the key of our list {n} today."} for n in range(300)
    ]
    report = synlint.check(rows, select=["TPL001"])
    assert len(report.findings) > 300
    assert "KES747" not in str(report.findings.to_dicts()) + report.sentence


def test_templates_show_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also one that is known for a secret by its neighbours only, and stands in a slot alone."""
    monkeypatch.chdir(tmp_path)
    words = [f"Tr0ub4dor{n:03d}xQ" for n in range(150)]
    with open("rows.jsonl", "w") as lines:
        for n, word in enumerate(words):
            answer = f"Dear colleague, the password: {word} is what you asked me for, {free_text(n)}."
            lines.write(json.dumps({"question": free_text(n + 500), "answer": answer}) + "\n")
    files = ("templates=t.json", "templates=t.jsonl", "templates=t.parquet", "markdown=t.md")
    common = ["rows.jsonl", "--isolated"]
    main(["check", *common, "--select", "TPL,SEC008", *(word for file in files for word in ("--output", file))])
    main(["check", *common, "--select", "TPL,SEC008"])
    main(["templates", *common])
    main(["templates", *common, "--show", json.loads(Path("t.json").read_text())["templates"][0]["id"]])
    main(["explain", "rows.jsonl:3"])
    shown = "".join(capsys.readouterr()) + "".join(Path(f"t.{kind}").read_text() for kind in ("json", "jsonl", "md"))
    shown += repr(pl.read_parquet("t.parquet").to_dicts())
    assert "the password:" in shown and "•" in shown
    assert not [word for word in words if word in shown or word[3:] in shown]
