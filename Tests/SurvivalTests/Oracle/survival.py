"""Kaplan-Meier curves by the package statsmodels, for seeded and for chosen observations.

Usage: survival.py [SEED [CASES]]      prints JSON; without a seed what survival.json holds

Each case has times in whole days and whether each observation ended. `touches_half` says that the curve is exactly one half
somewhere, by fractions: there rounding alone decides what statsmodels calls the median, and `median` is by fractions, after
the same rule. Nothing here is taken from the program. Needs: pip install statsmodels
"""
import json
import math
import random
import sys
from fractions import Fraction

import numpy
from statsmodels.duration.survfunc import SurvfuncRight


def exact(times, ended):
    """The curve in fractions."""
    steps, survival, left = [], Fraction(1), len(times)
    for time in sorted(set(times)):
        here = [e for t, e in zip(times, ended) if t == time]
        if any(here):
            survival *= Fraction(left - sum(here), left)
            steps.append((time, survival))
        left -= len(here)
    return steps


def finite(number):
    return None if number is None or not math.isfinite(number) else float(number)


def case(name, times, ended):
    half = [time for time, survival in exact(times, ended) if survival == Fraction(1, 2)]
    found = {"name": name, "times": times, "ended": ended, "touches_half": bool(half), "steps": [], "median": None,
             "low": None, "high": None}
    below = [time for time, survival in exact(times, ended) if survival < Fraction(1, 2)]
    if not any(ended):
        return found
    curve = SurvfuncRight(numpy.array(times, dtype=float), numpy.array(ended, dtype=int))
    with numpy.errstate(all="ignore"):
        found["median"] = finite(curve.quantile(0.5))
        low, high = curve.quantile_ci(0.5)
    if half:
        found["median"] = float(below[0]) if below else None
    assert found["median"] == (float(below[0]) if below else None), name
    found["low"], found["high"] = finite(low), finite(high)
    for time, survival, error, risk, events in zip(
            curve.surv_times, curve.surv_prob, curve.surv_prob_se, curve.n_risk, curve.n_events):
        found["steps"].append({"time": float(time), "survival": float(survival), "error": finite(error),
                               "risk": int(risk), "ended": int(events)})
    return found


def chosen():
    yield "one that ended", [5], [True]
    yield "one that did not", [5], [False]
    yield "half exactly", [1, 2, 3, 4], [True, True, False, False]
    yield "half exactly, then less", [1, 2, 3, 4], [True, True, True, False]
    yield "all on one day", [3] * 6, [True] * 6
    yield "ended and lost on one day", [3, 3, 3, 7], [True, False, True, False]
    yield "gone on the day of the notice", [0, 0, 4, 9, 9], [True, True, True, False, False]
    yield "nearly all still online", [30] * 19 + [2], [False] * 19 + [True]
    yield "all ended", list(range(1, 31)), [True] * 30


def seeded(seed, count):
    chance = random.Random(seed)
    for number in range(count):
        size = chance.choice([2, 3, 5, 8, 20, 60, 200])
        longest = chance.choice([3, 14, 90])
        share = chance.random()
        times = [chance.randint(0, longest) for _ in range(size)]
        yield f"seed {seed}, case {number}", times, [chance.random() < share for _ in range(size)]


if __name__ == "__main__":
    words = sys.argv[1:]
    cases = seeded(int(words[0]), int(words[1]) if words[1:] else 200) if words else [*chosen(), *seeded(13, 40)]
    print(json.dumps([case(*one) for one in cases], indent=1))
