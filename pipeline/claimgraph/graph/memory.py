"""Pure functions that remember their answers, and can be told answers that are known already."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Memory"]

_Asked = TypeVar("_Asked", bound=Hashable)
_Answer = TypeVar("_Answer")


class Memory(Generic[_Asked, _Answer]):
    """A pure function of one argument that remembers its answers, and forgets them all when they are too many."""

    def __init__(self, function: Callable[[_Asked], _Answer], size: int) -> None:
        self._function, self._size = function, size
        self._known: dict[_Asked, _Answer] = {}
        self.__doc__ = function.__doc__

    def __call__(self, asked: _Asked) -> _Answer:
        """Return the answer, from memory if it is there."""
        try:
            return self._known[asked]
        except KeyError:
            answer = self._function(asked)
            self.learn(asked, answer)
            return answer

    def learn(self, asked: _Asked, answer: _Answer) -> None:
        """Remember an answer that the function would give."""
        if len(self._known) >= self._size:
            self._known.clear()
        self._known[asked] = answer

    def cache_clear(self) -> None:
        """Forget everything."""
        self._known.clear()
