"""Rules about ourselves: who may import whom, how long a file may be, and that everything has its test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*ROOT.glob("synlint/**/*.py"), *ROOT.glob("rules/**/*.py")])
HARD_LIMIT = 400  # lines of a file

# The parts of synlint, and the parts that each may import. A part is a package or a module directly under synlint/.
BASE = {"model", "errors"}
SHARED = BASE | {"text", "values", "isolate", "states", "folder", "settings", "settings_digests", "schema"}
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": {"api", "linter", *BASE},  # lazily: see test_package_files_import_nothing
    "__main__": {"cli"},
    "model": set(),
    "errors": set(),
    "text": BASE,
    "states": BASE,
    "rulekit": {"model", "states"},
    "metrics": set(),
    "analysis": BASE | {"text", "rulekit", "metrics"},
    "folder": BASE,
    "schema": SHARED | {"rulebook", "corpora", "reports"},  # the names of layouts and formats, with their meanings
    "values": BASE,
    "isolate": set(),
    "settings_files": BASE | {"values"},
    "settings": BASE | {"values", "settings_digests", "settings_files", "folder"},
    "settings_digests": BASE,
    "console": SHARED | {"reports", "corpora", "cache"},
    "cache": SHARED | {"rulebook", "engine", "corpora", "features"},
    "completion": SHARED | {"console", "corpora", "reports"},
    "corpora": SHARED,
    "features": SHARED,
    "rulebook": SHARED | {"features", "corpora", "analysis"},
    "suppressions": SHARED | {"rulebook", "reports", "corpora"},
    "engine": SHARED | {"rulebook", "features", "corpora", "suppressions"},
    "reports": BASE | {"text", "folder"},
    "session": SHARED | {"analysis", "rulebook", "engine", "corpora", "suppressions", "settings_files"},
    "testing": SHARED | {"rulebook", "engine", "corpora", "features"},
    "compare": SHARED | {"rulebook", "engine", "reports", "corpora"},
    "review": SHARED | {"rulebook", "engine", "corpora", "reports", "suppressions"},
    "api": SHARED | {"session", "rulebook", "engine", "corpora", "features"},
    "linter": SHARED | {"session", "rulebook", "engine", "corpora", "features"},
    "commands": SHARED
    | {"rulebook", "engine", "corpora", "features", "reports", "compare", "testing", "api", "session", "review"}
    | {"console", "completion", "settings_files", "cache", "suppressions", "analysis"},
    "cli": SHARED | {"commands", "console", "completion"},
}
# Third-party packages, and the parts that may import them. What is not here may be imported nowhere in the core.
THIRD_PARTY: dict[str, set[str]] = {
    "polars": {
        "model",
        "text",
        "states",
        "analysis",
        "rulekit",
        "corpora",
        "features",
        "rulebook",
        "engine",
        "reports",
        "compare",
        "testing",
        "suppressions",
    }
    | {"api", "linter", "commands", "cache", "review"},
    "numpy": {"metrics", "cache", "review", "text", "analysis", "states", "corpora", "features", "rulebook", "engine"},
    "orjson": {"compare", "review", "corpora", "engine", "reports", "rulebook", "commands", "linter", "api"},
    "zstandard": {"corpora", "reports"},
    "yaml": {"rulebook", "commands", "completion"},
    "rich": {"compare", "reports", "commands", "console", "review"},
    "textual": {"review"},
    "argcomplete": {"completion"},
    # What rules ask of other libraries goes through synlint/analysis: one place to screen, bound and cache it.
    "ftfy": {"analysis"},
    "py3langid": {"analysis"},
    "stdnum": {"analysis"},
    "phonenumbers": {"analysis"},
    "spacy": {"analysis"},
    "tokenizers": {"analysis"},
    "sentence_transformers": {"analysis"},
    "numba": {"analysis"},  # in one file, that is imported when there is much to do
}
# As much as users' own rules may, and no more.
RULES_MAY_IMPORT = {"synlint.model", "synlint.rulekit", "synlint.states", "synlint.text", "polars"}
# Functions that a folder's contract defines, so that a docstring on each would only repeat the contract.
CONTRACT_NAMES = {"add_arguments", "run", "write", "look", "screen", "observe", "conclude", "main"}
NEED_NO_TEST = {"synlint/__main__.py"}  # two lines, run by the packaging tests


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    first = path.relative_to(ROOT / "synlint").parts[0]
    return first.removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, wherever in the file, with its line; relative imports resolved."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            # `from synlint import folder` names a part in the list of names
            if module == "synlint":
                yield from ((node.lineno, f"synlint.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


SYNLINT = [path for path in SOURCES if path.is_relative_to(ROOT / "synlint")]
RULES = [path for path in SOURCES if path.is_relative_to(ROOT / "rules")]
by_name = pytest.mark.parametrize


def test_every_part_is_in_the_table() -> None:
    assert {part_of(path) for path in SYNLINT} <= set(MAY_IMPORT)


@by_name("path", SYNLINT, ids=name_of)
def test_import_directions(path: Path) -> None:
    part = part_of(path)
    wrong = []
    for line, module in imports_of(path):
        top, _, rest = module.partition(".")
        if top == "synlint":
            target = rest.split(".")[0]
            if target and target != part and target in MAY_IMPORT and target not in MAY_IMPORT[part]:
                wrong.append(f"{name_of(path)}:{line} imports {module}: {part} may not know {target}")
        elif top == "synlint_rules":
            wrong.append(f"{name_of(path)}:{line} names a built-in rule; rulebook/load.py finds rules by folder")
    assert not wrong, "\n".join(wrong)


@by_name("path", SYNLINT, ids=name_of)
def test_third_party_imports(path: Path) -> None:
    import sys

    part = part_of(path)
    wrong = [
        f"{name_of(path)}:{line} imports {module}"
        for line, module in imports_of(path)
        if (top := module.split(".")[0]) not in {"synlint", "synlint_rules"}
        and top not in sys.stdlib_module_names
        and part not in THIRD_PARTY.get(top, set())
    ]
    assert not wrong, "\n".join(wrong)


@by_name("path", RULES, ids=name_of)
def test_rules_import_only_what_users_rules_can(path: Path) -> None:
    import sys

    wrong = [
        f"{name_of(path)}:{line} imports {module}"
        for line, module in imports_of(path)
        if module not in RULES_MAY_IMPORT
        and not module.startswith("synlint.analysis.")
        and module.split(".")[0] not in sys.stdlib_module_names
    ]
    assert not wrong, "\n".join(wrong)


@by_name("path", SOURCES, ids=name_of)
def test_file_is_not_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= HARD_LIMIT, f"{name_of(path)} has {lines} lines: split it by what it is about"


@by_name("path", SOURCES, ids=name_of)
def test_file_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), f"{name_of(path)} has no docstring"


@by_name("path", [path for path in SOURCES if path.name == "__init__.py"], ids=name_of)
def test_package_files_import_nothing(path: Path) -> None:
    """Finding a plug-in imports its parents, so they must cost nothing. Public names are resolved lazily."""
    at_top = [node for node in tree_of(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in at_top}
    allowed = (
        {"__future__", "typing"} if path.parent in (ROOT / "synlint", ROOT / "synlint" / "metrics") else {"__future__"}
    )
    assert modules <= allowed, f"{name_of(path)} imports {sorted(m or '' for m in modules - allowed)}"


def broad_handlers(path: Path) -> list[int]:
    broad = {"Exception", "BaseException"}
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or (isinstance(kind, ast.Name) and kind.id in broad) for kind in types):
                found.append(node.lineno)
    return found


PROVEN_POSSESSIVE = {"synlint/corpora/containers/elements.py"}  # its tests hold on every Python that CI runs


@by_name("path", SOURCES, ids=name_of)
def test_no_group_is_possessive(path: Path) -> None:
    """`(?:...)*+` forgets to step back after an iteration that fails midway, before Python 3.11.5 (cpython #106052).

    Debian 12 has 3.11.2. A single character or class may be possessive.
    """
    import re

    text = path.read_text(encoding="utf-8")
    found = re.findall(r"[^\\]\)(?:[*+?]|\{\d*,?\d*\})\+", text)
    assert not found or name_of(path) in PROVEN_POSSESSIVE, f"{name_of(path)}: {found}"


def test_only_the_isolation_of_rules_catches_everything() -> None:
    """A rule is code that we did not write: its crash is reported and ends in exit code 2. Nothing else is."""
    found = {name_of(path) for path in SOURCES if broad_handlers(path)}
    assert found == {"synlint/isolate.py"}, found


@by_name("path", SOURCES, ids=name_of)
def test_library_code_does_not_print(path: Path) -> None:
    lines = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not lines, f"{name_of(path)} prints on lines {lines}"


@by_name("path", SOURCES, ids=name_of)
def test_public_functions_are_documented(path: Path) -> None:
    silent = [
        node.name
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.name not in CONTRACT_NAMES
        and not ast.get_docstring(node)
    ]
    assert not silent, f"{name_of(path)}: no docstring on {', '.join(silent)}"


def mirrors(path: Path) -> list[Path]:
    """Where a module's tests may be: a file of its own, or one for its package of like modules (all layouts, say)."""
    inside = path.relative_to(ROOT)
    own = ROOT / "tests" / inside.parent / f"test_{inside.name}"
    family = ROOT / "tests" / inside.parent.parent / f"test_{inside.parent.name}.py"
    return [own, family] if len(inside.parts) > 2 else [own]


def has_behaviour(path: Path) -> bool:
    """Whether a module does anything: one with only data, types and Protocols has nothing to test."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            says = [part for part in body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
            if says and not (len(says) == 1 and isinstance(says[0], ast.Return) and len(node.args.args) <= 1):
                return True
    return False


@by_name("path", [path for path in SYNLINT if path.name != "__init__.py" and has_behaviour(path)], ids=name_of)
def test_module_has_its_test(path: Path) -> None:
    if name_of(path) in NEED_NO_TEST:
        return
    assert any(mirror.is_file() for mirror in mirrors(path)), f"no {name_of(mirrors(path)[0])}"


def test_no_path_of_a_developers_machine_is_in_the_tree() -> None:
    """Paths like home folders are how a private machine leaks into a public repository."""
    needles = ["/" + "root/", "/" + "home/", "/" + "Users/"]
    folders = ("synlint", "rules", "tests", "docs", "benchmarks", "examples", "scripts")
    texts = [
        path for folder in folders for path in ROOT.glob(f"{folder}/**/*") if path.suffix in {".py", ".md", ".yaml"}
    ]
    found = [name_of(path) for path in texts if any(needle in path.read_text(encoding="utf-8") for needle in needles)]
    assert not found, f"machine paths in {found}"
