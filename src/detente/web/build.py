"""From an address and a record to a page."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from detente.brief import brief
from detente.model.actor import STATELESS
from detente.model.errors import UsageError
from detente.record import Record
from detente.relations.acts import Selection
from detente.web.pages import Asked, BriefPage, DocumentPage, HomePage, Page, PairRow, TroublePage
from detente.world import name_of, resolve_code

DOCUMENTS = 200
PAIRS = 20
ALLOWED = "/, /brief/JPN/RUS?as_of=YYYY-MM-DD and /document/ID; each with .json at its end (/index.json for the first)"


def asked(address: str) -> Asked:
    """Take an address apart; raise ``UsageError`` for a query that is not understood."""
    parts = urlsplit(address)
    query = parse_qs(parts.query, keep_blank_values=True)
    if unknown := sorted(set(query) - {"as_of"}):
        raise UsageError(f"no such question: {', '.join(unknown)}; allowed: as_of=YYYY-MM-DD")
    text = query.get("as_of", [None])[-1]
    try:
        as_of = date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise UsageError(f"as_of={text} is not a date; allowed: YYYY-MM-DD") from error
    path = tuple(unquote(part) for part in parts.path.split("/") if part)
    json = bool(path) and path[-1].endswith(".json")
    if json:
        last = path[-1].removesuffix(".json")
        path = path[:-1] if (len(path) == 1 and last == "index") or not last else (*path[:-1], last)
    return Asked(path, as_of, json)


def build(record: Record, ask: Asked) -> Page:
    """Return the page at an address; a ``TroublePage`` when there is none."""
    match ask.path:
        case ():
            return home(record, ask.as_of)
        case ("brief", a, b):
            return _brief(record, a, b, ask.as_of)
        case ("document", key):
            return _document(record, key)
        case _:
            return TroublePage(404, f"There is no page at /{'/'.join(ask.path)}.", ALLOWED)


def home(record: Record, as_of: date | None = None) -> HomePage:
    """List what the record holds: the newest documents, and the pairs with most acts told as facts."""
    documents = record.documents(as_of)
    dated = sorted((d for d in documents if d.published), key=lambda d: str(d.published), reverse=True)
    undated = [d for d in documents if not d.published]
    acts, parameters = Selection(as_of=as_of).query()
    rows = record.query(
        f"SELECT least(source, target) AS a, greatest(source, target) AS b, count(*) AS n FROM ({acts}) "
        f"WHERE source <> '{STATELESS}' AND target <> '{STATELESS}' GROUP BY ALL ORDER BY n DESC, a, b LIMIT {PAIRS}",
        parameters,
    ).to_pylist()
    pairs = tuple(PairRow((r["a"], r["b"]), (name_of(r["a"]), name_of(r["b"])), r["n"]) for r in rows)
    return HomePage(record.path.name, tuple([*dated, *undated][:DOCUMENTS]), len(documents), pairs)


def _brief(record: Record, a: str, b: str, as_of: date | None) -> Page:
    today = datetime.now(UTC).date()
    pair = resolve_code(a, today), resolve_code(b, today)
    if pair[0] == pair[1]:
        raise UsageError(f"{a} and {b} are the same actor ({pair[0]}); allowed: two different ones")
    return BriefPage(brief(record, pair, as_of or today))


def _document(record: Record, key: str) -> Page:
    try:
        document = record.document(key)
    except UsageError as error:
        what, _, allowed = str(error).partition("; allowed: ")
        return TroublePage(404, f"{what}.", allowed)
    reading = record.reading(document.id)
    if reading is None:
        return TroublePage(404, f"{key} is held but has not been read.", "a document read with `detente read`")
    return DocumentPage(document, reading)
