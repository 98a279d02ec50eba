"""Single sentences with no article around them: what each of their values is, unit, kind, qualifier and change.

The sorts of sentences are those with which extractors of quantities test themselves (physics, engineering, money with
scale letters, ranges, newswire of the 1980s, headlines); the sentences and their figures are our own.
"""

# ruff: noqa: E501  # one sentence a line
import pytest

pytestmark = pytest.mark.model

# sentence | value text, low, high, kind, unit [, qualifier [, change]] ; …   (* for an open end)
TABLE = """
The sample weighed 4.2 ± 0.3 grams. | 4.2 ± 0.3, 3.9, 4.5, measure, gram, range
The strait is 14 km +/- 2 km wide. | 14 km +/- 2, 12, 16, measure, kilometre, range
Sound travels at 3.4 x 10^2 m/s. | 3.4 x 10^2, 340, 340, rate, metre/second
The culture held 10^6 cells. | 10^6, 1000000, 1000000, count, cell
The charge is 1.6e-19 joules. | 1.6e-19, 1.6E-19, 1.6E-19, measure, joule
It was -12 °C at dawn. | -12, -12, -12, measure, degree Celsius
The lab cooled to minus 80 degrees Celsius. | minus 80, -80, -80, measure, degree Celsius
Bake it at 400F. | 400, 400, 400, measure, degree Fahrenheit
It was 98.4°F in the shade. | 98.4, 98.4, 98.4, measure, degree Fahrenheit
The gas was cooled to 4.2 K. | 4.2, 4.2, 4.2, measure, kelvin
The motor gives 150 kW (204 PS). | 150, 150, 150, measure, kilowatt; 204, 204, 204, measure, horsepower
The pump moves 30 litres per second. | 30, 30, 30, rate, litre/second
The film takes 4.7 GB. | 4.7, 4.7, 4.7, measure, gigabyte
He streamed 300 megabytes at 25 Mbps. | 300, 300, 300, measure, megabyte; 25, 25, 25, rate, megabit/second
The chip runs at 2.6 GHz. | 2.6, 2.6, 2.6, measure, gigahertz
The park covers 14 hectares. | 14, 14, 14, measure, hectare
The ranch has 2,300 acres. | 2,300, 2300, 2300, measure, acre
The flat has 72 m². | 72, 72, 72, measure, square metre
The flat has 72 square metres. | 72, 72, 72, measure, square metre
The lake holds 9 km³ of water. | 9, 9, 9, measure, cubic kilometre
The jar holds 330ml of oil. | 330, 330, 330, measure, millilitre
It took two and a half hours. | two and a half, 2.5, 2.5, duration, hour
It took one-and-a-half years. | one-and-a-half, 1.5, 1.5, duration, year
She bought three dozen eggs. | three dozen, 36, 36, count, egg
He waited a quarter of an hour. | a quarter, 0.25, 0.25, duration, hour
The train reached 310 km/h. | 310, 310, 310, rate, kilometre/hour
The wind blew at 65 mph. | 65, 65, 65, rate, mile/hour
The fence carries 230 V at 50 Hz. | 230, 230, 230, measure, volt; 50, 50, 50, measure, hertz
The current is 3 A. | 3, 3, 3, measure, ampere
The pressure was 98.5 kPa. | 98.5, 98.5, 98.5, measure, kilopascal
The beam is 4 ft 7 in long. | 4, 4, 4, measure, foot; 7, 7, 7, measure, inch
He is 5 feet 11 inches tall. | 5, 5, 5, measure, foot; 11, 11, 11, measure, inch
She weighs 128 pounds. | 128, 128, 128, measure, pound
The stone falls at 9.81 m/s^2. | 9.81, 9.81, 9.81, rate, metre/second squared
The battery stores 62 kWh. | 62, 62, 62, measure, kilowatt hour
The plant generates 1.4 GW. | 1.4, 1.4, 1.4, measure, gigawatt
The bomb was worth 12 kilotons of TNT. | 12, 12, 12, measure, kiloton
The bar has 210 calories. | 210, 210, 210, measure, calorie
The drill reached 104 decibels. | 104, 104, 104, measure, decibel
The dial turns 45 degrees. | 45, 45, 45, measure, degree
The screw takes 120 Nm of torque. | 120, 120, 120, measure, newton metre
The density is 1.3 g/cm3. | 1.3, 1.3, 1.3, rate, gram/cubic centimetre
The air holds 420 ppm of it. | 420, 420, 420, rate, part/1000000 part
Some 20in to 25in of snow fell. | 20in to 25, 20, 25, measure, inch, range
The tank holds 30 to 35 gallons. | 30 to 35, 30, 35, measure, gallon, range
The ride takes 4-5 hours. | 4-5, 4, 5, duration, hour, range
Between 30 and 35 percent of them agree. | Between 30 and 35, 30, 35, percent, %, range
The shore lies less than a mile away. | a, *, 1, measure, mile, less_than
Rates rose more than a full percentage point. | a full, 1, *, percentage_points, percentage point, more_than, increase
She was ill for over a year. | a, 1, *, duration, year, more_than
Seas may rise by 20 cm by 2100. | 20, 20, 20, measure, centimetre, exact, increase
Lead reached 9 parts per billion in the well. | 9, 9, 9, rate, part/1000000000 part
The nurse, 34, went home. | 34, 34, 34, age, year
Her song got 48K likes on the site. | 48K, 48000, 48000, count, like
He hit 88 RBIs. | 88, 88, 88, count, rbi
It went from 0 to 60 mph. | 0, 0, 0, rate, mile/hour; 60, 60, 60, rate, mile/hour
The soil has a pH of 6.5. | 6.5, 6.5, 6.5, measure, pH
The alloy has 12 wt% nickel. | 12, 12, 12, percent, %
The ride takes 1h 30m. | 1, 1, 1, duration, hour; 30, 30, 30, duration, minute
The mine sold 1.2Mt of tin. | 1.2, 1.2, 1.2, measure, megatonne
The price per square metre is €4,500. | 4,500, 4500, 4500, rate, EUR/square metre
The drive is 27 minutes, up from 25. | 27, 27, 27, duration, minute; 25, 25, 25, duration, minute
Today it is nine times. | nine, 9, 9, multiple, times
They have a mean age of 43.2 years. | 43.2, 43.2, 43.2, age, year
It fell by 18 mg/dL (p < 0.01). | 18, 18, 18, rate, milligram/decilitre, exact, decrease
Fuel costs $1.95 a litre, up 14 cents. | 1.95, 1.95, 1.95, rate, USD/litre; 14, 0.14, 0.14, rate, USD/litre, exact, increase
Her monthly premium fell to $60. | 60, 60, 60, rate, USD/month
Mice lived 15% longer than rats. | 15, 15, 15, percent, %, exact, increase
They bid for the contract worth $75m. | 75m, 75000000, 75000000, money, USD, exact, level
The firm posted a reduced 85 million euro loss. | 85 million, 85000000, 85000000, money, EUR, exact, level
The gap is 4.8% of GDP, up from 3.9%. | 4.8, 4.8, 4.8, percent, %, exact, level; 3.9, 3.9, 3.9, percent, %, exact, level
The largest drop, 14 percent, came in May. | 14, 14, 14, percent, %, exact, decrease
Employment made a 391,000 gain in May. | 391,000, 391000, 391000, count, job, exact, increase
Sales of between $3 billion and $4 billion are likely. | between $3 billion and $4 billion, 3000000000, 4000000000, money, USD, range
It cost 1,150 to 1,250 billion lire. | 1,150 to 1,250 billion, 1150000000000, 1250000000000, money, ITL, range
Three or four boats sank. | Three or four, 3, 4, count, boat, range
The flat costs £1.3bn. | 1.3bn, 1300000000, 1300000000, money, GBP
Sales came to EUR70m. | 70m, 70000000, 70000000, money, EUR
The road costs Rs 4,200 crore. | 4,200 crore, 42000000000, 42000000000, money, INR
The trust lost 3.4 lakh rupees. | 3.4 lakh, 340000, 340000, money, INR, exact, decrease
The deal is worth US$5.8 billion. | 5.8 billion, 5800000000, 5800000000, money, USD
The bank paid $2.5MM in fees. | 2.5MM, 2500000, 2500000, money, USD
The mine cost A$300 million. | 300 million, 300000000, 300000000, money, AUD
The yard spent 4.5 trillion yen. | 4.5 trillion, 4500000000000, 4500000000000, money, JPY
The city owes 150 million Swiss francs. | 150 million, 150000000, 150000000, money, CHF
The mill costs 3.1 billion yuan ($430 million). | 3.1 billion, 3100000000, 3100000000, money, CNY; 430 million, 430000000, 430000000, money, USD
She owes me a hundred dollars. | a hundred, 100, 100, money, USD
He paid two hundred and ten thousand pounds for the house. | two hundred and ten thousand, 210000, 210000, money, GBP
They sold 4m lamps at $12 each. | 4m, 4000000, 4000000, count, lamp; 12, 12, 12, money, USD
Oil cost $71.30 a barrel. | 71.30, 71.30, 71.30, rate, USD/barrel
Gold rose to $1,870 an ounce. | 1,870, 1870, 1870, rate, USD/ounce, exact, level
Coffee costs €3.20 per cup. | 3.20, 3.20, 3.20, rate, EUR/cup
Clerks earn $18 an hour. | 18, 18, 18, rate, USD/hour
It pumps 3 million barrels of oil per day. | 3 million, 3000000, 3000000, rate, barrel/day
He drinks 6 glasses of water a day. | 6, 6, 6, rate, glass/day
Theft fell to 14 per 100,000 people. | 14, 14, 14, rate, person/100000 person, exact, level
The firm earned 11.3 mln dlrs, or 45 cts a share. | 11.3 mln, 11300000, 11300000, money, USD; 45, 0.45, 0.45, rate, USD/share
Prices rose 2.9 pct in May. | 2.9, 2.9, 2.9, percent, %, exact, increase
Harvests totalled 38,000 tonnes. | 38,000, 38000, 38000, measure, tonne
The bank cut its rate by 75 basis points. | 75, 0.75, 0.75, percentage_points, percentage point, exact, decrease
They want quarter-point cuts. | quarter, 0.25, 0.25, percentage_points, percentage point, exact, decrease
The euro rose to $1.0912. | 1.0912, 1.0912, 1.0912, rate, USD/EUR, exact, level
The dollar closed at 147.30 yen. | 147.30, 147.30, 147.30, rate, JPY/USD
The peso fell against the dollar to 19.43. | 19.43, 19.43, 19.43, rate, MXN/USD
Bitcoin rose to $43,000. | 43,000, 43000, 43000, money, USD, exact, level
The index closed at 6,402.11, up 9.8 points or 0.1%. | 6,402.11, 6402.11, 6402.11, index, point, exact, level; 9.8, 9.8, 9.8, index, point, exact, increase; 0.1, 0.1, 0.1, percent, %, exact, increase
The dollar index rose 0.25% to 104.05. | 0.25, 0.25, 0.25, percent, %, exact, increase; 104.05, 104.05, 104.05, index, point, exact, level
Her lead in the poll is 6 points. | 6, 6, 6, percentage_points, percentage point
The guard scored 21 points in the final game. | 21, 21, 21, count, point
About a fifth of the pears were bad. | a fifth, 0.2, 0.2, fraction, fraction, approximately
A fourth of it was sold. | A fourth, 0.25, 0.25, fraction, fraction
Two thirds of the guests left. | Two thirds, 0.6666666666666666666666666667, 0.6666666666666666666666666667, fraction, fraction
One in six children is ill. | One in six, 0.1666666666666666666666666667, 0.1666666666666666666666666667, fraction, fraction
Eight out of ten nurses agree. | Eight out of ten, 0.8, 0.8, fraction, fraction
Six of the 12 jurors left. | Six, 6, 6, count, juror; 12, 12, 12, count, juror
The herd doubled. | doubled, 2, 2, multiple, times, exact, increase
The number of fires jumped threefold to 600. | threefold, 3, 3, multiple, times, exact, increase; 600, 600, 600, count, fire, exact, level
The new saw is three times faster than the old one. | three, 3, 3, multiple, times
The new hall is twice as large as the old one. | twice, 2, 2, multiple, times
They were outspent 12 to 1. | 12 to 1, 12, 12, multiple, times
There were no more than 30 people in the hall. | 30, *, 30, count, person, at_most
At least 14 people died. | 14, 14, *, count, person, at_least
Fewer than 90 tickets remain. | 90, *, 90, count, ticket, less_than
More than 4,000 people marched. | 4,000, 4000, *, count, person, more_than
The stock dropped below $6. | 6, *, 6, money, USD, less_than, level
Turnout is 60 percent or more. | 60, 60, *, percent, %, at_least
It costs $12 or less. | 12, *, 12, money, USD, at_most
Up to 40 people may be trapped. | 40, *, 40, count, person, at_most
As many as 200 people were on board. | 200, *, 200, count, person, at_most
The rate has an upper bound of 4.5 percent. | 4.5, *, 4.5, percent, %, at_most
Prices rose by more than about 2 percent. | 2, 2, *, percent, %, more_than, increase
The council passed 300 bills. | 300, 300, 300, count, bill, exact
Wages rose by 0.4%, or more than expected. | 0.4, 0.4, 0.4, percent, %, exact, increase
The tower is some 280 metres high. | 280, 280, 280, measure, metre, approximately
He earned nearly $3 million last year. | 3 million, 3000000, 3000000, money, USD, approximately
Hundreds of people fled. | Hundreds, 200, *, count, person, at_least
Damage was put at tens of billions of dollars. | tens of billions, 20000000000, *, money, USD, at_least
Several hundred guests came. | Several hundred, 200, *, count, guest, at_least
Hundreds, if not thousands of people fled. | Hundreds, 200, *, count, person, at_least; thousands, 2000, *, count, person, at_least
Sales in Peru rose 2.1%, in Chile by 2.4% and in Cuba 1.8%. | 2.1, 2.1, 2.1, percent, %, exact, increase; 2.4, 2.4, 2.4, percent, %, exact, increase; 1.8, 1.8, 1.8, percent, %, exact, increase
The rate was 3.4% in May, down from 3.7% in April. | 3.4, 3.4, 3.4, percent, %, exact, level; 3.7, 3.7, 3.7, percent, %, exact, level
Profit rose by $43 billion to $410 billion. | 43 billion, 43000000000, 43000000000, money, USD, exact, increase; 410 billion, 410000000000, 410000000000, money, USD, exact, level
The stake was cut from 14 to 9 percent. | 14, 14, 14, percent, %, exact, level; 9, 9, 9, percent, %, exact, level
Output grew at an annual rate of 2.6 percent. | 2.6, 2.6, 2.6, percent, %, exact, increase
The gap widened 35% to a record $18 billion. | 35, 35, 35, percent, %, exact, increase; 18 billion, 18000000000, 18000000000, money, USD, exact, level
The mayor scrapped a 12 pct surcharge on cars. | 12, 12, 12, percent, %, exact, level
Rates were cut by a total of 100 basis points. | 100, 1, 1, percentage_points, percentage point, exact, decrease
Pay has gone up just 42 cents to $24.10. | 42, 0.42, 0.42, money, USD, exact, increase; 24.10, 24.10, 24.10, money, USD, exact, level
Butter dropped nearly $2 a pound to $5. | 2, 2, 2, rate, USD/pound, approximately, decrease; 5, 5, 5, rate, USD/pound, exact, level
Members fell by 4 percent to 30,000. | 4, 4, 4, percent, %, exact, decrease; 30,000, 30000, 30000, count, member, exact, level
It was a rise of 4 per cent to 108. | 4, 4, 4, percent, %, exact, increase; 108, 108, 108, percent, %, exact, level
The firm will cut 1,200 jobs, 4% of its staff. | 1,200, 1200, 1200, count, job, exact, decrease; 4, 4, 4, percent, %, exact, decrease
The board extended the scheme by $90 billion. | 90 billion, 90000000000, 90000000000, money, USD, exact, increase
A 3 percent tax cut was passed. | 3, 3, 3, percent, %, exact, decrease
The Senate passed it 53-46. | 53, 53, 53, count, vote, exact; 46, 46, 46, count, vote, exact
Deputies voted 311 to 117 for it. | 311, 311, 311, count, vote; 117, 117, 117, count, vote
He was jailed for 14 years. | 14, 14, 14, duration, year
The 23-year-old driver survived. | 23, 23, 23, age, year
Adults 65 and older should rest. | 65, 65, *, age, year, at_least
Children aged 5 to 11 may come. | 5 to 11, 5, 11, age, year, range
Jo Miller, now 27, was arrested. | 27, 27, 27, age, year
A 6.9-magnitude quake hit the coast. | 6.9, 6.9, 6.9, measure, magnitude
A family of three needs help. | three, 3, 3, count, person
The ship has an eight leg platform. | eight, 8, 8, count, leg
Officials dispute the 18 million figure. | 18 million, 18000000, 18000000, count, person
The fire destroyed 1,400 homes and other structures. | 1,400, 1400, 1400, count, structure
They clean in 12-hour shifts. | 12, 12, 12, duration, hour
The three-day holiday was fine. | three, 3, 3, duration, day
The wire is 0.5mm thick. | 0.5, 0.5, 0.5, measure, millimetre
The wall is 1.5m high. | 1.5, 1.5, 1.5, measure, metre
It sold 1.5m copies. | 1.5m, 1500000, 1500000, count, copy
The link carries 40 Gbit/s. | 40, 40, 40, rate, gigabit/second
The jet flew at Mach 2. | 2, 2, 2, measure, mach
The house was sold for 1.4 million. | 1.4 million, 1400000, 1400000, money, USD
She won 20,000 pounds. | 20,000, 20000, 20000, money, GBP
A quarter of a million people fled. | A quarter of a million, 250000, 250000, count, person
Some 40-odd people came. | 40, 40, 40, count, person, approximately
The 30-plus farmers came. | 30, 30, *, count, farmer, at_least
The firm earned 170 mln Swiss francs and pays 120 francs. | 170 mln, 170000000, 170000000, money, CHF; 120, 120, 120, money, CHF
It cut the payout to 65 cts from 67 cts a share. | 65, 0.65, 0.65, rate, USD/share, exact, level; 67, 0.67, 0.67, rate, USD/share, exact, level
She leads the poll 59 percent to 24 percent, a 35 point margin. | 59, 59, 59, percent, %; 24, 24, 24, percent, %; 35, 35, 35, percentage_points, percentage point
The index fell 31.2 points, or nearly seven pct, to close at 402.15. | 31.2, 31.2, 31.2, index, point, exact, decrease; seven, 7, 7, percent, %, approximately, decrease; 402.15, 402.15, 402.15, index, point, exact, level
The loan is worth 30 million European Currency Units. | 30 million, 30000000, 30000000, money, XEU
He called for investing trillions to move fast. | trillions, 2000000000000, *, money, USD, at_least
The firm's stock closed at 22-1/2 last night. | 22-1/2, 22.5, 22.5, money, USD
He will score a field goal or two. | two, 2, 2, count, goal
Some were as young as 15 -- in their rooms. | 15, 15, 15, age, year
Keep it at or below 2,500 (feet). | 2,500, *, 2500, measure, foot, at_most
Turnout fell just short of 60%. | 60, 60, 60, percent, %, exact, level
Flu deaths range from a low of 12,000 to a high of 61,000. | 12,000, 12000, 12000, count, death; 61,000, 61000, 61000, count, death
Infection rates fell as cases top 3 million. | 3 million, 3000000, *, count, case, more_than
Claims for aid over the latest four weeks have averaged 289,000. | 289,000, 289000, 289000, count, claim
Sales rose by 2 percent but profits by only 1. | 2, 2, 2, percent, %, exact, increase; 1, 1, 1, percent, %, exact, increase
The brewer has 9.2 mln shares outstanding. | 9.2 mln, 9200000, 9200000, count, share
Its shares climbed 19 to 151-1/2. | 19, 19, 19, money, USD, exact, increase; 151-1/2, 151.5, 151.5, money, USD
The maker reported $2.53 in per-share earnings. | 2.53, 2.53, 2.53, rate, USD/share
More than 600 million people fly its planes each year. | 600 million, 600000000, *, rate, person/year, more_than
They add up to less than two-tenths of 1 percent of all visits. | two-tenths, *, 0.2, percent, %, less_than
Output topped 3 percent in each of the past two quarters. | 3, 3, *, percent, %, more_than
The plan beat the 3-to-1 ratio of May. | 3-to-1, 3, 3, multiple, times
It was spiking up to 19 percent. | 19, 19, 19, percent, %
The order came with five 787 Dreamliner sales. | five, 5, 5, count, sale
The firm vowed to cut output by half over a decade. | half, 0.5, 0.5, fraction, fraction, exact, decrease; a decade, 10, 10, duration, year, exact, level
"""

NOTHING = """
The train leaves at 6pm and arrives at 11:45 a.m. the next day.
He won 3-2 in the final, his second title in 5 years.
The team is 7-4 this season.
Once upon a time there was a bear.
One of the men was arrested.
No one was hurt in the accident.
One day he will come back.
The court could one day rule on it.
The new one is better than the old one.
At one point it rained.
They met one another in 1998.
A man in his 40s was hurt.
Call 555-0142 or 1-800-555-0199 for details.
See page 12, section 4(b), and table 3.
The law, Section 230, was passed in 1996.
Title IX and Article 50 stand.
The G7 and the G20 met in 2023.
Chapter 11 bankruptcy was filed on 3 March 2020.
Two weeks ago he left.
Ten years after the war, it opened.
It is a Level 3 out of 5 risk.
The ship came in the wake of 9-11.
The mare was a 3-5 favorite.
It was a four-way race.
The town is covered by Galileo 2, but not Galileo 3 Advanced.
He rated it on a scale of 1 to 10.
Two- and 10-year yields rose.
The 2-year U.S. Treasury yield rose.
See clip 636767700663235118-VPC-THUMB.jpg for more.
[clip_video id="14771273"]
Видано 21 липня
"""


def rows():
    for line in TABLE.strip().splitlines():
        sentence, _, values = line.partition(" | ")
        wanted = [split(value) for value in values.split("; ")]
        yield pytest.param(sentence, wanted, id=sentence[:60])


def split(value: str) -> list[str]:
    """Split at commas behind which a space stands; thousands keep theirs."""
    return value.split(", ")


@pytest.mark.parametrize(("sentence", "wanted"), list(rows()))
def test_what_a_lone_sentence_gives(nlp, sentence, wanted):
    claims = nlp(sentence)._.claims
    assert [claim.value_text for claim in claims] == [value[0] for value in wanted]
    for claim, (_, low, high, kind, unit, *rest) in zip(claims, wanted, strict=True):
        bounds = [None if bound == "*" else float(bound) for bound in (low, high)]
        assert [None if bound is None else float(bound) for bound in (claim.low, claim.high)] == pytest.approx(bounds)
        assert (claim.kind, claim.unit) == (kind, unit)
        assert [claim.qualifier, claim.change][: len(rest)] == rest


@pytest.mark.parametrize("sentence", NOTHING.strip().splitlines(), ids=lambda sentence: sentence[:60])
def test_a_lone_sentence_without_a_claim_gives_none(nlp, sentence):
    assert [claim.value_text for claim in nlp(sentence)._.claims] == []
