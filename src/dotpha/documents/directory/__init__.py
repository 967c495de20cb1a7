"""The directory as an Excel workbook, written and read."""

from dotpha.documents.directory.reading import read
from dotpha.documents.directory.writing import write
from dotpha.documents.registers.reading import Unreadable

__all__ = ["Unreadable", "read", "write"]
