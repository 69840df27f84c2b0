"""The reference of the command line says what the program says."""

from pathlib import Path

from detente.cli.app import app
from detente.cli.reference import reference

DOCS = Path(__file__).parents[2] / "docs"


def test_reference_is_up_to_date():
    written = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m detente.cli.reference > docs/cli.md"


def test_reference_has_every_verb_with_its_example():
    page = reference()
    assert len(app.registered_commands) > 5
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "").replace("_", "-")
        assert f"## detente {name}\n" in page
        assert f"\ndetente {name} " in page
