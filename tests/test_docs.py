"""What the documentation shows is run here, as it stands: files are written, commands and Python blocks executed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

BLOCK = re.compile(
    r"(?:<!-- (?P<mark>\w+)(?:: (?P<name>\S+))? -->\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)


class Block(NamedTuple):
    """A fenced block of a page: `<!-- file: NAME -->` before it makes it a file, `<!-- skip -->` leaves it out."""

    line: int
    kind: str
    mark: str | None
    name: str | None
    body: str


PAGES = sorted(f"docs/{path.name}" for path in (Path(__file__).resolve().parents[1] / "docs").glob("*.md"))


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 1, found["kind"], found["mark"], found["name"], found["body"])
        for found in BLOCK.finditer(text)
    ]


def run_command(command: str, folder: Path, expect: tuple[int, ...]) -> str:
    """Run one `$ synlint ...` line as the shell would, but with this interpreter's synlint."""
    assert command.startswith("synlint "), f"only synlint commands are run: {command}"
    script = Path(sys.executable).with_name("synlint")
    done = subprocess.run(
        command.replace("synlint", str(script), 1), shell=True, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode in expect, f"{command}\nexit {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def execute(page: Path, folder: Path) -> str:
    """Run every block of a page in order, in one folder; returns what the commands printed."""
    printed = []
    for block in blocks_of(page):
        if block.mark == "skip":
            continue
        if block.mark == "file" and block.name:
            (folder / block.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.name).write_text(block.body, encoding="utf-8")
        elif block.kind == "console":
            commands = [line[2:] for line in block.body.splitlines() if line.startswith("$ ")]
            assert commands, f"{page.name}:{block.line}: no command in a console block"
            # 1 means findings, and showing findings is what most commands on these pages are for
            printed += [run_command(command, folder, (0, 1)) for command in commands]
        elif block.kind == "python":
            done = subprocess.run(
                [sys.executable, "-c", block.body], cwd=folder, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{page.name}:{block.line}\n{done.stderr[-3000:]}"
            printed.append(done.stdout)
    return "\n".join(printed)


def test_writing_rules(repository: Path, tmp_path: Path) -> None:
    printed = execute(repository / "docs" / "writing-rules.md", tmp_path)
    for code in ("LEX901", "LEX902", "FMT902", "DST901"):
        assert re.search(rf"corpus\.jsonl.*{code}", printed), f"{code} found nothing in the page's corpus:\n{printed}"


def test_the_page_names_every_limit_it_relies_on(repository: Path) -> None:
    """The page promises that 900 to 999 are free for users."""
    codes = re.compile(r"""^(?:code: |    code=")[A-Z]{3}(\d{3})""", re.M)
    built_in = [path for path in (repository / "rules").rglob("*") if path.suffix in {".yaml", ".py"}]
    numbers = [int(found) for path in built_in for found in codes.findall(path.read_text(encoding="utf-8"))]
    assert numbers and max(numbers) < 900


def test_the_page_lists_every_feature(repository: Path) -> None:
    from synlint.features.compute import feature_names
    from synlint.features.text_counts import MEANINGS

    text = (repository / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    table = text.partition("| feature | is |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [tuple(re.fullmatch(r"\| `(\w+)` \| (.+) \|", line).groups()) for line in table.splitlines()]  # type: ignore[union-attr]
    assert rows == sorted(MEANINGS.items())
    assert set(feature_names()) - set(MEANINGS) == {"norm"} and "`norm`" in text


def test_readme(repository: Path, tmp_path: Path) -> None:
    """README's commands and Python run in a folder that has the examples, as the root of a clone does."""
    import shutil

    shutil.copytree(repository / "examples", tmp_path / "examples")
    execute(repository / "README.md", tmp_path)
    check_kept_rows(tmp_path)


def test_outputs(repository: Path, tmp_path: Path) -> None:
    """The page's commands run, and it names every format and every limit that the code has."""
    import shutil

    from synlint.reports.formats import github, gitlab, markdown, sarif
    from synlint.reports.write import FORMATS

    shutil.copytree(repository / "examples", tmp_path / "examples")
    page = repository / "docs" / "outputs.md"
    printed = execute(page, tmp_path)
    assert "::error title=synlint" in printed and (tmp_path / "comment.md").is_file()
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+)`", text.partition("|---|")[2].partition("\n\n")[0])) == set(FORMATS.names())
    limits = {f"{sarif.RESULTS:,}", f"{gitlab.RESULTS:,}", f"{markdown.COMMENT:,}", str(github.ANNOTATIONS)}
    assert limits <= set(re.findall(r"[\d,]*\d", text)) and markdown.MARK in text


def test_cache(repository: Path, tmp_path: Path) -> None:
    """What the page shows: a second run that finds the same, and a cache that then has one report and is emptied."""
    printed = execute(repository / "docs" / "cache.md", tmp_path)
    assert printed.count("LEX001") >= 2
    assert re.search(r"^ +1 .* whole reports$", printed, re.M) and "removed" in printed
    assert not (tmp_path / ".synlint_cache").exists()


def test_templates(repository: Path, tmp_path: Path) -> None:
    """The page's commands run; what it says of the levels and the limits is what the code has."""
    import shutil

    from synlint.commands._browsing import LEAST_ROWS
    from synlint.commands.templates import _LEVELS
    from synlint.reports.templates.records import LEVELS

    shutil.copytree(repository / "examples", tmp_path / "examples")
    page = repository / "docs" / "templates.md"
    printed = execute(page, tmp_path)
    assert "Template t-" in printed and "Two other rows of it" in printed and "frame_characters" in printed
    found = json.loads(run_command("synlint templates examples/synthetic_qa.jsonl --output json", tmp_path, (0,)))
    one = max(found["templates"], key=lambda template: template["share"])["id"]
    shown = run_command(f"synlint templates examples/synthetic_qa.jsonl --show {one}", tmp_path, (0,))
    assert shown.startswith(f"{one} · ") and "\nExamples\n" in shown and "\nRows  the first 20 of " in shown
    text = page.read_text(encoding="utf-8")
    table = text.partition("| level | is |\n|---|---|\n")[2].partition("\n\n")[0]
    assert [level for line in table.splitlines() for level in line.split("|")[1].strip().split(", ")] == list(LEVELS)
    assert sorted(_LEVELS.values()) == sorted(LEVELS) and f"Fewer than {LEAST_ROWS} rows" in text


@pytest.mark.slow
def test_the_pictures_of_templates_are_what_is_drawn(repository: Path) -> None:
    script = [sys.executable, str(repository / "scripts" / "template_screens.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    page = (repository / "docs" / "templates.md").read_text(encoding="utf-8")
    pictures = {path.name for path in (repository / "docs" / "screens" / "templates").glob("*.svg")}
    assert set(re.findall(r"\(screens/templates/([\w.-]+)\)", page)) == pictures
    for path in (repository / "docs" / "screens" / "templates").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert "url(http" not in svg and "<script" not in svg, f"{path.name} would ask the network for something"


def test_metrics(repository: Path, tmp_path: Path) -> None:
    """The page's code runs, and its tables list every public function."""
    from synlint import metrics

    page = repository / "docs" / "metrics.md"
    execute(page, tmp_path)
    cells = re.findall(r"^\| (`[^|]*`) \|", page.read_text(encoding="utf-8"), re.M)
    assert sorted(name for cell in cells for name in re.findall(r"`(\w+)`", cell)) == metrics.__all__


def test_reference(repository: Path, tmp_path: Path) -> None:
    """Corpus and profile as references give the same findings, as the page says; its table lists the rules."""
    from synlint.rulebook.load import load_rules

    for name, head in (("people", ""), ("model", "Sure, here is a list. ")):
        rows = [
            {"question": f"Who holds key {n}?", "answer": f"{head}{n % 9} people of house {n}."} for n in range(300)
        ]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    page = repository / "docs" / "reference.md"
    printed = execute(page, tmp_path)
    assert printed.count('answers begin with "sure here is a": 100.0%, in the reference 0.3%') >= 2
    listed = re.findall(r"^\| \[(DST\d+) ([\w-]+)\]", page.read_text(encoding="utf-8"), re.M)
    assert listed == [(one.code, one.rule.name) for one in load_rules() if one.rule.family == "DST"]


def test_comparing(repository: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(repository / "examples", tmp_path / "examples")
    printed = execute(repository / "docs" / "comparing.md", tmp_path)
    assert printed.count("✓ BETTER") == 2
    assert "\n**BETTER** Better: " in (tmp_path / "comment.md").read_text(encoding="utf-8")


def test_adopting(repository: Path, tmp_path: Path) -> None:
    """The page's corpus, week by week: known, something new, mended and pruned, ignored, needed no more."""
    import shutil

    shutil.copytree(repository / "examples", tmp_path / "examples")
    printed = execute(repository / "docs" / "adopting.md", tmp_path)
    assert "Nothing new that counts: " in printed and "nothing else" in printed
    found = re.findall(r"^examples/synthetic_qa\.jsonl:587: (\w+)", printed, re.M)
    assert found[:2] == ["LEX001", "SEC001"], "the second of the three new rows, and before that nothing"
    assert re.search(r"entries\s+of\s+the\s+baseline\s+occur\s+no\s+more", printed)
    assert re.search(r"^\.synlint-baseline\.json: took out \d+ of \d+ entries", printed, re.M)
    assert re.search(r"^LEX\d{3}  [\w-]+ +\d+  .* of rows", printed, re.M), "baseline show"
    assert "To ignore it, a line in .synlintignore" in printed
    assert ".synlintignore:2: INT011 info suppresses nothing: LEX001 finds nothing like it" in printed


def test_speed_figures_are_measured_ones(repository: Path) -> None:
    """README quotes benchmarks/results and nothing else: after a new measurement it is to be edited too."""
    section = (repository / "README.md").read_text(encoding="utf-8").partition("\n## Speed\n")[2].partition("\n## ")[0]
    quoted = re.findall(r"\b[\d.,]*\d (?:s|MB)\b", section)
    results = [path.read_text(encoding="utf-8") for path in (repository / "benchmarks" / "results").glob("check-*.md")]
    cells = {cell.strip() for text in results for cell in re.split(r"[|/\n]", text)}
    assert len(quoted) >= 4
    assert not set(quoted) - cells


def check_kept_rows(folder: Path) -> None:
    """README's few lines of polars keep what the report promises, and leave the kept rows byte for byte."""
    run_command("synlint check examples/synthetic_qa.jsonl --output jsonl=all.jsonl --max-findings 9999", folder, (1,))
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    rules = [rule for rule in report["rules"] if rule["verdict"] == "over" and rule["scope"] == "row"]
    over = {rule["code"] for rule in rules if rule["severity"] != "info"}
    assert len(over) < len(rules), "the example has matters of style too, and they cost no row"
    records = [json.loads(line) for line in (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    bad = {record["line"] for record in records if record["rule"] in over and record["line"]}
    promised = [action["rows_kept"] for action in report["summary"]["actions"] if action["rows_kept"] is not None]
    assert promised == [report["corpus"]["rows"] - len(bad)]
    lines = (folder / "examples" / "synthetic_qa.jsonl").read_bytes().split(b"\n")
    assert bad and (folder / "kept.jsonl").read_bytes().split(b"\n") == [
        line for number, line in enumerate(lines, 1) if number not in bad
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *PAGES])
def test_links_lead_somewhere(repository: Path, page: str) -> None:
    path = repository / page
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if not (path.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/one-run.md"])
def test_files_named_in_the_text_exist(repository: Path, page: str) -> None:
    """A page about the code goes stale by naming files that have moved."""
    text = (repository / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:synlint|rules|tests|docs|scripts|benchmarks|examples|\.ci)/[\w./-]+)`", text)
    assert named, "the page names no file: is the pattern still right?"
    missing = [name for name in named if not (repository / name).exists()]
    assert not missing


@pytest.mark.slow
def test_the_pictures_of_the_review_are_what_it_draws(repository: Path) -> None:
    """Every picture in docs/screens is drawn anew, and is the same to the byte; each is shown on the page."""
    script = [sys.executable, str(repository / "scripts" / "review_screens.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    page = (repository / "docs" / "review.md").read_text(encoding="utf-8")
    pictures = {path.name for path in (repository / "docs" / "screens").glob("*.svg")}
    assert set(re.findall(r"\(screens/([\w.]+)\)", page)) == pictures
    for path in (repository / "docs" / "screens").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert "url(http" not in svg and "<script" not in svg, f"{path.name} would ask the network for something"


def test_the_page_on_the_review_names_every_key(repository: Path) -> None:
    from synlint.review.windows import HELP

    page = (repository / "docs" / "review.md").read_text(encoding="utf-8")
    table = page.partition("| key | does |")[2].partition("\n\n")[0]
    told = set(re.findall(r"`([^`]+)`", table))
    keys = {word for line in HELP for cell in re.split(r" {6,}", line) for word in cell.split("  ")[0].split()}
    letters = {key for key in keys if len(key) == 1}
    assert len(letters) > 15 and letters <= told
