"""Frames of attribution: a reporting verb or marker with its speaker, and what of the sentence it covers."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from claimgraph.stages.attribution.lexicon import Lexicon
from claimgraph.stages.attribution.phrases import Phrase, after_verb, before_verb, named_after, of_head
from claimgraph.stages.governors import climb, subjects

__all__ = ["Frame", "frames_of", "governing_frame", "in_background"]

_MUTE = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})
_NAMED = frozenset({"ORG", "PERSON"})
_OBJECTS = frozenset({"dobj", "xcomp", "oprd", "nsubjpass", "prep", "attr"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Who speaks (`phrase`) by which word (token `at`).

    rule: reporting.<lemma> or marker.<text>. quotes: it can introduce a quotation.
    """

    phrase: Phrase
    at: int
    rule: str
    quotes: bool

    @property
    def is_marker(self) -> bool:
        """Say whether it is a preposition rather than a verb or noun."""
        return self.rule.startswith("marker.")


def governing_frame(value: Token, lexicon: Lexicon, *, share: bool = False) -> Frame | None:
    """Return the nearest frame above a value of a parsed sentence, None in the article's own voice.

    share: the value is a percentage, which whatever poll is the subject gives.
    A marker (according to) outranks an expectation below it: the analysts' estimate is known from the survey.
    """
    expected: Frame | None = None
    for step in climb(value):
        below, token = step.below, step.token
        if below is not None and below.dep_ == "relcl" and _is_background(below, token):
            return expected
        for child in token.children:
            if below is None or child.i != below.i:
                beside = _beside(child, lexicon)
                if beside is not None and (expected is None or beside.is_marker):
                    return beside
        if below is None:
            continue
        expected = expected or _expectation(token, below, lexicon)
        frame = None if expected else _reported(token, below, lexicon)
        frame = frame or (_polled(token, below, lexicon) if share else None)
        if frame is not None:
            return frame
    return expected


def in_background(value: Token) -> bool:
    """Say whether a value stands in a clause that only adds who or what somebody named is."""
    return any(
        step.below is not None and step.below.dep_ == "relcl" and _is_background(step.below, step.token)
        for step in climb(value)
    )


def _is_background(verb: Token, noun: Token) -> bool:
    """Say whether a clause behind a comma only adds who or what somebody named is: *Acme, which employs 300, …*"""
    first = verb.left_edge
    apart = first.i > 0 and first.nbor(-1).text in (",", "--", "–", "—")
    return apart and (first.lower_ == "who" or (first.lower_ == "which" and noun.pos_ == "PROPN"))


def _beside(child: Token, lexicon: Lexicon) -> Frame | None:
    """Read what hangs beside the way up: markers, *…, X said*, *as X reported*, and what describes the noun."""
    if child.lower_ == "according" or (child.lower_ == "per" and child.dep_ == "prep"):
        return _marker(child, lexicon)
    if child.lower_ == "based":
        return _based(child, lexicon)
    if child.dep_ == "prep":
        return _venue(child, lexicon)
    if child.lemma_.lower() not in lexicon.verbs:
        return None
    if child.dep_ in ("acl", "relcl"):
        return _described(child, lexicon)
    if child.dep_ not in ("parataxis", "advcl", "ccomp"):
        return None
    if child.dep_ == "advcl" and not any(c.lower_ == "as" for c in child.children):
        return None
    # whoever is told stands as an object: as officials told the Post
    if child.dep_ == "ccomp" or any(
        c.dep_ == "ccomp" or (c.dep_ == "dobj" and c.ent_type_ not in _NAMED) for c in child.children
    ):
        return None
    return _said(child, lexicon)


def _described(verb: Token, lexicon: Lexicon) -> Frame | None:
    """Read a clause that describes the value's noun: *deaths reported by X*, *the sum X said it paid*."""
    if verb.dep_ == "acl":
        return _said(verb, lexicon) if any(c.dep_ == "agent" for c in verb.children) else None
    told = any(s.dep_ == "nsubj" and s.tag_ not in ("WDT", "WP") for s in subjects(verb))
    return _said(verb, lexicon) if told and any(c.dep_ == "ccomp" for c in verb.children) else None


def _venue(preposition: Token, lexicon: Lexicon, depth: int = 2) -> Frame | None:
    """Read where a figure stands: *26 percent in the latest poll*, *26 percent among voters in a poll*."""
    for held in preposition.children:
        if held.dep_ != "pobj":
            continue
        if preposition.lower_ == "in" and held.lemma_.lower() in lexicon["venue"]:
            return Frame(of_head(held, lexicon), preposition.i, "marker.in", False)
        if depth > 1:
            inner = (_venue(child, lexicon, depth - 1) for child in held.children if child.dep_ == "prep")
            return next((frame for frame in inner if frame is not None), None)
    return None


def _based(participle: Token, lexicon: Lexicon) -> Frame | None:
    """Read whose figures a statement rests on: *based on data from the ministry*."""
    for preposition in participle.children:
        for held in preposition.children if preposition.lower_ == "on" else ():
            holds = held.ent_type_ == "ORG" or lexicon["holder"] & {held.lower_, held.lemma_.lower()}
            if held.dep_ == "pobj" and holds:
                return Frame(of_head(held, lexicon), participle.i, "marker.based on", False)
    return None


def _marker(token: Token, lexicon: Lexicon) -> Frame | None:
    objects = [o for o in token.children if o.dep_ == "pobj"]
    objects += [o for c in token.children if c.dep_ == "prep" for o in c.children if o.dep_ == "pobj"]
    if not objects or (token.lower_ == "per" and not objects[0].text[0].isupper()):
        return None
    return Frame(of_head(objects[0], lexicon), token.i, f"marker.{token.lower_}", True)


def _reported(verb: Token, below: Token, lexicon: Lexicon) -> Frame | None:
    """Read a reporting verb whose clause or object holds the value."""
    lemma = verb.lemma_.lower()
    if lemma in lexicon["nominal"] and verb.pos_ in ("NOUN", "PROPN"):
        return _nominal(verb, below, lexicon)
    if not verb.tag_.startswith("VB"):
        return None
    tallied = any(c.dep_ == "dobj" and c.lemma_.lower() in lexicon["tallied"] for c in verb.children)
    if (lemma in lexicon["tally"] and tallied) or (lemma in lexicon["assess"] and _is_assessed(verb, below)):
        speaker = _speaker(verb, lexicon)
        return Frame(of_head(speaker, lexicon), verb.i, "reporting.tally", False) if speaker else None
    entry = lexicon.verbs.get(lemma)
    if entry is not None and (below.dep_ == "ccomp" or (entry.object and below.dep_ in _OBJECTS)):
        return _said(verb, lexicon)
    if entry is not None and below.dep_ == "dobj" and _is_finding(verb, lexicon):
        return _said(verb, lexicon)
    if entry is not None and entry.loose and below.dep_ == "dobj" and any(c.tag_ == "VBN" for c in below.children):
        return _said(verb, lexicon)
    return None


def _is_assessed(verb: Token, below: Token) -> bool:
    """Say whether one definite thing is put at the value: *officials put the cost at $3 billion*."""
    measure = next((c for c in verb.children if c.dep_ == "dobj" and c.tag_ == "NN"), None)
    definite = measure is not None and any(c.lower_ == "the" or c.dep_ == "poss" for c in measure.lefts)
    return definite and below.lower_ == "at" and below.dep_ == "prep"


def _is_finding(verb: Token, lexicon: Lexicon) -> bool:
    """Say whether a document gives a figure as an object: *a study by the university found 40% of pupils hungry*."""
    document = next((s for s in subjects(verb) if s.dep_ == "nsubj"), None)
    found = verb.lemma_.lower() in lexicon["evidence"] and document is not None
    return found and document is not None and document.lemma_.lower() in lexicon["holder"]


def _polled(verb: Token, below: Token, lexicon: Lexicon) -> Frame | None:
    """Read what a poll gives in other words: *the poll has him at 36 percent*, but not its margin of error."""
    poll = next((s for s in subjects(verb) if s.lemma_.lower() in lexicon["venue"]), None)
    if poll is None or below.i == poll.i or any(token.lemma_.lower() in lexicon["accuracy"] for token in verb.sent):
        return None
    return Frame(of_head(poll, lexicon), poll.i, "marker.venue", False)


def _nominal(noun: Token, below: Token, lexicon: Lexicon) -> Frame | None:
    """Read a reporting verb made a noun: *the ministry's estimate of 300*, *a claim by Smith that*."""
    if below.dep_ not in ("prep", "acl", "ccomp", "appos", "relcl"):
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN")), None)
    if owner is None and below.dep_ in ("acl", "ccomp"):  # a CNN report that
        owner = next((c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN"), None)
    if owner is None or owner.ent_type_ in _MUTE:
        return None
    return Frame(Phrase(owner.left_edge.i, owner.i + 1), noun.i, "reporting.nominal", False)


def _said(verb: Token, lexicon: Lexicon) -> Frame | None:
    entry = lexicon.verbs[verb.lemma_.lower()]
    phrase = _subject(verb, verb.sent, lexicon, True)
    return Frame(phrase, verb.i, f"reporting.{entry.lemma}", entry.quotes) if phrase is not None else None


def _speaker(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return who says it: the subject, the agent of a passive, or the noun that a participle describes."""
    speaker, lemma = _grammatical_speaker(verb, lexicon), verb.lemma_.lower()
    if speaker is not None and (_is_mute(speaker) or _is_expected(verb, speaker, lexicon)):
        return None
    if speaker is not None and lemma in lexicon.verbs and lexicon.verbs[lemma].opinion:
        asked = lexicon["expecter"] | lexicon["speaker"]
        named = speaker.ent_type_ == "ORG" if verb.tag_ == "VBZ" else verb.tag_ == "VBN" and speaker.ent_type_ in _NAMED
        return speaker if named or speaker.lemma_.lower() in asked or speaker.lower_ in asked else None
    if speaker is None or lemma not in lexicon["evidence"]:
        return speaker
    if verb.dep_ == "acl" and speaker.dep_ == "pobj" and not _holds(speaker, lexicon):
        above = speaker.head.head  # a list of speeches showing that
        return above if above.pos_ == "NOUN" and _holds(above, lexicon) else None
    named = speaker.pos_ in ("PROPN", "PRON") or bool(speaker.ent_type_)
    return speaker if named or _holds(speaker, lexicon) else None


def _holds(noun: Token, lexicon: Lexicon) -> bool:
    words = (noun.lower_, noun.lemma_)
    return any(word in lexicon["holder"] or word in lexicon["speaker"] for word in words)


def _is_expected(verb: Token, speaker: Token, lexicon: Lexicon) -> bool:
    """Say whether a thing is what somebody expects: *with temperatures expected to rise*."""
    if verb.lemma_.lower() not in lexicon["expectation"] | lexicon["foreseen"] or verb.tag_ not in ("VBN", "VBD"):
        return False
    names = ("speaker", "holder", "expecter", "actor", "company")
    speaks = any(word in lexicon[name] for name in names for word in (speaker.lower_, speaker.lemma_.lower()))
    return verb.dep_ in ("acl", "advcl", "pcomp") and speaker.pos_ == "NOUN" and not speaks


def _is_mute(speaker: Token) -> bool:
    """Say whether a subject is nobody: a share of those asked, a low of 26%, a time, a lone *all*, a clause."""
    if speaker.ent_type_ in _MUTE or speaker.like_num or speaker.lower_ in ("%", "percent", "pct"):
        return True
    if any(
        c.dep_ == "nummod" and c.ent_type_ == "CARDINAL" and c.i and c.nbor(-1).lower_ == "in" for c in speaker.children
    ):
        return True  # 3 in 10 voters
    if any(o.ent_type_ == "PERCENT" for c in speaker.children if c.lower_ == "of" for o in c.children):
        return True
    return speaker.tag_ in ("PDT", "EX", "VBZ", "VBD", "VBG") or (speaker.lower_ == "all" and speaker.dep_ != "det")


def _grammatical_speaker(verb: Token, lexicon: Lexicon) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((o for o in child.children if o.dep_ == "pobj"), None)
    own = [s for s in subjects(verb) if s.dep_ == "nsubj"]
    if own and own[0].lower_ in lexicon["thing"]:
        own = _announced(verb) or own
    if own:
        relative = own[0].tag_ in ("WDT", "WP") and verb.dep_ == "relcl"
        return _antecedent(verb) if relative else own[0]
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) or verb.tag_ == "VBN":
        return None
    if verb.dep_ == "acl":
        noun = verb.head
        published = noun.dep_ == "dobj" and bool(lexicon["publication"] & {noun.lower_, noun.lemma_.lower()})
        return (_grammatical_speaker(noun.head, lexicon) if published else None) or noun
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
        objects = [c for c in verb.head.children if c.dep_ == "dobj" and verb.head.i < c.i < verb.i]
        if verb.dep_ == "xcomp" and objects:
            return objects[0]
        held = (c for c in objects if lexicon["holder"] & {c.lower_, c.lemma_.lower()})
        shown = next(held, None) if verb.lemma_.lower() in lexicon["evidence"] else None
        if shown is not None and lexicon["publication"] & {shown.lower_, shown.lemma_.lower()}:
            shown = None
        above = verb.head
        if verb.dep_ == "advcl" and above.dep_ == "ccomp" and above.head.lemma_.lower() in lexicon.verbs:
            above = above.head  # he noted that the rate was low, saying
        return shown or _grammatical_speaker(above, lexicon)
    return None


def _announced(verb: Token) -> list[Token]:
    """Return the noun that a pronoun takes up from the clause before it: *as survivors arrived, they said*."""
    before = [child for child in verb.children if child.dep_ == "advcl" and child.i < verb.i]
    return [s for clause in before for s in subjects(clause) if s.pos_ in ("NOUN", "PROPN")]


def _antecedent(verb: Token) -> Token:
    """Return the noun of a relative clause; a date between them (*a poll released Monday, which*) is passed over."""
    noun = verb.head
    while noun.ent_type_ == "DATE" and noun.head.i != noun.i:
        noun = noun.head
    return noun.head if noun.pos_ == "VERB" and noun.dep_ == "acl" else noun


def _expectation(noun: Token, below: Token, lexicon: Lexicon) -> Frame | None:
    """Read whose expectation it is: *analysts' estimates of*, *the consensus of*, *its forecast of*."""
    if noun.pos_ in ("VERB", "AUX"):
        subject = next((s for s in subjects(noun) if s.lemma_.lower() in lexicon["expecter"]), None)
        named = subject is not None and subject.lemma_.lower() in lexicon["expectation"] and noun.lemma_ == "be"
        return _expected(subject, subject.i, lexicon) if named and subject is not None else None
    if noun.lemma_.lower() not in lexicon["expectation"] or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    for child in noun.children:
        if child.dep_ == "poss" and child.lower_ in lexicon["own"]:
            owner = next((s for step in climb(noun) for s in subjects(step.token) if s.dep_ == "nsubj"), None)
            return _expected(owner, noun.i, lexicon)
        if child.dep_ == "poss":
            return Frame(Phrase(child.left_edge.i, child.i + 1), noun.i, "expectation.owner", False)
        if child.dep_ in ("compound", "amod", "nmod") and child.lemma_.lower() in lexicon["expecter"]:
            return Frame(Phrase(noun.left_edge.i, child.i + 1), noun.i, "expectation.owner", False)
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "among") and child.i != below.i:
            return _expected(next((o for o in child.children if o.dep_ == "pobj"), None), noun.i, lexicon)
    return _expected(noun, noun.i, lexicon) if noun.lemma_.lower() in lexicon["expecter"] else None


def _expected(owner: Token | None, at: int, lexicon: Lexicon) -> Frame | None:
    return Frame(of_head(owner, lexicon), at, "expectation.owner", False) if owner is not None else None


def frames_of(sentence: Span, lexicon: Lexicon, *, parsed: bool) -> Iterator[Frame]:
    """Yield the frames of a sentence from left to right, from its letters where it is not parsed."""
    doc = sentence.doc
    for token in sentence:
        entry = lexicon.forms.get(token.lower_)
        if entry is not None and not (parsed and not token.tag_.startswith("VB")):
            phrase = _subject(token, sentence, lexicon, parsed)
            if phrase is not None:
                yield Frame(phrase, token.i, f"reporting.{entry.lemma}", entry.quotes)
        elif token.lower_ == "according" and token.i + 2 < sentence.end and doc[token.i + 1].lower_ == "to":
            frame = _marker(token, lexicon) if parsed else None
            phrase = named_after(doc, token.i + 1, sentence.end, lexicon)
            if frame is not None:
                yield frame
            elif phrase is not None:
                yield Frame(phrase, token.i, "marker.according", True)


def _subject(verb: Token, sentence: Span, lexicon: Lexicon, parsed: bool) -> Phrase | None:
    if parsed:
        speaker = _speaker(verb, lexicon)
        if speaker is not None:
            return of_head(speaker, lexicon)
        mute = _grammatical_speaker(verb, lexicon)
        if (mute is not None and _is_mute(mute)) or (verb.tag_ == "VBG" and verb.dep_ in ("advcl", "pcomp", "xcomp")):
            return None
        if verb.tag_ == "VBN" or any(c.dep_ == "auxpass" for c in verb.children):
            return None
    entry = lexicon.forms.get(verb.lower_)
    if entry is None or not entry.quotes:
        return None
    before = before_verb(verb.doc, verb.i, sentence.start, lexicon)
    return before or after_verb(verb.doc, verb.i, sentence.end, lexicon)
