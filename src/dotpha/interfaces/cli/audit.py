"""`dotpha audit verify` and `dotpha audit checkpoint`: whether the trail is whole, and its signed head to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dotpha.core.chain import Break, Fault
from dotpha.core.failures import reason
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.files import CannotWrite, whole
from dotpha.interfaces.cli.terminal import plain, say

if TYPE_CHECKING:
    from dotpha.core.checkpoint import Checkpoint

_WHOLE, _BROKEN, _NOT_CHECKED = 0, 1, 2  # exit status
_STATUS = "Mã kết thúc: 0 là dấu vết còn nguyên; 1 là đã bị can thiệp; 2 là chưa kiểm tra được."
_USAGE = "verify [--checkpoint TỆP] | checkpoint TỆP"


class NotChecked(Exception):
    """Nothing can be said of the trail; one sentence for the person at the terminal."""


class Tampered(Exception):
    """What was given to compare with is not what was once written; one sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    deed: str
    checkpoint: Path | None


def read(arguments: Sequence[str]) -> Asked:
    """What is to be done; ends the program where the arguments make no sense, before anything is started."""
    deed = arguments[0] if arguments else ""
    if deed == "verify":
        made = Parser(
            "dotpha audit verify",
            usage="[--checkpoint TỆP]",
            description="Chứng minh toàn bộ dấu vết còn nguyên; nếu không, nêu dòng đầu tiên bị can thiệp.",
            epilog=f"{_STATUS} Có --checkpoint thì biết cả khi phần cuối bị cắt hoặc toàn bộ bị viết lại.",
        )
        made.add_argument("--checkpoint", metavar="TỆP", type=Path, help="mốc đã giữ ở nơi khác")
        return Asked(deed, made.read(arguments[1:]).checkpoint)
    if deed == "checkpoint":
        made = Parser(
            "dotpha audit checkpoint",
            usage="TỆP",
            description="Kiểm tra dấu vết rồi ghi mốc có chữ ký: số dòng, mã băm cuối, thời điểm. Giữ tệp ở nơi khác.",
            epilog=_STATUS,
        )
        made.add_argument("file", metavar="TỆP", type=Path, help="tệp mốc, chưa có")
        return Asked(deed, made.read(arguments[1:]).file)
    made = Parser(
        "dotpha audit",
        usage=_USAGE,
        description="Dấu vết: chứng minh còn nguyên (verify), ghi mốc có chữ ký (checkpoint).",
        epilog=f"{_STATUS} Thêm --help sau verify hoặc checkpoint để xem cách dùng.",
    )
    made.add_argument("deed", metavar="VIỆC", choices=("verify", "checkpoint"), help="verify hoặc checkpoint")
    made.read(arguments)
    raise AssertionError("a parser that knows neither deed has ended the program")


def act(asked: Asked) -> int:
    """Do it; Django has been started."""
    try:
        if asked.deed == "checkpoint" and asked.checkpoint is not None:
            return _checkpoint(asked.checkpoint)
        return _verify(asked.checkpoint)
    except (NotChecked, CannotWrite) as problem:
        say(str(problem))
        return _NOT_CHECKED
    except Tampered as problem:
        say(str(problem))
        return _BROKEN


def _verify(file: Path | None) -> int:
    from dotpha.core.proof import prove

    kept = _read(file) if file else None
    _warn_of_guard()
    proof = prove()
    if proof.broken is not None:
        _tell(proof.broken)
        return _BROKEN
    print(f"Dấu vết còn nguyên: {_count(proof.number)} dòng, mã băm cuối {proof.digest}.")
    return _compare(kept, proof.number) if kept else _WHOLE


def _checkpoint(file: Path) -> int:
    from django.conf import settings
    from django.utils import timezone

    from dotpha.core.checkpoint import sign
    from dotpha.core.proof import prove

    if file.exists():
        raise NotChecked(f"“{file}” đã có; mốc cũ cần được giữ. Đồng chí chọn tên khác.")
    _warn_of_guard()
    proof = prove()
    if proof.broken is not None:
        _tell(proof.broken)
        say("Không ghi mốc cho dấu vết đã bị can thiệp.")
        return _BROKEN
    try:
        made = sign(proof.number, proof.digest, at=timezone.now(), folder=Path(settings.VAR))
    except (OSError, ValueError) as problem:
        raise _no_key(problem) from None
    with whole(file) as stream:
        stream.write(made.to_json().encode())
    print(plain(f"Đã ghi mốc “{file}”: {_count(made.number)} dòng, mã băm cuối {made.digest}."))
    print(f"Vân tay khóa ký: {made.fingerprint}")
    print("Đồng chí giữ tệp này và vân tay khóa ở nơi khác máy chủ này, ví dụ in kèm biên bản.")
    return _WHOLE


def _read(file: Path) -> "Checkpoint":
    """The checkpoint, signed with the key of this installation.

    Raises:
        NotChecked: the file cannot be read or is something else.
        Tampered: it was forged.
    """
    from django.conf import settings

    from dotpha.core.checkpoint import Forged, NotACheckpoint, public_key, read

    try:
        kept = read(file.read_text(encoding="utf-8"))
        own = public_key(Path(settings.VAR))
    except (NotACheckpoint, UnicodeDecodeError):
        raise NotChecked(f"“{file}” không phải tệp mốc của dotpha audit checkpoint.") from None
    except Forged:
        raise Tampered(f"Mốc “{file}” đã bị sửa sau khi ký: chữ ký không khớp.") from None
    except OSError as problem:
        raise NotChecked(f"Không đọc được mốc “{file}” hoặc khóa ký: {reason(problem)}.") from None
    except ValueError as problem:
        raise _no_key(problem) from None
    if own is None:
        say(f"Máy này chưa có khóa ký mốc nên chưa đối chiếu được ai đã ký. Vân tay trong mốc: {kept.fingerprint}")
    elif own != kept.key:
        raise Tampered(
            f"Mốc “{file}” được ký bằng khóa khác với khóa của máy này (vân tay trong mốc: {kept.fingerprint}). "
            "Đồng chí so với vân tay đã ghi khi lập mốc: khớp thì khóa trên máy này đã bị thay, không khớp thì mốc là "
            "giả."
        )
    return kept


def _compare(kept: "Checkpoint", head: int) -> int:
    """Whether the trail that holds is still the one the checkpoint was made of."""
    from dotpha.core.chain import GENESIS
    from dotpha.core.models import AuditEvent

    when = _moment(datetime.fromisoformat(kept.at))
    if kept.number > head:
        say(f"Phần cuối đã bị cắt: lúc {when} có {_count(kept.number)} dòng, nay thiếu từ số {head + 1}.")
        return _BROKEN
    digest = AuditEvent.objects.filter(number=kept.number).values_list("digest", flat=True).first() or GENESIS
    if digest != kept.digest:
        say(f"Dấu vết đã bị viết lại: mã băm của dòng số {kept.number} khác với mốc ký lúc {when}.")
        return _BROKEN
    print(f"Khớp với mốc ký lúc {when}: {_count(kept.number)} dòng đầu chưa hề bị viết lại.")
    return _WHOLE


def _tell(broken: Break) -> None:
    """The first bad row: what is wrong with it, and what it says now."""
    from dotpha.core.models import AuditEvent
    from dotpha.core.sentences import sentence

    first, until = broken.number, broken.until
    several = f"từ số {first} đến số {until}" if until != first else f"số {first}"
    say(
        {
            Fault.CHANGED: f"Dòng số {first} đã bị sửa nội dung.",
            Fault.DIGEST: f"Mã băm của dòng số {first} đã bị thay.",
            Fault.MISSING: f"Thiếu dòng {several}.",
            Fault.INSERTED: f"Dòng {several} đã bị chèn thêm.",
            Fault.REORDERED: f"Dòng số {first} đã bị đổi chỗ: nay đứng ở số {until}.",
        }[broken.fault]
    )
    event = AuditEvent.objects.filter(number=first).defer("at").first() if broken.fault is not Fault.MISSING else None
    if event is not None:
        say(f"Dòng số {first} nay ghi: {''.join(part.text for part in sentence(event))}.")
    if first > 1:
        say(f"Các dòng từ số 1 đến số {first - 1} còn nguyên; từ số {first} trở đi chưa thể tin.")


def _warn_of_guard() -> None:
    from django.db import connection

    from dotpha.core.guard import is_standing

    if not is_standing(connection):
        say("Chú ý: cơ sở dữ liệu đang thiếu khóa chống sửa, xóa dấu vết. Đồng chí báo người quản trị kỹ thuật.")


def _no_key(problem: Exception) -> NotChecked:
    from django.conf import settings

    why = reason(problem) if isinstance(problem, OSError) else "tệp khóa đã hỏng"
    return NotChecked(f"Chưa dùng được khóa ký mốc trong {settings.VAR}: {why}.")


def _moment(at: datetime) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
