"""bash, zsh and fish themselves complete what the parsers take: asked for their offers, and typed into."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from synlint.cli import ALIASES, COMMANDS, parser_of
from synlint.commands.completions import EXAMPLES
from synlint.commands.schema import KINDS
from synlint.completion.scripts import SHELLS
from synlint.folder import Folder
from synlint.reports.write import FORMATS
from synlint.rulebook.load import load_rules
from synlint.settings import setting_names
from tests.synlint.completion.shells import offers, typed, typed_after_installing

in_each_shell = pytest.mark.parametrize("shell", SHELLS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("data.jsonl", "sp ace.jsonl", "ünder.csv.gz", "notes.txt", "$(touch run).jsonl", ".hidden.jsonl"):
        (tmp_path / name).touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "part.parquet").touch()
    return tmp_path


def every_command() -> dict[str, argparse.ArgumentParser]:
    """The start of a command line -> the parser of what follows."""
    found = {}
    for name in COMMANDS.names():
        module = COMMANDS.load(name)
        group = Folder(module.__name__, name) if hasattr(module, "__path__") else None
        subs = {f"synlint {name} {sub}": group.load(sub) for sub in group.names()} if group else {}
        for prog, command in (subs or {f"synlint {name}": module}).items():
            found[prog] = parser_of(command, prog)
    return found


def options_of_every_command() -> dict[str, set[str]]:
    """The start of a command line -> every long option that may follow."""
    found = {"synlint": {"--help", "--version"}}
    for prog, parser in every_command().items():
        found[prog] = {option for option in parser._option_string_actions if option.startswith("--")} | {"--help"}
    return found


def values_of_every_option() -> dict[str, set[str]]:
    """The start of a command line, up to the value of an option or argument -> the few words or files it may be."""
    found: dict[str, set[str]] = {}
    for prog, parser in every_command().items():
        group = prog.split()[:2]
        if len(prog.split()) > 2:
            found.setdefault(f"{' '.join(group)} ", set()).add(prog.split()[2])
        for action in parser._actions:
            words = [option for option in action.option_strings if option.startswith("--")][:1]
            start = " ".join([prog, *words])
            values = getattr(action.type, "values", ())
            if values and not str(action.metavar).startswith("["):  # these take their value after a `=` only
                found[f"{start} "] = set(values)
            elif action.metavar == "FILE" and action.dest != "path":
                found[f"{start} n"] = {"notes.txt"}
            elif action.dest == "paths":
                found[f"{start} d"] = {"data.jsonl"}
    return found


@in_each_shell
def test_every_option_of_every_command(shell: str, tmp_path: Path) -> None:
    expected = options_of_every_command()
    assert len(expected) > 9
    shown = offers(shell, [f"{prog} --" for prog in expected], tmp_path)
    for (prog, options), words in zip(expected.items(), shown, strict=True):
        assert set(words) == options, prog


@in_each_shell
def test_every_value_that_is_one_of_a_few_and_every_file(shell: str, folder: Path) -> None:
    expected = values_of_every_option()
    for of in ("baseline write -", "baseline show n", "check --baseline n", "review --findings n", "diff d", "cache "):
        assert any(line.startswith(f"synlint {of}") for line in expected), of
    shown = offers(shell, list(expected), folder)
    assert {line: set(words) for line, words in zip(expected, shown, strict=True)} == expected


@in_each_shell
def test_commands_and_values(shell: str, folder: Path) -> None:
    codes = [loaded.code for loaded in load_rules()]
    names = [loaded.rule.name for loaded in load_rules()]
    expected = {
        "synlint ": {*COMMANDS.names(), *ALIASES},
        "synlint rules ": set(Folder("synlint.commands.rules", "").names()),
        "synlint check --select LEX00": {code for code in codes if code.startswith("LEX00")},
        "synlint check --ignore=LEX": None,
        "synlint check --extend-select SEC001,LEX00": {f"SEC001,{code}" for code in codes if code.startswith("LEX00")},
        "synlint check --select sto": {name for name in names if name.startswith("sto")},
        "synlint rules show LEX00": {code for code in codes if code.startswith("LEX00")},
        "synlint rule LEX00": {code for code in codes if code.startswith("LEX00")},
        "synlint explain LEX00": {code for code in codes if code.startswith("LEX00")},
        "synlint config ": {name.replace("_", "-") for name in setting_names()},
        "synlint check --fail-on ": {"error", "warning", "info", "never"},
        "synlint check --config fail-on=w": {"fail-on=warning"},
        "synlint check --set TPL001.max": {"TPL001.max-share="},
        "synlint check --output ": None,
        "synlint check --output json=n": {"json=notes.txt"},
        "synlint check --layout sh": {"sharegpt"},
        "synlint check --field q": {"question="},
        "synlint schema ": set(KINDS),
        "synlint completions ": set(SHELLS),
        "synlint rules docs ": {"sub/"},
        "synlint check --group-by ": set(),
    }
    shown = dict(zip(expected, offers(shell, list(expected), folder), strict=True))
    for line, words in expected.items():
        whole = {word.removeprefix("--config=") for word in shown[line]}
        if words is not None:
            # bash shows and completes only what follows the last `=`, which it takes for the end of a word
            assert whole == ({word.rpartition("=")[2] or word for word in words} if shell == "bash" else words), line
    assert {"LEX001", "LEX"} <= {word.removeprefix("--ignore=") for word in shown["synlint check --ignore=LEX"]}
    formats = {word.rstrip("=") for word in shown["synlint check --output "]}
    assert formats >= set(FORMATS.names())


@in_each_shell
def test_what_is_typed_is_completed(shell: str, folder: Path) -> None:
    becomes = {
        "synlint comp": "synlint completions ",
        "synlint check --select LEX004": "synlint check --select LEX004 ",
        "synlint check d": "synlint check data.jsonl ",
        "synlint check --select LEX d": "synlint check --select LEX data.jsonl ",
        "synlint check data.jsonl -q sub/": "synlint check data.jsonl -q sub/part.parquet ",
        "synlint check --statistics d": "synlint check --statistics data.jsonl ",
        "synlint check --statistics=t": "synlint check --statistics=time ",
        "synlint check su": "synlint check sub/",
        "synlint check sp": "synlint check sp\\ ace.jsonl ",
        'synlint check "sp': 'synlint check "sp ace.jsonl" ',
        "synlint check 'sp": "synlint check 'sp ace.jsonl' ",
        "synlint check ü": "synlint check ünder.csv.gz ",
        "synlint check n": "synlint check notes.txt ",  # no corpus begins so
        "synlint check ~/d": "synlint check ~/data.jsonl ",
        "synlint check ~/sp": "synlint check ~/sp\\ ace.jsonl ",
        "synlint check ./d": "synlint check ./data.jsonl ",
        "synlint check .h": "synlint check .hidden.jsonl ",
        "synlint check --output=conc": "synlint check --output=concise ",
        "synlint check --output json=no": "synlint check --output json=notes.txt ",
        "synlint explain d": "synlint explain d",  # a place in a file, or the name of a rule
        "synlint explain data": "synlint explain data.jsonl:",
        "synlint check --config fail-": "synlint check --config fail-on=",
        "FOO=1 synlint rules sh": "FOO=1 synlint rules show ",
        "cd sub; synlint rules sh": "cd sub; synlint rules show ",
        "synlint nonsense ": "synlint nonsense ",
    }
    assert dict(zip(becomes, typed(shell, list(becomes), folder), strict=True)) == becomes


@pytest.mark.parametrize("line", EXAMPLES, ids=SHELLS)
def test_the_line_that_installs_it(line: str, folder: Path) -> None:
    shell = line.split()[2]
    assert typed_after_installing(shell, line, "synlint comp", folder) == "synlint completions "


@in_each_shell
def test_the_name_of_a_file_is_not_run(shell: str, folder: Path) -> None:
    [line] = typed(shell, ["synlint check \\$"], folder)
    assert "touch" in line
    assert not (folder / "run").exists()


OWN_YAML = "code: LEX901\nname: own-phrase\nsummary: a phrase of ours\n"
OWN_PYTHON = """
from pathlib import Path
Path("was-run").touch()
RULE = Rule(code="FMT902", name="own-python", summary="ours")
"""


@in_each_shell
def test_own_rules_are_offered_and_nothing_in_the_folder_is_run(shell: str, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "own.yaml").write_text(OWN_YAML)
    (folder / "mine" / "python.py").write_text(OWN_PYTHON)
    lines = ["synlint check --select LEX9", "synlint check --rules mine --select FMT9", "synlint check --select own-"]
    assert offers(shell, lines[:2], folder) == [[], ["FMT902"]]
    (folder / "synlint.toml").write_text('rules = ["mine"]\n')
    shown = [sorted(words) for words in offers(shell, lines, folder)]
    assert shown == [["LEX901"], ["FMT902"], ["own-phrase", "own-python"]]
    assert not (folder / "was-run").exists()


def test_meanings_stand_beside_the_words(folder: Path) -> None:
    """fish prints them after a tab; zsh is given the same by the same program."""
    import subprocess

    from tests.synlint.completion.shells import FISH, environment, needed, script_file

    command = [needed("fish"), "--no-config", "-c", FISH, str(script_file("fish", folder))]
    lines = ["synlint check --select LEX001", "synlint ch", "synlint check --fail", "synlint check --output conc"]
    done = subprocess.run(
        [*command, *lines], capture_output=True, text=True, check=True, cwd=folder, env=environment(folder)
    )
    assert "LEX001\tassistant-self-reference: answer speaks of itself as an AI\n" in done.stdout
    assert "check\tLint a corpus: should I train on this?\n" in done.stdout
    assert "--fail-on\t1 from error, warning (default) or info; or never\n" in done.stdout
    assert "concise\tOne line per finding" in done.stdout
