"""Screens a batch on every core when it is large enough to be worth it; the order of the batch is kept."""

import gc
import os
from collections.abc import Iterator, Sequence
from datetime import date
from multiprocessing import get_context

from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch
from dotpha.rules.screening.result import Screening

WORTH_SHARING = 1_000  # registrations; below this starting a second process costs more than it saves
_CHUNK = 200

_shared: Batch | None = None  # set before the processes are forked, so that nothing is copied to them


def screened(
    registrations: Sequence[Registration], last_year: Sequence[Registration], *, on: date
) -> Iterator[tuple[Registration, Screening]]:
    """Every registration with its screening, in order, as they are done."""
    global _shared
    batch = Batch(registrations, last_year, on=on)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(batch) < WORTH_SHARING or cores < 2:
        yield from ((batch.registrations[place], batch.screen(place)) for place in range(len(batch)))
        return
    _shared = batch
    gc.freeze()  # a collection in a child would touch, and so copy, every page it shares with us
    try:
        starts = range(0, len(batch), _CHUNK)
        with get_context("fork").Pool(cores) as pool:
            for start, done in zip(starts, pool.imap(_screen_chunk, starts), strict=True):
                yield from zip(batch.registrations[start : start + _CHUNK], done, strict=True)
    finally:
        _shared = None
        gc.unfreeze()


def _screen_chunk(start: int) -> list[Screening]:
    assert _shared is not None, "forked before the batch was set"
    return [_shared.screen(place) for place in range(start, min(start + _CHUNK, len(_shared)))]
