"""The brief as Markdown: numbers in brackets lead to the evidence at the end."""

from collections.abc import Iterable, Sequence

from detente.brief import wording
from detente.brief.model import Act, Brief, Evidence, Line


def to_markdown(brief: Brief) -> str:
    """Return the brief as CommonMark with tables."""
    a, b = brief.names
    blocks = [
        f"# {a} – {b}",
        f"**as of {wording.long_date(brief.as_of)} · {wording.standing(brief)}**",
        wording.basis(brief),
        _section("In one paragraph", [" ".join(_line(line) for line in brief.summary)] if brief.summary else []),
        *(_claims(group) for group in wording.claim_groups(brief)),
        _section("How the claims weigh", _bullets(brief.weighing)),
        _section("Shifts", _bullets(brief.shifts)),
        _section("Between leaders", _bullets(brief.leaders)),
        _section("Words and deeds", [*_tally(brief), *_bullets(brief.words_and_deeds)]),
        _section("Contradictions", _bullets(brief.contradictions)),
        _section("Events", _acts(brief)),
        _section("Why, according to whom", _bullets(brief.reasons)),
        _section("What each side says", _bullets(brief.voices)),
        _section("Third parties", _bullets(brief.third_parties)),
        _section("Announced or possible, not yet reported as done", _bullets(brief.open_questions)),
        _section("Not known from this record", [f"- {x.text} *({x.searched})*" for x in brief.absences]),
        _section("Evidence", [_evidence(e) for e in brief.evidence]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(title: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"## {title}\n\n{body}" if body else ""


def _refs(numbers: Sequence[int]) -> str:
    return "".join(f"[[{n}]](#e{n})" for n in numbers)


def _line(line: Line) -> str:
    return f"{line.text} {_refs(line.evidence)}"


def _bullets(lines: Sequence[Line]) -> list[str]:
    return [f"- {_line(line)}" for line in lines]


def _claims(group: wording.ClaimGroup) -> str:
    if not group.claims:
        return ""
    rows = ["| Claim | Who | How sure | Evidence |", "|---|---|---|---|"]
    for claim in group.claims:
        text = f"{claim.claim} “{claim.words}”" + (f" ({claim.when})" if claim.when else "")
        rows.append(f"| {_cell(text)} | {_cell(claim.who)} | {_cell(claim.sure)} | {_refs(claim.evidence)} |")
    return _section(group.title, rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _tally(brief: Brief) -> list[str]:
    rows = wording.tally_rows(brief)
    if not rows:
        return []
    head = "| | Cooperative words | Cooperative deeds | Hostile words | Hostile deeds |\n|---|--:|--:|--:|--:|"
    return [head, *(f"| {row.label} | {' | '.join(map(str, row.counts))} |" for row in rows), ""]


def _acts(brief: Brief) -> list[str]:
    return [f"- {wording.when(a)}: {a.text} “{a.words}”{_by(a)} {_refs(a.evidence)}" for a in brief.acts]


def _by(act: Act) -> str:
    return f" ({act.told_by})" if act.told_by else ""


def _evidence(e: Evidence) -> str:
    source = " · ".join(
        [
            f"[{e.title or 'untitled'}]({e.url})" if e.url else (e.title or "untitled"),
            e.publisher or "publisher not given",
            wording.long_date(e.published) if e.published else "undated",
        ]
    )
    return f'{e.number}. <a id="e{e.number}"></a>{_quoted(e)}  \n   {source}'


def _quoted(e: Evidence) -> str:
    return "".join(f"**{p.text}**" if p.marked and p.text == p.text.strip() else p.text for p in e.parts)
