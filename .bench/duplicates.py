"""Near-duplicates beside rensa and datasketch, on listings with planted copies: what is found, and what it takes.

    duplicates.py PEER FILE GROUPS       one peer: writes the group of each row to GROUPS, JSON to standard output
"""
import csv, json, pathlib, sys, time
import importlib.metadata as packages
from collections import Counter

HERE = pathlib.Path(__file__).parent
PEERS = ["rensa", "datasketch"]
PERMUTATIONS, THRESHOLD = 128, 0.5
# datasketch takes some minutes for a million; fewer listings say the same about a listing.
MOST_ROWS = {"datasketch": 100_000}


def shingles(text):
    """Runs of three words, or of five characters where there are no blanks: what their users do."""
    words = text.lower().split()
    if len(words) < 12:
        text = "".join(words)
        return [text[place:place + 5] for place in range(max(1, len(text) - 4))]
    return [" ".join(words[place:place + 3]) for place in range(len(words) - 2)]


def texts(path, most):
    with open(path, newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number == most:
                return
            yield row["title"] + " " + row["description"]


def rensa(rows):
    """Each text with the texts that it meets in a bucket and that its sketch is like."""
    from rensa import RMinHash, RMinHashLSH
    index, sketches = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32), []
    for number, text in enumerate(rows):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(shingles(text))
        yield number, [other for other in index.query(sketch) if sketches[other].jaccard(sketch) >= THRESHOLD]
        index.insert(number, sketch)
        sketches.append(sketch)


def datasketch(rows):
    from datasketch import MinHash, MinHashLSH
    index, sketches = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), []
    for number, text in enumerate(rows):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        yield number, [other for other in index.query(sketch) if sketches[other].jaccard(sketch) >= THRESHOLD]
        index.insert(number, sketch)
        sketches.append(sketch)


def joined(pairs):
    """The group of each row, as the first row of those that pairs join; -1 for rows by themselves."""
    parents = []

    def root(row):
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = parents[row]
        return row
    for number, others in pairs:
        parents.append(number)
        for other in others:
            a, b = root(number), root(other)
            parents[max(a, b)] = min(a, b)
    roots = [root(row) for row in range(len(parents))]
    sizes = Counter(roots)
    return [own if sizes[own] > 1 else -1 for own in roots]


def score(truth, groups):
    """Recall and precision of pairs."""
    def pairs(counts):
        return sum(count * (count - 1) // 2 for count in counts.values())
    truth = truth[:len(groups)]
    grouped = [(group, advert) for group, advert in zip(groups, truth) if group >= 0]
    right = pairs(Counter(grouped))
    return right / max(1, pairs(Counter(truth))), right / max(1, pairs(Counter(group for group, _ in grouped)))


def section(build, data, rows, figures, engine):
    """A table, and the figures of Linsang by name.

    `engine` runs a command, and returns what it prints and the most memory it had.
    """
    import copies
    path = data / f"copies-{rows}.csv"
    if not path.exists():
        copies.write(path.with_suffix(".part"), rows)
        pathlib.Path(f"{path.with_suffix('.part')}.truth").rename(f"{path}.truth")
        path.with_suffix(".part").rename(path)
    truth = [int(line) for line in open(f"{path}.truth")]
    out = data / "groups.txt"
    commands = {"Linsang": [build / "LinsangBench", "groups", HERE.parent / "Lexicons", path, out]}
    commands |= {peer: [sys.executable, __file__, peer, path, out] for peer in PEERS}
    lines, named = [], {}
    for name, command in commands.items():
        def measure(command=command):
            found = engine(command)
            return {**found, "score": score(truth, [int(line) for line in open(out)])}
        found = figures.part(f"{name} near-duplicates", command[0], path, measure=measure)
        if not found:
            continue
        cpu, (recall, precision) = found["groups"]["cpu"][0], found["score"]
        memory = found["MB at most"] - found["MB before"] if name == "Linsang" else found["most anonymous MB"]
        lines.append(f"| {name} | {found['rows']:,} | {cpu / 1e3:,.1f} | {cpu * 1e3 / found['rows']:,.1f} | {memory:,} | "
                     f"{recall:.4f} | {precision:.4f} |")
        if name == "Linsang":
            named = {"near-duplicates, processor ms": cpu, "near-duplicates, memory beside the dataset, MB": memory}
    return "\n".join([
        "Near-duplicates, a quarter of the listings planted copies (pairs):", "",
        "| | rows | processor s | µs a row | anonymous MB | recall | precision |", "|---|--:|--:|--:|--:|--:|--:|", *lines]), named


def main():
    name, path, out = sys.argv[1], sys.argv[2], sys.argv[3]
    wall, cpu = time.perf_counter(), time.process_time()
    groups = joined({"rensa": rensa, "datasketch": datasketch}[name](texts(path, MOST_ROWS.get(name))))
    spent = {"wall": [(time.perf_counter() - wall) * 1e3], "cpu": [(time.process_time() - cpu) * 1e3]}
    with open(out, "w") as file:
        file.writelines(f"{group}\n" for group in groups)
    print(json.dumps({"version": packages.version(name), "groups": spent, "rows": len(groups)}))


if __name__ == "__main__":
    main()
