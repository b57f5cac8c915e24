"""A Python file -> a rule: RULE, optional Params, and either `look` or `observe` with `conclude`."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import importlib.util
import re
import sys
import typing
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

from synlint.errors import RuleFileError, RuleOptionError
from synlint.isolate import isolated
from synlint.model import TEXT_FIELDS, Gate, Rule, Scope
from synlint.rulebook.loaded import GENERAL_KEYS, GENERAL_OPTIONS, Check, CorpusCheck, LoadedRule, PythonRowCheck
from synlint.rulebook.matchers.base import ScreenTerm
from synlint.rulebook.metadata import faults, wrong_types
from synlint.rulebook.yaml_source import suggest

if TYPE_CHECKING:
    from synlint.analysis.contamination.reference import Reference
    from synlint.analysis.profiles.held import Held


def load_python_rule(module: ModuleType, shown: str, overrides: Mapping[str, Mapping[str, Any]]) -> LoadedRule:
    """Turn an imported rule module into a rule. Raises RuleFileError when its shape is wrong."""
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise RuleFileError(shown, "a Python rule needs RULE = Rule(...)")
    _refuse_faults(rule, module, shown)
    params, options = _params(module, rule, overrides.get(rule.code, {}), shown)
    check = _check(module, params, shown)
    scope: Scope = "corpus" if isinstance(check, CorpusCheck) else "row"
    if rule.scope != scope:
        raise RuleFileError(
            shown, f"scope must be {scope!r} for a rule with {'observe' if scope == 'corpus' else 'look'}"
        )
    rule = dataclasses.replace(rule, origin=shown, kind="python", gate=_gate(rule))
    fixes = tuple((example.fields, example.fixed) for example in rule.examples_match if example.fixed is not None)
    return LoadedRule(rule, check, options=options, fix_tests=fixes)


def _refuse_faults(rule: Rule, module: ModuleType, shown: str) -> None:
    stem = Path(module.__file__ or shown).stem
    wrong = next(wrong_types(rule), None) or next((sentence for _, sentence in faults(rule, stem)), None)
    if wrong is not None:
        raise RuleFileError(shown, wrong)


class _FreshLoader(SourceFileLoader):
    """Compiles the file as it is now: compiled files are kept by the second, and rules are edited faster than that."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


def import_rule_file(path: Path, shown: str) -> ModuleType:
    """Import a user's rule file by its path, under a name that cannot clash with an installed module."""
    digest = hashlib.blake2b(str(path.resolve()).encode(), digest_size=8).hexdigest()
    name = f"synlint_user_rule_{path.stem}_{digest}"
    loader = _FreshLoader(name, str(path))
    _refuse_syntax_errors(loader, path, shown)
    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
    if spec is None:
        raise RuleFileError(shown, "cannot be imported as Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    _, crash = isolated(loader.exec_module, module)
    if crash is not None:
        del sys.modules[name]
        raise RuleFileError(shown, f"cannot be imported: {crash}", line=_own_line(crash, path))
    return module


def import_packed_rule(dotted: str, path: Path, shown: str) -> ModuleType:
    """Import a rule of an installed pack by its module name. Raises RuleFileError for whatever it raises."""
    _refuse_syntax_errors(SourceFileLoader(dotted, str(path)), path, shown)
    module, crash = isolated(importlib.import_module, dotted)
    if module is None:
        raise RuleFileError(shown, f"cannot be imported: {crash}", line=_own_line(crash or "", path))
    return module


def _refuse_syntax_errors(loader: SourceFileLoader, path: Path, shown: str) -> None:
    try:
        loader.source_to_code(path.read_bytes(), str(path))
    except SyntaxError as error:
        raise RuleFileError(shown, f"not valid Python: {error.msg}", line=error.lineno, column=error.offset) from error
    except ValueError as error:  # NUL bytes, before Python 3.11.4
        raise RuleFileError(shown, f"not valid Python: {error}") from error
    except OSError as error:
        raise RuleFileError(shown, f"cannot be read: {error}") from error


def _own_line(crash: str, path: Path) -> int | None:
    """The line of a crash, where it happened in the rule file itself."""
    found = re.search(rf"\({re.escape(path.name)}:(\d+)\)$", crash)
    return int(found[1]) if found else None


def _gate(rule: Rule) -> Gate:
    if rule.gate == Gate() and rule.family in ("INT", "SEC"):
        return Gate(by="count")
    return rule.gate


def _check(module: ModuleType, params: Any, shown: str) -> Check:
    if callable(getattr(module, "look", None)):
        return PythonRowCheck(module.look, params, getattr(module, "screen", None), _terms(module, shown))
    if callable(getattr(module, "observe", None)) and callable(getattr(module, "conclude", None)):
        shared = getattr(module, "SHARED", None)
        if shared is not None and not (isinstance(shared, str) and shared):
            raise RuleFileError(shown, "SHARED must name the state that this rule shares with others")
        held = _against(module, shown), _profile(module, shown)
        return CorpusCheck(module.observe, module.conclude, params, shared, *held)
    raise RuleFileError(
        shown, "a Python rule needs look(batch, params), or observe(batch, params) and conclude(state, params)"
    )


def _against(module: ModuleType, shown: str) -> Reference | None:
    """What the examples of a rule are held against, if it compares the corpus with other files: AGAINST, rows."""
    rows = getattr(module, "AGAINST", None)
    if rows is None:
        return None
    if not isinstance(rows, Sequence) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise RuleFileError(shown, "AGAINST must hold rows, as dicts of question, context and answer")
    from synlint.analysis.contamination.reference import Reference

    return Reference.of_rows(rows)


def _profile(module: ModuleType, shown: str) -> Held | None:
    """What the examples of a rule are compared with, if it goes by a reference profile: REFERENCE, rows."""
    rows = getattr(module, "REFERENCE", None)
    if rows is None:
        return None
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise RuleFileError(shown, "REFERENCE must hold rows, as dicts of question, context and answer")
    from synlint.analysis.profiles.held import Held

    return Held(rows)


def _terms(module: ModuleType, shown: str) -> tuple[ScreenTerm, ...]:
    """The literals of KEYWORDS = {"answer": ("literal", ...)}, for the search that all rules share."""
    keywords = getattr(module, "KEYWORDS", {})
    if not isinstance(keywords, Mapping) or not set(keywords) <= set(TEXT_FIELDS):
        raise RuleFileError(shown, f"KEYWORDS must be literals by field, and a field one of {', '.join(TEXT_FIELDS)}")
    for literals in keywords.values():
        if isinstance(literals, str) or not all(isinstance(word, str) and word.strip() for word in literals):
            raise RuleFileError(shown, "KEYWORDS must hold a tuple of literals for each field, none of them empty")
    return tuple(ScreenTerm.of(field, tuple(literals)) for field, literals in sorted(keywords.items()))


def _params(
    module: ModuleType, rule: Rule, given: Mapping[str, Any], shown: str
) -> tuple[Any, dict[str, tuple[str, Any, str]]]:
    cls: Any = getattr(module, "Params", None)
    if cls is not None and not (isinstance(cls, type) and dataclasses.is_dataclass(cls)):
        raise RuleFileError(shown, "Params must be a dataclass")
    known = {field.name: field for field in dataclasses.fields(cls)} if cls else {}
    for name in given:
        if name not in known and name not in GENERAL_OPTIONS:
            problem = f"rule {rule.code} has no option {name!r}{suggest(name, [*known, *GENERAL_KEYS])}"
            raise RuleOptionError(shown, rule.code, name, problem)
    if cls is None:
        return None, {}
    hints = typing.get_type_hints(cls, include_extras=True)
    chosen = {name: _typed(name, value, hints[name], rule, shown) for name, value in given.items() if name in known}
    make: Callable[..., Any] = cls
    params, crash = isolated(make, **chosen)
    if crash is not None:
        raise RuleFileError(shown, f"Params of {rule.code} cannot be made: {crash}")
    return params, {name: _described(hints[name], getattr(params, name)) for name in known}


def _bare(hint: Any) -> tuple[type, str]:
    if typing.get_origin(hint) is typing.Annotated:
        inner, *notes = typing.get_args(hint)
        return inner, str(notes[0])
    return hint, ""


def _typed(name: str, value: Any, hint: Any, rule: Rule, shown: str) -> Any:
    wanted, _ = _bare(hint)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted in (int, float, str, bool) and type(value) is not wanted:
        problem = f"option {rule.code}.{name} must be {wanted.__name__}, not {value!r}"
        raise RuleOptionError(shown, rule.code, name, problem)
    return value


def _described(hint: Any, value: Any) -> tuple[str, Any, str]:
    wanted, note = _bare(hint)
    return getattr(wanted, "__name__", str(wanted)), value, note
