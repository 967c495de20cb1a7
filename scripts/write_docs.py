"""Write what is generated: the table of rules, the pages on quality, what was measured of each rule, who may do what.

python scripts/write_docs.py            write them
python scripts/write_docs.py --check    exit with 1 when one of them is out of date

Quality is measured anew by `dotpha evaluate-screening` (four seconds), so that no page praises an older engine.
Pictures are written with their page and not compared: their bytes are the drawing library's.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from dotpha.documents.reports.quality.marks import percent
from dotpha.interfaces.cli import evaluate
from dotpha.rules.catalogue import ENOUGH_CASES, TRUSTED_FROM, Rule, rules
from dotpha.rules.screening.result import GROUNDS_FOR, REASON_LABELS, SEVERITY_LABELS, Reason
from dotpha.rules.substance.verdict import weights
from dotpha.rules.vietnamese.numbers import show_number

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MEASURED = ROOT / "src" / "dotpha" / "rules" / "measured.json"
HELD_OUT = ROOT / "corpus" / "cross-validation.json"
_MADE = "<!-- Trang này do scripts/write_docs.py viết từ mã nguồn; sửa ở nguồn rồi chạy `make docs`. -->\n"

_FIELDS = {
    "title": "Việc", "description": "Nội dung", "responsible": "Chủ trì", "responsibilities": "Phân công",
    "deadline": "Thời hạn", "start": "Bắt đầu", "parent_title": "Gắn với", "prior_year_title": "Việc năm trước",
    "position": "Chức vụ",
}  # fmt: skip


def rules_page() -> str:
    lines = [
        _MADE,
        "# Các quy tắc rà soát",
        "",
        "Mỗi quy tắc có một mã không đổi nghĩa. Mức: "
        + "; ".join(f"**{label}**" for label in SEVERITY_LABELS.values())
        + ". Máy nêu dấu hiệu và gợi ý; kết luận do cấp ủy.",
        "",
        "**Đúng khi nêu**: trong số bản đăng ký bị nêu quy tắc này, bao nhiêu phần người gán nhãn cũng thấy như vậy. "
        "**Nhận ra**: trong số bản người thấy có điều ấy, bao nhiêu phần được nêu, tính chung các quy tắc nói cùng một "
        "điều. Đo trên kho ngữ liệu của phần mềm (`corpus/`), là nơi đã dùng để viết quy tắc, nên con số đẹp hơn khi "
        "gặp bản mới. Quy tắc nêu từ "
        f"{ENOUGH_CASES} bản trở lên mà đúng dưới {TRUSTED_FROM * 100:.0f} % chỉ còn là gợi ý, dù bảng ghi mức nào. "
        "*Chưa đo được*: không có nhãn nào để đối chiếu.",
        "",
        "| Mã | Tên | Mức | Đúng khi nêu | Nhận ra | Ví dụ yếu | Ví dụ mạnh | Căn cứ |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_rule_row(rule) for rule in rules().values()]
    lines += [
        "",
        "## Gợi ý viết lại",
        "",
        "Chỗ trong ngoặc nhọn được điền từ chính bản đăng ký; chỗ chưa có để “…”.",
        "",
    ]
    lines += [f"- `{rule.code}` {rule.suggestion}" for rule in rules().values()]
    lines += ["", "## Lý do và các dấu hiệu", ""]
    lines += [
        "Hai câu hỏi nối nhau: có gì hơn việc thường xuyên không; nếu có, đã đủ để gọi là đột phá chưa. "
        "Mỗi dấu hiệu cộng hoặc trừ vào từng câu hỏi (thang lô-ga tỷ lệ cược).",
        "",
        "| Dấu hiệu | Hơn việc thường xuyên | Đủ là đột phá |",
        "|---|---:|---:|",
    ]
    lines += [
        f"| {weight.label} | {_signed(weight.beyond)} | {_signed(weight.enough)} |"
        for weight in weights().facts.values()
    ]
    lines += ["", "| Mã lý do | Nghĩa | Chiều |", "|---|---|---|"]
    lines += [
        f"| `{reason}` | {REASON_LABELS[reason]} | {'ủng hộ' if reason in GROUNDS_FOR else 'chưa ủng hộ'} |"
        for reason in Reason
    ]
    return "\n".join(lines) + "\n"


def _rule_row(rule: Rule) -> str:
    cells = [
        f"`{rule.code}`",
        rule.title,
        _severity(rule),
        *_measured(rule),
        _example(rule.weak),
        _example(rule.strong),
    ]
    return f"| {' | '.join(cells)} | {rule.source} |"


def _severity(rule: Rule) -> str:
    shown = SEVERITY_LABELS[rule.severity]
    return f"**{shown}**, hạ từ “{SEVERITY_LABELS[rule.stated]}” vì hay sai" if rule.demoted else shown


def _measured(rule: Rule) -> tuple[str, str]:
    told = rule.measured
    if told is None:
        return "chưa đo được", "chưa đo được"
    return _share(told.precision, told.raised, "chưa nêu lần nào"), _share(told.recall, told.wanted, "không có bản nào")


def _share(share: float | None, of: int, none: str) -> str:
    return none if share is None else f"{percent(share)} của {of}"


def _example(fields: Mapping[str, Any]) -> str:
    told = [f"{label}: {_quoted(fields[name])}" for name, label in _FIELDS.items() if name in fields]
    told += [_indicator(each) for each in fields.get("indicators", ())]
    if "duplicates" in fields:
        told.append("hai bản trong đợt viết như nhau")
    return "<br>".join(told) or "một bản không giống bản nào khác"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "(để trống)"


def _indicator(row: Mapping[str, Any]) -> str:
    past = ", ".join(f"{period}: {show_number(value)}" for period, value in row.get("history", ()))
    now = show_number(row["baseline"]) if "baseline" in row else "…"
    return f"{row['name']}: {now} → {show_number(row['target'])} {row['unit']}" + (f" ({past})" if past else "")


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + show_number(value)


_TEST_SET = [
    str(ROOT / "tests" / "data" / "registrations-labelled.jsonl"), "--on", "26/01/2022",
    "--floors", str(DOCS / "screening-floors.toml"),
    "--note", "tệp kiểm tra, không dùng để viết quy tắc hay đặt trọng số. Trên kho ngữ liệu đã dùng để chỉnh máy, xem "
    "[screening-quality-corpus.md](screening-quality-corpus.md)",
]  # fmt: skip
_CORPUS = [
    str(ROOT / "corpus" / "registrations.jsonl"), "--on", "23/11/2026",  # the day corpus/train.py screens as of
    "--in-sample",
    "--note", "kho ngữ liệu tự viết, đã dùng để viết quy tắc và đặt trọng số. Trên tệp kiểm tra riêng, xem "
    "[screening-quality.md](screening-quality.md)",
]  # fmt: skip


def measured(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Measure into `folder`: pairs of what was written there, and where it belongs."""
    held_out = ["--cross-validation", str(HELD_OUT)] if HELD_OUT.exists() else []
    rows, test, corpus = folder / MEASURED.name, folder / "screening-quality.md", folder / "screening-quality-corpus.md"
    evaluate.run([*_CORPUS, *held_out, "--rules", str(rows), "--output", str(corpus)])
    evaluate.run([*_TEST_SET, *held_out, "--output", str(test)])
    yield rows, MEASURED
    for page in (test, corpus):
        yield page, DOCS / page.name


def powers_page() -> str:
    """Who may do what, from the table the program asks; the same as `dotpha manage show_policy` prints."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings_test")
    django.setup()
    from dotpha.interfaces.management import policy_page

    return f"{_MADE}\n{policy_page.page()}"


def main() -> int:
    check = "--check" in sys.argv[1:]
    with TemporaryDirectory() as name:
        stale = [kept for made, kept in measured(Path(name)) if _replaced(kept, made.read_text("utf-8"), check)]
        if not check:
            for picture in sorted(Path(name).glob("anh/*.svg")):
                _replaced(DOCS / "anh" / picture.name, picture.read_text("utf-8"), check)
    rules.cache_clear()  # the table of rules tells what was measured just now
    if _replaced(DOCS / "quy-tac.md", rules_page(), check):
        stale.append(DOCS / "quy-tac.md")
    if _replaced(DOCS / "quyen-han.md", powers_page(), check):
        stale.append(DOCS / "quyen-han.md")
    if stale:
        names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
        print(("Out of date, run `make docs`: " if check else "Written: ") + names)
    return 1 if check and stale else 0


def _replaced(kept: Path, text: str, check: bool) -> bool:
    """Whether the file says something else than `text`; then it is written, unless only checking."""
    if kept.exists() and kept.read_text(encoding="utf-8") == text:
        return False
    if not check:
        kept.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
