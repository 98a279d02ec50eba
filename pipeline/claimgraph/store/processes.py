"""Other processes that work for one that writes, and end with it."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

__all__ = ["spawned", "uncollected"]


def spawned(count: int) -> ProcessPoolExecutor:
    """Return a pool of so many new processes, which end when this one is killed."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=spawn, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Have this process end when the one that started it was killed: nobody else would tell it."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage in cycles: a batch makes a million objects and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
