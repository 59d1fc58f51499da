"""Coefficients of agreement by the packages irrCAC and krippendorff, for seeded and for chosen ratings.

Usage: coefficients.py [SEED [CASES]]      prints JSON; without a seed what coefficients.json holds

Each case has its units as one text each: a digit for each rater, or a dot where the rater left the unit out. What a package
cannot calculate is null. Nothing here is taken from the program. Needs: pip install irrCAC krippendorff; for the kept file also
mpmath.
"""
import json
import math
import random
import sys
import warnings

import krippendorff
import numpy
import pandas
from irrCAC.raw import CAC
from irrCAC.table import CAC as TableCAC

warnings.filterwarnings("ignore")
LEVELS = [0.95, 0.9, 0.99]


def estimate(calculate, units):
    """What irrCAC says of some units; of a single unit, where it divides by zero, the value of two such alone."""
    if len(units) < 2:
        doubled = estimate(calculate, units * 2)
        return None if doubled is None else {"value": doubled["value"], "se": None, "low": None, "high": None}
    found = calculate(units)["est"]
    value = float(found["coefficient_value"])
    if not math.isfinite(value):
        return None
    error = float(found["se"])
    low, high = (float(end) for end in found["confidence_interval"])
    if not all(map(math.isfinite, [error, low, high])):
        # Nothing varies: what is left is rounding, whose root or interval is no number.
        error, low, high = 0.0, value, value
    return {"value": value, "se": error, "low": low, "high": high}


def frame(units):
    return pandas.DataFrame([[None if c == "." else int(c) for c in unit] for unit in units], dtype=float)


def raw(units, categories, level):
    return CAC(frame(units), weights="identity", categories=list(range(categories)), confidence_level=level, digits=17)


def alphas(units, categories, level):
    """Krippendorff's alpha: the value by both packages, which must agree; the interval by irrCAC."""
    pairable = [u for u in units if sum(c != "." for c in u) > 1]
    if len(set("".join(pairable)) - {"."}) < 2:
        return None
    data = numpy.array([[numpy.nan if c == "." else int(c) for c in unit] for unit in units]).T
    value = float(krippendorff.alpha(data, level_of_measurement="nominal"))
    if len(pairable) == 1:
        # Alpha, unlike the others, is not the same for twice the units.
        return {"value": value, "se": None, "low": None, "high": None}
    found = estimate(lambda units: raw(units, categories, level).krippendorff(), units)
    assert abs(found["value"] - value) < 1e-9, (units, value, found)
    return found


def tabled(units, categories):
    return [[sum(u == f"{i}{j}" for u in units) for j in range(categories)] for i in range(categories)]


def cohen(units, categories, level):
    names = list(range(categories))
    table = pandas.DataFrame(tabled(units, categories), index=names, columns=names)
    return TableCAC(table, weights="identity", confidence_level=level, digits=17).cohen()


def of_pair(units, one, other, categories, level):
    both = [u[one] + u[other] for u in units if u[one] != "." and u[other] != "."]
    table = tabled(both, categories)
    pair = {"raters": [one, other], "units": len(both), "table": table, "kappa": None, "alpha": None, "ac1": None}
    if not both:
        return pair
    chance = sum(sum(row) * sum(r[i] for r in table) for i, row in enumerate(table))
    if chance < len(both) ** 2:
        pair["kappa"] = estimate(lambda units: cohen(units, categories, level), both)
    pair["alpha"] = alphas(both, categories, level)
    pair["ac1"] = estimate(lambda units: raw(units, categories, level).gwet(), both)
    return pair


def working(units):
    """Without raters who rated nothing, by whom irrCAC divides."""
    columns = [rater for rater in range(len(units[0])) if any(unit[rater] != "." for unit in units)]
    return ["".join(unit[rater] for rater in columns) for unit in units]


def case(name, units, categories, level):
    raters = len(units[0])
    pairs = [of_pair(units, i, j, categories, level) for i in range(raters) for j in range(i + 1, raters)]
    rated = [u for u in units if set(u) != {"."}]
    shared = [u for u in units if sum(c != "." for c in u) > 1]
    everybody = {"alpha": None, "ac1": None, "conger": None}
    if shared:
        everybody["alpha"] = alphas(rated, categories, level)
        everybody["ac1"] = estimate(lambda units: raw(units, categories, level).gwet(), rated)
        if len(set("".join(rated)) - {"."}) > 1:
            everybody["conger"] = estimate(lambda units: raw(working(units), categories, level).conger(), rated)
    return {"name": name, "categories": categories, "level": level, "units": units, "pairs": pairs, "all": everybody}


def rows(chance, count, raters, categories, weights, agreement, missing):
    """Units of which each has a true category that a rater meets with a probability of `agreement`."""
    units = []
    for _ in range(count):
        true = chance.choices(range(categories), weights)[0]
        unit = ""
        for _ in range(raters):
            if chance.random() < missing:
                unit += "."
            elif chance.random() < agreement:
                unit += str(true)
            else:
                unit += str(chance.choices(range(categories), weights)[0])
        units.append(unit)
    return units


CHOSEN = [
    ("perfect agreement", ["00", "11", "22", "11", "00"], 3),
    ("perfect disagreement", ["01", "10", "01", "10", "01"], 2),
    ("two units, one shared opinion", ["00", "12"], 3),
    ("two units, both agreed on", ["00", "11"], 3),
    ("two units, all in one category", ["11", "11"], 3),
    ("two units, both disagreed on", ["01", "10"], 3),
    ("one unit, agreed on", ["00"], 3),
    ("one unit, disagreed on", ["01"], 3),
    ("one category only", ["11"] * 12, 3),
    ("one category, then one slip", ["11"] * 40 + ["12"], 3),
    ("no overlap", ["0.", ".1", "2.", ".0"], 3),
    ("overlap in one unit", ["0.", ".1", "22", ".0"], 3),
    ("nearly all false positives", ["11"] * 970 + ["01"] * 14 + ["10"] * 12 + ["00"] * 4, 3),
    ("one rater never varies", ["10", "11", "12", "11", "10"], 3),
    ("a scheme of two categories", ["00", "01", "11", "11", "10", "00", "00"], 2),
    ("units that nobody rated", ["...", "01.", "...", "112", "0.0", "22."], 3),
    ("a rater without ratings", ["01.", "11.", "00.", "12.", "22."], 3),
    ("three raters in a ring", ["01.", ".11", "2.2", "00.", ".12", "1.0"], 3),
    ("one unit shared by three", ["012", "1..", ".2.", "..0"], 3),
    ("categories that nobody used", ["03", "33", "00", "30", "33", "00"], 6),
]


def student():
    """Student's t to 17 digits. SciPy 1.12, which irrCAC requires, finds quantiles to eight digits only."""
    import mpmath

    mpmath.mp.dps = 40

    def outside(distance, freedom):
        distance, freedom = mpmath.mpf(distance), mpmath.mpf(freedom)
        return mpmath.betainc(freedom / 2, mpmath.mpf(1) / 2, 0, freedom / (freedom + distance**2), regularized=True)

    def quantile(level, freedom):
        low, high = mpmath.mpf(0), mpmath.mpf(1)
        while outside(high, freedom) > 1 - mpmath.mpf(level):
            high *= 2
        for _ in range(90):
            middle = (low + high) / 2
            low, high = (middle, high) if outside(middle, freedom) > 1 - mpmath.mpf(level) else (low, middle)
        return low

    return {
        "quantiles": [
            {"level": level, "freedom": freedom, "distance": float(quantile(level, freedom))}
            for level in [0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.999999]
            for freedom in [1, 2, 3, 4, 7, 10, 29, 39, 40, 41, 100, 999, 12345, 1000000, 10000000]
        ],
        "tails": [
            {"distance": distance, "freedom": freedom, "outside": float(outside(distance, freedom))}
            for distance in [1e-9, 0.001, 0.3, 1, 1.96, 4, 12, 40, 1000]
            for freedom in [1, 2, 5, 39, 40, 250, 100000]
        ],
    }


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1960
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 24
    chance = random.Random(seed)
    cases = [case(name, units, categories, 0.95) for name, units, categories in CHOSEN]
    for number in range(count):
        categories = chance.choice([2, 3, 3, 3, 5])
        raters = chance.choice([2, 2, 3, 4, 6])
        skewed = number % 3 == 0
        weights = [0.02] * (categories - 1) + [0.96] if skewed else [chance.random() + 0.05 for _ in range(categories)]
        size = chance.choice([2, 3, 5, 8, 20, 60, 60])
        missing = chance.choice([0, 0, 0.1, 0.4, 0.8])
        units = rows(chance, size, raters, categories, weights, chance.choice([0, 0.4, 0.9, 0.99]), missing)
        name = f"seed {seed}, number {number}"
        cases.append(case(name, units, categories, LEVELS[number % 3]))
    exact = student() if len(sys.argv) < 2 else {"quantiles": [], "tails": []}
    parts = {"cases": cases, **exact}
    lines = [f'"{name}": [\n' + ",\n".join(json.dumps(one) for one in part) + "\n]" for name, part in parts.items()]
    print("{\n" + ",\n".join(lines) + "\n}")


main()
