"""The first page, for the committee and its secretary: how often it is right, what goes wrong, how to read it."""

from collections.abc import Iterator

from dotpha.documents.reports.quality.marks import percent, table
from dotpha.documents.reports.quality.subject import HeldOut, Subject
from dotpha.rules.screening.quality.calibration import Bin, Calibration
from dotpha.rules.screening.quality.measure import Quality
from dotpha.rules.screening.quality.score import Tally, figures
from dotpha.rules.screening.result import CRITERIA, CRITERION_LABELS, VERDICT_LABELS, Verdict
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.numbers import show_number

_SURE = 0.9  # a chance that a reader takes for certain


def summary(quality: Quality, subject: Subject, picture: str) -> Iterator[str]:
    """Lines of Markdown; `picture` is the address of the calibration plot, as seen from the page."""
    yield from _about(quality, subject)
    yield "## Tóm tắt cho cấp ủy"
    yield ""
    yield from _right(quality, subject)
    yield from _mistakes(quality.counts)
    yield from _confusion(quality.counts)
    yield from _each_verdict(quality.counts)
    yield from _clarity(quality.counts)
    yield from _reasons(quality)
    yield from _chances(quality.given_verdict, picture)
    yield from _how_to_read(quality.counts.total)


def _about(quality: Quality, subject: Subject) -> Iterator[str]:
    yield f"- Tệp: {', '.join(f'`{name}`' for name in subject.files)}"
    yield f"- Số bản đăng ký đã gán nhãn: {quality.counts.total}"
    yield f"- Ngày rà soát: {show_day(subject.on)}"
    yield f"- Phiên bản máy rà soát: {subject.engine_version}"
    if subject.note:
        yield f"- Ghi chú: {subject.note}"
    yield ""
    if subject.in_sample:
        yield (
            "> **Số đo trong mẫu (in sample).** Máy đã được chỉnh trên chính các bản đăng ký này, nên các con số "
            "dưới đây đẹp hơn khi gặp bản đăng ký mới. Không dùng phần tóm tắt này để nói máy đúng bao nhiêu."
        )
        yield ""


def _right(quality: Quality, subject: Subject) -> Iterator[str]:
    total = quality.counts.total
    right = total - quality.wrong
    sure = quality.sure.get("accuracy")
    around = f", khoảng tin cậy 95 % từ {percent(sure[0])} đến {percent(sure[1])}" if sure else ""
    yield (
        f"**Máy đúng đến đâu.** Mọi bản đăng ký đã được người xếp loại trước; khi rà soát, máy không nhìn "
        f"thấy nhãn. Trong {total} bản, nhận định của máy trùng với người ở {right} bản "
        f"({percent(right / total)}{around})."
    )
    if subject.held_out:
        yield _held_out(subject.held_out)
    yield ""


def _held_out(held_out: HeldOut) -> str:
    share = percent(figures(held_out.counts)["accuracy"])
    return (
        f"Trên kho ngữ liệu của phần mềm, khi lần lượt giấu từng nhóm lĩnh vực không cho máy học rồi mới thử, máy "
        f"đúng {share} trong {held_out.counts.total} bản. Từ ngữ và quy tắc đã viết khi thấy cả kho, nên con số này "
        "vẫn đẹp hơn khi gặp nơi mới."
    )


def _mistakes(counts: Tally) -> Iterator[str]:
    up = counts.confused(Verdict.ROUTINE, Verdict.BREAKTHROUGH)
    down = counts.confused(Verdict.BREAKTHROUGH, Verdict.ROUTINE)
    wrong = counts.total - sum(counts.confused(each, each) for each in Verdict)
    yield "**Sai kiểu nào.**"
    yield ""
    yield f"- Việc thường xuyên mà máy gọi là đột phá: **{up}** bản (để lọt)."
    yield f"- Việc đột phá mà máy gọi là thường xuyên: **{down}** bản (thiệt cho người đăng ký)."
    yield f"- Lệch một bậc, có một bên là “cần làm rõ”: {wrong - up - down} bản."
    yield ""


def _confusion(counts: Tally) -> Iterator[str]:
    head = ["Người xếp ↓ Máy xếp →", *VERDICT_LABELS.values(), "Cộng"]
    rows = [
        [VERDICT_LABELS[label], *(counts.confused(label, given) for given in Verdict), counts.verdict(label).wanted]
        for label in Verdict
    ]
    yield from table(head, rows)


def _each_verdict(counts: Tally) -> Iterator[str]:
    yield "**Từng nhận định đúng bao nhiêu, sót bao nhiêu.**"
    yield ""
    for verdict, label in VERDICT_LABELS.items():
        score = counts.verdict(verdict)
        if not score.named:
            yield f"- {label}: máy không xếp bản nào; người xếp {score.wanted} bản."
            continue
        yield (
            f"- {label}: máy xếp {score.named} bản, đúng {score.hit} ({percent(score.precision)}); "
            f"người xếp {score.wanted} bản, máy nhận ra {score.hit}."
        )
    yield ""


def _clarity(counts: Tally) -> Iterator[str]:
    yield "**Chỗ chưa rõ.** Người thấy chưa đạt bao nhiêu, máy nhận ra bao nhiêu, báo nhầm bao nhiêu:"
    yield ""
    scores = {name: counts.criterion(name) for name in CRITERIA}
    rows = [[CRITERION_LABELS[name], each.wanted, each.hit, each.false] for name, each in scores.items()]
    yield from table(["Tiêu chí", "Người thấy chưa đạt", "Máy nhận ra", "Máy báo nhầm"], rows)


def _reasons(quality: Quality) -> Iterator[str]:
    counts = quality.counts
    yield (
        f"**Lý do.** Lý do máy nêu đầu tiên trùng với một lý do người nêu ở {counts.leads} trên {counts.total} bản "
        f"({percent(quality.figures['reason'])})."
    )
    yield ""


def _chances(given: Calibration, picture: str) -> Iterator[str]:
    high = [each for each in given.bins if each.low >= _SURE]
    low = [each for each in given.bins if each.low < _SURE]
    yield "**Khả năng máy ghi có tin được không.** " + " ".join([*_came_true(high, "từ"), *_came_true(low, "dưới")])
    yield ""
    yield f"![Khả năng máy ghi so với tỷ lệ đúng thực tế, hai biểu đồ kèm số bản]({picture})"
    yield ""


def _came_true(bins: list[Bin], side: str) -> Iterator[str]:
    count = sum(each.count for each in bins)
    if count:
        right = round(sum(each.count * each.share for each in bins))
        chance = sum(each.count * each.chance for each in bins) / count
        yield (
            f"Khi ghi khả năng {side} {percent(_SURE)} (trung bình {percent(chance)}), máy đúng {right} trên {count} "
            f"bản ({percent(right / count)})."
        )


def _how_to_read(total: int) -> Iterator[str]:
    point = show_number(100 / total, 1)
    yield "**Cách đọc.**"
    yield ""
    yield "- Máy tham mưu, người kết luận. Bản máy xếp “cần làm rõ”, hoặc ghi khả năng thấp, cần người đọc kỹ."
    yield f"- Mỗi bản ở đây nặng {point} điểm phần trăm; chênh nhau ít hơn khoảng tin cậy thì chưa nói lên điều gì."
    yield "- Nhãn do người gán cũng có chỗ bàn được, nhất là ở “cần làm rõ”; không máy nào trùng với người ở mọi bản."
    yield ""
