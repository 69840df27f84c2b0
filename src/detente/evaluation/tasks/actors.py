"""What a phrase names: country, sector, dated office (the format of NGEC's assertions on its actor resolver)."""

import ast
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from detente.evaluation.tasks.files import Json, TaskResult, table_rows
from detente.world.actor_phrases import PhraseActor, resolve_phrase

_CHECKED = {
    "code['country']": "country",
    "code['code_1']": "sector",
    "code['code_2']": "second",
    "cc": "country",
    "text": "rest",
}
_MAIN = ("code['country']", "code['code_1']")
_NOBODY = "code is None"
_DATES = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y/%m/%d", "%Y")


def actors(path: Path) -> TaskResult:
    """Resolve each phrase as written on the row's ``query_date``.

    Args:
        path: TSV with ``text``, ``kwargs`` (a Python dictionary that may hold ``query_date``) and ``assertion``
            (``code['country'] == 'RUS'``), which is used for the figures alone.

    Returns:
        Lines ``{"text", "country", "sector", "second", "name", "office", "rest"}``, ``None`` where nothing is known;
        as the assertions have it, a state named alone has no sector, and ``rest`` is the phrase without the state.
        Figures: the shares of assertions that hold, on country and on the primary sector, and on both together
        ("right"); those on other things that the reading says stand below.
    """
    lines: list[Json] = []
    checks: dict[str, list[bool]] = {}
    for row in table_rows(path, "text", "kwargs"):
        actor = _resolved(row)
        lines.append(_line(row["text"], actor))
        for name, holds in _checks(row.get("assertion") or "", lines[-1], actor):
            checks.setdefault(name, []).append(holds)
    figures = {f"{_short(name)} right": _share(checks[name]) for name in _MAIN if name in checks}
    main = [holds for name in _MAIN for holds in checks.get(name, ())]
    if main:
        figures["right"] = _share(main)
    figures |= {f"{_short(name)} right": _share(checks[name]) for name in sorted(checks) if name not in _MAIN}
    return TaskResult(tuple(lines), figures)


def _share(rights: list[bool]) -> float:
    return sum(rights) / len(rights)


def _short(name: str) -> str:
    return name.removeprefix("code['").removesuffix("']")


def _resolved(row: Json) -> PhraseActor | None:
    published = _day((ast.literal_eval(row["kwargs"]) if row["kwargs"] else {}).get("query_date"))
    return resolve_phrase(row["text"], published)


def _day(asked: str | None) -> date | None:
    """Read a date as the assertions write it; None for "today", as what holds today is not said by the file."""
    for pattern in _DATES if asked and asked != "today" else ():
        with suppress(ValueError):
            return datetime.strptime(str(asked), pattern).date()
    return None


def _line(text: str, actor: PhraseActor | None) -> Json:
    return {
        "text": text,
        "country": actor.country if actor else None,
        "sector": actor.sector if actor else None,
        "second": actor.second if actor else None,
        "name": actor.name if actor else None,
        "office": actor.office if actor else None,
        "rest": actor.rest if actor else text,
    }


def _checks(assertion: str, line: Json, actor: PhraseActor | None) -> list[tuple[str, bool]]:
    """Read ``code['country'] == 'RUS'`` and its like; other assertions are about things that Detente does not say."""
    if assertion.strip() == _NOBODY:
        return [(_NOBODY, actor is None)]
    for sign in (" == ", " != "):
        left, found, right = assertion.partition(sign)
        if found and left.strip() in _CHECKED and right.strip()[:1] in "'\"":
            same = (line[_CHECKED[left.strip()]] or "") == str(ast.literal_eval(right.strip()))
            return [(left.strip(), same is (sign == " == "))]
    return []
