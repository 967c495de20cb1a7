"""`dotpha audit …`: starts Django for the proof of the trail, after the arguments are known to make sense."""

import os
from collections.abc import Sequence

from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.interfaces.cli import audit
from dotpha.interfaces.cli.terminal import say


def run(arguments: Sequence[str]) -> int:
    asked = audit.read(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    import django

    try:
        with in_one_sentence():
            django.setup()
            return audit.act(asked)
    except CannotStart as problem:
        say(str(problem))
        return 2
