"""`dotpha manage …`: Django's own commands with this project's settings."""

import os
from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dotpha manage", *arguments])
    return 0
