"""Who is meant: pronouns, definite noun phrases and short names, resolved as the article goes on."""

from bisect import bisect_left

from spacy.tokens import Doc, Token

from claimgraph.stages.attribution.lexicon import Lexicon
from claimgraph.stages.attribution.names import Names
from claimgraph.stages.attribution.phrases import Phrase

__all__ = ["Discourse"]

# Words that stand for somebody named elsewhere, and say nobody's name: *which*, *this*.
_MUTE = frozenset({"DT", "WDT", "WP", "PDT", "EX"})


class Discourse:
    """The speakers met so far; asked in the order of the text.

    person, body, group, holder, speaker: the last person, organisation, body or people (officials), and study that
        spoke, and the last of all. keeper: whose data were cited last.
    """

    def __init__(self, doc: Doc, names: Names, lexicon: Lexicon, title_end: int) -> None:
        self._doc, self._names, self._lexicon = doc, names, lexicon
        entities = doc.ents  # made anew from all tokens whenever they are asked for
        persons = [(e.start, e.text) for e in entities if e.label_ == "PERSON"]
        # title case runs names and verbs together: what the body names is taken where there is any
        body = [(start, text) for start, text in persons if doc[start].idx >= title_end]
        self._persons = body or persons
        self._bodies = [
            (e.start, e.text) for e in entities if e.label_ == "ORG" and not self._is_outlet(_plain(e.text))
        ]
        self.person: str | None = None
        self.body: str | None = None
        self.speaker: str | None = None
        self.holder: str | None = None
        self.group: str | None = None
        self.keeper: str | None = None
        self.shown: str | None = None

    def name(self, phrase: Phrase) -> str | None:
        """Name the speaker of a phrase and remember it; None where a pronoun has no antecedent."""
        name = self.resolve(phrase)
        if name:
            self._remember(name)
        return name

    def resolve(self, phrase: Phrase) -> str | None:
        """Name whom a phrase means at this place of the article; None where a pronoun has no antecedent."""
        tokens = phrase.tokens(self._doc)
        if not tokens:
            return None
        if len(tokens) == 1 and tokens[0].tag_ in _MUTE and not self._is_pronoun(tokens[0]):
            return None
        name = self._pronoun(tokens[0], phrase) if len(tokens) == 1 else None
        if name is None and not (len(tokens) == 1 and self._is_pronoun(tokens[0])):
            name = self._noun(tokens, phrase)
        return name

    def _remember(self, name: str) -> None:
        self.speaker = name
        if self._names.is_person(name):
            self.person = name
        elif name.split()[-1].lower() in self._lexicon["holder"]:
            self.holder = self.shown = name
        elif self._may_speak(name):
            self.person = name if self._names.may_be_person(name) else self.person
            self.group = name
            self.body = name if self._names.knows(name) else self.body

    def _may_speak(self, name: str) -> bool:
        """Say whether a name is that of a body or of people, so that *they* may take it up."""
        last = name.split()[-1]
        speaks = any(last.lower() in self._lexicon[name] for name in ("speaker", "actor", "company", "expecter"))
        return last[0].isupper() or speaks or last.endswith("s")

    def _is_pronoun(self, token: Token) -> bool:
        return any(token.lower_ in self._lexicon[name] for name in ("person", "thing", "self"))

    def _pronoun(self, token: Token, phrase: Phrase) -> str | None:
        word = token.lower_
        if word in self._lexicon["self"]:
            return self.speaker
        if word in self._lexicon["person"]:
            return self.person or self._nearest(self._persons, phrase)
        if word == "it" and token.head.lemma_.lower() in self._lexicon["evidence"] and token.i < token.head.i:
            return self.shown or self.body or self._names.main
        if word in self._lexicon["thing"]:
            one = self.group if self.group and not self.group.endswith("s") else self.body
            return (one or self._names.main) if word == "it" else (self.group or self.speaker)
        return None

    def _nearest(self, mentions: list[tuple[int, str]], phrase: Phrase) -> str | None:
        position = bisect_left(mentions, (phrase.start, ""))
        return self._names.fullest(_plain(mentions[position - 1][1])) if position else None

    def _noun(self, tokens: list[Token], phrase: Phrase) -> str:
        core = self._core(tokens)
        head = core[-1]
        person = [token for token in tokens if token.ent_type_ == "PERSON"]
        if person and head.lower_ in self._lexicon["title"]:
            return self._names.fullest(self._name_at_end(person))
        if self._is_name(head, tokens):
            return self._names.fullest(self._name_at_end(core))
        owner = self._holder_owner(tokens, len(core))
        described = len(core) < len(tokens) and tokens[len(core)].lower_ == "of"  # the office of the president
        stands = head.lower_ in self._lexicon["holder"] | self._lexicon["company"]
        known = self._definite(core, phrase) if stands or not described else None
        return owner or known or self._text(tokens)

    def _core(self, tokens: list[Token]) -> list[Token]:
        """Cut the phrase before its first preposition, participle, date or bracket that is no part of a name."""
        for position in range(1, len(tokens)):
            word = tokens[position]
            if word.text == "(" or (word.ent_type_ == "DATE" and tokens[position - 1].pos_ == "NOUN"):
                return tokens[:position]
            if word.lower_ in self._lexicon["link"]:
                if not self._joins(tokens, position):
                    return tokens[:position]
            elif word.lower_ in self._lexicon["preposition"] or (
                word.tag_ in ("VBG", "VBN") and tokens[position - 1].pos_ in ("NOUN", "PROPN")
            ):
                return tokens[:position]
        return tokens

    def _joins(self, tokens: list[Token], position: int) -> bool:
        """Say whether a linking word stands inside a name: *Office for National Statistics*."""
        if not tokens[position - 1].text[0].isupper() or position + 1 == len(tokens):
            return False
        after = tokens[position + 1]
        if _is_hyphen(after):
            return True
        return after.text[0].isupper() or after.lower_ in self._lexicon["determiner"] | self._lexicon["link"]

    def _is_name(self, head: Token, tokens: list[Token]) -> bool:
        if not head.text[0].isupper():
            return False
        if head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
            return head.lower_ not in self._lexicon["speaker"] or len(tokens) > 1
        common = head.lower_ in self._lexicon["speaker"] or head.lower_ in self._lexicon["holder"]
        return not (common and (len(tokens) == 1 or head.i == head.sent.start))

    def _name_at_end(self, core: list[Token]) -> str:
        """Return the capitalised run that ends the phrase, titles and descriptions taken off."""
        start = len(core) - 1
        while start > 0 and self._in_name(core[start - 1], core[start]):
            start -= 1
        run = core[start:]
        if run[0].ent_type_ != run[-1].ent_type_ and run[-1].ent_type_ == "PERSON":
            run = [token for token in run if token.ent_type_ == "PERSON"] or run
        body = run[-1].ent_type_ == "ORG"  # Media General Inc has no rank
        titles = [k for k, t in enumerate(run[:-1]) if not body and t.lower_.rstrip(".") in self._lexicon["title"]]
        run = run[titles[-1] + 1 :] if titles else run
        kept = [token for token in run if token.lower_ not in ("the", "'s", "’s")]
        hyphened = (token.text + (" " if token.whitespace_ or not _hyphens(token) else "") for token in kept)
        return "".join(hyphened).strip()

    def _in_name(self, token: Token, after: Token) -> bool:
        """Say whether a word before a part of a name is one too: capitals, links, and what hyphens join to it."""
        glued = not token.whitespace_ and (_is_hyphen(token) or _is_hyphen(after))
        return glued or token.text[0].isupper() or token.lower_ in self._lexicon["link"]

    def _holder_owner(self, tokens: list[Token], core: int) -> str | None:
        """Return whose data they are: *figures released by the Bureau of Statistics*."""
        if tokens[core - 1].lemma_.lower() not in self._lexicon["holder"] and (
            tokens[core - 1].lower_ not in self._lexicon["holder"]
        ):
            return None
        for position in range(core, len(tokens)):
            if tokens[position].lower_ in ("by", "from"):
                owner = self._core(tokens[position + 1 :]) if position + 1 < len(tokens) else []
                if owner and owner[-1].text[0].isupper() and owner[-1].ent_type_ != "DATE":
                    self.keeper = self._names.fullest(self._name_at_end(owner))
                    return self.keeper
        return None

    def _definite(self, core: list[Token], phrase: Phrase) -> str | None:
        """Resolve *the ministry*, *the company*, *its website*: by who spoke, by a name that holds the noun."""
        first, head = core[0].lower_, core[-1].lower_
        owner = self.body or self._names.main
        owner = None if owner and self._names.is_person(owner) else owner
        if first in self._lexicon["own"] and head in self._lexicon["holder"] and owner:
            return f"{owner}'s {core[-1].text}"
        if first not in self._lexicon["determiner"] or first in ("a", "an"):
            return None
        if head in self._lexicon["holder"]:
            named = self._names.with_head(head, recognised=True)
            if named or len(core) == 2:
                return named or self.holder or self.keeper
            plain = all(token.pos_ == "ADJ" and not token.text[0].isupper() for token in core[1:-1])
            return self.holder if plain and self._is_again(head) else None
        if head in self._lexicon.roles:
            return self._in_role(head, phrase) if core[-1].tag_ != "NNS" else None
        if self.body and head in self.body.lower().split():
            return self.body
        named = self._names.with_head(head)
        main = self._names.main
        if head in self._lexicon["company"] and main and not self._is_outlet(main):
            return named if named and len(core) == 2 and head not in main.lower() else main
        if head not in self._lexicon["actor"]:
            return None
        return named or (self._last_body(head, phrase) if len(core) == 2 else None)

    def _is_again(self, head: str) -> bool:
        """Say whether a noun takes up the study that spoke last: the same word, or *poll* for a *survey*."""
        last = self.holder.split()[-1].lower() if self.holder is not None else ""
        return last == head or {last, head} <= self._lexicon["venue"]

    def _last_body(self, head: str, phrase: Phrase) -> str | None:
        """Name the body that spoke last, or is named last; an outlet only for what outlets are called."""
        if self.body and (head in self._lexicon["press"] or not self._is_outlet(self.body)):
            return self.body
        return self._nearest(self._bodies, phrase)

    def _is_outlet(self, name: str) -> bool:
        return name.split()[-1].lower() in self._lexicon["press"]

    def _in_role(self, head: str, phrase: Phrase) -> str | None:
        """Name the one whom the article gives this role, else the person who spoke or was named last."""
        named = self._names.in_role(self._lexicon.roles[head], phrase.start)
        return named or self.person or self._nearest(self._persons, phrase)

    def _text(self, tokens: list[Token]) -> str:
        """Return the phrase itself, without its determiner and its date, initials in front of it spelt out."""
        while len(tokens) > 1 and (tokens[0].is_quote or tokens[0].lower_ in self._lexicon["determiner"]):
            tokens = tokens[1:]
        cut = next((n for n in range(1, len(tokens)) if _dates(tokens[n], tokens[n - 1])), len(tokens))
        while cut > 1 and (tokens[cut - 1].pos_ == "ADP" or tokens[cut - 1].tag_ in ("VBN", "VBD")):
            cut -= 1
        text = self._doc[tokens[0].i : tokens[cut - 1].i + 1].text.replace("\n", " ")
        first = tokens[0].text
        full = self._names.fullest(first) if cut > 1 and first.isupper() and len(first) > 1 else first
        return full + text[len(first) :]


def _dates(token: Token, before: Token) -> bool:
    """Say whether a date hangs on the words before it: *a poll from January*, *a report released Tuesday*."""
    hangs = before.pos_ in ("ADP", "NOUN", "VERB") and before.tag_ != "VBG"
    return token.ent_type_ == "DATE" and token.tag_ in ("NNP", "CD", "JJ", "DT") and hangs


def _is_hyphen(token: Token) -> bool:
    return token.text in ("-", "‐", "‑")


def _hyphens(token: Token) -> bool:
    """Say whether a word is a hyphen or has one behind it: *al-Qedra* is three tokens."""
    return _is_hyphen(token) or (token.i + 1 < len(token.doc) and _is_hyphen(token.nbor()))


def _plain(text: str) -> str:
    return text.removesuffix("'s").removesuffix("’s")
