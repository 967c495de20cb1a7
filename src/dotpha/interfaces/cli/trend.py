"""`dotpha trend`: business-as-usual forecasts, one JSON line in, one JSON line out, each answered on its own."""

import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import TextIOWrapper
from itertools import chain, islice
from typing import Any

from dotpha.interfaces.cli.arguments import Parser
from dotpha.rules.trend.forecast import LARGEST, NoForecast, forecast
from dotpha.rules.trend.scale import KNOWN_KINDS, Measure

_ABOUT = """\
Dự báo theo đà hiện nay: nếu không ai gắng sức thêm thì đến ngày hẹn chỉ tiêu ở mức nào.
Đọc từng dòng JSON ở đầu vào chuẩn, mỗi dòng trả lời một dòng JSON ở đầu ra chuẩn, giữ nguyên thứ tự.

Mỗi dòng hỏi gồm:
  id        mã của câu hỏi, trả lại nguyên văn
  times     các ngày đã có số liệu, dạng "2021-12-31"
  values    các giá trị tương ứng
  at        ngày cần dự báo, sau ngày cuối cùng
  siblings  (không bắt buộc) số liệu của đơn vị tương tự: [[["2020-12-31", 12], …], …]
  level     (không bắt buộc) độ tin cậy của khoảng, mặc định 0.8
  kind      (không bắt buộc) loại chỉ tiêu: {kinds}
  bounds    (không bắt buộc) [thấp nhất, cao nhất] mà chỉ tiêu có thể nhận, null nếu không có

Mỗi dòng trả lời gồm: id, median (mức dự báo), low và high (khoảng), too_far nếu ngày hẹn quá xa để kết luận.
Dòng hỏi sai được trả lời bằng id và error; các dòng khác vẫn chạy, mã kết thúc khi đó là 2.
"""

# A first stretch is answered line by line, so that a program that waits for each answer gets it; only
# longer input is worth starting a second process for.
_FIRST, _CHUNK, _WORKERS = 4000, 1000, 2

NumberedLine = tuple[int, str]
Answer = tuple[str, bool]


class BadQuestion(ValueError):
    """The line is no question; the message says why, in Vietnamese."""


def run(arguments: Sequence[str]) -> int:
    """Answer standard input on standard output; 0, or 2 if a line or an argument was wrong."""
    about = _ABOUT.format(kinds=", ".join(sorted(KNOWN_KINDS)))
    Parser("dotpha trend", usage="< CÂU-HỎI.jsonl > TRẢ-LỜI.jsonl", description=about).read(arguments)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    all_good = True
    for answer, good in _answers(enumerate(sys.stdin, start=1)):
        print(answer, flush=True)
        all_good &= good
    return 0 if all_good else 2


def _answers(lines: Iterator[NumberedLine]) -> Iterator[Answer]:
    for numbered in islice(lines, _FIRST):
        yield from _answer_all([numbered])
    rest = iter(lambda: list(islice(lines, _CHUNK)), [])
    first = next(rest, None)
    if first is not None:
        yield from _answers_of_workers(chain([first], rest))


def _answers_of_workers(chunks: Iterable[list[NumberedLine]]) -> Iterator[Answer]:
    """In the order of the questions; only a few chunks are in memory at any time."""
    from concurrent.futures import Future, ProcessPoolExecutor  # short input must not pay for its import

    with ProcessPoolExecutor(_WORKERS) as workers:
        waiting: deque[Future[list[Answer]]] = deque()
        for chunk in chunks:
            waiting.append(workers.submit(_answer_all, chunk))
            if len(waiting) > 2 * _WORKERS:
                yield from waiting.popleft().result()
        for each in waiting:
            yield from each.result()


def _answer_all(lines: Iterable[NumberedLine]) -> list[Answer]:
    return [_answer(number, line) for number, line in lines if line.strip()]


def _answer(number: int, line: str) -> Answer:
    """One line's answer and whether it was a good question."""
    question: Any = None
    try:
        question = json.loads(line)
        answer = _forecast(question)
    except (BadQuestion, ValueError, RecursionError) as problem:
        known = question.get("id") if isinstance(question, dict) else None
        why = str(problem) if isinstance(problem, BadQuestion) else "không phải JSON đúng"
        answer = {"id": known, "error": f"Dòng {number}: {why}."}
        return json.dumps(answer, ensure_ascii=False), False
    return json.dumps(answer, ensure_ascii=False), True


def _forecast(question: Any) -> dict[str, Any]:
    if not isinstance(question, dict):
        raise BadQuestion("cần một đối tượng JSON có id, times, values, at")
    times, values = _list(question, "times"), _list(question, "values")
    if len(times) != len(values):
        raise BadQuestion(f"times có {len(times)} ngày nhưng values có {len(values)} giá trị")
    own = _points(zip(times, values, strict=True), "values")
    siblings = [_sibling(each) for each in _list(question, "siblings")]
    at = _day(question.get("at"), "at")
    try:
        found = forecast(own, siblings, at, _measure(question), chance=_level(question))
    except NoForecast:
        raise BadQuestion("cần ít nhất một giá trị, và at phải sau ngày cuối cùng trong times") from None
    answer = {"id": question.get("id"), "median": found.median, "low": found.low, "high": found.high}
    return answer | ({"too_far": True} if found.too_far else {})


def _list(question: Mapping[str, Any], key: str) -> list[Any]:
    found = question.get(key)
    if found is None and key == "siblings":
        return []
    if not isinstance(found, list):
        raise BadQuestion(f"{key} phải là một danh sách")
    return found


def _sibling(given: Any) -> list[tuple[date, float]]:
    if not isinstance(given, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in given):
        raise BadQuestion("siblings phải là danh sách các chuỗi [[ngày, giá trị], …]")
    return _points(given, "siblings")


def _points(pairs: Iterable[Sequence[Any]], key: str) -> list[tuple[date, float]]:
    """In order of time; of two values on one day the later entered counts."""
    by_day = {_day(day, "times" if key == "values" else key): _number(value, key) for day, value in pairs}
    return sorted(by_day.items())


def _day(given: Any, key: str) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadQuestion(f"{key}: “{given}” không phải ngày dạng 2021-12-31") from None


def _number(given: Any, key: str) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool) or given != given:
        raise BadQuestion(f"{key}: “{given}” không phải số")
    if abs(given) > LARGEST:
        raise BadQuestion(f"{key}: số quá lớn")
    return float(given)


def _level(question: Mapping[str, Any]) -> float:
    level = question.get("level", 0.8)
    if isinstance(level, int | float) and 0.01 <= level <= 0.999:
        return float(level)
    raise BadQuestion("level phải nằm giữa 0.01 và 0.999")


def _measure(question: Mapping[str, Any]) -> Measure:
    kind, bounds = question.get("kind") or "", question.get("bounds") or [None, None]
    if kind and (not isinstance(kind, str) or kind not in KNOWN_KINDS):
        raise BadQuestion(f"kind: không có loại “{kind}”; các loại: {', '.join(sorted(KNOWN_KINDS))}")
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise BadQuestion("bounds phải là [thấp nhất, cao nhất]")
    low, high = (None if bound is None else _number(bound, "bounds") for bound in bounds)
    if low is not None and high is not None and low >= high:
        raise BadQuestion("bounds: mức thấp nhất phải nhỏ hơn mức cao nhất")
    return Measure(kind, low, high)
