"""Write the pages of docs/ that are generated from code.

python scripts/write_docs.py            write them
python scripts/write_docs.py --check    exit with 1 when one of them is out of date
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dotpha.rules.catalogue import Rule, rules
from dotpha.rules.screening.result import GROUNDS_FOR, REASON_LABELS, SEVERITY_LABELS, Reason
from dotpha.rules.substance.verdict import weights
from dotpha.rules.vietnamese.numbers import show_number

DOCS = Path(__file__).resolve().parent.parent / "docs"
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
        "| Mã | Tên | Mức | Ví dụ yếu | Ví dụ mạnh | Căn cứ |",
        "|---|---|---|---|---|---|",
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
    weak, strong = _example(rule.weak), _example(rule.strong)
    return f"| `{rule.code}` | {rule.title} | {SEVERITY_LABELS[rule.severity]} | {weak} | {strong} | {rule.source} |"


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


PAGES: Mapping[str, Callable[[], str]] = {"quy-tac.md": rules_page}


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(("Out of date, run `make docs`: " if check else "Written: ") + ", ".join(stale))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
