"""A signed head of the trail, to keep elsewhere: what cannot be rewritten here tells what was."""

import base64
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "dotpha-trail-1"
KEY_FILE = "trail-key"  # under the folder of the data, made once


class NotACheckpoint(ValueError):
    """The file is not a checkpoint at all, or one of another format."""


class Forged(Exception):
    """The signature does not belong to what the checkpoint says."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The trail had this many events and this digest at its end, at this instant."""

    number: int
    digest: str
    at: str  # ISO 8601, UTC
    key: str  # public, base64
    signature: str = ""
    format: str = FORMAT

    @property
    def fingerprint(self) -> str:
        """Eight groups of four letters to compare by eye with what was written down when the key was made."""
        letters = hashlib.sha256(self.key.encode()).hexdigest()[:32]
        return " ".join(letters[at : at + 4] for at in range(0, 32, 4))

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


def sign(number: int, digest: str, *, at: datetime, folder: Path) -> Checkpoint:
    """The signed head; the key is made at the first call and stays in `folder`, readable by us alone."""
    key = _private_key(folder / KEY_FILE)
    unsigned = Checkpoint(number, digest, at.astimezone(UTC).isoformat(timespec="seconds"), _public(key))
    signature = base64.b64encode(key.sign(_signed(unsigned))).decode()
    return Checkpoint(unsigned.number, unsigned.digest, unsigned.at, unsigned.key, signature)


def read(text: str) -> Checkpoint:
    """A checkpoint whose signature holds under the key it names.

    Raises:
        NotACheckpoint: it is something else.
        Forged: something in it was changed after it was signed.
    """
    try:
        checkpoint = Checkpoint(**_known(json.loads(text)))
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(checkpoint.key, validate=True))
        signature = base64.b64decode(checkpoint.signature, validate=True)
    except (ValueError, TypeError, RecursionError):
        raise NotACheckpoint from None
    try:
        key.verify(signature, _signed(checkpoint))
    except InvalidSignature:
        raise Forged from None
    return checkpoint


def public_key(folder: Path) -> str | None:
    """The public half of this installation's key; None where no checkpoint was ever made."""
    file = folder / KEY_FILE
    return _public(_private_key(file)) if file.exists() else None


def _known(read: Any) -> dict[str, Any]:
    kinds = {"number": int, "digest": str, "at": str, "key": str, "signature": str, "format": str}
    if not isinstance(read, dict) or set(read) != set(kinds) or read["format"] != FORMAT:
        raise ValueError
    if any(type(read[name]) is not kind for name, kind in kinds.items()):
        raise ValueError
    datetime.fromisoformat(read["at"])
    return read


def _signed(checkpoint: Checkpoint) -> bytes:
    return "\n".join((FORMAT, str(checkpoint.number), checkpoint.digest, checkpoint.at, checkpoint.key)).encode()


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _private_key(file: Path) -> Ed25519PrivateKey:
    if not file.exists():
        file.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes_raw()
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(base64.b64encode(made).decode() + "\n")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(file.read_text()))
