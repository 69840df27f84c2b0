"""The program: verbs are registered here, errors become one line and an exit code.

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done with some inputs refused, 130 interrupted by Ctrl-C.
"""

import os
import sys
from typing import NoReturn

import typer
from typer.exceptions import Abort, TyperException

from detente import __version__
from detente.cli import (
    assess,
    brief,
    correct,
    evaluate,
    export,
    gap,
    influence,
    load,
    outlook,
    precedents,
    read,
    relations,
    serve,
    shifts,
    show,
    triad,
)
from detente.cli.common import errors
from detente.model.errors import DetenteError, UsageError

app = typer.Typer(
    name="detente",
    help="Turn reporting on international affairs into an auditable account of how relations between states shift.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
TRACEBACK = "DETENTE_TRACEBACK"
"""Environment variable that lets an unforeseen error show its traceback."""

for verb in (
    read,
    load,
    brief,
    relations,
    shifts,
    gap,
    influence,
    triad,
    precedents,
    outlook,
    assess,
    show,
    serve,
    evaluate,
    export,
    correct,
):
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


def run(arguments: list[str] | None = None) -> None:
    """Run the program and exit; errors become one line on standard error and an exit code."""
    try:
        code = app(args=arguments, standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, Abort):
        _end("interrupted", 130)
    except TyperException as error:
        _end(_usage(error), 2)
    except UsageError as error:
        _end(str(error), 2)
    except DetenteError as error:
        _end(str(error), 1)
    except BrokenPipeError:
        # The reader of the output (`| head`) has gone; what Python still holds for it must not raise again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _end(_file_trouble(error), 1)
    except Exception as error:
        # A person is not to meet a traceback; its place is one variable away.
        if os.environ.get(TRACEBACK):
            raise
        what = " ".join(str(error).split())
        _end(
            f"an error of the program itself ({type(error).__name__}: {what}); please report it, "
            f"with what it prints when {TRACEBACK}=1 is set",
            1,
        )
    sys.exit(code if isinstance(code, int) else 0)


def _end(line: str, code: int) -> NoReturn:
    errors.print(f"detente: {line}", style="red", markup=False)
    sys.exit(code)


def _file_trouble(error: OSError) -> str:
    """Say which file could not be read or written, why, and what to do."""
    what = error.strerror or str(error) or type(error).__name__
    where = f"{error.filename}: " if error.filename is not None else ""
    return f"{where}{what[:1].lower()}{what[1:]}; name a file or folder that exists and may be read or written"
