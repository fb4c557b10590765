"""A sentence as a short string of chunks, over which the rules of harm walk.

g group of people   u counted thing   x other noun phrase or unknown word
and the tags of `extraction.words.tokens` for everything else; adverbs and quotation marks are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.harm.heads import Group
from extraction.words.tokens import Token


@dataclass(slots=True)
class Chunk:
    """``tokens[first:last]`` as one letter."""

    kind: str
    first: int
    last: int
    group: Group | None = None


@dataclass(slots=True)
class Clause:
    """A sentence ready for the rules: its tokens, its chunks and their letters."""

    plain: str
    tokens: list[Token]
    chunks: list[Chunk]
    kinds: str

    def text(self, first: int, last: int) -> str:
        """The plain words of ``tokens[first:last]``."""
        return self.plain[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def low(self, index: int) -> str:
        """Lower-case first word of chunk *index*; empty outside the sentence."""
        return self.tokens[self.chunks[index].first].low if 0 <= index < len(self.chunks) else ""

    def kind(self, index: int) -> str:
        """Letter of chunk *index*; "." outside the sentence."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else "."


def clause(plain: str, tokens: list[Token], groups: list[Group]) -> Clause:
    """The chunks of a sentence."""
    chunks: list[Chunk] = []
    starts = {group.first: group for group in groups}
    index = 0
    while index < len(tokens):
        group = starts.get(index)
        if group is not None:
            last = group.last + group.tail
            chunks.append(Chunk("u" if group.thing else "x" if group.guess else "g", index, last, group))
            index = last
            continue
        tag = tokens[index].tag
        if chunks and _is_age_behind_name(tokens, index, chunks):
            chunks.pop()
            index += 2 if index + 2 < len(tokens) and tokens[index + 2].tag == "c" else 1
            continue
        if tag in 'e"' or (tag == "d" and index + 1 in starts and not starts[index + 1].guess):
            index += 1
            continue
        if tag in "wCdvUN'":
            last = index + 1
            while (
                last < len(tokens)
                and last not in starts
                and (tokens[last].tag in "wCvUNe'\"" or (tokens[last].tag == "d" and tag == "d"))
            ):
                last += 1
            chunks.append(Chunk("x", index, last))
            index = last
            continue
        chunks.append(Chunk(tag, index, index + 1))
        index += 1
    return Clause(plain, tokens, chunks, "".join(chunk.kind for chunk in chunks))


def _is_age_behind_name(tokens: list[Token], index: int, chunks: list[Chunk]) -> bool:
    """ "Karim Haddad, 42, his wife": the age in commas, which tells nothing of how many there are."""
    number = tokens[index].tag == "U" and tokens[index].text.isdecimal() and len(tokens[index].text) < 3
    named = number and chunks[-1].kind == "," and index > 1 and tokens[index - 2].tag == "C"
    return named and index + 1 < len(tokens) and tokens[index + 1].tag == ","


def speaks(part: Clause, step: int) -> bool:
    """Whether the group at *step* is the subject of a verb of saying (", a local official said"); an aside in commas
    or brackets may stand between.
    """
    ahead = step + 1
    while part.kind(ahead) in "xpo,()" and ahead < step + 6:
        ahead += 1
    if part.kinds[step:ahead].count(",") == 1 and not _names_a_speaker(part, step):
        return False
    return part.kind(ahead) == "R" or (part.kind(ahead) in "BHb" and part.kind(ahead + 1) == "R")


def _names_a_speaker(part: Clause, step: int) -> bool:
    """ "… 22 rebels," Karim Haddad, a spokesman for the army, said": an office behind a name between commas."""
    if part.kinds[max(0, step - 3) : step] != ",x,":
        return False
    name = part.chunks[step - 2]
    return all(token.tag == "C" for token in part.tokens[name.first : name.last])
