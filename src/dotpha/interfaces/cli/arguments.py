"""The one argument parser of every command: argparse, saying in Vietnamese what it says in English."""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

# What argparse may say of our parsers; `argument` is the option it speaks of, before the colon.
_SENTENCES = (
    (r"the following arguments are required: (.+)", "còn thiếu {0}"),
    (r"unrecognized arguments: (.+)", "không có tùy chọn hay tham số “{0}”"),
    (r"argument (.+?): expected one argument", "sau {0} phải có một giá trị"),
    (r"argument (.+?): expected at least one argument", "sau {0} phải có ít nhất một giá trị"),
    (r"argument (.+?): expected (\d+) arguments?", "sau {0} phải có {1} giá trị"),
    (r"argument (.+?): ignored explicit argument '?(.*?)'?", "{0} không nhận giá trị (“{1}”)"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} không dùng cùng với {1}"),
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)", "{0}: “{1}” không nằm trong: {2}"),
    (r"argument (.+?): invalid \w+ value: '?(.*?)'?", "{0}: không hiểu giá trị “{1}”"),
    (r"argument (.+?): (.+)", "{0}: {1}"),  # a sentence of our own, from a type
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Files may stand before and after options; a wrong argument gets one sentence and exit status 2."""

    def __init__(self, prog: str, *, usage: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            usage=f"{prog} {usage}".rstrip(),
            description=description,
            epilog=epilog,
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        return self.parse_intermixed_args(arguments)

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {_in_vietnamese(message).rstrip('.')}. Xem cách dùng: {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def _in_vietnamese(message: str) -> str:
    """What argparse says, in the words of the office.

    >>> _in_vietnamese("argument --output/-o: expected one argument")
    'sau --output/-o phải có một giá trị'
    >>> _in_vietnamese("argument --on: “mai” không phải một ngày")
    '--on: “mai” không phải một ngày'
    """
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*found.groups())
    return message
