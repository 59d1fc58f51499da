"""Listings with planted copies of one another, for finding near-duplicates: the same for the same number.

    copies.py COUNT FILE       writes FILE (CSV) and FILE.truth (one line a listing: the advert that it is)

Four fifths of the listings are adverts by themselves; the others are copies of adverts, one to seven of each, as sellers make them.
"""
import csv, random, sys

import listings

SYLLABLES = "ka ri to ma ne shu lo vi an du po se gra bel xi or um tha nis cer ol ter qua zin mor fel dar gi wen pa".split()
LOOK_ALIKES = str.maketrans("aeopcx", "аеорсх")
LEET = str.maketrans("aeios", "43105")
EMOJI = ["🐘", "🔥", "💯", "📦", "⭐", "🙏"]


def vocabulary(dice):
    """Words as rare as those of adverts: some common ones by script, and many that few adverts hold."""
    words = {language: list(common) for language, common in listings.WORDS.items()}
    for language in ["en", "vi"]:
        words[language] += ["".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4))) for _ in range(6000)]
    words["ru"] += ["".join(chr(dice.randint(0x430, 0x44F)) for _ in range(dice.randint(4, 9))) for _ in range(6000)]
    words["zh"] += ["".join(chr(dice.randint(0x4E00, 0x5DFF)) for _ in range(2)) for _ in range(4000)]
    words["th"] += ["".join(chr(dice.randint(0xE01, 0xE2E)) + dice.choice("ะาิีุูเ") for _ in range(2)) for _ in range(4000)]
    return words


def pick(dice, words):
    """Zipf-like: half of all words are among the first few hundred."""
    return words[int(len(words) * dice.random() ** 3)]


def advert(dice, words):
    language = dice.choices(list(words), [60, 15, 12, 6, 7])[0]
    of = words[language]
    return language, [pick(dice, of) for _ in range(dice.randint(4, 12))], [pick(dice, of) for _ in range(dice.randint(15, 45))]


def copied(dice, words, original):
    """The advert as another seller writes it."""
    language, title, description = original[0], list(original[1]), list(original[2])
    of = words[language]
    for _ in range(dice.choice([0, 0, 1, 2])):  # one or two words changed
        description[dice.randrange(len(description))] = pick(dice, of)
    if dice.random() < 0.15:  # a sentence more or less
        if dice.random() < 0.5:
            description += [pick(dice, of) for _ in range(dice.randint(4, 8))]
        else:
            description = description[:-len(description) // 5]
    if dice.random() < 0.15 and len(title) > 5:  # a title cut short
        title = title[:-2]
    if dice.random() < 0.1 and language in ("en", "vi"):  # letters disguised
        for place in range(0, len(description), 2):
            description[place] = description[place].translate(dice.choice([LOOK_ALIKES, LEET]))
    if dice.random() < 0.3:
        title.insert(dice.randrange(len(title)), dice.choice(EMOJI))
    if dice.random() < 0.3:
        description += [dice.choice(["tel", "whatsapp", "微信"]), f"0{dice.randint(10 ** 8, 10 ** 9 - 1)}"]
    return language, title, description


def write(path, count):
    dice = random.Random(11)
    words = vocabulary(dice)
    rows, number = [], 0
    while len(rows) < count:
        original = advert(dice, words)
        rows.append((number, original))
        if dice.random() < 0.06:
            rows += [(number, copied(dice, words, original)) for _ in range(dice.randint(1, 7))]
        number += 1
    rows = rows[:count]
    dice.shuffle(rows)
    with open(path, "w", newline="", encoding="utf-8") as file, open(f"{path}.truth", "w") as truth:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(listings.COLUMNS)
        for row, (advert_number, (language, title, description)) in enumerate(rows):
            platform = dice.choice(listings.PLATFORMS)
            blank = "" if language in ("zh", "th") else " "
            out.writerow([
                f"L{row:08d}", platform, f"https://{platform}.example/item/{row * 2654435761 % 2**32:08x}", blank.join(title),
                blank.join(description), dice.choice(listings.SPECIES), listings.price(dice), dice.choice(listings.CURRENCIES),
                f"seller_{dice.randrange(6000)}", dice.choice(["CN", "VN", "TH", "US", "FR"]), "2026-01-01T00:00:00Z"])
            truth.write(f"{advert_number}\n")


if __name__ == "__main__":
    write(sys.argv[2], int(sys.argv[1]))
