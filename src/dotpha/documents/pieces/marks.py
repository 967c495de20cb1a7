"""Marked words: the words that decided something, underlined in the text and explained in one sentence.

Each mark is a link to its explanation below the text, as a footnote is: it can be reached with the keyboard
and by touch, works without script and prints. The tone is a line style first and a colour second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dotpha.documents.pieces.letters import straight
from dotpha.rules.screening.result import CRITERION_LABELS, Evidence, Screening


class Tone(StrEnum):
    VAGUE = "vague"
    ROUTINE = "routine"
    GROUND = "ground"


TONE_LABELS: dict[Tone, str] = {
    Tone.VAGUE: "chỗ cần làm rõ",
    Tone.ROUTINE: "dấu hiệu thường xuyên",
    Tone.GROUND: "căn cứ, nội dung đã rõ",
}


_SIGNS_OF_ROUTINE = ("duty.", "last_year.", "novelty.", "trend.reaches", "trend.near")


@dataclass(frozen=True, slots=True)
class Note:
    """The explanation of one span of words; several reasons for the same words are one note."""

    number: int
    field: str
    start: int
    end: int
    text: str
    tone: Tone
    sentences: tuple[str, ...]

    @property
    def tone_label(self) -> str:
        return TONE_LABELS[self.tone]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `notes` are those whose words it belongs to, the narrowest first.

    `closes` numbers the notes that end here, so that every number stands once, behind its last word.
    """

    text: str
    notes: tuple[Note, ...] = ()
    closes: tuple[int, ...] = ()


def notes(screening: Screening, fields: Sequence[str]) -> list[Note]:
    """All explanations of a screening, numbered in the order in which `fields` are read.

    Evidence with an empty span names a number of its own field; there is nothing to underline.
    """
    merged: dict[tuple[int, int, int], tuple[Evidence, list[tuple[Tone, str]]]] = {}
    for found, tone, sentence in _evidence(screening):
        evidence = _trimmed(found)
        if evidence.field in fields and evidence.start < evidence.end:
            key = fields.index(evidence.field), evidence.start, -evidence.end
            merged.setdefault(key, (evidence, []))[1].append((tone, sentence))
    return [
        Note(
            number, evidence.field, evidence.start, evidence.end, evidence.text,
            tone=min((tone for tone, _ in said), key=list(Tone).index),
            sentences=tuple(dict.fromkeys(straight(sentence) for _, sentence in said)),
        )
        for number, (_, (evidence, said)) in enumerate(sorted(merged.items(), key=lambda item: item[0]), 1)
    ]  # fmt: skip


def _evidence(screening: Screening) -> Iterable[tuple[Evidence, Tone, str]]:
    """What decided, why; a criterion is not repeated where a finding says the same in the same words."""
    told = {finding.message for finding in screening.findings}
    for finding in screening.findings:
        tone = _tone_of_finding(finding.code)
        yield from ((evidence, tone, finding.message) for evidence in finding.evidence)
    for ground in screening.grounds:
        if ground.beyond or ground.enough:
            tone = Tone.GROUND if ground.speaks_for else Tone.ROUTINE
            yield from ((evidence, tone, f"Dấu hiệu: {ground.label}.") for evidence in ground.evidence)
    for name, criterion in screening.clarity.items():
        if criterion.met is None or criterion.why in told:
            continue
        tone = Tone.GROUND if criterion.met else Tone.VAGUE
        sentence = f"{CRITERION_LABELS[name]}: {criterion.why}"
        yield from ((evidence, tone, sentence) for evidence in criterion.evidence)


def _trimmed(evidence: Evidence) -> Evidence:
    """Without spaces at its ends, which would be underlined for nothing."""
    words = evidence.text.strip()
    start = evidence.start + len(evidence.text) - len(evidence.text.lstrip())
    return replace(evidence, start=start, end=start + len(words), text=words) if evidence.end else evidence


def _tone_of_finding(code: str) -> Tone:
    """Rules of the catalogue ask to make something clear, unless they recognise everyday work.

    >>> str(_tone_of_finding("duty.recurring")), str(_tone_of_finding("work.vague"))
    ('routine', 'vague')
    """
    return Tone.ROUTINE if code.startswith(_SIGNS_OF_ROUTINE) else Tone.VAGUE


def segments(text: str, notes: Iterable[Note]) -> list[Segment]:
    """Cut `text` wherever a note begins or ends; spans may overlap, and the pieces join to `text` again."""
    here = [note for note in notes if note.start < len(text)]
    cuts = sorted({0, len(text), *(note.start for note in here), *(min(note.end, len(text)) for note in here)})
    pieces = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = sorted((n for n in here if n.start < end and start < n.end), key=lambda n: n.end - n.start)
        closes = tuple(sorted(note.number for note in over if min(note.end, len(text)) == end))
        pieces.append(Segment(text[start:end], tuple(over), closes))
    return pieces
