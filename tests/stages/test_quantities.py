"""What each number measures, on sentences alone."""

from decimal import Decimal

import pytest

from claimgraph.records import Quantity
from claimgraph.stages.base import read

pytestmark = pytest.mark.model


@pytest.fixture
def quantities(nlp):
    """Return the quantities of one sentence by the text of their value."""

    def run(sentence: str) -> dict[str, Quantity]:
        doc = nlp(sentence)
        return {doc.text[found.start : found.end]: found for found in read(doc, Quantity)}

    return run


@pytest.mark.parametrize(
    ("sentence", "value", "kind", "unit"),
    [
        ("The tunnel is 57 km long.", "57", "measure", "kilometre"),
        ("They sold 250ml bottles.", "250", "measure", "millilitre"),
        ("The chip runs at 2.4Ghz.", "2.4", "measure", "gigahertz"),
        ("Petrol costs RM2.70.", "2.70", "money", "MYR"),
        ("The stock costs $25 a share.", "25", "rate", "USD/share"),
        ("There were 12 murders per 100,000 people.", "12", "rate", "murder/100000 person"),
        ("Rates rose by 25 basis points.", "25", "percentage_points", "percentage point"),
        ("Turnout was 61 per cent.", "61", "percent", "%"),
        ("Manuel, 17, waved.", "17", "age", "year"),
        ("A 24-year-old man fell.", "24", "age", "year"),
        ("The 487-megawatt dam broke.", "487", "measure", "megawatt"),
        ("A magnitude 6.2 quake struck.", "6.2", "measure", "magnitude"),
        ("Police found 60 people.", "60", "count", "person"),
        ("Some 60 of the sailors swam.", "60", "count", "sailor"),
        ("Smith beat Jones, 52%-39%.", "52", "percent", "%"),
        ("Her brother turned 41 on Sunday.", "41", "age", "year"),
        ("The council ran up a 3.7 million deficit.", "3.7 million", "money", "USD"),
        ("A 40,000-strong union met.", "40,000", "count", "person"),
        ("The level of vacancies was 3.2 million.", "3.2 million", "count", "vacancy"),
        ("The strike will last 40 days.", "40", "duration", "day"),
        ("The salary is 40,000 euros per annum.", "40,000", "rate", "EUR/year"),
    ],
)
def test_unit_and_kind(quantities, sentence, value, kind, unit):
    found = quantities(sentence)[value]
    assert (found.kind, found.unit) == (kind, unit)


def test_a_denominator_is_no_claim_of_its_own(quantities):
    assert list(quantities("There were 12 murders per 100,000 people.")) == ["12"]


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("A nurse earns $5,400 more per year than a porter.", "5,400", "USD/year"),
        ("In an average month, the firewall blocks 3 million attempts.", "3 million", "attempt/month"),
        ("The mine, which annually ships 3 million tonnes of ore, closes.", "3 million", "tonne/year"),
        ("The average price for a gallon of diesel rose 9 cents, hitting $3.417.", "3.417", "USD/gallon"),
        ("They made $31.20 an hour in May, about $1.10 less than before.", "1.10", "USD/hour"),
        ("The group posted a profit of $4.11 a share from sales of $9.2 billion.", "9.2 billion", "USD"),
        ("There were 40 murders per 100,000 people; later it was 22 per 100,000.", "22", "murder/100000 person"),
        ("Annual salaries of $90,000 are rare.", "90,000", "USD/year"),
    ],
)
def test_what_a_rate_is_per(quantities, sentence, value, unit):
    assert quantities(sentence)[value].unit == unit


def test_an_equation_of_currencies_is_one_rate(quantities):
    (found,) = quantities("The yuan was flat ($1 = 6.9 yuan).").values()
    assert (found.low, found.unit) == (Decimal("6.9"), "CNY/USD")


@pytest.mark.parametrize(
    ("sentence", "low", "high", "qualifier"),
    [
        ("About 40 boats sank.", 40, 40, "approximately"),
        ("More than 40 boats sank.", 40, None, "more_than"),
        ("No more than 40 boats sank.", None, 40, "at_most"),
        ("No fewer than 40 boats sank.", 40, None, "at_least"),
        ("40 boats or more sank.", 40, None, "at_least"),
        ("Up to $40 was paid.", None, 40, "at_most"),
        ("The index rose up to 40.", 40, 40, "exact"),
        ("The rate fell 40 basis points.", Decimal("0.4"), Decimal("0.4"), "exact"),
        ("Coffee costs less than 40 cents.", None, Decimal("0.4"), "less_than"),
    ],
)
def test_qualifier_opens_bounds(quantities, sentence, low, high, qualifier):
    (found,) = quantities(sentence).values()
    assert (found.low, found.high, found.qualifier) == (low, high, qualifier)


def test_a_text_without_numbers_has_no_quantities(quantities):
    assert quantities("Nothing was counted.") == {}


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("The storm wrecked 40,000 homes, 17,000 with major damage.", "17,000", "home"),
        ("Retailers added 46,000 jobs and builders 29,000.", "29,000", "job"),
        ("Imports were $2.63 billion against 2.25 billion.", "2.25 billion", "USD"),
        ("The death toll climbed to 443.", "443", "death"),
        ("The blast killed 12.", "12", "person"),
        ("The number of defectors hit 196.", "196", "defector"),
        ("The maker earned $3.19 per share, compared with expectations of $3.11.", "3.11", "USD/share"),
        ("A family of nine fled.", "nine", "person"),
        ("Revs 45.3 mln vs 40.1 mln", "40.1 mln", "USD"),
        ("He was quoted 51-31 percent ahead.", "51", "%"),
        ("There were 100 X-rays.", "100", "x-ray"),
    ],
)
def test_a_unit_left_out_is_that_of_the_parallel(quantities, sentence, value, unit):
    assert quantities(sentence)[value].unit == unit


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("He waved to a crowd of hundreds of cheering fans.", "hundreds", "fan"),
        ("The site lists 101 pilot or first officer jobs.", "101", "job"),
        ("The recall covers 300,000 diesel Astra, Corsa, and Zafira cars.", "300,000", "car"),
        ("Lockdown Bill Advances as 20 States Eye Ending Lockdowns", "20", "state"),
        ("They hired 600 sales representatives.", "600", "representative"),
        ("They hold rallies for thousands featuring the mayor.", "thousands", "person"),
        ("About 300 men and women work here.", "300", "person"),
        ("Bill Leaves 3 Million More Uninsured", "3 Million", "person"),
        ("Its fleet of 300 737 Max jets is grounded.", "300", "jet"),
        ("They won 12 gold and 8 silver medals.", "12", "medal"),
        ("The stock has 43 Buy, three Hold and one Sell recommendations.", "43", "recommendation"),
        ("Police freed five boys and three girls.", "five", "boy"),
        ("The two slave owners Santiago named are known.", "two", "owner"),
        ("There were millions seeking health insurance.", "millions", "person"),
        ("Thousands more people came.", "Thousands", "person"),
        ("Hires also rose slightly, increasing to 4.8 million in June.", "4.8 million", "hire"),
        ("The number of drivers rose annually from 208,000 to 351,000.", "208,000", "driver"),
        ("They had been married five times — his second wife left.", "five", "time"),
    ],
)
def test_what_is_counted(quantities, sentence, value, unit):
    assert quantities(sentence)[value].unit == unit


@pytest.mark.parametrize(
    ("sentence", "value", "kind", "unit"),
    [
        ("It was the worst earthquake since 1950, which measured at 8.0.", "8.0", "measure", "magnitude"),
        ("At 7.4, the first tremor was the stronger.", "7.4", "measure", "magnitude"),
        ("An index of Latin shares rose 0.4%, to 612.40.", "612.40", "index", "point"),
        ("Andean stocks rose 4.3 points, or 0.4%, to 1,106.60.", "1,106.60", "index", "point"),
        ("The mayor has a negative 12 trust score.", "negative 12", "percentage_points", "percentage point"),
        ("The bank paid 20 Swiss francs, after 15 francs per share.", "15", "rate", "CHF/share"),
        ("It paid 60 Singapore cents (S$0.6).", "0.6", "money", "SGD"),
    ],
)
def test_a_measure_named_elsewhere(quantities, sentence, value, kind, unit):
    found = quantities(sentence)[value]
    assert (found.kind, found.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("sentence", "value", "kind", "unit"),
    [
        ("She won the district by 18 points.", "18", "percentage_points", "percentage point"),
        ("The father of two boys drowned.", "two", "count", "boy"),
        ("The father of two drowned.", "two", "count", "child"),
        ("Poverty is high among children under 18 (a third).", "18", "age", "year"),
        ("They found 22 “top secret” emails.", "22", "count", "email"),
        ("The 6ft 4in keeper left.", "4", "measure", "inch"),
        ("He is 5 foot 7.", "7", "measure", "inch"),
        ("The rope is 300 feet, 5 men said.", "5", "count", "man"),
        ("A barrel of Brent was trading at $74.", "74", "rate", "USD/barrel"),
        ("Mortality was 4.5 deaths per 1,000 live births.", "4.5", "rate", "death/1000 birth"),
        ("Mr. Abbas is 79 and has health problems.", "79", "age", "year"),
        ("The index is 79 and rising.", "79", "index", "point"),
        ("Mary Turner, 44 was seen on video.", "44", "age", "year"),
        ("His 20-plus-year tenure ended.", "20", "duration", "year"),
        ("The panel agreed, 2-1, that the mandate falls.", "2", "count", "vote"),
        ("Voters oppose it, 59-38.", "59", "percent", "%"),
        ("Senators voted 52-48 to free him, and 53-47 to pay him.", "47", "count", "vote"),
        ("Deaths top 300 in Spain.", "300", "count", "death"),
        ("The deficit widened to 4.37 billion N.Z. Dlrs.", "4.37 billion", "money", "NZD"),
        ("The Taiwan dollar will rise to 32 per U.S. Dollar.", "32", "rate", "TWD/USD"),
        ("A dividend of 9.2p was proposed.", "9.2", "money", "GBP"),
        ("The group had a 16.5 mln debit.", "16.5 mln", "money", "USD"),
        ("Sterling slipped to 1.2710 against the dollar.", "1.2710", "rate", "USD/GBP"),
        ("The euro fell against the dollar to 1.0810.", "1.0810", "rate", "USD/EUR"),
        ("The yen weakened to 151.2 against the dollar.", "151.2", "rate", "JPY/USD"),
        ("A litre of petrol costs €1.80.", "1.80", "rate", "EUR/litre"),
        ("The plant emits 2.3 million tonnes of CO2 a year.", "2.3 million", "rate", "tonne/year"),
        ("The man, 45, and two women, 30 and 28, were held.", "30", "age", "year"),
        ("The man, 45, and two women, 30 and 28, were held.", "28", "age", "year"),
        ("The towns, 30 and 28, voted.", "30", "count", "person"),
        ("He spent 27 years in jail, 18 of them on an island.", "18", "duration", "year"),
        ("Temperatures hit triple digits on Sunday.", "triple digits", "measure", "degree Fahrenheit"),
        ("Only 1 in 100,000 survive.", "1 in 100,000", "fraction", "fraction"),
        ('The screen is 55" wide.', "55", "measure", "inch"),
        ('"We sold 55" is what he said.', "55", "count", "person"),
        ("She is 5'6\" tall.", "5", "measure", "foot"),
        ("She is 5'6\" tall.", "6", "measure", "inch"),
        ("It took 4.3 seconds to go there.", "4.3", "duration", "second"),
        ("She ran it in two hours and 15 minutes.", "two", "duration", "hour"),
    ],
)
def test_a_lone_sentence(quantities, sentence, value, kind, unit):
    found = quantities(sentence)[value]
    assert (found.kind, found.unit) == (kind, unit)


def test_degrees_below_zero_are_negative(quantities):
    (found,) = quantities("It was 50 degrees below zero.").values()
    assert (found.low, found.high, found.unit) == (-50, -50, "degree")


def test_a_line_of_a_ticker_holds_no_claims(quantities):
    assert quantities("Shares fell.\n\n225.10 -3.40 -1.49%\n\nThe boss left.") == {}


@pytest.mark.parametrize("sentence", ["He left two hours and 15 minutes ago.", "It broke after 3 hours."])
def test_compound_durations_may_place_in_time(quantities, sentence):
    assert quantities(sentence) == {}


def test_a_sign_of_its_own_makes_no_range(quantities):
    assert [found.low for found in quantities("Shares: -3.40 -1.49%").values()] == [Decimal("-3.40"), Decimal("-1.49")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The 777 program was late.",
        "He said the 737 Max jet was safe.",
        "The state is 41st out of 50 in growth.",
        "The Trophy 2025 points table is here.",
        "They invoked article 50.",
        "It failed to crack the global top 20.",
        "We covered it. (1) In their haste they erred.",
        "The survey ran from April 20 to 26 among adults.",
        "The conservative 60 Plus Association backed him.",
        "The loss is in its 10K filing.",
        "He is a member of The 519, a charity.",
        "He finished in the top three in Iowa.",
        "It may not crack the top 10 GOP list.",
        "He did more in the last four years than others in the previous 20.",
        "It is hosted by the anti-establishment 603 Alliance.",
    ],
)
def test_names_and_ranks_are_no_claims(quantities, sentence):
    assert quantities(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("Sales rose 3% to 107 million euros.", ["increase", "level"]),
        ("Sales were 107 million euros, up from 67 million.", ["level", "level"]),
        ("The index was up 12 points.", ["increase"]),
        ("The bank will cut 3,900 positions.", ["decrease"]),
        ("Output fell by 71 tonnes, or 30 percent.", ["decrease", "decrease"]),
        ("Growth slowed to 1.7%.", ["increase"]),
        ("Spending (2.1%) rose.", ["increase"]),
        ("The jobless rate fell below 8%.", ["level"]),
        ("Prices increased by 2 percent but NASDAQ by 1.", ["increase", "increase"]),
        ("Police rounded up 300 suspects.", ["level"]),
    ],
)
def test_change_or_level(quantities, sentence, changes):
    assert [found.change for found in quantities(sentence).values()] == changes


def test_a_table_states_its_unit_once(quantities):
    """The multiplier in the header counts for every row."""
    found = quantities("Stocks were as follows, in mln tonnes --\n\nWheat 1.5 1.7\n\nMaize 2.5 2.6")
    assert [(q.unit, q.low) for q in found.values()] == [
        ("tonne", 1_500_000),
        ("tonne", 1_700_000),
        ("tonne", 2_500_000),
        ("tonne", 2_600_000),
    ]


@pytest.mark.parametrize(
    "sentence",
    ["It happened three years ago.", "One resident saw it.", "It is at a 16-year high.", "He left in two weeks."],
)
def test_what_only_places_or_points_is_no_claim(quantities, sentence):
    assert quantities(sentence) == {}
