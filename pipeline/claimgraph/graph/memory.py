"""Pure functions that remember their answers, and can be told answers that are known already."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Forms", "Memory"]

_Asked = TypeVar("_Asked", bound=Hashable)
_Answer = TypeVar("_Answer")


#: Characters of the longest text that `Forms` remembers.
_WORD = 64


class Forms(dict[str, _Answer]):
    """A pure function of short texts as a mapping: a text that was met before costs a look-up, and no call."""

    __slots__ = ("_function", "_size")

    def __init__(self, function: Callable[[str], _Answer], size: int) -> None:
        super().__init__()
        self._function, self._size = function, size

    def __missing__(self, text: str) -> _Answer:
        """Work the answer out; what is too long to be a word is not remembered."""
        answer = self._function(text)
        if len(text) <= _WORD:
            if len(self) >= self._size:
                self.clear()
            self[text] = answer
        return answer


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
