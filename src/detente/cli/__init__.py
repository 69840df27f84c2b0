"""The command line: one verb per thing that a person does."""

import sys


def main(arguments: list[str] | None = None) -> None:
    """Run the program; see :mod:`detente.cli.app` for its exit codes."""
    try:
        # Imported here so that Ctrl-C in the first moments, too, ends the program without a traceback.
        from detente.cli.app import run
    except KeyboardInterrupt:
        sys.exit(130)
    run(arguments)


__all__ = ["main"]
