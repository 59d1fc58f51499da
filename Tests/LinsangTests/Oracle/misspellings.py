"""Misspells scientific names of the taxon tables and holds what `linsang taxon --json` makes of them against the truth.

Usage: misspellings.py PROGRAM LEXICONS [COUNT [SEED]]
LEXICONS is the folder with taxa/*.csv. Prints one line of JSON: how many misspelt names were suggested right, none was
chosen for, and suggested wrong, by kind of fault, with the wrong ones. A misspelt name that is itself a name of the tables
is another name and is not counted. The tables are read and names misspelt here, by nothing taken from the program.
"""
import collections
import csv
import glob
import json
import random
import subprocess
import sys

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOUNDS = [("y", "i"), ("i", "y"), ("ph", "f"), ("f", "ph"), ("ae", "e"), ("e", "ae"), ("oe", "e"), ("k", "c"), ("c", "k"),
          ("ll", "l"), ("l", "ll"), ("nn", "n"), ("n", "nn"), ("rr", "r"), ("th", "t"), ("t", "th"), ("rh", "r"), ("w", "v"),
          ("z", "s"), ("j", "i")]
ENDINGS = ["us", "a", "um", "is", "e", "i", "ii", "ae"]


def tables(folder):
    """Species by name, and all scientific names, folded to small letters."""
    species, names = set(), {}
    for path in sorted(glob.glob(folder + "/taxa/*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if rows[0] == ["name", "rank", "parent"]:
            for name, rank, _ in rows[1:]:
                names[name.lower()] = name
                if rank == "species":
                    species.add(name)
        elif rows[0][:4] == ["taxon", "language", "kind", "names"]:
            for taxon, _, kind, written, _ in rows[1:]:
                if kind == "synonym":
                    for name in written.split("|"):
                        names.setdefault(name.lower(), taxon)
    plain = [name for name in species if len(name.split()) == 2 and name.replace(" ", "").isalpha() and name.isascii()]
    return sorted(plain), names


def faults(dice):
    """Each kind of fault as a function from a word to a word."""
    def place(word, room=0):
        return dice.randrange(1, max(2, len(word) - room))

    def substitution(word):
        at = place(word)
        return word[:at] + dice.choice([letter for letter in LETTERS if letter != word[at:at + 1]]) + word[at + 1:]

    def deletion(word):
        at = place(word)
        return word[:at] + word[at + 1:]

    def insertion(word):
        at = place(word)
        return word[:at] + dice.choice(LETTERS) + word[at:]

    def transposition(word):
        at = place(word, 1)
        return word[:at] + word[at + 1:at + 2] + word[at:at + 1] + word[at + 2:]

    def doubled(word):
        at = place(word)
        return word[:at] + word[at:at + 1] + word[at:]

    def ending(word):
        for end in sorted(ENDINGS, key=len, reverse=True):
            if word.endswith(end) and len(word) > len(end) + 2:
                return word[:-len(end)] + dice.choice([other for other in ENDINGS if other != end])
        return word

    def sound(word):
        fits = [(old, new, at) for old, new in SOUNDS for at in range(1, len(word)) if word.startswith(old, at)]
        if not fits:
            return word
        old, new, at = dice.choice(fits)
        return word[:at] + new + word[at + len(old):]

    return {"substitution": substitution, "deletion": deletion, "insertion": insertion, "transposition": transposition,
            "doubled": doubled, "ending": ending, "sound": sound}


def answers(program, written):
    for start in range(0, len(written), 2000):
        part = written[start:start + 2000]
        output = subprocess.run([program, "taxon", "--json"] + part, capture_output=True, text=True).stdout
        lines = output.splitlines()
        assert len(lines) == len(part), f"{len(lines)} answers to {len(part)} names"
        yield from zip(part, map(json.loads, lines))


def main(program, folder, count=2000, seed=1):
    dice = random.Random(int(seed))
    species, names = tables(folder)
    kinds = faults(dice)
    asked = {}
    for number in range(int(count)):
        name = dice.choice(species)
        kind = list(kinds)[number % len(kinds)]
        genus, epithet = name.split()
        # Genera are misspelt too, but endings change with the gender of an epithet alone.
        if kind != "ending" and dice.random() < 0.4:
            genus = genus[0] + kinds[kind](genus.lower())[1:]
        else:
            epithet = kinds[kind](epithet)
        written = genus + " " + epithet
        if written.lower() not in names and len(epithet) > 2:
            asked.setdefault(written, (name, kind))
    result = {"asked": len(asked), "right": 0, "none": 0, "wrong": 0, "certain": 0, "kinds": {}, "wrong_names": []}
    counts = collections.defaultdict(collections.Counter)
    for written, answer in answers(program, list(asked)):
        name, kind = asked[written]
        if answer["accepted"] is not None:
            verdict = "certain"
        elif answer.get("suggested") is None:
            verdict = "none"
        else:
            verdict = "right" if answer["suggested"] == name else "wrong"
        if verdict in ("wrong", "certain"):
            result["wrong_names"].append([written, name, answer.get("suggested") or answer["accepted"]])
        result[verdict] += 1
        counts[kind][verdict] += 1
    result["kinds"] = {kind: dict(counter) for kind, counter in counts.items()}
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
