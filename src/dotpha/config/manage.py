"""`dotpha manage …`: Django's own commands with this project's settings."""

import os
from collections.abc import Sequence

from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.interfaces.cli.terminal import say


def run(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    from django.core.management import execute_from_command_line

    try:
        with in_one_sentence():
            execute_from_command_line(["dotpha manage", *arguments])
    except CannotStart as problem:
        say(str(problem))
        return 2
    return 0
