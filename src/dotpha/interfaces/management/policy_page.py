"""Who may do what, as a page to print and have signed; written from the table the program itself asks."""

from collections.abc import Iterable

from dotpha.directory.models import Function
from dotpha.directory.policy import FUNCTION_DUTIES, MAY_GRANT
from dotpha.interfaces.powers import ROOMS, Room


def page() -> str:
    """Markdown: function × deed for every room, and who gives which function."""
    lines = [
        "# Ai được làm gì",
        "",
        "Chức năng được phân công cho một người, ở một tổ chức và mọi tổ chức dưới đó, từ ngày nào đến trước ngày nào. "
        "Việc nào không có dấu ● trong bảng thì không được làm. Người chưa đăng nhập, tài khoản đã khóa, phân công "
        "chưa đến ngày hoặc đã hết hạn đều không được làm việc nào.",
        "",
        *(line for room in ROOMS for line in _table(room)),
        "## Mỗi chức năng để làm gì",
        "",
        *(f"- **{function.label}**: {FUNCTION_DUTIES[function]}" for function in Function),
        "",
        "## Ai phân công và kết thúc chức năng nào",
        "",
        *(f"- **{giver.label}**: {_labels(given)}." for giver, given in MAY_GRANT.items()),
        "",
        "Nơi chưa có người chủ trì nào, kể cả ở cấp trên, thì quản trị kỹ thuật phân công người chủ trì đầu tiên. "
        "Không ai phân công cho chính mình. Gốc của cây tổ chức luôn còn ít nhất một quản trị kỹ thuật.",
    ]
    return "\n".join(lines) + "\n"


def _table(room: Room) -> list[str]:
    return [
        f"## {room.name}",
        "",
        _row(["Việc", *(function.label for function in Function)]),
        _row(["---", *(":-:" for _ in Function)]),
        *(
            _row([room.labels[deed], *(_mark(function in room.who_may[deed]) for function in Function)])
            for deed in room.deeds
        ),
        "",
    ]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _mark(is_allowed: bool) -> str:
    return "●" if is_allowed else "–"


def _labels(functions: frozenset[Function]) -> str:
    if functions == frozenset(Function) - {Function.TECHNICAL_ADMINISTRATOR}:
        return f"mọi chức năng, trừ {Function.TECHNICAL_ADMINISTRATOR.label.lower()}"
    return ", ".join(function.label.lower() for function in Function if function in functions)
