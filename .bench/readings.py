"""Whether the lexicons still say the same about every listing: hits, reasons, risks and flags, as a digest per set.

    readings.py BENCH             compares with readings.tsv and says which sets are read otherwise
    readings.py BENCH --record    writes readings.tsv: after a change of the lexicons, or a mistake that was mended

BENCH is the release build of LinsangBench. The sets are invented listings, the same for everybody, and the folders of
listings in LINSANG_SHARED (../shared/data), where they are there. A digest belongs to the lexicons it was made with:
for others nothing is compared.
"""
import hashlib, os, pathlib, subprocess, sys, tempfile
import listings

HERE = pathlib.Path(__file__).parent
LEXICONS = HERE.parent / "Lexicons"
RECORD = HERE / "readings.tsv"
COLUMNS = ["set", "lexicons", "rows", "hits", "digest"]
INVENTED = 50_000


def lexicons_digest():
    """Of every table that readings depend on."""
    hasher = hashlib.sha256()
    for path in sorted(LEXICONS.glob("**/*.csv")):
        hasher.update(f"{path.relative_to(LEXICONS)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return hasher.hexdigest()[:16]


def sets(folder):
    """Names and files, in an order that does not change."""
    invented = pathlib.Path(folder) / "invented.csv"
    listings.write(invented, INVENTED)
    yield f"invented-{INVENTED}", [invented]
    shared = pathlib.Path(os.environ.get("LINSANG_SHARED", HERE.parent.parent / "shared" / "data"))
    for path in sorted(shared.glob("[01]*_*")):
        files = sorted(file for file in path.iterdir() if file.suffix in {".csv", ".jsonl", ".json"})
        if files:
            yield path.name, files


def measured(bench):
    lexicons = lexicons_digest()
    with tempfile.TemporaryDirectory() as folder:
        for name, files in sets(folder):
            run = subprocess.run([bench, "readings", LEXICONS, *files], stdout=subprocess.PIPE, text=True)
            if run.returncode != 0:
                sys.exit(f"{name}: the bench ended with {run.returncode}")
            digest, rows, _, hits, _ = run.stdout.split()
            yield dict(zip(COLUMNS, [name, lexicons, rows, hits, digest]))


def main():
    bench = pathlib.Path(sys.argv[1]).resolve()
    if "--record" in sys.argv:
        lines = ["\t".join(row.values()) for row in measured(bench)]
        RECORD.write_text("\n".join(["\t".join(COLUMNS)] + lines) + "\n")
        return
    recorded = {row[0]: dict(zip(COLUMNS, row)) for row in
                (line.split("\t") for line in RECORD.read_text().splitlines()[1:])}
    if any(row["lexicons"] != lexicons_digest() for row in recorded.values()):
        sys.exit("the lexicons are not those of readings.tsv: check out a commit that has them, or record anew")
    others = 0
    for row in measured(bench):
        known = recorded.get(row["set"])
        same = known and known["digest"] == row["digest"]
        others += known is not None and not same
        print(f"{row['set']}: {'the same' if same else 'not recorded' if not known else 'READ OTHERWISE'}, "
              f"{row['rows']} rows, {row['hits']} hits")
    sys.exit(1 if others else 0)


main()
