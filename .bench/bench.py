"""Runs everything and writes RESULTS.md; see `run`."""
import argparse, datetime, json, os, pathlib, platform, statistics, subprocess, sys, tempfile
import importlib.metadata as packages
import listings, terminal

HERE = pathlib.Path(__file__).parent
WORD = "agarwood"
ENGINE_STEPS = ["load", "first letter", "one more letter", "whole word", "platform", "sort price", "sorted platform"]
SCREEN_STEPS = ["first row", "loaded, facets counted", "typed filter", "platform filter", "sort by price",
                "scroll one row", "one page"]


def engines(program, path, repeats):
    commands = {
        "Linsang": [program / "LinsangBench", HERE.parent / "Lexicons", str(repeats), WORD, path],
        "Polars": [sys.executable, HERE / "peers.py", "polars", str(repeats), WORD, path],
        "DuckDB": [sys.executable, HERE / "peers.py", "duckdb", str(repeats), WORD, path],
    }
    return {name: json.loads(subprocess.check_output(command)) for name, command in commands.items()}


def screens(program, path, rows, runs):
    beside = pathlib.Path(sys.executable).parent
    peers = [("Linsang", terminal.linsang, program / "linsang", runs)]
    if rows <= 1_000_000:
        peers += [("VisiData", terminal.visidata, beside / "vd", 1), ("datui", terminal.datui, beside / "datui", 1)]
    found = {}
    for name, script, command, times in peers:
        for _ in range(times):
            with tempfile.TemporaryDirectory() as state:
                for step, spent, count in script(str(command), str(path), rows, state, WORD):
                    found.setdefault(name, {}).setdefault(step, []).append((spent, count))
    return found


def figure(value):
    return "–" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def table(names, lines):
    return "\n".join(["| ms, median | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
                     + [f"| {label} | " + " | ".join(cells) + " |" for label, cells in lines])


def engine_table(found):
    lines = []
    for step in ENGINE_STEPS:
        spent = [run.get(step) for run in found.values()]
        lines.append((step, [
            f"{figure(statistics.median(s['wall']))} ({figure(statistics.median(s['cpu']))} cpu)" if s else "–" for s in spent]))
    lines.append(("anonymous memory, MB", [str(run["anonymous MB"]) for run in found.values()]))
    return table(found.keys(), lines)


def screen_table(found):
    def cell(steps, step):
        spent = [s for s, _ in steps.get(step, []) if s is not None]
        size = [count for _, count in steps.get(step, [])]
        if not spent:
            return "–"
        shown = figure(statistics.median(spent))
        return shown + f", {statistics.median(size):,.0f} B" if step in ("scroll one row", "one page") else shown
    return table(found.keys(), [(step, [cell(steps, step) for steps in found.values()]) for step in SCREEN_STEPS])


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("what", nargs="*", default=["100000", "1000000"])
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--data", type=pathlib.Path, required=True)
    options.add_argument("--repeats", type=int, default=5)
    given = options.parse_args()
    # The release build may lie outside of the project, whose tables it needs.
    os.environ.setdefault("LINSANG_DATA", str(HERE.parent.resolve()))
    versions = ", ".join(f"{name} {packages.version(name)}" for name in ["polars", "duckdb", "visidata", "datui"])
    load = os.getloadavg()[0]
    out = ["# Speed", "", f"{datetime.date.today()}; {machine()}; {versions}.", "",
           "Written by `.bench/run`. Times are medians in milliseconds; `cpu` adds the time of all cores up. On a machine that is "
           f"busy (load {load:.1f} at the start), compare columns, not days. Linsang folds case, width and accents; peers fold case."]
    for what in given.what:
        path = pathlib.Path(what)
        if what.isdigit():
            path = given.data / f"listings-{what}.csv"
            if not path.exists():
                listings.write(path.with_suffix(".part"), int(what))
                path.with_suffix(".part").rename(path)
        in_memory = engines(given.build, path, given.repeats)
        rows = in_memory["Linsang"]["rows"]
        on_screen = screens(given.build, path, rows, 3)
        out += ["", f"## {rows:,} listings, {path.stat().st_size / 1e6:,.0f} MB", "", "In memory, rows and facets:", "",
                engine_table(in_memory), "", "Key to screen, 200x50:", "", screen_table(on_screen)]
        (HERE / "RESULTS.md").write_text("\n".join(out) + "\n")
    print("\n".join(out))


main()
