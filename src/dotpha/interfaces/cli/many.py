"""Does the same for every registration of a batch, on every core when there are enough of them; order is kept."""

import gc
import os
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from typing import Any, TypeVar

from dotpha.rules.screening.batch import Batch

Made = TypeVar("Made")

WORTH_SHARING = 1_000  # registrations; below this starting a second process costs more than it saves
_CHUNK = 200

# Set before the processes are forked, so that nothing has to be sent to them.
_shared: tuple[Batch, Callable[[Batch, int], object]] | None = None


def for_each(batch: Batch, make: Callable[[Batch, int], Made]) -> Iterator[Made]:
    """`make(batch, place)` for every place of the batch, in order, as they are done."""
    global _shared
    cores = len(os.sched_getaffinity(0))
    if len(batch) < WORTH_SHARING or cores < 2:
        yield from (make(batch, place) for place in range(len(batch)))
        return
    _shared = (batch, make)
    gc.freeze()  # the children make no cycles; a collection would only touch, and copy, the pages they share
    try:
        with get_context("fork").Pool(cores, initializer=gc.disable) as pool:
            for made in pool.imap(_make_chunk, range(0, len(batch), _CHUNK)):
                yield from made
    finally:
        _shared = None
        gc.unfreeze()


def _make_chunk(start: int) -> list[Any]:
    assert _shared is not None, "forked before the batch was set"
    batch, make = _shared
    return [make(batch, place) for place in range(start, min(start + _CHUNK, len(batch)))]
