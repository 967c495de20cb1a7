"""How long the business-as-usual forecast takes on one core: registrations of one or two indicators.

python -m bench.trend [--count 20000]
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.trend.assess import assess

ON = date(2022, 2, 1)
_NAMES = (
    ("Tỷ lệ hộ nghèo", "%"), ("Khối lượng thi công đường trục", "%"), ("Đảng viên kết nạp trong năm", "đảng viên"),
    ("Số tiêu chí nông thôn mới đạt", "tiêu chí"), ("Thu ngân sách trên địa bàn", "tỷ đồng"),
    ("Số hộ chưa bàn giao mặt bằng", "hộ"), ("Thời gian giải quyết hồ sơ đất đai", "ngày"),
    ("Tỷ lệ hồ sơ nộp trực tuyến toàn trình", "%"), ("Số vụ vi phạm trật tự xây dựng", "vụ"),
    ("Tỷ lệ điều tra, khám phá tội phạm", "%"), ("Số trường hợp lấn chiếm đã xử lý", "trường hợp"),
    ("Xếp hạng chỉ số cải cách hành chính", "hạng"),
)  # fmt: skip
_STORY = (
    "Tuyến đường dài 3,2 km, khởi công tháng 4/2021, đến nay đã thi công được khoảng 70% khối lượng, mặt bằng sạch, "
    "vốn bố trí đủ, nhà thầu làm đúng tiến độ. Bà con các thôn nhiều lần kiến nghị, xã giao một đồng chí phụ trách {}."
)


def registration(number: int, rng: random.Random, *, new_names: bool, with_history: bool = True) -> Registration:
    """One made-up registration; `new_names` gives every indicator a name never seen before."""
    figures = []
    for _ in range(rng.choice((1, 1, 1, 2))):
        name, unit = rng.choice(_NAMES)
        value, history = rng.uniform(5, 60), []
        for year in range(2022 - rng.choice((3, 4, 5)), 2022):
            history.append((str(year), round(value, 1)))
            value *= rng.uniform(0.95, 1.1)
        figures.append(
            Indicator(
                name=f"{name} thôn {number}" if new_names else name, unit=unit, baseline=history[-1][1],
                target=round(value * rng.uniform(0.8, 1.4), 1), history=tuple(history) if with_history else (),
            )
        )  # fmt: skip
    return Registration(
        id=str(number), title="Hoàn thành đường trục xã", description=_STORY.format(number), deadline="31/12/2022",
        deadline_iso="2022-12-31", start="2022-01-20", indicators=tuple(figures),
    )  # fmt: skip


def microseconds(count: int, make: Callable[[int, random.Random], Registration]) -> float:
    """Processor time of one `assess`, on `count` registrations made by `make`."""
    rng = random.Random(1)
    registrations = [make(number, rng) for number in range(count)]
    assess(registrations[0], on=ON)  # loads the word lists
    began = time.process_time()
    for each in registrations:
        assess(each, on=ON)
    return (time.process_time() - began) / count * 1e6


def main(count: int = 20_000) -> None:
    kinds: dict[str, Callable[[int, random.Random], Registration]] = {
        "names that recur": lambda number, rng: registration(number, rng, new_names=False),
        "every name new": lambda number, rng: registration(number, rng, new_names=True),
        "no history, past told in the text": lambda number, rng: registration(
            number, rng, new_names=False, with_history=False
        ),
        "no indicators, past told in the text": lambda number, rng: replace(
            registration(number, rng, new_names=False), indicators=()
        ),
    }
    print("| registrations | µs of CPU each | 100,000 of them, s |")
    print("|---|---:|---:|")
    for name, make in kinds.items():
        cost = microseconds(count, make)
        print(f"| {name} | {cost:.0f} | {cost / 10:.1f} |")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=20_000, help="registrations of each sort")
    main(asked.parse_args().count)
