"""Runs everything and writes RESULTS.md; see `run`."""
import argparse, datetime, json, os, pathlib, platform, statistics, subprocess, sys, tempfile, threading, time
import importlib.metadata as packages
import codewords, duplicates, flagging, listings, terminal

HERE = pathlib.Path(__file__).parent
WORD = "agarwood"
ENGINE_STEPS = ["load", "first letter", "letters between", "one more letter", "whole word", "platform", "sort price",
                "sorted platform"]
SCREEN_STEPS = ["first row", "loaded, facets counted", "first letter", "slowest letter", "last letter", "pasted word",
                "platform filter", "sort by price", "one row", "a row of a held key", "one page"]
WITH_BYTES = {"one row", "a row of a held key", "one page"}


def memory(process, seen):
    """The most memory of a process that no file backs, looked at from outside every 20 ms: the same for everybody."""
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                seen.append(next(int(line.split()[1]) // 1024 for line in status if line.startswith("RssAnon")))
        except (OSError, StopIteration):
            pass
        time.sleep(0.02)


def engine(command):
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE)
    seen = []
    watch = threading.Thread(target=memory, args=(process, seen))
    watch.start()
    written, _ = process.communicate()
    watch.join()
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return {**json.loads(written), "most anonymous MB": max(seen, default=0)}


def engines(program, path, repeats):
    return {
        "Linsang": [program / "LinsangBench", HERE.parent / "Lexicons", repeats, WORD, path],
        "Polars": [sys.executable, HERE / "peers.py", "polars", repeats, WORD, path],
        "DuckDB": [sys.executable, HERE / "peers.py", "duckdb", repeats, WORD, path],
    }


def screens(program, rows):
    beside = pathlib.Path(sys.executable).parent
    found = {"Linsang": (terminal.linsang, program / "linsang", 3),
             "nothing to flag": (terminal.unflagged, program / "linsang", 3)}
    if rows <= 1_000_000:
        found |= {"VisiData": (terminal.visidata, beside / "vd", 1), "datui": (terminal.datui, beside / "datui", 1)}
    return found


def screen(script, command, times, path, rows):
    found = {}
    for _ in range(times):
        with tempfile.TemporaryDirectory() as state:
            for step, spent, count in script(str(command), str(path), rows, state, WORD):
                found.setdefault(step, []).append((spent, count))
    return found


class Figures:
    """What was measured so far, on disk after every part: a run that is broken off goes on where it was.

    A part is measured again when its program or its file is another one.
    """

    def __init__(self, path, afresh):
        self.path = path
        self.known = json.loads(path.read_text()) if path.exists() and not afresh else {}

    def part(self, name, *files, measure):
        key = " ".join([name] + [f"{file}@{os.stat(file).st_mtime_ns}" for file in files])
        if key not in self.known:
            print(f"measuring {name}", file=sys.stderr)
            try:
                self.known[key] = measure()
            except Exception as problem:  # one peer that fails must not take the others' figures away
                print(f"{name} could not be measured: {problem}", file=sys.stderr)
                return {}
            self.path.write_text(json.dumps(self.known, indent=1))
        return self.known[key]


def figure(value):
    return "–" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def table(names, lines):
    return "\n".join(["| ms, median | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
                     + [f"| {label} | " + " | ".join(cells) + " |" for label, cells in lines])


def engine_table(found):
    lines = []
    for step in ENGINE_STEPS:
        spent = [run.get(step) for run in found.values()]
        if not any(spent):
            continue
        lines.append((step, [
            f"{figure(statistics.median(s['wall']))} ({figure(statistics.median(s['cpu']))} cpu)" if s else "–" for s in spent]))
    lines.append(("most anonymous memory, MB", [str(run.get("most anonymous MB", "–")) for run in found.values()]))
    return table(found.keys(), lines)


def screen_table(found):
    def cell(steps, step):
        spent = [s for s, _ in steps.get(step, []) if s is not None]
        size = [count for _, count in steps.get(step, [])]
        shown = [figure(statistics.median(spent))] if spent else []
        if size and step in WITH_BYTES:
            shown.append(f"{statistics.median(size):,.0f} B")
        return ", ".join(shown) or "–"
    return table(found.keys(), [(step, [cell(steps, step) for steps in found.values()]) for step in SCREEN_STEPS])


def installed(name):
    try:
        return packages.version(name) is not None
    except packages.PackageNotFoundError:
        return False


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("what", nargs="*", default=["100000", "1000000"])
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--data", type=pathlib.Path, required=True)
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--compare", action="store_true",
                         help="measure again, and say what takes a quarter longer than figures.tsv says; RESULTS.md stays")
    options.add_argument("--afresh", action="store_true", help="measure again what an earlier run has measured")
    given = options.parse_args()
    # The release build may lie outside of the project, whose tables it needs.
    os.environ.setdefault("LINSANG_DATA", str(HERE.parent.resolve()))
    versions = ", ".join(f"{name} {packages.version(name)}" for name in ["polars", "duckdb", "visidata", "datui"] + codewords.PEERS + duplicates.PEERS
                         if installed(name))
    load = os.getloadavg()[0]
    out = ["# Speed", "", f"{datetime.date.today()}; {machine()}; {versions}.", "",
           "Written by `.bench/run`. Times are medians in milliseconds; `cpu` adds the time of all cores up. On a machine that is "
           f"busy (load {load:.1f} at the start), compare columns, not days. Linsang folds case, width and accents; peers fold case."]
    figures = Figures(given.data / "figures.json", given.afresh or given.compare)
    named = {}
    for what in given.what:
        path = pathlib.Path(what)
        if what.isdigit():
            path = given.data / f"listings-{what}.csv"
            if not path.exists():
                listings.write(path.with_suffix(".part"), int(what))
                path.with_suffix(".part").rename(path)
        in_memory = {
            name: figures.part(f"{name} in memory", command[0], path, measure=lambda command=command: engine(command))
            for name, command in engines(given.build, path, given.repeats).items()}
        rows = in_memory["Linsang"]["rows"]
        on_screen = {
            name: figures.part(
                f"{name} on screen", command, path,
                measure=lambda script=script, command=command, times=times: screen(script, command, times, path, rows))
            for name, (script, command, times) in screens(given.build, rows).items()}
        of_flagging, figures_of_flagging = flagging.section(given.build, path, given.repeats, figures)
        of_duplicates, figures_of_duplicates = duplicates.section(given.build, given.data, rows, figures, engine)
        size = f"{rows:,}: "
        named |= {size + name: value for name, value in (figures_of_flagging | figures_of_duplicates).items()}
        named |= {size + f"in memory {step}, ms": statistics.median(in_memory["Linsang"][step]["wall"])
                  for step in ENGINE_STEPS if step in in_memory["Linsang"]}
        named |= {size + f"on screen {step}, ms": statistics.median([spent for spent, _ in steps if spent is not None])
                  for step, steps in on_screen["Linsang"].items() if any(spent is not None for spent, _ in steps)}
        named[size + "most anonymous memory, MB"] = in_memory["Linsang"]["most anonymous MB"]
        if in_memory.get("Polars"):
            named[size + "Polars load, ms"] = statistics.median(in_memory["Polars"]["load"]["wall"])
        out += ["", f"## {rows:,} listings, {path.stat().st_size / 1e6:,.0f} MB", "", "In memory, rows and facets:", "",
                engine_table(in_memory), "", "Key to screen, 200x50:", "", screen_table(on_screen), "",
                "Code words (peers fold case at most; Linsang sees through every disguise and tells borders):", "",
                codewords.section(given.build, path, given.repeats, figures), "", of_flagging, "", of_duplicates]
        if not given.compare:
            (HERE / "RESULTS.md").write_text("\n".join(out) + "\n\n" + (HERE / "notes.md").read_text())
    if given.compare:
        sys.exit(compare(named))
    (HERE / "figures.tsv").write_text("".join(f"{name}\t{value:.4g}\n" for name, value in sorted(named.items())))
    print("\n".join(out))


def compare(named):
    """Says which figures are worse by more than a quarter, and returns 1 if any is.

    Machines and days differ: a figure counts as worse only where it is so by itself and beside Polars' load of the same run.
    """
    known = dict(line.split("\t") for line in (HERE / "figures.tsv").read_text().splitlines())
    worse = 0
    for name, value in sorted(named.items()):
        if name not in known or "Polars" in name:
            continue
        before, unit = float(known[name]), name.split(": ")[0] + ": Polars load, ms"
        machine = named[unit] / float(known[unit]) if unit in named and unit in known else 1
        if value > 1.25 * before and value > 1.25 * before * (machine if "MB" not in name else 1):
            worse += 1
            print(f"WORSE  {name}: {before:.4g} before, {value:.4g} now ({value / before:.2f} times; Polars {machine:.2f} times)")
    print(f"{worse} of {len(named)} figures are worse by more than a quarter")
    return 1 if worse else 0


main()
