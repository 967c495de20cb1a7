"""Files as the commands name, protect and write them."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dotpha.core.failures import reason


class CannotWrite(Exception):
    """Nothing was written, or must not be; one sentence for the person at the terminal."""


def names(paths: Sequence[Path]) -> list[str]:
    """What each file is called: its name, or the way to it where two have the same name.

    >>> names([Path("a/dk.xlsx"), Path("b/dk.xlsx"), Path("b/phieu.docx")])
    ['a/dk.xlsx', 'b/dk.xlsx', 'phieu.docx']
    """
    seen = Counter(path.name for path in paths)
    return [path.name if seen[path.name] == 1 else str(path) for path in paths]


def protect(inputs: Sequence[Path], outputs: Sequence[Path]) -> None:
    """Refuse, before any work, to write over a file that is read, or twice to one place.

    Raises:
        CannotWrite: with the name of the output that must change.
    """
    for number, output in enumerate(outputs):
        if any(_are_one(output, path) for path in inputs):
            raise CannotWrite(
                f"Nơi ghi “{output}” trùng với một tệp đăng ký; đề nghị chọn tên khác để không mất tệp gốc."
            )
        if any(_are_one(output, other) for other in outputs[:number]):
            raise CannotWrite(f"Nơi ghi “{output}” được nêu hai lần; đề nghị mỗi kết quả một tên.")


def _are_one(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except (OSError, RuntimeError):  # one of them is not there, so they cannot be one by another name
        return False


@contextmanager
def whole(output: Path) -> Iterator[BinaryIO]:
    """A file that stands under its name only when it is complete; before, there is what there was.

    Raises:
        CannotWrite: with the reason.
        BrokenPipeError: whoever reads what is written has seen enough, as `head` does.
    """
    try:
        if output.exists() and not output.is_file() and not output.is_dir():
            with output.open("wb") as stream:  # a pipe or a device
                yield stream
        else:
            yield from _beside(output.resolve())
    except BrokenPipeError:
        raise
    except OSError as error:
        why = "thư mục chưa có" if isinstance(error, FileNotFoundError) else reason(error)
        raise CannotWrite(f"Không ghi được “{output}”: {why}.") from None


def _beside(output: Path) -> Iterator[BinaryIO]:
    """Written under another name in the same folder, then renamed."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=".dotpha-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(output)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
