"""How long a register of 100,000 rows and 20 columns takes to read, beside python-calamine alone.

python -m bench.read_excel [--rows 100000]

Both run in processes of their own, so that the peak of memory is each one's.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

HEADINGS = (
    "STT", "Tổ chức, cá nhân", "Loại", "Chức vụ", "Nhiệm vụ đột phá", "Nội dung, lý do", "Người chủ trì",
    "Phân công trách nhiệm", "Ngày bắt đầu", "Thời hạn hoàn thành", "Chỉ tiêu", "Đơn vị tính", "Năm 2018", "Năm 2019",
    "Năm 2020", "Năm 2021", "Hiện trạng", "Mục tiêu", "Trạng thái", "Ghi chú",
)  # fmt: skip
_CALAMINE = """
import json, resource, sys, time
start = time.perf_counter()
from python_calamine import CalamineWorkbook
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
took = time.perf_counter() - start
print(json.dumps([len(rows) - 1, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""
_OURS = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from dotpha.documents.registers import read
reading = read(Path(sys.argv[1]))
took = time.perf_counter() - start
print(json.dumps([len(reading.registrations), took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def make(path: Path, rows: int, *, inline: bool) -> None:
    """A register as an export writes it: numbers, dates, long texts that differ from row to row."""
    book = xlsxwriter.Workbook(path, {"constant_memory": inline})
    sheet = book.add_worksheet("Đăng ký 2022")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    percent = book.add_format({"num_format": "0%"})
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        rate = row % 3 == 0
        values = (
            row, f"Đảng bộ xã số {row % 977}", "Tổ chức", None, f"Giải quyết dứt điểm việc tồn đọng số {row}",
            f"Việc kéo dài nhiều năm ở thôn {row % 31}, đã {row % 7} lần không làm được; năm nay làm xong.",
            "Chủ tịch UBND xã", "Chủ tịch chủ trì; Mặt trận vận động; Công an xã giữ trật tự.",
        )  # fmt: skip
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
        sheet.write(row, 8, 44571, day)
        sheet.write(row, 9, 44926 if row % 2 else "trước 15/12/2022", day if row % 2 else None)
        sheet.write(row, 10, f"Tỷ lệ hộ đạt số {row % 50}" if rate else f"Số việc tồn đọng loại {row % 50}")
        sheet.write(row, 11, "%" if rate else "việc")
        for place in range(12, 18):
            number = row % 89 + place
            sheet.write(row, place, number / 200 if rate else number, percent if rate else None)
        sheet.write(row, 18, "Đã gửi")
        sheet.write(row, 19, f"Ghi chú {row % 13}")
    book.close()


def measure(code: str, path: Path) -> tuple[int, float, int]:
    """Registrations or rows read, seconds, and peak memory in MiB."""
    out = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True).stdout
    rows, seconds, peak = json.loads(out)
    return rows, seconds, peak


def main(rows: int = 100_000) -> None:
    print("| file | size, MB | calamine alone, s | peak, MiB | `dotpha read`, s | peak, MiB | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for inline in (True, False):
            path = Path(folder) / "register.xlsx"
            make(path, rows, inline=inline)
            alone = min((measure(_CALAMINE, path) for _ in range(2)), key=lambda run: run[1])
            ours = min((measure(_OURS, path) for _ in range(2)), key=lambda run: run[1])
            if not ours[0] == alone[0] == rows:
                raise SystemExit(f"read {ours[0]} and {alone[0]} rows of {rows}")
            name = "texts in the cells" if inline else "shared texts"
            print(
                f"| {rows:,} rows × {len(HEADINGS)} columns, {name} | {path.stat().st_size / 1e6:.1f} | {alone[1]:.2f} "
                f"| {alone[2]} | {ours[1]:.2f} | {ours[2]} | {ours[1] / alone[1]:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=100_000, help="rows of the register")
    main(asked.parse_args().rows)
