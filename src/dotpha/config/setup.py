"""`dotpha setup`: starts Django for the first day of an installation, after the arguments are known to make sense."""

import os
from collections.abc import Sequence
from pathlib import Path

from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.interfaces.cli import setup
from dotpha.interfaces.cli.terminal import say

_DEMO = (
    "Chế độ xem thử đang bật (DOTPHA_DEMO=1): cơ sở dữ liệu trống sẽ được nạp đảng bộ mẫu, không thiết lập để làm việc "
    "thật. Đồng chí bỏ biến ấy rồi chạy lại."
)


def run(arguments: Sequence[str]) -> int:
    """Set up; 0, or 2 with one sentence that says why not."""
    given = setup.read(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    import django
    from django.conf import settings
    from django.utils import timezone

    try:
        with in_one_sentence():
            if settings.DEMO:
                raise CannotStart(_DEMO)
            django.setup()
            _tables(Path(settings.VAR))
            return setup.act(given, at=timezone.now())
    except CannotStart as problem:
        say(str(problem))
        return 2


def _tables(folder: Path) -> None:
    from django.core.management import call_command

    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
