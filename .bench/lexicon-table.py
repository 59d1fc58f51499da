"""How the lexicons that are shipped read real listings: a table per set, by risk and by lexicon.

    .bench/lexicon-table.py --program .build/release/linsang --data ../shared/data [FILE.csv ...]

A FILE has a column `label`: 1 an offer of wildlife, 0 not.
"""
import argparse, collections, csv, json, os, pathlib, subprocess, tempfile

HERE = pathlib.Path(__file__).parent
SETS = [  # name, files, options
    ("01 bird classifieds, au", "01_stringham_au_bird_classifieds/*.csv", []),
    ("03 kaidee and facebook, th", "03_wildscan_kaidee_facebook_th/*.csv", []),
    ("06 live animals, us", "06_morphmarket_us/*.csv", []),
    ("10 bicycles, za (harmless)", "10_bikehub_gumtree_za_stress/*.csv", []),
    ("12 xianyu, cn (harmless)", "12_xianyu_cn_general/*.csv", ["--map", "title=column1"]),
    ("14 ebay, us (harmless)", "14_ebay_browse_api_jsonl/*.jsonl", []),
    ("15 antiques and rings (harmless)", "15_rubylane_poshmark/*.json*", []),
    ("16 cars, fr (harmless)", "16_avito_ma_cars_fr/*.csv", []),
]


def run(program, *arguments):
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def reading(program, files, options):
    """Listings, risks of those that have a hit, and how many listings each lexicon speaks for wildlife in."""
    summary = json.loads(run(program, "lexicon", "scan", "--summary", *options, *files))
    risks, lexicons = [], collections.Counter()
    for line in run(program, "lexicon", "scan", "--jsonl", *options, *files).splitlines():
        found = json.loads(line)
        if found["risk"] is None:
            continue
        risks.append(found["risk"])
        lexicons.update({
            hit["lexicon"] for hit in found["hits"]
            if hit["standing"] != "void" and hit["kind"] not in ("transaction cue", "harmless", "context")})
    return summary["listings"], risks, lexicons


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def judged(program, path, options):
    """Average precision, precision at 100, recall at 500 of a labelled file."""
    found = json.loads(run(program, "lexicon", "test", path, *options, "--worst", 0, "--json"))
    return [found["listings"], found["positives"]] + [
        f"{found[name]:.3f}" for name in ["average_precision", "precision_at_100", "recall_at_500"]] + [
        f"{found['any_term']['average_precision']:.3f}"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", required=True, type=pathlib.Path)
    options.add_argument("--data", required=True, type=pathlib.Path)
    options.add_argument("labelled", nargs="*", type=pathlib.Path)
    given = options.parse_args()
    # The program may lie outside of the project, whose tables it needs.
    os.environ.setdefault("LINSANG_DATA", str(HERE.parent.resolve()))

    lines, shares = [], {}
    lines += [row(["set", "listings", "risk >= 60", ">= 40", ">= 20", "> 0"]), "|---|" + "--:|" * 5]
    for name, pattern, extra in SETS:
        files = sorted(given.data.glob(pattern))
        if not files:
            continue
        listings, risks, lexicons = reading(given.program, files, extra)
        shares[name] = (listings, lexicons)
        lines.append(row([name, f"{listings:,}"] + [
            f"{sum(risk >= least for risk in risks):,}" for least in (60, 40, 20, 1)]))
    lines += ["", "Listings of 1,000 in which a lexicon has a hit that is not void:", ""]
    names = [name.split()[0] for name in shares]
    lines += [row(["lexicon", *names]), "|---|" + "--:|" * len(names)]
    for lexicon in sorted({one for _, counts in shares.values() for one in counts}):
        lines.append(row([lexicon] + [
            f"{1000 * counts[lexicon] / listings:.1f}" if counts[lexicon] else "–"
            for listings, counts in shares.values()]))
    lines += ["", row(["labelled", "listings", "offers", "average precision", "precision at 100", "recall at 500",
                       "any term: average precision"]), "|---|" + "--:|" * 6]
    for path in given.data.glob("01_*/*.csv"):
        # Offers of what is not kept as poultry or common cage birds: neither domestic nor junk nor wanted.
        lines.append(row(["01, neither domestic, junk nor wanted", *judged_birds(given.program, path)]))
    for path in given.labelled:
        lines.append(row([path.stem, *judged(given.program, path, ["--label", "label", "--positive", "1"])]))
    print("\n".join(lines))


def judged_birds(program, path):
    """The bird classifieds, whose three labels are brought into one."""
    with open(path, newline="", encoding="cp1252") as file, tempfile.TemporaryDirectory() as folder:
        one = pathlib.Path(folder) / "birds.csv"
        with open(one, "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(["listing_id", "description", "label"])
            for line in csv.DictReader(file):
                labels = [line[f"label{number}"] for number in (1, 2, 3)]
                writer.writerow([line["classifieds_unique_listing_id"], line["text_stop_stem"],
                                 "1" if labels == ["0", "0", "0"] else "0"])
        return judged(program, one, ["--label", "label", "--positive", "1"])


main()
