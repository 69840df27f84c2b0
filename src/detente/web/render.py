"""A page as HTML or as JSON; nothing is fetched from elsewhere."""

from functools import cache
from importlib import resources

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente import __version__
from detente.brief import to_html
from detente.brief.html import document_to_html
from detente.brief.wording import long_date
from detente.web.pages import BriefPage, DocumentPage, HomePage, Page


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("detente.web"), autoescape=True, undefined=StrictUndefined)


@cache
def _css() -> Markup:
    return Markup((resources.files("detente.brief") / "templates" / "brief.css").read_text(encoding="utf-8"))


def as_html(page: Page) -> str:
    """Return a whole HTML page."""
    if isinstance(page, BriefPage):
        return to_html(page.brief)
    if isinstance(page, DocumentPage):
        return document_to_html(page.document, page.reading)
    template = "home.html.j2" if isinstance(page, HomePage) else "trouble.html.j2"
    drawn: str = (
        _environment().get_template(template).render(page=page, css=_css(), version=__version__, long_date=long_date)
    )
    return drawn


def as_json(page: Page) -> str:
    """Return a page's dataclass as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(page, enc_hook=str), indent=2).decode() + "\n"
