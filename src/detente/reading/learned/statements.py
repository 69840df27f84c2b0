"""Learned attribution: cues are tagged, then the source and the content of each are tagged as seen from it.

The rules find statements and their stance; the model corrects their source and content and adds those they miss.

Source, cue and content follow PolNeAR (Newell et al. 2018) and the project's guidelines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from detente.model.actor import STATELESS, Mention
from detente.model.codes import Form, Stance
from detente.model.reading import Statement
from detente.model.span import Span
from detente.reading.learned.arrays import spans_of
from detente.reading.learned.encoder import EncodedWindow, Encoder, Range
from detente.reading.page import Page
from detente.reading.stages import Findings
from detente.reading.statements import RuleStatements
from detente.reading.statements_source import naming
from detente.reading.syntax import conjuncts

STANCES = tuple(Stance)
LEAST = 0.4
"""Cues less probable are not looked at."""
_TELLING = frozenset({"NOUN", "VERB", "ADJ"})
_QUOTES = '"“”„«»'
_EDGES = _QUOTES + " \n\t,;:—–‘’'"


@dataclass(frozen=True)
class LearnedStatements:
    """Implements :class:`detente.reading.stages.StatementStage` by the encoder."""

    encoder: Encoder = field(default_factory=Encoder)
    rules: RuleStatements | None = field(default_factory=RuleStatements)
    """Rules whose statements come first; None for the model alone."""
    least: float = 0.65
    """Statements of the model alone are left out when their cue is less probable."""
    least_of_rules: float = 0.4
    """Statements of the rules are left out when the model holds their cue less probable than this."""

    def find(self, page: Page, findings: Findings) -> tuple[Statement, ...]:
        """Return the statements of a page in text order."""
        ruled = self.rules.find(page, findings) if self.rules is not None else ()
        read = [s for window in self.encoder.of(page) for s in self._of_window(window, page, findings)]
        kept = [s for s in ruled if self.encoder.weight(page, s.cue, "cue.d") >= self.least_of_rules]
        found = [_refined(s, kept, read) for s in kept]
        found += [s for s in read if (s.probability or 0.0) >= self.least and not any(_same(s, r) for r in ruled)]
        ordered = sorted(found, key=lambda s: (s.content[0].start, -s.content[-1].end, s.cue.start))
        return tuple(replace(s, parent=_parent(s, ordered)) for s in ordered)

    def _of_window(self, window: EncodedWindow, page: Page, findings: Findings) -> Iterator[Statement]:
        """Yield what the model reads in a window, from every cue that is probable at all."""
        tags = self.encoder.tags(window, "cue.d")
        cues = [(a, b) for _, a, b in spans_of(tags, LEAST) if 1 - tags[a, 0] >= LEAST]
        if not cues:
            return
        seen = self.encoder.seen_from(window, "attribution.d", cues)
        stances = self.encoder.classes(window, cues)["stance.d"].argmax(-1)
        for cue, around, stance in zip(cues, seen, stances, strict=True):
            share = 1 - float(tags[cue[0], 0])
            yield from _of_cue(cue, spans_of(around), STANCES[stance], window, page, findings, share)


def _refined(ruled: Statement, others: list[Statement], read: list[Statement]) -> Statement:
    """Return a rule's statement with the content that the model reads from the same cue, and its source if another."""
    found = [s for s in read if _meets(s, ruled)]
    if len(found) != 1 or sum(_meets(other, ruled) for other in others) != 1:
        return ruled
    one = found[0]
    kept = replace(ruled, content=one.content, sentence=one.sentence, form=one.form, probability=one.probability)
    if one.source.overlaps(ruled.source):
        return kept
    return replace(kept, source=one.source, speaker=one.speaker, source_mention=one.source_mention)


def _meets(one: Statement, other: Statement) -> bool:
    """Tell whether two statements share words of their cues and of their contents."""
    return one.cue.overlaps(other.cue) and any(a.overlaps(b) for a in one.content for b in other.content)


def _same(one: Statement, other: Statement) -> bool:
    """Tell whether two statements share words of their cues, or a third of the other's first stretch of content."""
    a, b = one.content[0], other.content[0]
    shared = min(a.end, b.end) - max(a.start, b.start)
    return one.cue.overlaps(other.cue) or shared > 0.3 * (b.end - b.start)


def _of_cue(
    cue: Range,
    spans: list[tuple[int, int, int]],
    stance: Stance,
    window: EncodedWindow,
    page: Page,
    findings: Findings,
    probability: float,
) -> Iterator[Statement]:
    sources = [n for kind, a, b in spans if kind == 0 for n in _named(window.span((a, b), page), page)]
    content = [trimmed(window.span((a, b), page), page.document.text) for kind, a, b in spans if kind == 1]
    if not sources or not any(content):
        return
    cue_span = window.span(cue, page)
    for parts in by_sentence([p for p in content if p is not None], page):
        for source in sources:
            for mention, code in speakers(source, page, findings):
                yield Statement(
                    source=source,
                    cue=cue_span,
                    content=parts,
                    sentence=covering(page, (cue_span, *parts)),
                    speaker=code,
                    form=form_of(parts, page.document.text),
                    stance=stance,
                    source_mention=mention.id if mention is not None else None,
                    why=f"learned: cue {cue_span.of(page.document.text)!r}",
                    probability=round(probability, 3),
                )


def _named(span: Span, page: Page) -> list[Span]:
    """Return the shortest full naming of each source in a span ("Merz" in "Chancellor Merz"), as the rules name it."""
    heads = [t for t in conjuncts(page.root_of(span)) if span.start <= t.idx < span.end]
    return [n for n in (page.span(naming(head)) for head in heads) if n.overlaps(span)] or [span]


def trimmed(span: Span, text: str) -> Span | None:
    """Return a span without quotation marks, commas and spaces at its ends; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(span.document, start, end) if start < end else None


def tells(span: Span, page: Page) -> bool:
    """Tell whether a span has a noun, a verb or an adjective: names, pronouns and articles alone say nothing."""
    return any(token.pos_ in _TELLING for token in page.tokens_in(span))


def by_sentence(parts: list[Span], page: Page) -> list[tuple[Span, ...]]:
    """Split content into one tuple of parts per sentence: a quotation over several sentences is several statements."""
    by_index: dict[int, list[Span]] = {}
    for part in parts:
        for sentence in page.sentences_at(part):
            piece = trimmed(_within(part, sentence.span), page.document.text)
            if piece is not None:
                by_index.setdefault(sentence.index, []).append(piece)
    return [tuple(sorted(by_index[index])) for index in sorted(by_index)]


def _within(part: Span, limits: Span) -> Span:
    return Span(part.document, max(part.start, limits.start), min(part.end, limits.end))


def covering(page: Page, spans: tuple[Span, ...]) -> Span:
    """Return the stretch from the first to the last sentence that spans touch."""
    touched = [sentence.span for span in spans for sentence in page.sentences_at(span)]
    return Span(page.document.id, min(s.start for s in touched), max(s.end for s in touched))


def speakers(source: Span, page: Page, findings: Findings) -> list[tuple[Mention | None, str]]:
    """Return one (mention, actor code) per state behind a source; ``XXX`` when no mention tells."""
    found: dict[str, Mention | None] = {}
    for token in conjuncts(page.root_of(source)):
        mention = findings.mention_at(token)
        if mention is not None and source.start <= token.idx < source.end:
            for code in mention.codes:
                found.setdefault(code, mention)
    if not found:
        for mention in findings.mentions_in(source)[:1]:  # "a Chinese commentary": the state, not who it is
            found.update(dict.fromkeys(mention.codes))
    return [(mention, code) for code, mention in found.items()] or [(None, STATELESS)]


def form_of(parts: tuple[Span, ...], text: str) -> Form:
    """Return whether content stands wholly, partly or not at all within quotation marks of its paragraph."""
    inside = outside = False
    for part in parts:
        opened = _opened_before(part.start, text)
        for char in text[part.start : part.end]:
            if char in _QUOTES:
                opened = not opened if char == '"' else char != "”"
            elif char.isalnum():
                inside, outside = inside or opened, outside or not opened
    return Form.MIXED if inside and outside else Form.DIRECT if inside else Form.INDIRECT


def _opened_before(place: int, text: str) -> bool:
    start = text.rfind("\n\n", 0, place) + 1
    opened = False
    for char in text[start:place]:
        if char in _QUOTES:
            opened = not opened if char == '"' else char != "”"
    return opened


def _parent(inner: Statement, statements: list[Statement]) -> str | None:
    around = [
        s
        for s in statements
        if s is not inner
        and s.content[0].document == inner.cue.document
        and any(part.contains(inner.cue) and part.contains(inner.content[0]) for part in s.content)
    ]
    return min(around, key=lambda s: sum(p.end - p.start for p in s.content)).id if around else None
