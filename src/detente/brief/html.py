"""The brief as one self-contained HTML file, for screen, phone and print."""

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente import __version__
from detente.brief import timeline, wording
from detente.brief.model import Brief


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("detente.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def to_html(brief: Brief) -> str:
    """Return the page; the chart is inline SVG, there is no script and nothing is fetched."""
    css = (resources.files("detente.brief") / "templates" / "brief.css").read_text(encoding="utf-8")
    chart = timeline.svg(brief)
    quotes = {e.number: e.quote for e in brief.evidence}
    page: str = (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            version=__version__,
            css=Markup(css),
            chart=Markup(chart) if chart else None,
            standing=wording.standing(brief),
            basis=wording.basis(brief),
            claim_groups=wording.claim_groups(brief),
            tally_rows=wording.tally_rows(brief),
            long_date=wording.long_date,
            quote_of=quotes.__getitem__,
        )
    )
    return page
