"""The same questions asked of Polars and DuckDB, in memory, each in a process of its own: peers.py NAME REPEATS WORD FILE."""
import json, sys, time

TEXTS = ["title", "description", "species", "seller_alias"]
AMOUNT = r"[^0-9.]"


def polars(path, word, repeats, timed):
    import polars as pl
    table = timed("load", lambda: pl.read_csv(path, infer_schema=False))
    platform = table["platform"].value_counts(sort=True)["platform"][0]
    facets = ["platform", "species", "seller_alias"]

    def counted(rows):
        return [rows[field].value_counts(sort=True) for field in facets]
    for _ in range(repeats):
        hits = pl.any_horizontal(pl.col(f).str.to_lowercase().str.contains(word, literal=True) for f in TEXTS)
        timed("whole word", lambda: counted(table.filter(hits)))
        timed("platform", lambda: counted(table.filter(pl.col("platform") == platform)))
        amount = pl.col("price").str.replace_all(AMOUNT, "").cast(pl.Float64, strict=False)
        timed("sort price", lambda: table.select(amount.arg_sort(descending=True, nulls_last=True)))
    return pl.__version__


def duckdb(path, word, repeats, timed):
    import duckdb as db
    link = db.connect()
    timed("load", lambda: link.execute(
        "create table l as select * from read_csv(?, all_varchar=true, header=true, quote='\"', escape='\"')", [path]))
    platform = link.execute("select platform from l group by 1 order by count(*) desc limit 1").fetchone()[0]

    def counted(where):
        for field in ["platform", "species", "seller_alias"]:
            link.execute(f"select {field}, count(*) from l where {where} group by 1 order by 2 desc").fetchall()
    for _ in range(repeats):
        timed("whole word", lambda: counted(" or ".join(f"contains(lower({f}), '{word}')" for f in TEXTS)))
        timed("platform", lambda: counted(f"platform = '{platform}'"))
        timed("sort price", lambda: link.execute(
            f"create or replace temp table o as select rowid r from l order by try_cast(regexp_replace(price, '{AMOUNT}', "
            "'', 'g') as double) desc nulls last"))
    return db.__version__


def main():
    name, repeats, word, path = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    steps = {}

    def timed(step, work):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        spent = steps.setdefault(step, {"wall": [], "cpu": []})
        spent["wall"].append((time.perf_counter() - wall) * 1e3)
        spent["cpu"].append((time.process_time() - cpu) * 1e3)
        return result
    steps["version"] = {"polars": polars, "duckdb": duckdb}[name](path, word, repeats, timed)
    print(json.dumps(steps))


main()
