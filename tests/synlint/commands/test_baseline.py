"""`synlint baseline write|prune|show`, and `check` with what they make: exit codes, sentences, files."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from tests.synlint.commands.conftest import Call, write_rows

FILE = ".synlint-baseline.json"


def rows_of(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(name).read_text().splitlines()]


def test_what_a_corpus_has_is_no_news(folder: Path, call: Call) -> None:
    assert call("check", "dirty.jsonl").code == 1
    done = call("baseline", "write", "dirty.jsonl")
    assert done.code == 0 and done.out.splitlines() == [
        f"wrote {FILE}: 4 entries (4 findings in texts) of 12 rows",
        f"  check what is new:      synlint check dirty.jsonl --baseline {FILE}",
        f'  or always, in settings: baseline = "{FILE}"',
    ]
    checked = call("check", "dirty.jsonl", "--baseline", FILE)
    assert checked.code == 0 and "Nothing new that counts: 4 known from the baseline" in checked.out
    assert f"--baseline {FILE} --select ALL" in checked.out, "the next commands ask the same question"


def test_moved_rows_are_known_and_edited_ones_are_not(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    rows = rows_of("dirty.jsonl")
    write_rows(Path("moved.jsonl"), random.Random(1).sample(rows, len(rows)))
    assert call("check", "moved.jsonl", "--baseline", FILE).code == 0
    rows[3]["answer"] = "As an AI language model, I say something else."
    write_rows(Path("edited.jsonl"), rows)
    done = call("check", "edited.jsonl", "--baseline", FILE, "--output", "concise")
    assert [line.split(":")[1] for line in done.out.splitlines()] == ["4"]


def test_the_setting_is_relative_to_its_file(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("synlint.toml").write_text('baseline = "known.json"\n')
    done = call("check", "dirty.jsonl")
    assert done.code == 2
    assert done.err.startswith("synlint: error: baseline known.json: there is no such file; write it: synlint baseline")
    assert call("baseline", "write", "dirty.jsonl").out.startswith("wrote known.json: ")
    Path("below").mkdir()
    monkeypatch.chdir("below")
    assert call("check", "../dirty.jsonl").code == 0
    assert call("check", "../dirty.jsonl", "--isolated").code == 1
    assert "4 entries" in call("baseline", "show").out


def test_writing_again_says_what_changed(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    before = Path(FILE).read_bytes()
    assert "4 entries: 0 are new, 0 are gone" in call("baseline", "write", "dirty.jsonl").out
    assert Path(FILE).read_bytes() == before
    assert "4 entries: 0 are new, 4 are gone" in call("baseline", "write", "clean.jsonl", "--force").out


def test_only_a_baseline_is_replaced(folder: Path, call: Call) -> None:
    for name in ("dirty.jsonl", "notes.json"):
        Path("notes.json").write_text('{"mine": 1}')
        before = Path(name).read_bytes()
        done = call("baseline", "write", "dirty.jsonl", "-o", name)
        assert done.code == 2 and f"{name} is there already, and is no baseline" in done.err
        assert Path(name).read_bytes() == before
    assert call("baseline", "write", "dirty.jsonl", "-o", "no/folder.json").code == 2
    assert call("check", "dirty.jsonl", "--baseline", "notes.json", "--output", "json=notes.json").code == 2
    assert Path("notes.json").read_text() == '{"mine": 1}'


def test_a_report_may_not_take_the_place_of_the_baseline_it_was_made_with(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "--output", "json=report.json")
    before = Path("report.json").read_bytes()
    assert call("check", "dirty.jsonl", "--baseline", "report.json").code == 0
    done = call("check", "dirty.jsonl", "--baseline", "report.json", "--output", "json=report.json")
    assert done.code == 2 and "would overwrite the baseline report.json" in done.err
    assert Path("report.json").read_bytes() == before


def test_nothing_is_written_when_something_could_not_be_checked(folder: Path, call: Call) -> None:
    done = call("baseline", "write", "dirty.jsonl", "missing.jsonl")
    assert done.code == 2 and "missing.jsonl" in done.err and "no baseline was written" in done.err
    assert not Path(FILE).exists()
    assert "name the corpus: synlint baseline write PATH" in call("baseline", "write").err
    assert "4 entries" in call("baseline", "write", "--config", 'paths=["dirty.jsonl"]').out
    Path(FILE).unlink()
    assert "a sample is no basis" in call("baseline", "write", "dirty.jsonl", "--config", "sample=5").err


def test_a_baseline_of_other_settings_or_versions_is_remarked_on(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    with_other = call("check", "dirty.jsonl", "--baseline", FILE, "--ignore", "LEX002", "--width", "200")
    assert "was written with other settings, rules or parameters" in with_other.out
    text = Path(FILE).read_text()
    Path(FILE).write_text(text.replace('"synlint": "', '"synlint": "9.'))
    assert "was written by synlint 9." in call("check", "dirty.jsonl", "--baseline", FILE, "--width", "200").out


def test_two_reports_with_different_baselines_have_different_digests(folder: Path, call: Call) -> None:
    def digest(*options: str) -> str:
        call("check", "dirty.jsonl", "--output", "json=r.json", *options)
        return str(json.loads(Path("r.json").read_text())["settings_digest"])

    call("baseline", "write", "dirty.jsonl", "-o", "a.json")
    call("baseline", "write", "clean.jsonl", "-o", "b.json")
    digests = [digest(), digest("--baseline", "a.json"), digest("--baseline", "b.json")]
    assert len(set(digests)) == 3
    os.rename("a.json", "c.json")
    assert digest("--baseline", "c.json") == digests[1]
    Path(".synlintignore").write_text(f"{'a' * 16} LEX001\n")
    assert digest() == digests[0], "what was ignored is counted in the report, and changes no setting"


# ------------------------------------------------------------------------------------------------------------- prune


def mended(name: str, at: int) -> None:
    rows = rows_of("dirty.jsonl")
    rows[at]["answer"] = "It lies at kilometre 0."
    write_rows(Path(name), rows)


def test_what_was_mended_is_taken_out_and_stays_out(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    mended("better.jsonl", 0)
    assert "1 entry of the baseline occurs no more" in call("check", "better.jsonl", "--baseline", FILE).out
    assert call("baseline", "prune", "better.jsonl").out == f"{FILE}: took out 1 of 4 entries\n"
    assert call("baseline", "prune", "better.jsonl").out == f"{FILE}: everything in it still occurs (3 entries)\n"
    done = call("check", "dirty.jsonl", "--baseline", FILE, "--output", "concise")
    assert "dirty.jsonl:1: LEX001" in done.out and "dirty.jsonl:4: LEX001" not in done.out


def test_rates_are_lowered_and_never_raised(folder: Path, call: Call) -> None:
    def corpus(bad: int) -> None:
        rows = [{"question": f"{n}?", "answer": f"It lies at {n}."} for n in range(400 - bad)]
        rows += [{"question": f"b{n}?", "answer": f"As an AI language model, I say {n}."} for n in range(bad)]
        write_rows(Path("many.jsonl"), rows)

    def rate() -> float:
        record = json.loads(call("baseline", "show", "--format", "json").out)
        return float(record["rules"]["LEX001"]["corpus_findings"][0]["value"])

    Path("synlint.toml").write_text('select = ["LEX001"]\n')  # such texts are templates, too
    corpus(80)
    assert "81 entries (80 findings in texts, 1 about the corpus)" in call("baseline", "write", "many.jsonl").out
    assert call("baseline", "show").out.splitlines()[-1] == "        corpus: 20 % (limit 1 %)"
    corpus(40)
    assert call("baseline", "prune", "many.jsonl").out == f"{FILE}: took out 40 of 81 entries, and lowered 1 rate\n"
    assert rate() == 0.1
    corpus(80)
    assert "everything in it still occurs" in call("baseline", "prune", "many.jsonl").out
    assert rate() == 0.1


def test_nothing_is_added(folder: Path, call: Call) -> None:
    mended("better.jsonl", 0)
    call("baseline", "write", "better.jsonl")
    before = Path(FILE).read_bytes()
    assert "everything in it still occurs" in call("baseline", "prune", "dirty.jsonl").out
    assert Path(FILE).read_bytes() == before


def test_what_somebody_ignored_still_occurs(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl", "-o", "known.json")
    call("check", "dirty.jsonl", "--output", "json=r.json")
    found = json.loads(Path("r.json").read_text())["findings"]
    lines = [f"{finding['fingerprint']} LEX001\n" for finding in found if finding["row"] is not None]
    Path(".synlintignore").write_text("".join(lines))
    assert "everything in it still occurs" in call("baseline", "prune", "dirty.jsonl", "--baseline", "known.json").out


def test_another_corpus_and_a_part_of_one_are_refused(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl", "clean.jsonl")
    before = Path(FILE).read_bytes()
    done = call("baseline", "prune", "clean.jsonl")
    assert done.code == 2
    assert "is of 2 files, and 1 of them is here: name all; if the others are gone for good, add --force" in done.err
    call("baseline", "write", "dirty.jsonl", "-o", "known.json")
    done = call("baseline", "prune", "clean.jsonl", "--baseline", "known.json")
    assert done.code == 2 and "nothing in known.json occurs here: is it of another corpus?" in done.err
    assert Path(FILE).read_bytes() == before
    assert "took out 4 of 4" in call("baseline", "prune", "clean.jsonl", "--baseline", "known.json", "--force").out


def test_entries_of_rules_that_did_not_run_stay(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    done = call("baseline", "prune", "dirty.jsonl", "--ignore", "LEX001")
    assert done.out == (
        f"{FILE}: everything in it still occurs (4 entries)\n"
        "  entries of rules that could not judge this time stay: LEX001\n"
    )


def test_a_report_is_not_pruned(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "--output", "json=report.json")
    done = call("baseline", "prune", "dirty.jsonl", "--baseline", "report.json")
    assert done.code == 2 and "report.json is a report, or compressed and not called so, and stays as it is" in done.err


@pytest.mark.parametrize("file, magic", [("b.json.gz", b"\x1f\x8b"), ("b.json.zst", b"\x28\xb5\x2f\xfd")])
def test_a_compressed_baseline_is_written_again_and_pruned(folder: Path, call: Call, file: str, magic: bytes) -> None:
    for sentence in ("wrote", "0 are new, 0 are gone"):
        done = call("baseline", "write", "dirty.jsonl", "-o", file)
        assert done.code == 0 and sentence in done.out and Path(file).read_bytes().startswith(magic), done
    assert call("check", "dirty.jsonl", "--baseline", file).code == 0
    write_rows(Path("dirty.jsonl"), rows_of("dirty.jsonl")[1:])
    assert "took out 1 of 4" in call("baseline", "prune", "dirty.jsonl", "--baseline", file).out
    assert Path(file).read_bytes().startswith(magic)


# ------------------------------------------------------------------------------------------------------------- write


def test_the_baseline_of_another_corpus_is_not_written_over(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    before = Path(FILE).read_bytes()
    others = [{"question": f"Who is {n}?", "answer": f"As an AI language model, I do not know {n}."} for n in range(3)]
    write_rows(Path("other.jsonl"), others)
    done = call("baseline", "write", "other.jsonl")
    assert done.code == 2 and Path(FILE).read_bytes() == before
    assert f"nothing in {FILE} occurs here: is it the baseline of another corpus? Name another" in done.err
    assert call("baseline", "write", "other.jsonl", "--force").code == 0
    assert Path(FILE).read_bytes() != before


# -------------------------------------------------------------------------------------------------------------- show


def test_show(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    lines = call("baseline", "show").out.splitlines()
    assert lines[0] == f"{FILE}: 4 entries (4 findings in texts)"
    assert lines[1].startswith("of 12 rows in 1 file, by synlint ") and lines[1].endswith("with the settings of now")
    assert lines[3].split() == [*("LEX001", "assistant-self-reference", "4", "33.3", "%", "of", "rows")]
    assert max(map(len, lines)) <= 80
    record = json.loads(call("baseline", "show", FILE, "--format", "json").out)
    assert record["rules"]["LEX001"]["texts"] == 4
    assert record["corpus"] == {"files": 1, "rows": 12}
    assert "other settings" in call("baseline", "show", "--config", "preview=true").out


def test_show_fits_80_columns_and_tells_shares_as_reports_do(repository: Path, folder: Path, call: Call) -> None:
    corpus = str(repository / "examples" / "synthetic_qa.jsonl")
    assert call("baseline", "write", corpus, "--isolated", "-o", "own.json").err == ""
    lines = call("baseline", "show", "own.json").out.splitlines()
    assert max(map(len, lines[3:])) <= 80
    (at,) = [n for n, line in enumerate(lines) if line.startswith("TPL003")]
    assert lines[at + 1].startswith("        corpus: ") and "% (limit 5 %)" in lines[at + 1]


def test_show_steers_no_terminal(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl")
    Path(FILE).write_text(Path(FILE).read_text().replace('"LEX001"', '"LEX\\u001b[2J"'))
    done = call("baseline", "show")
    assert "\x1b" not in done.out and "\\x1b[2J" in done.out


@pytest.mark.slow
def test_a_real_corpus_week_by_week(corpora: Path, folder: Path, call: Call) -> None:
    """Alpaca: written once, known in any order and with half of it gone, and bad rows that are appended are refused."""
    import gzip

    with gzip.open(corpora / "alpaca_en_52k.jsonl.gz", "rt", encoding="utf-8") as source:
        rows = source.readlines()[:10_000]
    data = Path("data.jsonl")
    data.write_text("".join(rows))
    assert call("baseline", "write", "data.jsonl").code == 0
    size = Path(FILE).stat().st_size
    assert size < 40 * len(rows) / 10, "about twenty bytes a finding"
    data.write_text("".join(reversed(rows)))
    assert "0 findings" in call("check", "data.jsonl", "--baseline", FILE).out
    bad = [
        json.dumps({"question": f"What is thing {n}?", "answer": f"As an AI language model, I do not know thing {n}."})
        for n in range(100)
    ]
    data.write_text("".join(rows) + "\n".join(bad) + "\n")
    done = call("check", "data.jsonl", "--baseline", FILE, "--output", "concise")
    assert done.code == 1
    places = [int(line.split(":")[1]) for line in done.out.splitlines() if line.startswith("data.jsonl")]
    assert places and min(places) > len(rows)
    data.write_text("".join(rows[::2]))
    assert "0 findings" in call("check", "data.jsonl", "--baseline", FILE).out


def test_every_file_as_a_corpus_of_its_own(folder: Path, call: Call) -> None:
    """As the git hook checks changed files: against the baseline of the whole, and no remarks on what it cannot see."""
    call("baseline", "write", "dirty.jsonl", "clean.jsonl")
    done = call("check", "--each", "dirty.jsonl", "clean.jsonl", "--baseline", FILE, "--output", "json")
    report = json.loads(done.out)
    assert done.code == 0 and report["known"] == {"baseline": 4, "ignore_file": 0, "row_keys": 0}
    assert not [note for note in report.get("notes", []) if "no more" in note]
    write_rows(Path("new.jsonl"), [{"question": "New?", "answer": "As an AI language model, I say new."}])
    done = call("check", "--each", "dirty.jsonl", "new.jsonl", "--baseline", FILE, "--output", "concise")
    assert done.code == 1 and [line.split(":")[0] for line in done.out.splitlines()] == ["new.jsonl"]
    Path(".synlintignore").write_text(f"{'0' * 16} LEX001 clean.jsonl\n")
    done = call("check", "--each", "dirty.jsonl", "clean.jsonl", "--output", "concise")
    assert sum("INT011" in line for line in done.out.splitlines()) == 1


def test_what_is_found_in_the_ignore_file_has_its_place_in_every_output(folder: Path, call: Call) -> None:
    Path(".git").mkdir()
    Path("data").mkdir()
    Path("dirty.jsonl").rename("data/dirty.jsonl")
    Path(".synlintignore").write_text(f"# ignored\n{'0' * 16} LEX004 data/dirty.jsonl\n")
    out = {
        name: call("check", "data/dirty.jsonl", "--output", name).out for name in ("github", "gitlab", "junit", "sarif")
    }
    assert "::notice title=synlint INT011 unused-suppression,file=.synlintignore,line=2::suppresses" in out["github"]
    [entry] = [entry for entry in json.loads(out["gitlab"]) if entry["check_name"].startswith("INT011")]
    assert entry["location"] == {"path": ".synlintignore", "lines": {"begin": 2}}
    [found] = [found for found in json.loads(out["sarif"])["runs"][0]["results"] if found["ruleId"] == "INT011"]
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": ".synlintignore", "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] == 2
    suite = out["junit"].partition('<testsuite name=".synlintignore"')[2].partition("</testsuite>")[0]
    assert suite.count("<testcase") == 1 and "INT011" in suite
