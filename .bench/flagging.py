"""Flagging and what lies around it: the engine on one core, and whole processes of the program."""
import os, pathlib, shutil, statistics, subprocess, tempfile, time

HERE = pathlib.Path(__file__).parent
SHARED = pathlib.Path(os.environ.get("LINSANG_SHARED", HERE.parent.parent / "shared" / "data"))
ORDINARY = {"bicycles": "10_*/*.csv", "Xianyu": "12_*/*.csv", "eBay": "14_*/*.jsonl"}


def without_terms(folder):
    """A data folder like the project's whose lexicons and taxa are left out: nothing is flagged then."""
    shutil.copytree(HERE.parent / "Themes", folder / "Themes")
    (folder / "Lexicons").mkdir(parents=True)
    for table in (HERE.parent / "Lexicons").glob("*.csv"):
        if table.name not in ("sources.csv", "exclusions.csv"):
            shutil.copy(table, folder / "Lexicons")
    return folder


def process(command, cache, times=4, afresh=False):
    """Wall and processor milliseconds of whole processes."""
    spent = {"wall": [], "cpu": []}
    for _ in range(times):
        if afresh:
            shutil.rmtree(pathlib.Path(cache) / "linsang", ignore_errors=True)
        before, start = os.times(), time.perf_counter()
        subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
                       env={**os.environ, "XDG_CACHE_HOME": str(cache)})
        wall, after = time.perf_counter() - start, os.times()
        spent["wall"].append(wall * 1e3)
        spent["cpu"].append((after.children_user + after.children_system - before.children_user - before.children_system) * 1e3)
    return spent


def section(build, path, repeats, figures):
    """Tables, and the figures in them by name."""
    import codewords
    lines, named = [], {}
    sets = {"invented, all code words": [path]}
    sets |= {f"ordinary text: {name}": files for name, glob in ORDINARY.items() if (files := sorted(SHARED.glob(glob)))}
    for name, files in sets.items():
        command = [build / "LinsangBench", "flagging", HERE.parent / "Lexicons", max(repeats, 20 if len(files) < 40 and files[0] != path else 3), *files]
        found = figures.part(f"flagging {name}", command[0], files[0], measure=lambda: codewords.on_one_core(command))
        if not found:
            continue
        cpu = statistics.median(found["flag"]["cpu"])
        lines.append(f"| {name} | {found['rows']:,} | {found['bytes'] / cpu / 1e3:,.0f} | {cpu * 1e3 / found['rows']:,.1f} |")
        named[f"flagging {name}, µs a row"] = cpu * 1e3 / found["rows"]
    out = ["Flagging with the shipped lexicons and taxa, one core:", "", "| | rows | MB of text per second | µs a row |", "|---|--:|--:|--:|", *lines, ""]
    few = SHARED / "03_wildscan_kaidee_facebook_th" / "DERIVED_listings.csv"
    steps = {"`stats`": (["stats", path], False), "`query 'platform:platform-00 agarwood' --count`": (["query", "platform:platform-00 agarwood", path, "--count"], False),
             "`query 'risk:1..' --count`": (["query", "risk:1..", path, "--count"], False)}
    if few.exists():
        steps |= {"193 listings, `query 'risk:1..'`, lexicons from the cache": (["query", "risk:1..", few, "--count"], False),
                  "the same, compiled anew": (["query", "risk:1..", few, "--count"], True),
                  "the same without a question about risk": (["query", "platform:kaidee.com", few, "--count"], False)}
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for name, (words, afresh) in steps.items():
            program = build / "linsang"
            found = figures.part(f"process {name}", program, path, measure=lambda: process([program, *words], cache, afresh=afresh))
            if found:
                wall, cpu = statistics.median(found["wall"]), statistics.median(found["cpu"])
                rows.append(f"| {name} | {wall:,.0f} ({cpu:,.0f} cpu) |")
                named[f"process {name}, ms"] = wall
    out += ["Whole processes:", "", "| | ms, median |", "|---|--:|", *rows]
    return "\n".join(out), named
