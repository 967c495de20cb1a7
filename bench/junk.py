"""How long a register takes to read when rows that are no tasks follow it without end.

python -m bench.junk [--rows 200000]
"""

import argparse
import time

from dotpha.documents.registers import read_bytes

_REGISTER = "TT;Đơn vị;Tên nhiệm vụ đột phá;Kết quả cần đạt;Thời hạn\n1;Chi bộ Một;Xây chợ;Chợ mới;quý IV\n"
_ROWS = {
    "far columns": "x{0};;;;;y{0}\n",
    "empty rows between": "x{0};;;;;y{0}\n\n",
    "words of headings": "x{0};;;Nhiệm vụ {0};Đơn vị\n\n",
}


def main(rows: int = 200_000) -> None:
    print(f"| {rows:,} rows after a register | CPU s | registrations |")
    print("|---|---:|---:|")
    for name, row in _ROWS.items():
        data = (_REGISTER + "".join(row.format(number) for number in range(rows))).encode()
        start = time.process_time()
        reading = read_bytes(data, "a.csv")
        print(f"| {name} | {time.process_time() - start:.1f} | {len(reading.registrations)} |", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=200_000, help="rows that are no tasks")
    main(asked.parse_args().rows)
