"""The program: verbs are registered here, errors become one line and an exit code.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done with some inputs refused.
"""

import sys

import typer
from typer.exceptions import Abort, TyperException

from detente import __version__
from detente.cli import brief, correct, evaluate, export, read, relations, show
from detente.cli.common import errors
from detente.model.errors import DetenteError, UsageError

app = typer.Typer(
    name="detente",
    help="Turn reporting on international affairs into an auditable account of how relations between states shift.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (read, brief, relations, show, evaluate, export, correct):
    verb.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Options before the verb."""


def _usage(error: TyperException) -> str:
    """Say what was wrong with the command line, and where to look."""
    said = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    return f"{said} (see `{context.command_path if context else 'detente'} --help`)"


def main(arguments: list[str] | None = None) -> None:
    """Run the program; turns errors into one line on standard error and an exit code."""
    try:
        code = app(args=arguments, standalone_mode=False)
    except TyperException as error:
        errors.print(f"detente: {_usage(error)}", style="red", markup=False)
        sys.exit(2)
    except UsageError as error:
        errors.print(f"detente: {error}", style="red", markup=False)
        sys.exit(2)
    except DetenteError as error:
        errors.print(f"detente: {error}", style="red", markup=False)
        sys.exit(1)
    except (KeyboardInterrupt, Abort):
        errors.print("detente: interrupted")
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
