"""What may be typed where an argument stands: rules, output formats, layouts, settings, files.

The metavar of an argument (`RULES`, `FILE`, `FORMAT[=FILE]`) says what it takes: in the help, and here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from synlint.completion.files import corpora, files, folders, rule_files, settings_files
from synlint.completion.keys import keys
from synlint.completion.rule_words import known_rules, rule_keys
from synlint.completion.schema_words import described
from synlint.folder import Folder

Candidates = Callable[[str, argparse.Namespace], Mapping[str, str]]  # (what is typed, the parsed line): word -> meaning


def candidates_for(action: argparse.Action, formats: Folder | None = None) -> Candidates:
    """The candidates of one argument of a command; `formats` as for `completable`."""
    values: tuple[str, ...] = getattr(action.type, "values", ())
    if values:
        return lambda typed, line: dict.fromkeys(values, "")
    if formats is not None and action.dest == "output":
        return lambda typed, line: own_outputs(typed, line, formats)
    return BY_DEST.get(action.dest) or BY_METAVAR.get(str(action.metavar), nothing)


def nothing(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """A number, or a word of the user's own."""
    return {}


def rules(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Families and codes; names too once a small letter is typed: before that, each rule would be offered twice."""
    known = known_rules(line)
    by_name = {name: f"{code}: {summary}" for code, (name, summary) in known.items()} if typed[:1].islower() else {}
    families = described("$defs", "selector", "anyOf")
    groups = {word: meaning for word, meaning in families.items() if word.isalpha() and word.isupper()}
    return {**by_name, **groups, **{code: f"{name}: {summary}" for code, (name, summary) in known.items()}}


def rule_codes(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Codes or names of single rules."""
    return {word: meaning for word, meaning in rules(typed, line).items() if not word.isalpha()}


def rules_or_rule_files(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """What `rules test` takes."""
    return {**rules(typed, line), **rule_files(typed, line)}


def rules_or_corpora(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """A place in a corpus, or a rule."""
    places = {name if name.endswith("/") else f"{name}:": "" for name in corpora(typed, line)}
    return {**places, **(rule_codes(typed, line) if typed else {})}


def rule_assignments(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """`CODE.KEY=VALUE`: codes, until there is one left; then its keys, and the values of `severity`."""
    from synlint.model import SEVERITIES

    code, dot, rest = typed.partition(".")
    if rest.startswith("severity="):
        return {f"{code}.severity={word}": "" for word in reversed(SEVERITIES)}
    codes = {known: said for known, said in rule_codes("", line).items() if known.startswith(code.upper())}
    if len(codes) == 1 or dot:
        return {f"{known}.{key}=": meaning for known in codes for key, meaning in rule_keys(known).items()}
    return {f"{known}.": meaning for known, meaning in codes.items()}


def outputs(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """`FORMAT` or `FORMAT=FILE`, formats of other packages too."""
    from synlint.reports.write import FORMATS

    name, equals, path = typed.partition("=")
    if equals:
        return {f"{name}={file}": "" for file in files(path, line)}
    known = described("properties", "output", "items", "anyOf")
    meanings = {word.partition("=")[0]: (word, said) for word, said in known.items()}
    found = {}
    for member in FORMATS.all_names():
        word, said = meanings.get(member, (member, ""))
        found[f"{member}=" if "=" in word else member] = said
    return found


def own_outputs(typed: str, line: argparse.Namespace, formats: Folder) -> Mapping[str, str]:
    """The same of a command with formats of its own."""
    name, equals, path = typed.partition("=")
    if equals:
        return {f"{name}={file}": "" for file in files(path, line)}
    return {member: formats.first_line(member) for member in formats.names()}


def settings(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """The keys of settings files."""
    from synlint.settings import setting_types
    from synlint.values import meaning

    return {name.replace("_", "-"): meaning(annotation) for name, annotation in setting_types().items()}


def settings_or_file(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """`KEY=VALUE` or a settings file."""
    key, equals, _ = typed.partition("=")
    if equals:
        return {f"{key}={value}": "" for value in _values_of(key)}
    return {**{f"{name}=": said for name, said in settings(typed, line).items()}, **settings_files(typed, line)}


def _values_of(key: str) -> tuple[str, ...]:
    """The values of a setting that has only a few."""
    from synlint.settings import setting_types
    from synlint.values import few_values

    annotation = setting_types().get(key.replace("-", "_"))
    if key == "layout":
        return tuple(layouts("", argparse.Namespace()))
    return few_values(annotation) if annotation is not None else ()


def layouts(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """The names of layouts."""
    return described("properties", "layout", "oneOf")


def fields(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """`NAME=KEY`, the keys those of the corpus on the line."""
    name, equals, _ = typed.partition("=")
    if equals:
        return {f"{name}={key}": "" for key in keys(typed, line)}
    return {f"{name}=": "" for name in described("properties", "fields", "properties")}


def families(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Codes of families."""
    from synlint.model import FAMILIES

    return FAMILIES


# An argument's own name decides before its metavar, where one metavar stands for several things.
BY_DEST: Mapping[str, Candidates] = {
    "paths": corpora,
    "path": corpora,
    "rules": rule_files,
    "layout": layouts,
    "key": settings,
    "group_by": keys,
    "id": rules_or_corpora,
}
BY_METAVAR: Mapping[str, Candidates] = {
    "RULES": rules,
    "CODE": rules,
    "WHAT": rules_or_rule_files,
    "CODE.KEY=VALUE": rule_assignments,
    "FORMAT[=FILE]": outputs,
    "FILE|KEY=VALUE": settings_or_file,
    "NAME=KEY": fields,
    "FAMILY": families,
    "FILE": files,
    "PATH": files,
    "DIR": folders,
    "MODEL": folders,  # or an id of a model hub, which nobody here knows
}
FREE = ("N", "N|PERCENT", "SHARE", "WORDS", "ID", "KEY", "NAME")  # metavars of what only the user knows
