"""Register readers: Excel, Word, CSV and JSON lines to registrations, whatever way an office lays them out.

`read` and `read_bytes` give a `Reading`; `read_jsonl_lines` goes through a huge JSON lines file a line at a
time. A file that gives nothing raises `Unreadable` with one Vietnamese sentence.
"""

from dotpha.documents.registers.jsonl import read_jsonl_lines
from dotpha.documents.registers.opening import read, read_bytes
from dotpha.documents.registers.reading import Place, Reading, Remark, Unreadable

__all__ = ["Place", "Reading", "Remark", "Unreadable", "read", "read_bytes", "read_jsonl_lines"]
