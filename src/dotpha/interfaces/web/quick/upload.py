"""Take uploads into memory, never to disk, and no more than the limits say.

Django's own handlers write files above 2.5 MB to a temporary folder; registers hold names and posts, so
they stay in memory. What is over a limit is read to its end and thrown away: a browser shows an answer
only after it has sent everything.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from dotpha.interfaces.web.quick import limits


class InMemoryWithinLimits(FileUploadHandler):
    """Afterwards `too_large` tells field and name of the files over the limit of one, `is_too_much` of all together."""

    chunk_size = 1024 * 1024

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.too_large: list[tuple[str, str]] = []
        self.is_too_much = False
        self._taken = 0
        self._current = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._current = BytesIO()
        if self.is_too_much:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._taken += len(raw_data)
        if self._taken > limits.UPLOAD_BYTES:
            self.is_too_much = True
            self._current = BytesIO()
            raise SkipFile
        if start + len(raw_data) > limits.FILE_BYTES:
            self.too_large.append((self.field_name or "", self.file_name or ""))
            self._taken -= start + len(raw_data)
            self._current = BytesIO()
            raise SkipFile
        self._current.write(raw_data)

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.file_name or "", self._current.getvalue(), self.content_type or "")
