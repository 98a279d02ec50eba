"""Say of what and of whom each quantity is.

`gazetteer` knows names before an article is read; `mentions` finds the names in it, `places` its places, `lowercase`
names that are written small, `runs` those where nobody parsed; `directory` makes them entities; `salience` says which
of them the article is about; `sites`, `relations`, `references` and `sources` how a value stands to its clause and to
the names there, which `locals` gathers; `discourse` where an entity was named before; `rivals` and `surveys` whose the
figures of contests and polls are; `situation` what the value itself tells; `candidates` and `choose` pick the entities
of a claim; `subject` words what is measured, with `counted` for counts, `measured` for all else and `scope` for what
both need; `proposals`, `traits` and `weighing` choose among the wordings.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Evidence, Quantity, Topic
from claimgraph.stages.base import StageRun, stage
from claimgraph.stages.topics.candidates import Candidate, Candidates
from claimgraph.stages.topics.choose import Choice, Chooser, choose_by_rules, load_ranker
from claimgraph.stages.topics.directory import Directory, build_directory
from claimgraph.stages.topics.gazetteer import Gazetteer, load_gazetteer
from claimgraph.stages.topics.mentions import Mention
from claimgraph.stages.topics.proposals import Proposal
from claimgraph.stages.topics.salience import Focus
from claimgraph.stages.topics.sites import Site, Sites
from claimgraph.stages.topics.subject import Subject, Subjects
from claimgraph.stages.topics.weighing import Weighing, load_weighing

__all__ = ["describe", "describe_subjects", "make_topics", "make_topics_ranked"]


@stage("claimgraph_topics", reads=(Article, Quantity), writes=Topic, each=Quantity)
def make_topics(nlp: Language) -> StageRun:
    """Say of what and of whom each quantity is, by rules alone.

    Reads:   n Quantity, sorted; doc.sents, tags, heads, entities; the article's title and outlet.
    Writes:  n Topic, same order; subject empty and entity () where the article names none.

    Args:
        nlp: pipeline whose tokeniser splits the gazetteer's names.

    Source: gold guidelines, `subject` and `entity`.
    """
    return _run(nlp, choose_by_rules)


@stage("claimgraph_topics_ranked", reads=(Article, Quantity), writes=Topic, each=Quantity)
def make_topics_ranked(nlp: Language, model: str = "topics_ranker", subjects: str = "subject_weights") -> StageRun:
    """Say of what and of whom each quantity is; subjects and entities are chosen by learnt weights.

    Reads:   as `claimgraph_topics`.
    Writes:  as `claimgraph_topics`.

    Args:
        nlp: pipeline whose tokeniser splits the gazetteer's names.
        model: file of the entities' weights in `data/<language>/`, without `.json`; `models/topics` makes it.
        subjects: the same for subjects; `models/subject` makes it.

    Raises:
        ConfigError: there is no such model.
    """
    return _run(nlp, load_ranker("en", model), load_weighing("en", subjects))


def _run(nlp: Language, chooser: Chooser, weighing: Weighing | None = None) -> StageRun:
    """Make the run of both factories, which differ in how they choose entities and subjects."""
    gazetteer = load_gazetteer(lambda text: [token.text for token in nlp.make_doc(text)])

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Topic]:
        if not quantities:
            return
        sites = Sites(doc, quantities)
        directory = _directory(doc, sites, gazetteer)
        focus = Focus(doc, article, directory, sites, gazetteer)
        candidates = Candidates(doc, focus, sites, gazetteer)
        subjects = Subjects(doc, sites, gazetteer, weighing)
        for index, quantity in enumerate(quantities):
            chosen = chooser(candidates.of(index), focus.owners[index] or focus.kind, candidates.situation(index))
            subject = subjects.of(index)
            yield Topic(
                start=quantity.start,
                end=quantity.end,
                subject=subject.text,
                entity=tuple(directory.entities[choice.number].name for choice in chosen),
                evidence=(*_evidence(doc, directory, sites.all[index], chosen), _words(subject)),
            )

    return run


def describe(
    nlp: Language, doc: Doc, article: Article, quantities: tuple[Quantity, ...]
) -> list[tuple[str, list[str], list[Candidate], dict[str, float]]]:
    """Return for each quantity whose such a measure usually is, its candidates' names, the candidates, its situation.

    This is what the weights of `claimgraph_topics_ranked` are trained on (`models/topics/train.py`).
    """
    gazetteer = load_gazetteer(lambda text: [token.text for token in nlp.make_doc(text)])
    sites = Sites(doc, quantities)
    directory = _directory(doc, sites, gazetteer)
    focus = Focus(doc, article, directory, sites, gazetteer)
    candidates = Candidates(doc, focus, sites, gazetteer)
    described = []
    for index in range(len(quantities)):
        found = candidates.of(index)
        names = [directory.entities[candidate.number].name for candidate in found]
        described.append((str(focus.owners[index] or focus.kind), names, found, candidates.situation(index)))
    return described


def describe_subjects(
    nlp: Language, doc: Doc, quantities: tuple[Quantity, ...], weighing: Weighing | None = None
) -> Iterator[tuple[list[tuple[Proposal, set[str]]], Subject]]:
    """Yield for each quantity what may be its subject, with facts, and what is chosen by rules or by `weighing`.

    This is what the weights of subjects are trained on (`models/subject/train.py`).
    """
    gazetteer = load_gazetteer(lambda text: [token.text for token in nlp.make_doc(text)])
    subjects = Subjects(doc, Sites(doc, quantities), gazetteer, weighing)
    for index in range(len(quantities)):
        described = subjects.described(index)
        yield described, subjects.of(index)


def _directory(doc: Doc, sites: Sites, gazetteer: Gazetteer) -> Directory:
    """Build the directory from the sentences that the gate always lets through."""
    values = {token for site in sites.all for token in range(site.first, site.last)}
    return build_directory(doc, [sites.sentences[number] for number in sorted(sites.read)], values, gazetteer)


def _evidence(doc: Doc, directory: Directory, site: Site, chosen: tuple[Choice, ...]) -> tuple[Evidence, ...]:
    """Point at each entity's mention that stands nearest to the value."""
    return tuple(
        Evidence(field="entity", rule=choice.rule, **_characters(doc, directory, site, choice)) for choice in chosen
    )


def _characters(doc: Doc, directory: Directory, site: Site, choice: Choice) -> dict[str, int]:
    """Return the characters of the entity's nearest mention."""
    mentions = directory.entities[choice.number].mentions
    nearest: Mention = min(mentions, key=lambda mention: abs(mention.start - site.first))
    span = doc[nearest.start : nearest.end]
    return {"start": span.start_char, "end": span.end_char}


def _words(subject: Subject) -> Evidence:
    return Evidence(field="subject", rule=f"topics.{subject.rule}", start=subject.start, end=subject.end)
