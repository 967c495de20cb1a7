"""Documents of our own: tables, forms, changes not yet accepted."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.documents.registers_in_old_fonts import tcvn3
from tests.documents.registers_tasks import (
    ALL,
    CLINIC,
    LETTERS,
    MAI,
    ROAD,
    VAN,
    Made,
    document,
    figures,
    shows,
)  # fmt: skip


def _fill_table(table: Any, rows: Sequence[Sequence[Any]]) -> None:
    for line, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, values, strict=False):
            if value is not None:
                cell.text = str(value)


def merged_word_table() -> Made:
    """A Word register: owner merged down over two tasks, an indicator on the next row, group rows across."""
    second = {**CLINIC, "owner": ROAD["owner"]}

    def fill(made: Any) -> None:
        made.add_paragraph("DANH MỤC ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        head = ["TT", "Tổ chức, cá nhân", "Nhiệm vụ", "Chỉ tiêu", "Đơn vị tính", "Hiện trạng", "Mục tiêu", "Thời gian"]
        rows: list[list[Any]] = [head, ["I. TẬP THỂ"]]
        rows.append(["1", ROAD["owner"], ROAD["title"], *figures(ROAD), ROAD["deadline"]])
        rows.append(["2", None, second["title"], *figures(second), second["deadline"]])
        rows.append([None, None, None, *figures(second, 1), None])
        rows.append(["II. CÁ NHÂN"])
        rows.append(["1", "Lò Thị Mai\nBí thư Đoàn xã Thượng Sơn", MAI["title"], *figures(MAI), MAI["deadline"]])
        table = made.add_table(len(rows), len(head))
        for number in (1, 5):
            table.cell(number, 0).merge(table.cell(number, 7))
        _fill_table(table, rows)
        table.cell(2, 1).merge(table.cell(4, 1))
        for column in (0, 2, 7):
            table.cell(3, column).merge(table.cell(4, column))

    expected = [
        shows(ROAD, {"table": 1, "row": 3}, "deadline", "indicators"),
        shows(second, {"table": 1, "row": 4}, "deadline", "indicators"),
        shows(MAI, {"table": 1, "row": 7}, "position", "deadline", "indicators"),
    ]
    return Made("danh-muc-gop-o.docx", document(fill), expected)


def table_in_two_pieces() -> Made:
    """A table that somebody split: the second piece goes on without a heading."""

    def fill(made: Any) -> None:
        made.add_paragraph("Đăng ký việc đột phá năm 2022")
        head = ["Số TT", "Đơn vị", "Việc đột phá", "Người chủ trì", "Hạn hoàn thành"]
        first = made.add_table(3, 5)
        _fill_table(
            first,
            [
                head,
                *[
                    [str(place), task["owner"], task["title"], task["responsible"], task["deadline"]]
                    for place, task in enumerate((ROAD, LETTERS), 1)
                ],
            ],
        )
        made.add_paragraph("")
        second = made.add_table(1, 5)
        _fill_table(second, [["3", CLINIC["owner"], CLINIC["title"], CLINIC["responsible"], CLINIC["deadline"]]])
        signatures = made.add_table(1, 2)
        _fill_table(signatures, [["Nơi nhận:\n- Lưu", "T/M BAN THƯỜNG VỤ"]])

    expected = [
        shows(ROAD, {"table": 1, "row": 2}, "responsible", "deadline"),
        shows(LETTERS, {"table": 1, "row": 3}, "responsible", "deadline"),
        shows(CLINIC, {"table": 2, "row": 1}, "responsible", "deadline"),
    ]
    return Made("bang-bi-cat.docx", document(fill), expected)


def _run(text: str, *, deleted: bool = False) -> Any:
    run = OxmlElement("w:r")
    element = OxmlElement("w:delText" if deleted else "w:t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    run.append(element)
    return run


def _wrapped(tag: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element


def _control(*children: Any, placeholder: bool = False) -> Any:
    properties = OxmlElement("w:sdtPr")
    if placeholder:
        properties.append(OxmlElement("w:showingPlcHdr"))
    return _wrapped("w:sdt", properties, _wrapped("w:sdtContent", *children))


def tracked_changes() -> Made:
    """Insertions kept, deletions dropped, content controls read, an untouched placeholder not, a row deleted."""

    def fill(made: Any) -> None:
        made.add_paragraph("DANH MỤC NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        table = made.add_table(4, 5)
        _fill_table(
            table,
            [
                ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Người chủ trì", "Thời hạn"],
                ["1", ROAD["owner"], "", "", ""],
                ["2", LETTERS["owner"], LETTERS["title"], "", LETTERS["deadline"]],
                ["3", "Chi bộ bị bỏ", "Việc bị bỏ", "", "31/12/2022"],
            ],
        )
        title = table.cell(1, 2).paragraphs[0]._p
        title.append(_run("Mở đường vào bản "))
        title.append(_wrapped("w:del", _run("Pá Sang", deleted=True), id="1", author="x"))
        title.append(_wrapped("w:ins", _run("Khe Lạnh"), id="2", author="x"))
        title.append(_run(" sau 15 năm chờ đợi"))
        table.cell(1, 3).paragraphs[0]._p.append(_control(_run(ROAD["responsible"])))
        table.cell(1, 4).paragraphs[0]._p.append(_wrapped("w:moveFrom", _run("31/12/2022"), id="3", author="x"))
        table.cell(1, 4).paragraphs[0]._p.append(_wrapped("w:moveTo", _run(ROAD["deadline"]), id="4", author="x"))
        table.cell(2, 3).paragraphs[0]._p.append(_control(_run("Nhấp để nhập"), placeholder=True))
        gone = _wrapped("w:trPr", _wrapped("w:del", id="5", author="x"))
        table.rows[3]._tr.insert(0, gone)

    expected = [
        shows(ROAD, {"table": 1, "row": 2}, "responsible", "deadline"),
        shows(LETTERS, {"table": 1, "row": 3}, "deadline"),
    ]
    return Made("theo-doi-thay-doi.docx", document(fill), expected)


def label_tables() -> Made:
    """One two-column table a task, the indicators in a table inside a cell, a bulleted list by Word."""
    tasks = [ROAD, CLINIC, VAN]

    def fill(made: Any) -> None:
        for task in tasks:
            made.add_heading("PHIẾU ĐĂNG KÝ ĐỘT PHÁ NĂM 2022", 1)
            person = task["owner_type"] == "individual"
            labels = [("Họ và tên" if person else "Tên đơn vị", task["owner"])]
            labels += [("Chức vụ", task["position"])] if person else []
            labels += [
                ("Tên nhiệm vụ", task["title"]),
                ("Lý do, nội dung", task["description"]),
                ("Người chủ trì", task.get("responsible", "")),
                ("Phân công trách nhiệm", ""),
                ("Chỉ tiêu", ""),
                ("Thời hạn hoàn thành", task["deadline"]),
            ]
            table = made.add_table(len(labels), 2)
            for line, (label, value) in zip(table.rows, labels, strict=True):
                line.cells[0].text = label
                line.cells[1].text = value
                if label == "Phân công trách nhiệm":
                    for part in task.get("responsibilities", "").rstrip(".").split("; "):
                        if part:
                            line.cells[1].add_paragraph(part, style="List Bullet")
                if label == "Chỉ tiêu":
                    inner = line.cells[1].add_table(1 + len(task["indicators"]), 4)
                    _fill_table(
                        inner,
                        [
                            ["Tên chỉ tiêu", "ĐVT", "Hiện trạng", "Phải đạt"],
                            *[figures(task, place) for place, _ in enumerate(task["indicators"])],
                        ],
                    )

    expected = [
        shows(
            task,
            {"form": place, "table": place},
            *ALL,
            responsibilities=task.get("responsibilities", "").rstrip(".") or None,
        )
        for place, task in enumerate(tasks, 1)
    ]
    return Made("phieu-hai-cot.docx", document(fill), expected)


def loose_forms() -> Made:
    """Forms in plain paragraphs: no numbers, two labels on a line, values on the next line, figures after labels."""

    def fill(made: Any) -> None:
        made.add_paragraph("BẢN ĐĂNG KÝ VIỆC ĐỘT PHÁ NĂM 2022")
        made.add_paragraph(f"Họ và tên: {MAI['owner']}\tChức vụ: {MAI['position']}")
        made.add_paragraph(f"Tên việc đột phá: {MAI['title']}")
        made.add_paragraph("Nội dung:")
        made.add_paragraph(MAI["description"])
        made.add_paragraph("Chỉ tiêu: Số phụ nữ biết chữ")
        made.add_paragraph("Hiện trạng: 0 người")
        made.add_paragraph("Mục tiêu: 45 người")
        made.add_paragraph("Thời hạn: 31/10/2022")
        made.add_paragraph("Bản Cỏi, ngày 12 tháng 01 năm 2022")
        made.add_paragraph("NGƯỜI ĐĂNG KÝ")
        made.add_paragraph("Lò Thị Mai")
        made.add_paragraph("BẢN ĐĂNG KÝ VIỆC ĐỘT PHÁ NĂM 2022")
        made.add_paragraph(f"Đơn vị đăng ký: {LETTERS['owner']}")
        made.add_paragraph(f"Tên việc đột phá: {LETTERS['title']}")
        made.add_paragraph(f"Người chịu trách nhiệm chính: {LETTERS['responsible']}")
        made.add_paragraph("Chỉ tiêu cần đạt: Số đơn quá hạn: 37 đơn xuống 0")
        made.add_paragraph("Thời hạn: quý III")

    expected = [
        shows(MAI, {"form": 1}, "position", "description", "deadline", "indicators"),
        shows(LETTERS, {"form": 2}, "responsible", "indicators", deadline="quý III", deadline_iso="2022-09-30"),
    ]
    return Made("phieu-tu-do.docx", document(fill), expected)


def form_with_two_tasks() -> Made:
    """One sheet of paper for one owner with two tasks, the person typed in the old font under Unicode labels."""

    def fill(made: Any) -> None:
        made.add_paragraph("ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        paragraph = made.add_paragraph("Tên đơn vị: ")
        run = paragraph.add_run(tcvn3(ROAD["owner"]))
        run.font.name = ".VnTime"
        for place, task in enumerate((ROAD, LETTERS), 1):
            made.add_paragraph(f"Nhiệm vụ {place}: {task['title']}")
            made.add_paragraph(f"- Lý do: {task['description']}")
            made.add_paragraph(f"- Chủ trì: {task['responsible']}")
            made.add_paragraph(f"- Hạn hoàn thành: {task['deadline']}")

    expected = [
        shows({**task, "owner": ROAD["owner"]}, {"form": 1}, "description", "responsible", "deadline")
        for task in (ROAD, LETTERS)
    ]
    return Made("hai-viec-mot-phieu.docx", document(fill), expected)
