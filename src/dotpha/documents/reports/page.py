"""The screening as one self-contained page: no request leaves it, script is only a comfort, it prints on A4.

The only report that renders Django's templates, so that it shows the very pieces of the web pages; it uses
a template engine of its own and needs neither settings nor start of Django.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from django.template import Context, Engine

from dotpha.documents.pieces import overview, troubles
from dotpha.documents.pieces.item import item, owner_of, title_of
from dotpha.documents.reports.context import ADVICE, ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import REASON_LABELS, VERDICT_LABELS, Screening, Severity, Verdict
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.numbers import show_number

ALL_IN_FULL = 1_000  # items; a page of more would be slow to open on the laptop of an office
_ROOM = files("dotpha.documents")
_STATIC = _ROOM / "static" / "documents"
_URL = re.compile(r'url\("(fonts/[\w.-]+)"\)')


class Shown(StrEnum):
    """How much the page says of an item; the value names its template."""

    ITEM = "item"
    SHORT = "short"
    ROW = "row"  # its line in the list, which all have


def write(stream: BinaryIO, rows: Iterable[tuple[Registration, Screening]], context: ReportContext) -> None:
    """The items are rendered and written one at a time; only the rows themselves are held."""
    rows = list(rows)
    shown = [_shown(screening, len(rows)) for _, screening in rows]
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
        "shortened": _shortened(shown),
        "lines": (_line(number, *row, how) for number, (row, how) in enumerate(zip(rows, shown, strict=True), 1)),
    }
    stream.write(_render("reports/head.html", about))
    numbers = {screening.id: number for number, (_, screening) in enumerate(rows, 1)}
    for number, ((registration, screening), how) in enumerate(zip(rows, shown, strict=True), 1):
        if how is not Shown.ROW:
            view = item(number, registration, screening, numbers)
            # Floating explanations repeat the notes, tables repeat the pictures; a long page does without them.
            about = {"item": view, "brief": len(rows) > ALL_IN_FULL}
            stream.write(_render(f"reports/{how}.html", about))
    stream.write(_render("reports/foot.html", {"script": script}))


def _shown(screening: Screening, total: int) -> Shown:
    if total <= ALL_IN_FULL or screening.verdict is not Verdict.ROUTINE:
        return Shown.ITEM
    asks = any(finding.severity in (Severity.BLOCK, Severity.WARN) for finding in screening.findings)
    return Shown.SHORT if asks else Shown.ROW


def _shortened(shown: Sequence[Shown]) -> str:
    """What the page leaves out, for its top; empty where it leaves out nothing."""
    counts = Counter(shown)
    if counts[Shown.ITEM] == len(shown):
        return ""
    told = [
        f"{show_number(counts[how])} {words}"
        for how, words in (
            (Shown.ITEM, "việc đột phá hoặc cần làm rõ"),
            (Shown.SHORT, "việc thường xuyên ghi nhận xét và gợi ý"),
            (Shown.ROW, "việc thường xuyên không có gì phải xác định lại hay làm rõ chỉ có một dòng trong danh sách"),
        )
        if counts[how] or how is Shown.ITEM
    ]
    return (
        f"Lần rà soát này có {show_number(len(shown))} việc nên trang chỉ ghi đủ chi tiết và hình của "
        f"{'; '.join(told)}. Bảng Excel của lần rà soát này ghi mọi việc."
    )


def _line(number: int, registration: Registration, screening: Screening, how: Shown) -> dict[str, Any]:
    return {
        "has_card": how is not Shown.ROW,
        "reasons": tuple(REASON_LABELS[reason] for reason in screening.reasons) if how is Shown.ROW else (),
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
