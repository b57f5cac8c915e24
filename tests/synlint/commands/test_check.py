from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.synlint.commands.conftest import Call


def test_exit_codes(folder: Path, call: Call) -> None:
    assert call("check", "clean.jsonl", "--select", "LEX").code == 0
    assert call("check", "dirty.jsonl", "--select", "LEX").code == 1
    assert call("check", "dirty.jsonl", "--select", "LEX", "--exit-zero").code == 0
    assert call("check", "dirty.jsonl", "--select", "LEX", "--fail-on", "error").code == 0
    assert call("check", "dirty.jsonl", "--select", "LEX", "--fail-on", "error", "--max-warnings", "2").code == 1
    assert call("check", "gone.jsonl").code == 2
    assert call("check", "gone.jsonl", "--exit-zero").code == 2


def test_default_report_answers_first(folder: Path, call: Call) -> None:
    done = call("check", "dirty.jsonl", "--width", "100")
    assert "Not yet" in done.out.splitlines()[0]
    assert done.err == ""


def test_quiet_is_concise(folder: Path, call: Call) -> None:
    done = call("check", "dirty.jsonl", "-q", "--select", "LEX001")
    assert "dirty.jsonl:1: LEX001" in done.out


def test_concise_gives_findings_to_stdout_and_the_verdict_to_stderr(folder: Path, call: Call) -> None:
    done = call("check", "dirty.jsonl", "--select", "LEX001,TPL", "--output", "concise", "--group-by", "source")
    assert [line.split(": ")[1].split()[0] for line in done.out.splitlines()] == ["LEX001"] * 4
    lines = done.err.splitlines()
    assert lines[0].startswith("source=bot: findings, 4 rows: LEX001")
    assert lines[1] == "source=human: clean, 8 rows"
    assert lines[2].startswith("skipped TPL")
    assert lines[-1].startswith("findings: Not yet: ")
    assert call("check", "dirty.jsonl", "-q").err == ""
    assert call("check", "clean.jsonl", "--select", "LEX", "--output", "concise").out == ""


def test_the_verdict_is_said_where_only_files_are_written(folder: Path, call: Call) -> None:
    done = call("check", "dirty.jsonl", "--select", "LEX001", "--output", "json=r.json", "--output", "findings=f.jsonl")
    assert (done.out, done.err.count("\n")) == ("", 1)
    assert done.err.startswith("findings: Not yet")
    assert call("check", "dirty.jsonl", "--output", "json").err == ""  # the document has it
    assert call("check", "dirty.jsonl", "--output", "concise=f.txt", "--output", "full").err == ""


def test_a_run_never_overwrites_what_it_reads(folder: Path, call: Call) -> None:
    before = Path("dirty.jsonl").read_bytes()
    done = call("check", "dirty.jsonl", "--output", "json=dirty.jsonl")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "synlint: error: --output json=dirty.jsonl would overwrite dirty.jsonl, the corpus to check; "
        "name another file\n"
    )
    assert Path("dirty.jsonl").read_bytes() == before


def test_suggested_commands_carry_what_was_asked(folder: Path, call: Call) -> None:
    asked = ("--field", "answer=answer", "--fail-on", "error", "--config", "seed=2", "--isolated")
    report = ("--output", "full", "--output", "json=r.json", "--width", "160")
    shown = call("check", "dirty.jsonl", *asked, *report).out
    again = "synlint check dirty.jsonl --field answer=answer --fail-on error --config seed=2 --isolated"
    assert f"every finding: {again} --output concise\n" in shown
    assert "one explained: synlint explain dirty.jsonl:1 --config seed=2 --isolated\n" in shown
    actions = json.loads(Path("r.json").read_text())["summary"]["actions"]
    assert any(action["command"].startswith(f"{again} ") for action in actions)


def test_passing_in_spite_of_findings_is_not_called_clean(folder: Path, call: Call) -> None:
    assert call("check", "clean.jsonl", "--select", "LEX").out.startswith("✓ CLEAN")
    assert call("check", "dirty.jsonl", "--select", "LEX001", "--fail-on", "error").out.startswith("✓ PASSED")
    assert call("check", "dirty.jsonl", "--select", "LEX001", "-e").out.startswith("✗ FINDINGS (exit 0)")


def test_a_wrong_rule_table_has_its_line(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text("seed = 1\n[rule.LEX006]\nmaxshare = 0.1\n")
    assert call("check", "clean.jsonl").err.startswith(
        "synlint: error: synlint.toml:3: rule.LEX006.maxshare: rule LEX006"
    )
    Path("synlint.toml").write_text("seed = 1\n[rule.LEX999]\nmax-share = 0.1\n")
    assert call("check", "clean.jsonl").err.startswith("synlint: error: synlint.toml:2: no rule has the code 'LEX999'")


def test_several_outputs_from_one_run(folder: Path, call: Call) -> None:
    done = call(
        "check", "dirty.jsonl", "--output", "concise", "--output", "json=r.json", "--output", "findings=f.parquet"
    )
    assert done.code == 1
    report = json.loads(Path("r.json").read_text())
    assert report["exit_code"] == 1
    assert "LEX001" in done.out
    assert Path("f.parquet").stat().st_size > 0


def test_selection_by_option_and_file(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text('select = ["SEC"]\nfail-on = "info"\n')
    assert call("check", "dirty.jsonl").code == 0
    assert call("check", "dirty.jsonl", "--extend-select", "LEX001").code == 1
    assert call("check", "dirty.jsonl", "--isolated").code == 1
    assert call("check", "dirty.jsonl", "--config", 'select=["LEX"]').code == 1


def test_set_reaches_the_rule(folder: Path, call: Call) -> None:
    assert call("check", "dirty.jsonl", "--select", "LEX001", "--set", "LEX001.severity=info").code == 0
    done = call("check", "dirty.jsonl", "--set", "LEX001.severty=info")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "severty" in done.err
    assert call("check", "dirty.jsonl", "--set", "LEX001=info").err.startswith(
        "synlint: error: --set LEX001=info: expected"
    )


def test_per_file_ignores_hold_however_the_file_is_given(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text('select = ["LEX"]\n[per-file-ignores]\n"sub/dirty.jsonl" = ["LEX"]\n')
    Path("sub").mkdir()
    os.replace("dirty.jsonl", "sub/dirty.jsonl")
    assert call("check", "sub/dirty.jsonl").code == 0
    assert call("check", ".").code == 0
    assert call("check", str(folder / "sub")).code == 0
    os.replace("sub/dirty.jsonl", "dirty.jsonl")
    assert call("check", "dirty.jsonl").code == 1


def test_per_source_ignores(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text('select = ["LEX001"]\n[per-source-ignores]\nbot = ["assistant-self-reference"]\n')
    assert call("check", "dirty.jsonl").code == 0
    Path("synlint.toml").write_text('select = ["LEX001"]\n[per-source-ignores]\nhuman = ["LEX"]\n')
    assert call("check", "dirty.jsonl").code == 1


def test_own_rules_by_path(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(
        "code: LEX901\nname: kilometre\nsummary: names a distance\nmessage: found {evidence}\ndescription: d\n"
        "rationale: r\nfields: [answer]\nmatch:\n  phrases: {items: [kilometre]}\n"
        "tests:\n  match: [{answer: a kilometre}, {answer: one kilometre}]\n  no_match: [{answer: a}, {answer: b}]\n"
    )
    done = call("check", "clean.jsonl", "--rules", "kilometre.yaml", "--select", "LEX901", "-q")
    assert done.code == 1
    assert done.out.count("LEX901") >= 12


def test_a_named_rule_that_cannot_judge_is_no_clean_bill(folder: Path, call: Call) -> None:
    by_name = call("check", "clean.jsonl", "--select", "opener-concentration")
    assert by_name.code == 2
    assert "Cannot say: TPL001 was asked for by name: too few rows" in " ".join(by_name.out.split())
    assert call("check", "clean.jsonl", "--select", "TPL").code == 0


def test_group_by_gives_a_verdict_per_value(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "--select", "LEX001", "--group-by", "source", "--output", "json=r.json")
    slices = json.loads(Path("r.json").read_text())["slices"]["source"]
    assert {name: entry["verdict"] for name, entry in slices.items()} == {"bot": "findings", "human": "clean"}


def test_nothing_readable_is_a_sentence_per_file_and_still_a_json_report(folder: Path, call: Call) -> None:
    Path("empty.jsonl").write_text("")
    done = call("check", "empty.jsonl", "clear.jsonl")
    assert done.out == ""
    assert len(done.err.splitlines()) == 2
    assert "no such file or folder; did you mean clean.jsonl?" in done.err
    done = call("check", "empty.jsonl", "--output", "json")
    assert (done.code, json.loads(done.out)["verdict"]) == (2, "error")
    assert call("check", "empty.jsonl", "--allow-empty").code == 0


def test_some_files_unreadable_lints_the_rest_and_ends_in_2(folder: Path, call: Call) -> None:
    Path("broken.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    done = call("check", "dirty.jsonl", "broken.jsonl.gz", "-q")
    assert done.code == 2
    assert "LEX001" in done.out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "name a corpus: synlint check PATH"),
        (("dirty.jsonl", "--select", "LEX0O1"), "unknown rule 'LEX0O1' (did you mean 'LEX001'?)"),
        (("dirty.jsonl", "--statistics", "time"), "if it belongs to --statistics, write --statistics=time"),
        (("dirty.jsonl", "--width", "40"), "width: expected at least 60, got 40"),
        (("dirty.jsonl", "--output", "report.json"), "write --output json=report.json"),
        (("dirty.jsonl", "--output", "jsn"), "unknown output format 'jsn' (did you mean 'json'?)"),
        (("dirty.jsonl", "--output", "json=gone/r.json"), "the folder does not exist"),
        (("dirty.jsonl", "--sample", "0"), "sample: expected at least 1 row"),
        (("dirty.jsonl", "--layout", "mesages"), "mesages"),
        (("dirty.jsonl", "--field", "q"), "expected NAME=VALUE"),
        (("dirty.jsonl", "--rules", "gone"), "gone: no such rule file or folder"),
        (("dirty.jsonl", "--config", "gone.toml"), "gone.toml: cannot be read"),
        (("dirty.jsonl", "--select", "DYN"), "the settings select no rule"),
    ],
)
def test_wrong_usage_is_one_sentence(folder: Path, call: Call, arguments: tuple[str, ...], part: str) -> None:
    done = call("check", *arguments)
    assert (done.code, done.out) == (2, "")
    assert part in done.err
    assert done.err.startswith("synlint: error: ") and done.err.count("\n") == 1


def test_a_broken_rule_file_has_its_place(folder: Path, call: Call) -> None:
    Path("bad.yaml").write_text("code: LEX901\nname: bad\nsumary: x\n")
    assert call("check", "dirty.jsonl", "--rules", "bad.yaml").err.startswith(
        "synlint: error: bad.yaml:3:1: unknown key 'sumary'"
    )


def test_show_settings_is_a_settings_file(folder: Path, call: Call) -> None:
    import tomllib

    arguments = ("--select", "LEX", "--set", "LEX001.max-share=0.5", "--field", "question=a b")
    shown = call("check", "dirty.jsonl", *arguments, "--show-settings").out
    read = tomllib.loads(shown)
    assert read["select"] == ["LEX"]
    assert read["rule"] == {"LEX001": {"max-share": 0.5}}
    assert read["fields"] == {"question": "a b"}
    Path("shown.toml").write_text(shown)
    again = call("check", "dirty.jsonl", "--config", "shown.toml", "--show-settings").out
    assert [line for line in again.splitlines() if "digest" in line] == [
        line for line in shown.splitlines() if "digest" in line
    ]


def test_show_files(folder: Path, call: Call) -> None:
    assert call("check", ".", "--show-files").out == "clean.jsonl\ndirty.jsonl\n"
    assert call("check", "gone.jsonl", "--show-files").code == 2


def test_statistics_and_sample(folder: Path, call: Call) -> None:
    assert "LEX001" in call("check", "--statistics", "dirty.jsonl").out
    assert call("check", "dirty.jsonl", "--sample", "50%", "--seed", "3", "--statistics=time").code in {0, 1}


def test_standard_input(folder: Path) -> None:
    with open("dirty.jsonl", "rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "synlint", "check", "-", "-q"],
            stdin=stream,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "stdin:1: LEX001" in done.stdout


def test_cache_is_made_ignored_by_git_and_optional(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "--no-cache")
    assert not Path(".synlint_cache").exists()
    call("check", "dirty.jsonl")
    assert Path(".synlint_cache/.gitignore").read_text().endswith("*\n")


def test_a_closed_pipe_keeps_the_verdict(folder: Path) -> None:
    script = f"{sys.executable} -m synlint check dirty.jsonl | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_interrupt_is_130_without_traceback(folder: Path) -> None:
    """The check waits for standard input; Ctrl-C then finds it where it matters, in the middle of reading."""
    child = subprocess.Popen(
        [sys.executable, "-m", "synlint", "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert child.stdin is not None
    child.stdin.write(b'{"question": "q", "answer": "a"}\n' * 200_000)  # returns once most has been read
    time.sleep(0.2)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate()
    assert (child.returncode, out, err) == (130, b"", b"")


def test_where_the_file_lies_changes_nothing_in_the_report(folder: Path, call: Call) -> None:
    first = json.loads(call("check", "dirty.jsonl", "--output", "json").out)
    Path("other").mkdir()
    os.replace("dirty.jsonl", "other/dirty.jsonl")
    moved = json.loads(call("check", "other/dirty.jsonl", "--output", "json").out)
    for part in ("corpus", "rules", "findings", "metrics", "settings_digest"):
        assert first[part] == moved[part]


def test_report_options_follow_the_settings() -> None:
    from synlint.commands.check import report_options
    from synlint.settings import Settings

    shown = report_options(Settings(color="never", width=80, max_findings=3, statistics="time"))
    assert (shown.color, shown.width, shown.max_findings, shown.statistics) == (False, 80, 3, "time")
    assert report_options(Settings()).color is None


def test_the_configured_paths_are_checked_where_none_is_given(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("data").mkdir()
    os.replace("dirty.jsonl", "data/dirty.jsonl")
    Path("synlint.toml").write_text('paths = ["data/"]\nselect = ["LEX001"]\n')
    done = call("check", "-q")
    assert (done.code, done.out.count("dirty.jsonl:")) == (1, 4)
    assert call("check", "clean.jsonl", "-q").code == 0, "a path that is given takes their place"
    assert call("check", "--show-files").out == "data/dirty.jsonl\n"
    assert "data/dirty.jsonl:1: LEX001" in call("check", "--each", "-q").out
    shown = call("check", "--width", "120").out
    assert "every finding: synlint check --output concise\n" in shown, "the command that the user would type"
    monkeypatch.chdir("data")
    assert call("check", "-q").out == done.out.replace("data/", "")  # from here
    monkeypatch.chdir("..")
    Path("synlint.toml").write_text('paths = ["gone/"]\n')
    assert "gone: no such file or folder" in call("check").err
    Path("synlint.toml").write_text("paths = []\n")
    assert "name a corpus: synlint check PATH" in call("check").err
    assert "name a corpus" in call("check", "--isolated").err


def test_what_was_skipped_is_told_in_every_kind_of_output(folder: Path, call: Call) -> None:
    Path("big.parquet").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n")
    skip = ("check", "clean.jsonl", "big.parquet", "--skip-unsupported", "--select", "LEX")
    assert call(*skip[:3]).code == 2
    assert call(*skip).code == 0
    assert "note: skipped big.parquet: is a Git LFS pointer" in call(*skip).out
    assert "skipped big.parquet: is a Git LFS pointer" in call(*skip, "--output", "concise").err
    assert "big.parquet: skipped: is a Git LFS pointer" in call(*skip, "--output", "brief").out
    report = json.loads(call(*skip, "--output", "json").out)
    assert [entry["path"] for entry in report["corpus"]["skipped"]] == ["big.parquet"]


def test_a_corpus_of_which_everything_was_skipped_says_so(folder: Path, call: Call) -> None:
    Path("big.parquet").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n")
    done = call("check", "big.parquet", "--skip-unsupported", "--output", "concise")
    assert done.code == 0
    assert done.err.splitlines()[0].startswith("skipped big.parquet: ")
    assert done.err.splitlines()[-1] == "clean: Nothing was checked: no file is a corpus."
    brief = call("check", "big.parquet", "--skip-unsupported", "--output", "brief").out
    assert brief.startswith("· big.parquet: skipped: ") and "clean" not in brief


def test_a_folder_with_its_own_reports_is_checked_again_and_again(folder: Path, call: Call) -> None:
    command = ("check", ".", "--output", "json=report.json", "--output", "findings=f.parquet", "--output", "brief")
    first = call(*command)
    report = (folder / "report.json").read_bytes()
    again = call(*command)
    assert (first.code, again.code) == (1, 1) and first.out == again.out
    assert (folder / "report.json").read_bytes() == report
    assert again.err == "note: passed over, as no corpus: f.parquet (a list of findings), report.json (a JSON report)\n"
    named = call("check", "report.json")
    assert named.code == 2 and named.err.endswith("report.json: is a JSON report that synlint wrote, not a corpus\n")
