"""Code words: Linsang's matcher beside those that fold nothing, each on one core and in a process of its own.

As a program: codewords.py NAME REPEATS TERMS TEXTS, one of the peers; otherwise what `bench.py` calls.
"""
import csv, json, os, pathlib, random, statistics, subprocess, sys, time
import importlib.metadata as packages

LEXICONS = pathlib.Path(__file__).parent.parent / "Lexicons"
PEERS = ["hyperscan", "ahocorasick_rs", "ripgrep"]


def invented_terms(count):
    """Words and pairs of words in six scripts; some of them stand in the invented listings."""
    import listings
    dice = random.Random(5)
    sounds = {"la": "ba ce di fo gu ka le mi no pu ra se ti vo".split(), "ru": "бо ве га ди жу ка ло ме ни пу ра си".split(),
              "zh": list("象牙虎骨龟甲犀角豹皮熊胆麝香珊瑚沉香藏羚穿山雕鹰鹦鹉"), "th": "กา ขี คำ งา จำ ชู ดี ตา นำ บู มี".split(),
              "vi": "ngà voi tê sừng hổ cốt vảy rùa mật gấu cầy".split(), "ar": "عا جي فر نم قر نص قر رو حر بب".split()}
    terms = {word for words in listings.WORDS.values() for word in dice.sample(words, 3)}
    while len(terms) < count:
        language = dice.choices(list(sounds), [50, 12, 18, 6, 8, 6])[0]
        parts = [dice.choice(sounds[language]) for _ in range(dice.randint(2, 5))]
        terms.add((" " if language == "vi" else "").join(parts) + dice.choice(["", "", " " + dice.choice(sounds["la"]) + "ra"]))
    return sorted(terms)


def taxa_names(count):
    """Scientific and common names, as many as there are up to `count`."""
    names = set()
    for table, column in [("taxa.csv", "name"), ("names.csv", "names")]:
        with open(LEXICONS / "taxa" / table, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                names.update(name.strip() for name in row[column].split("|") if len(name.strip()) > 2)
    return sorted(name for name in names if "," not in name and '"' not in name)[:count]


def write_terms(folder):
    lists = {"5,000 terms": invented_terms(5000), "50,000 names of taxa": taxa_names(50_000)}
    paths = {}
    for name, terms in lists.items():
        paths[name] = folder / f"terms-{len(terms)}.txt"
        paths[name].write_text("\n".join(terms) + "\n", encoding="utf-8")
    return paths


def write_texts(listings_path):
    """Title and description of every row, a line each."""
    path = listings_path.with_suffix(".texts")
    if not path.exists():
        csv.field_size_limit(1 << 30)
        with open(listings_path, newline="", encoding="utf-8") as file, open(path, "w", encoding="utf-8") as out:
            rows = csv.reader(file)
            header = next(rows)
            title, description = header.index("title"), header.index("description")
            for row in rows:
                out.write((row[title] + "\t" + row[description]).replace("\n", " ") + "\n")
    return path


def on_one_core(command):
    run = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True,
                         preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}))
    return json.loads(run.stdout)


def section(program, path, repeats, figures):
    """A table of MB of text per second."""
    texts, lines = write_texts(path), []
    size = texts.stat().st_size / 1e6
    lists = write_terms(path.parent)
    for name, terms in lists.items():
        commands = {"Linsang": [program / "LinsangBench", "terms", LEXICONS, repeats, terms, path]}
        commands |= {peer: [sys.executable, __file__, peer, repeats, terms, texts] for peer in PEERS}
        row = [name]
        for peer, command in commands.items():
            found = figures.part(f"{peer}, {name}", command[0], terms, path, measure=lambda c=command: on_one_core(c))
            row.append(rate(found, "scan", found.get("bytes", size * 1e6) / 1e6))
        lines.append(row)
    command = [program / "LinsangBench", "flagging", LEXICONS, repeats, path]
    flagging = figures.part("Linsang flagging", command[0], path, measure=lambda: on_one_core(command))
    lines.append(["whole flagging, shipped lexicons", rate(flagging, "flag", flagging["bytes"] / 1e6) + rows(flagging), "–", "–", "–"])
    return "\n".join(["| MB of text per second, one core | " + " | ".join(["Linsang"] + PEERS) + " |", "|---|" + "--:|" * 4]
                     + ["| " + " | ".join(line) + " |" for line in lines])


def rate(found, step, size):
    return f"{size / (statistics.median(found[step]['cpu']) / 1e3):,.0f}" if found.get(step) else "–"


def rows(found):
    return f" ({found['rows'] / (statistics.median(found['flag']['cpu']) / 1e3):,.0f} rows/s)"


# The peers, as they are used best: all text in one call, hits counted only.

def hyperscan(terms, texts, timed):
    import hyperscan as hs, re
    text = pathlib.Path(texts).read_bytes()
    database, count = hs.Database(), [0]
    database.compile(expressions=[re.escape(term).encode() for term in terms], ids=list(range(len(terms))),
                     flags=[hs.HS_FLAG_CASELESS | hs.HS_FLAG_UTF8] * len(terms))

    def hit(*_):
        count[0] += 1
    return lambda: timed(lambda: database.scan(text, match_event_handler=hit))


def ahocorasick_rs(terms, texts, timed):
    import ahocorasick_rs as ac
    lines = pathlib.Path(texts).read_bytes().split(b"\n")
    automaton = ac.BytesAhoCorasick([term.encode() for term in terms])
    return lambda: timed(lambda: sum(len(automaton.find_matches_as_indexes(line)) for line in lines if line))


def ripgrep(terms, texts, timed):
    rg, path = pathlib.Path(sys.executable).parent / "rg", sys.argv[3]
    return lambda: timed(lambda: subprocess.run([rg, "-j1", "-c", "-i", "-F", "-f", path, texts], stdout=subprocess.PIPE))


def main():
    name, repeats, terms, texts = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    spent = {"wall": [], "cpu": []}

    def timed(work):
        wall, times = time.perf_counter(), os.times()
        work()
        after = os.times()
        spent["wall"].append((time.perf_counter() - wall) * 1e3)
        spent["cpu"].append((sum(after[:4]) - sum(times[:4])) * 1e3)
    words = [line for line in pathlib.Path(terms).read_text(encoding="utf-8").split("\n") if line]
    work = {"hyperscan": hyperscan, "ahocorasick_rs": ahocorasick_rs, "ripgrep": ripgrep}[name](words, texts, timed)
    for _ in range(repeats):
        work()
    version = packages.version(name)
    print(json.dumps({"version": version, "scan": spent, "bytes": os.path.getsize(texts)}))


if __name__ == "__main__":
    main()
