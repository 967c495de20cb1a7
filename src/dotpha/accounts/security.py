"""Numbers of the security standard, read from security.toml next to this file."""

import tomllib
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("security.toml").read_text())


def _value(name: str) -> int:
    return int(_TABLE[name]["value"])


WRONG_TRIES = _value("wrong_tries")
LOCK_OUT_MINUTES = _value("lock_out_minutes")
IDLE_MINUTES = _value("idle_minutes")
ADMINISTRATOR_IDLE_MINUTES = _value("administrator_idle_minutes")
IDLE_DAYS = _value("idle_days")
PASSWORD_LENGTH = _value("password_length")
PASSWORD_LENGTH_WITH_FACTOR = _value("password_length_with_factor")
ADMINISTRATOR_PASSWORD_DAYS = _value("administrator_password_days")
REMEMBERED_PASSWORDS = _value("remembered_passwords")
