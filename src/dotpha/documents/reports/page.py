"""The screening as one self-contained page: no request leaves it, script is only a comfort, it prints on A4.

The only report that renders Django's templates, so that it shows the very pieces of the web pages; it uses
a template engine of its own and needs neither settings nor start of Django.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from django.template import Context, Engine

from dotpha.documents.pieces import overview, troubles
from dotpha.documents.pieces.item import item, owner_of, title_of
from dotpha.documents.reports.context import ADVICE, ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import VERDICT_LABELS, Screening
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import fold

_ROOM = files("dotpha.documents")
_STATIC = _ROOM / "static" / "documents"
_URL = re.compile(r'url\("(fonts/[\w.-]+)"\)')


def write(stream: BinaryIO, rows: Iterable[tuple[Registration, Screening]], context: ReportContext) -> None:
    """The items are rendered and written one at a time; only the rows themselves are held."""
    rows = list(rows)
    # Without indentation already, so that their digests are those of what will stand in the page.
    style, script = _style(context), _without_indentation(_read("report.js"))
    about = {
        "context": context,
        "advice": ADVICE,
        "on": show_day(context.on),
        "style": style,
        "policy": _policy(style, script),
        "overview": overview.overview(overview.tally(rows)),
        "verdicts": VERDICT_LABELS,
        "owner_types": overview.OWNER_LABELS,
        "troubles": troubles.by_file(context.unread, context.remarks),
        "lines": (_line(number, *row) for number, row in enumerate(rows, 1)),
    }
    stream.write(_render("reports/head.html", about))
    numbers = {screening.id: number for number, (_, screening) in enumerate(rows, 1)}
    for number, (registration, screening) in enumerate(rows, 1):
        words = fold(f"{registration.title} {registration.owner} {registration.description}")
        view = item(number, registration, screening, numbers)
        stream.write(_render("reports/item.html", {"item": view, "words": words}))
    stream.write(_render("reports/foot.html", {"script": script}))


def _line(number: int, registration: Registration, screening: Screening) -> dict[str, Any]:
    return {
        "number": number,
        "title": title_of(registration),
        "owner": owner_of(registration),
        "owner_type": registration.owner_type,
        "verdict": screening.verdict,
        "verdict_label": VERDICT_LABELS[screening.verdict],
    }


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(_ROOM / "templates")])


def _render(template: str, values: dict[str, Any]) -> bytes:
    # Numbers are shown by our own functions; the engine's localisation would ask for settings.
    page = _engine().get_template(template).render(Context(values, use_l10n=False, use_tz=False))
    return _without_indentation(page).encode(errors="replace")


def _without_indentation(text: str) -> str:
    """A fifth of five thousand items would be spaces."""
    return "".join(line.strip() + "\n" for line in text.splitlines() if line.strip())


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def _style(context: ReportContext) -> str:
    """All style sheets in one, with the fonts inside and the running lines of the printed page."""
    fonts = _URL.sub(lambda found: f'url("data:font/woff2;base64,{_font(found[1])}")', _read("fonts.css"))
    left = context.committee or context.title
    running = (
        f"@page {{ @top-left {{ content: {_css_string(left)}; }}"
        f" @top-right {{ content: {_css_string('Ngày ' + show_day(context.on))}; }} }}"
    )
    return _without_indentation("\n".join([fonts, _read("pieces.css"), _read("report.css"), running]))


@cache
def _font(name: str) -> str:
    return base64.b64encode((_STATIC / name).read_bytes()).decode()


def _css_string(text: str) -> str:
    r"""Any text as a string of CSS that can end neither the string nor the style element.

    >>> _css_string('Xã "B"</style>')
    '"X\\e3 \\20 \\22 B\\22 \\3c \\2f style\\3e "'
    """
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded; exactly this style and this script may act."""
    return (
        f"default-src 'none'; font-src data:; style-src 'sha256-{_digest(style)}';"
        f" script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
