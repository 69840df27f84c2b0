"""The reference of the command line as Markdown: ``python -m detente.cli.reference > docs/cli.md``."""

import sys
from enum import Enum
from typing import Any

import typer

from detente.cli.app import app

HEAD = """# The command line

Made from the program itself by `python -m detente.cli.reference > docs/cli.md`; a test tells when it is out of date.

Every verb has `--help`. Results go to standard output, progress and errors to standard error. Exit codes: 0 done,
1 failed, 2 wrong use, 3 done with some inputs refused, 130 interrupted. States are named by code or name (`JPN`,
`Japan`). `DETENTE_RECORD` names the record once for all verbs.
"""
WORDS = {"str": "TEXT", "int": "NUMBER", "float": "NUMBER", "Path": "PATH"}


def reference() -> str:
    """Return the page: a list of the verbs, then each with its usage, arguments, options and example."""
    verbs: dict[str, Any] = getattr(typer.main.get_command(app), "commands", {})
    index = [f"- [`{name}`](#detente-{name}): {_first_line(verb.help)}" for name, verb in verbs.items()]
    return "\n".join([HEAD, *index, "", *(_verb(name, verb) for name, verb in verbs.items())]).rstrip() + "\n"


def _verb(name: str, verb: Any) -> str:
    arguments = [p for p in verb.params if not p.opts[0].startswith("-")]
    options = [p for p in verb.params if p.opts[0].startswith("-") and not p.hidden]
    text, _, example = str(verb.help).partition("Example:")
    usage = " ".join(["detente", name, *(_usage(p) for p in arguments), "[OPTION…]"])
    lines = [f"## detente {name}", "", f"`{usage}`", "", _paragraphs(text), ""]
    if arguments or options:
        lines += ["| | |", "|---|---|"]
        lines += [f"| `{_escaped(_shown(p))}` | {_escaped(_cell(p))} |" for p in (*arguments, *options)]
        lines.append("")
    if example:
        lines += ["```", _paragraphs(example), "```", ""]
    return "\n".join(lines)


def _usage(argument: Any) -> str:
    shown = _shown(argument)
    return shown if argument.required else f"[{shown}]"


def _shown(parameter: Any) -> str:
    """Return how a parameter is written on the command line."""
    if not parameter.opts[0].startswith("-"):
        return str(parameter.metavar or parameter.name.upper())
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {_value(parameter)}"


def _value(option: Any) -> str:
    kind = option.type_descriptor.annotation
    if option.metavar:
        return str(option.metavar)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(member.value) for member in kind)
    return WORDS.get(getattr(kind, "__name__", ""), "VALUE")


def _cell(parameter: Any) -> str:
    """Return what a parameter means, and its default where that says something."""
    said = [_paragraphs(parameter.help or "")]
    if parameter.default not in (None, False, (), []) and not callable(parameter.default):
        value = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
        said.append(f"Default: `{value}`.")
    return " ".join(said)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _first_line(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


if __name__ == "__main__":
    sys.stdout.write(reference())
