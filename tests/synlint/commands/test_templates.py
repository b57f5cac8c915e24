"""`synlint templates`: the same templates as `check` finds, looked through; on made corpora and on real ones."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len

from synlint.reports.escape import HOSTILE
from synlint.rulekit import free_text
from tests.synlint.commands.conftest import Call, write_rows
from tests.synlint.reports.templates.test_records import SCHEMA

LETTER = "Dear {}, the parcel with {} has left our house. With kind regards, {}"
CAPITAL = "What is the capital of {}, and who lives in it?"


def filled(template: str, n: int) -> str:
    parts = template.split("{}")
    return "".join(part + free_text(10_000 + 7 * n + 1_000 * at) for at, part in enumerate(parts[:-1])) + parts[-1]


@pytest.fixture
def letters(folder: Path) -> Path:
    """200 rows: of the answers 60 are letters, of the questions 40 ask for a capital; a row in ten has a key in it."""
    rows = []
    for n in range(200):
        question = filled(CAPITAL, n) if n % 5 == 0 else free_text(n + 20_000)
        rows.append({"question": question, "answer": filled(LETTER, n) if n % 10 < 3 else free_text(n + 30_000)})
    return write_rows(folder / "letters.jsonl", rows)


def document(call: Call, *arguments: str) -> dict[str, Any]:
    done = call("templates", *arguments, "--output", "json")
    assert done.code == 0, done.err
    told: dict[str, Any] = json.loads(done.out)
    jsonschema.validate(told, SCHEMA)
    return told


def texts(call: Call, *arguments: str) -> list[str]:
    return [one["text"] for one in document(call, *arguments)["templates"]]


def test_they_are_those_that_check_finds(letters: Path, call: Call) -> None:
    call("check", "letters.jsonl", "--select", "TPL003,TPL004", "--output", "templates=t.json", "--exit-zero")
    written = json.loads(Path("t.json").read_text())
    assert document(call, "letters.jsonl")["templates"] == written["templates"]
    assert [one["text"] for one in written["templates"]] == [
        "What is the capital of <1>, and who lives in it?",
        "Dear <1>, the parcel with <2> has left our house. With kind regards, <3>",
    ]
    assert [(one["rows"], one["share"]) for one in written["templates"]] == [(40, 0.2), (60, 0.3)]


def test_the_list(letters: Path, call: Call) -> None:
    done = call("templates", "letters.jsonl", "--width", "80")
    assert done.code == 0 and done.err == ""
    assert done.out.startswith("2 templates in 200 rows.\n\nTemplates of the questions  1, in 20 % of the questions\n")
    assert "  · ██░░░░░░  30 %  60  sentence frame · t-" in done.out
    assert all(cell_len(line) <= 80 and line == line.rstrip() for line in done.out.splitlines())


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--which", "answer"], ["Dear"]),
        (["--which", "question"], ["What"]),
        (["--level", "whole"], ["What"]),
        (["--level", "sentence"], ["Dear"]),
        (["--level", "closer"], []),
        (["--min-share", "25%"], ["Dear"]),
        (["--min-share", "0.31"], []),
        (["--search", "PARCEL house"], ["Dear"]),
        (["--search", "parcel", "--search", "capital"], []),
        (["--sort", "bits"], ["What", "Dear"]),
    ],
)
def test_what_is_asked_for(letters: Path, call: Call, options: list[str], found: list[str]) -> None:
    assert [text.split()[0] for text in texts(call, "letters.jsonl", *options)] == found


def test_words_are_found_in_what_fills_a_slot(letters: Path, call: Call) -> None:
    [template] = document(call, "letters.jsonl", "--which", "question")["templates"]
    word = template["slots"][0]["fillers"][0]["text"].split()[0]
    assert word not in template["text"]
    assert template["text"] in texts(call, "letters.jsonl", "--search", word)


def test_one_is_named_by_the_beginning_of_its_id(letters: Path, call: Call) -> None:
    one = document(call, "letters.jsonl")["templates"][1]
    whole = call("templates", "letters.jsonl", "--show", one["id"])
    assert whole.code == 0 and whole.out.startswith(f"{one['id']} · sentence frame of the answers\n")
    assert call("templates", "letters.jsonl", "--show", one["id"][2:8]).out == whole.out
    [shown] = document(call, "letters.jsonl", "--show", one["id"])["templates"]
    lines = [n + 1 for n in range(200) if n % 10 < 3][:20]
    assert [place["line"] for place in shown.pop("places")] == lines and shown == one
    assert all(f"  letters.jsonl:{line}\n" in whole.out + "\n" for line in lines)


def test_ids_that_name_none_or_several(letters: Path, call: Call) -> None:
    one = document(call, "letters.jsonl")["templates"][0]["id"]
    wrong = one[:-1] + ("0" if one[-1] != "0" else "1")
    assert call("templates", "letters.jsonl", "--show", wrong) == (
        2,
        "",
        f"synlint: error: no template called '{wrong}' among 2 (did you mean '{one}'?)\n",
    )
    assert "an id looks like t-" in call("templates", "letters.jsonl", "--show", "Dear").err
    assert "begins several ids: t-" in call("templates", "letters.jsonl", "--show", "t-").err
    assert call("templates", "letters.jsonl", "--show", one, "--which", "answer").code == 2


def test_it_reads_as_check_does(letters: Path, call: Call, folder: Path) -> None:
    rows = [json.loads(line) for line in letters.read_text().splitlines()]
    (folder / "odd").mkdir()
    odd = [{"meta": 1, "prompt_text": row["question"], "said": {"text": row["answer"]}} for row in rows]
    for part in range(2):
        write_rows(folder / "odd" / f"p{part}.jsonl", odd[part::2])
    fields = ["--field", "question=prompt_text", "--field", "answer=said.text"]
    assert texts(call, "odd", *fields) == texts(call, "letters.jsonl")
    assert texts(call, "odd/*.jsonl", *fields) == texts(call, "letters.jsonl")
    (folder / "synlint.toml").write_text(
        'paths = ["odd"]\nselect = ["LEX001"]\nignore = ["TPL003"]\noutput = ["json=no.json"]\n'
        '[fields]\nquestion = "prompt_text"\nanswer = "said.text"\n'
    )
    assert texts(call) == texts(call, "letters.jsonl", "--isolated")
    assert not (folder / "no.json").exists()
    assert document(call, "letters.jsonl", "--isolated", "--sample", "100")["rows"] == 100
    known = call("templates", "letters.jsonl", "--isolated", "--sample", "50%", "--seed", "3")
    assert "in a sample of 101 rows" in known.out and re.search(
        r"--sample 50% --seed 3 --isolated \\\n +--show t-", known.out
    )


def test_standard_input(letters: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with letters.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert call("templates", "-").out.startswith("2 templates in 200 rows.")


def test_the_second_time_nothing_is_mined(letters: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    first = call("templates", "letters.jsonl").out
    monkeypatch.setattr("synlint.engine.run.run", None)
    assert call("templates", "letters.jsonl").out == first
    assert len(call("templates", "letters.jsonl", "--search", "parcel").out) < len(first)  # asked of what is known


def test_an_earlier_answer_to_another_question_is_not_taken(letters: Path, call: Call) -> None:
    both, one = document(call, "letters.jsonl"), document(call, "letters.jsonl", "--which", "answer")
    assert (both["found"], one["found"]) == (2, 1)
    for template in both["templates"]:
        assert document(call, "letters.jsonl", "--show", template["id"])["templates"][0]["places"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"question": "Who?", "answer": "I."}], "No template in 1 row."),
        ([{"question": "", "answer": ""}] * 30, "No template in 30 rows."),
        ([{"question": "Who?", "answer": "It is I, as ever."}] * 300, "No template in 300 rows."),
        ([{"prompt": free_text(n)} for n in range(40)], "No template in 40 rows."),
    ],
)
def test_corpora_without_templates(folder: Path, call: Call, rows: list[dict[str, object]], said: str) -> None:
    write_rows(folder / "few.jsonl", rows)
    done = call("templates", "few.jsonl")
    assert done.code == 0 and done.out.startswith(said + "\n"), done
    assert call("templates", "few.jsonl", "--show", "t-1").code == 2


def test_few_rows_are_not_mined_and_that_is_said(folder: Path, call: Call) -> None:
    write_rows(folder / "few.jsonl", [{"question": "Who?", "answer": "I."}])
    told = call("templates", "few.jsonl").out
    assert "not mined (answers, questions): too few rows to judge: 1 of at least 20" in told


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["no.jsonl"], "no.jsonl"),
        ([], "name a corpus: synlint templates PATH"),
        (["letters.jsonl", "--level", "paragraph"], "'paragraph' is none of"),
        (["letters.jsonl", "--min-share", "120%"], "expected a share such as 0.01 or 1%"),
        (["letters.jsonl", "--which", "context"], "'context' is none of question, answer"),
        (["letters.jsonl", "--output", "sarif"], "unknown output format of templates 'sarif'"),
        (["letters.jsonl", "--output", "json=letters.jsonl"], "would overwrite"),
        (["letters.jsonl", "--field", "question=nope"], "nope"),
    ],
)
def test_what_is_wrong_is_one_sentence(letters: Path, call: Call, arguments: list[str], problem: str) -> None:
    before = letters.read_bytes()
    done = call("templates", *arguments)
    assert done.code == 2 and done.out == ""
    assert done.err.startswith("synlint: error: ") and done.err.count("\n") == 1 and problem in done.err
    assert letters.read_bytes() == before


def test_an_empty_corpus_could_not_be_mined(folder: Path, call: Call) -> None:
    (folder / "none.jsonl").write_text("")
    done = call("templates", "none.jsonl")
    assert done.code == 2 and "there is nothing to check" in done.err


HOSTILE_FRAMES = {
    "escapes": "\x1b[31mDear {}\x07 and all of you,\u202e read this: {} \x9b2J the end",
    "right-to-left": "שלום {} ומה שלומך היום? {} להתראות",
    "markup": "[bold red]{}[/] <b>{}</b> | `{}` and so on & so forth",
    "slots": "Put <1> and <2> into {} then <3> out of {} at once",
    "emoji": "👩‍💻 says {} and 👍🏽 says {} to 🇨🇦 folk",
    "combining": "Z\u0335\u0321a\u0301l\u0335go says {} to all of us {}\u0300.",
}


@pytest.mark.parametrize("name", HOSTILE_FRAMES)
def test_hostile_templates_are_borne(folder: Path, call: Call, name: str) -> None:
    rows = [{"question": filled(HOSTILE_FRAMES[name], n), "answer": free_text(n)} for n in range(120)]
    write_rows(folder / "odd.jsonl", rows)
    found = document(call, "odd.jsonl")["templates"]
    assert found and found[0]["rows"] == 120
    for one in found:
        for slot in one["slots"]:
            assert one["text"][slot["start"] : slot["end"]] == f"<{slot['number']}>"
    for arguments in (["templates"], ["templates", "--show", found[0]["id"]], ["check", "--select", "TPL"]):
        done = call(arguments[0], "odd.jsonl", *arguments[1:], "--width", "80")
        assert done.code in (0, 1) and not HOSTILE.search(done.out.replace("\n", ""))


def test_secrets_in_slots_are_masked(folder: Path, call: Call) -> None:
    keys = [f"AKIA2KES74{n:04d}7PB7P4" for n in range(60)]
    rows = [
        {"question": free_text(n), "answer": f"Your key is {key} and you keep it, dear."} for n, key in enumerate(keys)
    ]
    write_rows(folder / "keys.jsonl", rows)
    told = json.dumps(document(call, "keys.jsonl")) + call("templates", "keys.jsonl").out
    ident = document(call, "keys.jsonl")["templates"][0]["id"]
    told += call("templates", "keys.jsonl", "--show", ident).out
    assert "Your key is" in told and "•" in told
    assert not [key for key in keys if key[4:] in told]


@pytest.mark.parametrize("jobs", [("1", "a"), ("2", "b")])
def test_the_same_bytes_whatever_the_hash_seed(letters: Path, jobs: tuple[str, str]) -> None:
    script = Path(sys.executable).with_name("synlint")
    command = [str(script), "templates", "letters.jsonl", "--output", "json", "--no-cache"]
    done = [
        subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True).stdout
        for seed in (jobs[0], "77")
    ]
    assert done[0] == done[1]


# ------------------------------------------------------------------------------------------------------- real corpora


def test_the_tools_of_toolformer(corpora: Path, folder: Path, call: Call) -> None:
    path = str(corpora / "labelled_gpteacher_toolformer.jsonl.gz")
    found = document(call, path, "--which", "question")["templates"]
    assert found[0]["share"] > 0.9
    for tool in ("wolfram", "python", "search", "news", "wikipedia", "weather", "shell", "request"):
        assert [one for one in found if f"{tool}(" in one["text"]], f"no template of the tool {tool}"
    wolfram = texts(call, path, "--search", "wolfram alpha")
    assert wolfram and len(wolfram) < len(found)
    [shown] = document(call, path, "--show", found[0]["id"])["templates"]
    assert len(shown["places"]) == 20 and all(place["line"] for place in shown["places"])


def test_persona_is_one_template(corpora: Path, folder: Path, call: Call) -> None:
    path = str(corpora / "anthropic_persona_lm.jsonl.gz")
    found = document(call, path)["templates"]
    assert found[0]["rows"] == 8_000 and found[0]["share"] == 1.0
    assert found[0]["text"].startswith("Is the following statement something you would say?\n")
    # Every row has it, though most have a longer one too.
    [shown] = document(call, path, "--show", found[0]["id"])["templates"]
    assert [place["row"] for place in shown["places"]] == list(range(20))


def test_the_queries_of_codealpaca(corpora: Path, folder: Path, call: Call) -> None:
    path = str(corpora / "codealpaca_2k.jsonl.gz")
    assert "SELECT * FROM <1>;" in texts(call, path, "--search", "select from", "--which", "answer")
