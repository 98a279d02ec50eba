"""Sentences that an article prints twice: captions, pulled quotations, a title that opens the body."""

from bisect import bisect_right

__all__ = ["Printed"]

# Shorter sentences recur by themselves: “5 points.” in a table, “He is 40.” in a list of portraits. In characters.
_LONG = 30


class Printed:
    """The sentences of a text, and for each character where its sentence is printed first.

    Two sentences are one when they differ in white space and closing punctuation at most.
    """

    def __init__(self, text: str, sentences: list[tuple[int, int]]) -> None:
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._first: dict[int, int] = {}
        known: dict[str, int] = {}
        for position, (start, end) in enumerate(sentences):
            key = " ".join(text[start:end].split()).rstrip(".!")
            same = known.setdefault(key, position)
            # white space inside may differ and shift offsets; then both stay
            original = text[sentences[same][0] : sentences[same][1]].rstrip(".!")
            if same != position and len(key) >= _LONG and text[start:end].rstrip(".!") == original:
                self._first[position] = same

    def sentence(self, start: int) -> tuple[int, int]:
        """Return the range of the sentence that holds the character `start`."""
        return self._sentences[self._position(start)]

    def first(self, start: int) -> int:
        """Return where the character `start` is printed first; itself where its sentence is printed once."""
        position = self._position(start)
        same = self._first.get(position)
        return start if same is None else start - self._starts[position] + self._starts[same]

    def _position(self, start: int) -> int:
        return max(0, bisect_right(self._starts, start) - 1)
