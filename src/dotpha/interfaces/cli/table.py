"""The screening on the terminal: a table in colour and a summary under it."""

import sys
from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dotpha.interfaces.cli.terminal import plain
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import (
    CRITERIA,
    CRITERION_LABELS,
    REASON_LABELS,
    VERDICT_LABELS,
    VERDICT_MARKS,
    Screening,
    Verdict,
)

_STYLES = {Verdict.BREAKTHROUGH: "green", Verdict.BORDERLINE: "yellow", Verdict.ROUTINE: "blue"}
_NARROW = 100  # columns; a file or a pipe has none, and gets the width of a printed page
_PRINTED = 140


def console() -> Console:
    """Colour only where somebody looks; full width where a program or a file reads."""
    made = Console(file=sys.stdout, highlight=False)
    return made if made.is_terminal else Console(file=sys.stdout, highlight=False, width=_PRINTED, no_color=True)


def print_table(rows: Iterable[tuple[Registration, Screening]]) -> None:
    shown = console()
    table = Table(show_lines=True, expand=True)
    table.add_column("Máy nhận định", no_wrap=True)
    table.add_column("Đăng ký", ratio=4)
    table.add_column("Vì sao", ratio=2)
    if shown.width >= _NARROW:
        table.add_column("Chưa rõ", ratio=1)
    counts: Counter[Verdict] = Counter()
    unmet: Counter[str] = Counter()
    for registration, screening in rows:
        counts[screening.verdict] += 1
        unmet.update(screening.unmet)
        cells = [_verdict(screening), _task(registration), _why(screening)]
        if shown.width >= _NARROW:
            cells.append(Text("\n".join(CRITERION_LABELS[name] for name in screening.unmet) or "–"))
        table.add_row(*cells)
    shown.print(table)
    shown.print(_summary(counts, unmet))


def _verdict(screening: Screening) -> Text:
    verdict = screening.verdict
    return Text(f"{VERDICT_MARKS[verdict]} {VERDICT_LABELS[verdict]}", style=_STYLES[verdict])


def _task(registration: Registration) -> Text:
    return Text.assemble((plain(registration.title), "bold"), "\n", (plain(registration.owner), "dim"))


def _why(screening: Screening) -> Text:
    return Text("; ".join(REASON_LABELS[reason] for reason in screening.reasons))


def _summary(counts: Counter[Verdict], unmet: Counter[str]) -> Text:
    total = sum(counts.values())
    parts = [f"{VERDICT_MARKS[each]} {VERDICT_LABELS[each]}: {counts[each]}" for each in Verdict]
    lines = [f"{total} bản đăng ký.  " + "   ".join(parts)]
    named = [f"{CRITERION_LABELS[name]} {unmet[name]}" for name in CRITERIA if unmet[name]]
    if named:
        lines.append("Chưa đạt: " + ", ".join(named) + ".")
    lines.append("Máy nêu lý do để tham khảo; kết luận do cấp ủy.")
    return Text("\n".join(lines))
