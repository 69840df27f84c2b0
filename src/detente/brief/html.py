"""The brief, and a marked document, as one self-contained HTML file each, for screen, phone and print."""

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente import __version__
from detente.brief import phrases, timeline, wording
from detente.brief.marked import segments
from detente.brief.model import Brief
from detente.model.document import Document
from detente.model.reading import Reading


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("detente.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _css() -> Markup:
    return Markup((resources.files("detente.brief") / "templates" / "brief.css").read_text(encoding="utf-8"))


def document_to_html(document: Document, reading: Reading) -> str:
    """Return a document with its readings marked in the text and its events listed."""
    page: str = (
        _environment()
        .get_template("document.html.j2")
        .render(
            document=document,
            reading=reading,
            segments=tuple(segments(document, reading)),
            css=_css(),
            act=phrases.act,
            long_date=wording.long_date,
        )
    )
    return page


def to_html(brief: Brief) -> str:
    """Return the page; the chart is inline SVG, there is no script and nothing is fetched."""
    chart = timeline.svg(brief)
    quotes = {e.number: e.quote for e in brief.evidence}
    page: str = (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            version=__version__,
            css=_css(),
            chart=Markup(chart) if chart else None,
            standing=wording.standing(brief),
            basis=wording.basis(brief),
            claim_groups=wording.claim_groups(brief),
            tally_rows=wording.tally_rows(brief),
            long_date=wording.long_date,
            when_of=wording.when,
            quote_of=quotes.__getitem__,
        )
    )
    return page
