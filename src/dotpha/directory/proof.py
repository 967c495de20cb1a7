"""Prove that what the tree shows now agrees with its histories: paths, names, places, keys. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dotpha.core import names
from dotpha.directory.models import OrganizationName, OrganizationPlacement, PartyOrganization
from dotpha.directory.models.organizations import STEP
from dotpha.rules.vietnamese.dates import show_day


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that does not agree, in an organization named by its code."""

    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Node:
    pk: int
    code: str
    name: str
    parent: int | None
    path: str
    depth: int
    search_key: str
    order_key: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class _Period:
    value: str | int | None
    valid_from: date
    valid_until: date | None


def disagreements() -> Iterator[Disagreement]:
    """Every disagreement, in the order of the tree. Three queries, whatever its size."""
    nodes = _nodes()
    known_names, places = _histories(OrganizationName, "name"), _histories(OrganizationPlacement, "parent")
    for node in nodes.values():
        own_names, own_places = known_names.get(node.pk, []), places.get(node.pk, [])
        messages = [*_of_path(node, nodes), *_of_keys(node, own_names)]
        messages += _of_history("tên", own_names, node.name, node)
        messages += _of_history("nơi trực thuộc", own_places, node.parent, node)
        yield from (Disagreement(node.code, message) for message in messages)


def _nodes() -> dict[int, _Node]:
    columns = ("pk", "code", "name", "parent", "path", "depth", "search_key", "order_key", "valid_from", "valid_until")
    rows = PartyOrganization.objects.order_by("path", "pk").values_list(*columns)
    return {row[0]: _Node(*row) for row in rows.iterator(chunk_size=5_000)}


def _histories(table: type[OrganizationName] | type[OrganizationPlacement], value: str) -> dict[int, list[_Period]]:
    found: dict[int, list[_Period]] = {}
    rows = table._default_manager.order_by("organization", "valid_from", "pk")
    for pk, *period in rows.values_list("organization", value, "valid_from", "valid_until").iterator(chunk_size=5_000):
        found.setdefault(pk, []).append(_Period(*period))
    return found


def _of_path(node: _Node, nodes: dict[int, _Node]) -> Iterator[str]:
    above = nodes.get(node.parent) if node.parent is not None else None
    if node.path != (above.path if above else "") + f"{node.pk:0{STEP}d}":
        yield f"đường dẫn {node.path or '(trống)'} không theo nơi trực thuộc"
    if node.depth != (above.depth + 1 if above else 0):
        yield f"bậc {node.depth} không theo nơi trực thuộc"


def _of_keys(node: _Node, known: list[_Period]) -> Iterator[str]:
    if node.order_key != names.order_key(node.name):
        yield "khóa sắp xếp không theo tên"
    wanted = set(names.search_key(node.name, node.code, *(str(each.value) for each in known)).split())
    if wanted - set(node.search_key.split()):
        yield "khóa tìm kiếm thiếu chữ của tên, tên cũ hoặc mã"


def _of_history(what: str, periods: list[_Period], now: str | int | None, node: _Node) -> Iterator[str]:
    """The last period holds what is shown now; periods follow one another within the organization's life."""
    if not periods:
        yield f"chưa có {what} trong lịch sử"
        return
    if periods[-1].value != now:
        yield f"{what} hiện nay khác với lịch sử"
    if periods[-1].valid_until != node.valid_until:
        yield f"{what} cuối cùng không kết thúc cùng tổ chức"
    if periods[0].valid_from < node.valid_from:
        yield f"{what} đầu tiên có trước tổ chức ({show_day(periods[0].valid_from)})"
    for before, after in zip(periods, periods[1:], strict=False):
        if before.valid_until is None or before.valid_until > after.valid_from:
            yield f"{what} chồng nhau ở ngày {show_day(after.valid_from)}"
        elif before.valid_until < after.valid_from:
            yield f"{what} trống từ ngày {show_day(before.valid_until)} đến {show_day(after.valid_from)}"
