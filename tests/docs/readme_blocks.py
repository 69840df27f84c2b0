"""The terminal sessions of README.md: read, run, and on request written anew with what the program prints now.

    python tests/docs/readme_blocks.py        (rewrites the outputs in README.md)

A ``console`` block is a session: lines that begin with ``$ `` are commands, what follows is their output. All sessions
run one after the other in one folder that holds ``tests/corpus`` and nothing else.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SECONDS = 120
"""The longest that one command may take."""

_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command of a session, or a Python block, with the output that the page shows."""

    language: str
    command: str
    shown: str


@dataclass(frozen=True)
class Ran:
    """How a step ended and what it printed."""

    code: int
    printed: str
    errors: str


def steps(text: str) -> list[Step]:
    """Return the steps of a page in order."""
    found = []
    for language, body in _BLOCK.findall(text):
        if language == "python":
            found.append(Step("python", body, ""))
            continue
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append(Step("console", command, shown.strip("\n")))
    return found


def prepare(folder: Path) -> None:
    """Give a folder the one thing that the sessions need: the bundled corpus."""
    (folder / "tests").mkdir()
    (folder / "tests" / "corpus").symlink_to(ROOT / "tests" / "corpus", target_is_directory=True)


def run(step: Step, folder: Path) -> Ran:
    """Run a step in a folder, as in a terminal of 110 columns without colours."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = os.environ | {"PATH": programs, "COLUMNS": "110", "NO_COLOR": "1", "USER": "ana", "LOGNAME": "ana"}
    env.pop("DETENTE_RECORD", None)
    arguments = ["bash", "-c", step.command] if step.language == "console" else [sys.executable, "-c", step.command]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=folder, env=env, timeout=SECONDS, check=False)
    printed = "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())
    return Ran(done.returncode, printed, done.stderr)


def rewritten(text: str, folder: Path) -> str:
    """Return the page with the outputs of its sessions as they are now."""
    outputs = {}
    for step in steps(text):
        ran = run(step, folder)
        if ran.code:
            raise SystemExit(f"{step.command}\nended with {ran.code}: {ran.errors}")
        outputs[step.command] = ran.printed

    def session(block: re.Match[str]) -> str:
        if block[1] == "python":
            return block[0]
        parts = [f"$ {s.command}\n{outputs[s.command]}".rstrip("\n") for s in steps(block[0])]
        return "```console\n" + "\n\n".join(parts) + "\n```"

    return _BLOCK.sub(session, text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        prepare(Path(place))
        README.write_text(rewritten(README.read_text(encoding="utf-8"), Path(place)), encoding="utf-8")
