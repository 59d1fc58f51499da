"""Holds `linsang stats --columns --json` against readers that others wrote: Python's csv and json, openpyxl, sqlite3, DuckDB.

Usage: agreement.py LINSANG [FOLDER_OF_DATA]

Compared are the rows of each file, its ragged rows and, per column, how many cells are filled and how many characters
they hold: over the folder's files, if given, and over a zoo of invented files in every format and encoding, made anew
in a temporary folder. Prints a line per file and reader; ends with 1 when any differs. A reader that is not installed is named and
left out; Python's own are always there. Nothing here is taken from the program.
"""
import csv
import gzip
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict

csv.field_size_limit(1 << 30)


def counted(records):
    """Rows, and per column (filled cells, characters), of dictionaries of text."""
    totals = defaultdict(lambda: [0, 0])
    rows = 0
    for record in records:
        rows += 1
        for name, text in record.items():
            if text:
                totals[name][0] += 1
                totals[name][1] += len(text)
    return rows, {name: tuple(pair) for name, pair in totals.items()}, {}


# The readers. Each gives what `counted` gives: rows, totals, and the problems it can count by Linsang's names for them.


def names_of(header):
    """An empty name is the column's number; of two that are the same, Linsang numbers the second."""
    seen, names = defaultdict(int), []
    for place, name in enumerate(header):
        name = name.strip() or f"column{place + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


def read_csv(text, delimiter=",", header=True, **dialect):
    lines = io.StringIO(text, newline="")
    rows = [row for row in csv.reader(lines, delimiter=delimiter, **dialect) if row and row != [""]]
    names = names_of(rows.pop(0)) if header else [f"column{i + 1}" for i in range(max(map(len, rows)))]

    def record(row):
        cells = dict(zip(names, row))
        cells.update({f"extra{i + 1}": cell for i, cell in enumerate(row[len(names):])})
        return cells

    listings, totals, _ = counted(map(record, rows))
    problems = {
        "tooFewCells": sum(len(row) < len(names) for row in rows),
        "tooManyCells": sum(len(row) > len(names) for row in rows)}
    return listings, totals, problems


def flattened(value, path=""):
    """Leaves of nested objects under dotted names; the values of arrays joined as Linsang shows them."""
    leaves = defaultdict(list)

    def walk(value, path):
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, path)
        elif value is not None:
            leaves[path].append({True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value)

    walk(value, path)
    return {name: "; ".join(texts) for name, texts in leaves.items()}


def read_json(text):
    """JSON Lines, one array, or several arrays after another: numbers as they are written.

    Elements that are no objects are no listings, and commas between lines are passed over.
    """
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    place, records = 0, []
    while place < len(text):
        if text[place].isspace() or text[place] == "," and records:
            place += 1
            continue
        value, place = decoder.raw_decode(text, place)
        records += [element for element in (value if isinstance(value, list) else [value]) if isinstance(element, dict)]
    return counted(map(flattened, records))


def read_columns(text):
    """What pandas writes of a table by columns: {"title": {"0": …, "1": …}, …}."""
    columns = json.loads(text, parse_float=str, parse_int=str)
    labels = list(next(iter(columns.values())))
    return counted({name: str(column[label]) for name, column in columns.items()} for label in labels)


def read_sqlite(path, table):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        cursor = base.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        return counted({n: "" if v is None else str(v) for n, v in zip(names, row)} for row in cursor)


def read_openpyxl(path, sheet):
    import openpyxl

    rows = list(openpyxl.load_workbook(path, read_only=True)[sheet].iter_rows(values_only=True))
    names = [str(name) for name in rows.pop(0)]
    return counted({n: "" if v is None else str(v) for n, v in zip(names, row)} for row in rows if any(row))


def read_duckdb(path, delimiter=",", header=True):
    import duckdb

    base = duckdb.connect()
    listings = "read_csv($path, all_varchar = true, header = $header, delim = $delim, quote = '\"', escape = '\"')"
    values = {"path": path, "header": header, "delim": delimiter}
    names = [column[0] for column in base.execute(f"DESCRIBE SELECT * FROM {listings}", values).fetchall()]
    totals = {}
    for place, name in enumerate(names):
        quoted = '"' + name.replace('"', '""') + '"'
        rows, filled, characters = base.execute(
            f"SELECT count(*), count(*) FILTER ({quoted} <> ''), sum(length({quoted})) FROM {listings}", values
        ).fetchone()
        totals[name if header else f"column{place + 1}"] = (filled, characters or 0)
    return rows, totals, {}


# The comparison.


class Comparison:
    def __init__(self, linsang):
        self.linsang = linsang
        self.differences = 0
        self.agreed = 0
        self.left_out = set()

    def ours(self, path, *options):
        run = subprocess.run(
            [self.linsang, "stats", "--columns", "--json", *options, path], capture_output=True, text=True)
        if run.returncode not in (0, 1):
            raise SystemExit(f"{path}: linsang ended with {run.returncode}: {run.stderr}")
        stats = json.loads(run.stdout)
        totals = {}
        for file in stats["files"]:
            for column in file["columns"]:
                # Where HTML was decoded, the characters are no longer those of the file.
                characters = None if column["html_cells"] else column["characters"]
                totals[column["column"]] = (column["filled"], characters)
        return stats["rows_total"], totals, stats["problems_by_kind"]

    def hold(self, path, reader, theirs, options=(), only=None, name=None):
        """`theirs` gives rows and totals; `only`: columns to compare (others are read differently on purpose)."""
        try:
            rows, totals, problems = theirs()
        except ImportError as missing:
            self.left_out.add(missing.name)
            return
        our_rows, our_totals, our_problems = self.ours(path, *options)
        wrong = [] if rows == our_rows else [f"rows: {our_rows}, {reader} {rows}"]
        for column in sorted(set(totals) | {c for c, total in our_totals.items() if total[0]}):
            if only is not None and column not in only:
                continue
            theirs_here, ours_here = totals.get(column, (0, 0)), our_totals.get(column, (0, 0))
            if theirs_here[0] != ours_here[0] or ours_here[1] not in (None, theirs_here[1]):
                wrong.append(f"{column}: {ours_here}, {reader} {theirs_here}")
        for kind, count in problems.items():
            if our_problems.get(kind, 0) != count:
                wrong.append(f"{kind}: {our_problems.get(kind, 0)}, {reader} {count}")
        label = name or os.path.basename(path)
        print(f"{'differs' if wrong else 'agrees ':8} {label}: {our_rows} rows, {len(our_totals)} columns, {reader}")
        for line in wrong[:6]:
            print(f"         {line}")
        self.differences += bool(wrong)
        self.agreed += not wrong


# A zoo of invented listings.

WORDS = (
    "carved bracelet|old, with papers|\"rare\" tusk|line\none|象牙手串|ngà voi|งาช้าง|кость 12 см|🐘 bead|=1+1|"
    "a;b|tab\there|semi ; colon|pipe|d'or|  padded  |100 % bone|1,200.50|¥3,000").split("|")
HEADER = ["Listing ID", "Title", "Description", "Price", "Seller name", "Link"]


def invented(count, seed, words=WORDS):
    dice = random.Random(seed)
    for number in range(count):
        text = " ".join(dice.choice(words) for _ in range(dice.randrange(1, 9)))
        yield [
            f"Z{number:05}", dice.choice(words), text if dice.random() < 0.9 else "", f"{dice.randrange(1, 9000)}",
            dice.choice(["Ana", "Bo, jr.", "莲", "O'Hara"]), f"https://shop.example/{number}"]


def csv_text(rows, delimiter=",", end="\r\n", header=HEADER):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    if header:
        writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def hold_delimited(hold, folder):
    for delimiter, name in ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")):
        for end, ending in (("\n", "lf"), ("\r\n", "crlf")):
            text = csv_text(list(invented(400, 7)), delimiter, end)
            path = write(f"{folder}/{name}-{ending}.csv", text.encode())
            hold(path, "csv", lambda: read_csv(text, delimiter))
            hold(path, "DuckDB", lambda: read_duckdb(path, delimiter))


def hold_ragged(hold, folder):
    dice = random.Random(23)
    rows = [row + ["more"] * dice.choice([0, 0, 1, 2]) for row in invented(600, 23)]
    rows = [row[: dice.randrange(2, 6)] if dice.random() < 0.1 else row for row in rows]
    text = csv_text(rows)
    hold(write(f"{folder}/ragged.csv", text.encode()), "csv", lambda: read_csv(text))


def hold_encodings(hold, folder):
    latin = [w for w in WORDS if w.isascii()] + ["très belle défense", "façon ivoire", "dépôt à Genève"]
    chinese = [w for w in WORDS if w.isascii()] + ["象牙手串老料", "包邮顺丰到付", "私聊发图"]
    russian = [w for w in WORDS if w.isascii()] + ["бивень мамонта", "продаю кость", "доставка почтой"]
    japanese = [w for w in WORDS if w.isascii()] + ["象牙の印鑑です", "送料無料でお届け", "べっ甲のかんざし"]
    for words, encoding in (
        (WORDS, "utf-8-sig"), (WORDS, "utf-16"), (WORDS, "utf-16-le"), (WORDS, "utf-16-be"), (latin, "cp1252"),
        (chinese, "gb18030"), (chinese, "big5"), (russian, "cp1251"), (japanese, "shift_jis"),
    ):
        if encoding == "big5":
            words = [w.replace("串", "環").replace("发图", "圖片").replace("邮", "郵").replace("顺", "順").replace("丰", "豐") for w in words]
        rows = [[c.replace("莲", "Lin") if words is not WORDS else c for c in row] for row in invented(400, 11, words)]
        text = csv_text(rows)
        path = write(f"{folder}/{encoding}.csv", text.encode(encoding))
        hold(path, "csv", lambda: read_csv(text))


def hold_containers(hold, folder):
    text = csv_text(list(invented(900, 13)))
    for name, data in (("packed.csv.gz", gzip.compress(text.encode())),):
        hold(write(f"{folder}/{name}", data), "gzip and csv", lambda: read_csv(text))
    with zipfile.ZipFile(f"{folder}/packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.csv", text)
    hold(f"{folder}/packed.zip", "zipfile and csv", lambda: read_csv(text))

    base = f"{folder}/base.sqlite"
    rows = list(invented(700, 17))
    with sqlite3.connect(base) as connection:
        connection.execute("CREATE TABLE adverts (" + ",".join(f'"{name}" TEXT' for name in HEADER) + ")")
        connection.executemany("INSERT INTO adverts VALUES (?,?,?,?,?,?)", rows)
    connection.close()
    hold(base, "sqlite3", lambda: read_sqlite(base, "adverts"), options=["--table", "adverts"])

    def sheet():
        import openpyxl

        book = openpyxl.Workbook()
        page = book.active
        page.title = "week"
        for row in [HEADER] + [[c.lstrip("=") for c in row] for row in rows]:
            page.append(row)
        book.save(f"{folder}/book.xlsx")
        return read_openpyxl(f"{folder}/book.xlsx", "week")

    try:
        theirs = sheet()
        hold(f"{folder}/book.xlsx", "openpyxl", lambda: theirs, options=["--table", "week"])
    except ImportError:
        hold("", "openpyxl", sheet)


def hold_json(hold, folder):
    records = [
        {"id": row[0], "title": row[1], "text": row[2] or None, "price": {"value": row[3], "currency": "USD"},
         "seller": {"username": row[4], "rating": number}, "tags": [row[1][:4], row[4]], "url": row[5],
         "active": number % 2 == 0} for number, row in enumerate(invented(500, 19))]
    lines = "\n".join(json.dumps(record, ensure_ascii=number % 2 == 0) for number, record in enumerate(records))
    for name, text in (
        ("lines.jsonl", lines), ("array.json", json.dumps(records)), ("pretty.json", json.dumps(records, indent=2)),
        ("several.json", json.dumps(records[:200]) + "\n" + json.dumps(records[200:])),
    ):
        hold(write(f"{folder}/{name}", text.encode()), "json", lambda: read_json(text))


def hold_zoo(hold):
    with tempfile.TemporaryDirectory() as folder:
        for part in (hold_delimited, hold_ragged, hold_encodings, hold_containers, hold_json):
            part(hold, folder)


# The folder of real data, and that of small inputs which a reader has to be told about what Linsang finds by itself.

CASES = {
    "06-header-less.csv": lambda text: read_csv(text, header=False),
    "11-no-price-words.csv": lambda text: read_csv(text, header=False),
    "13-plural-names.csv": lambda text: read_csv(text, ";"),
    "17-backslash-quotes.csv": lambda text: read_csv(text, doublequote=False, escapechar="\\"),
    "18-preamble.csv": lambda text: read_csv("".join(text.splitlines(True)[3:])),
    "19-pandas-columns.json": read_columns,
    "22-line-quoted.csv": lambda text: read_csv(
        "".join(line[0] + "\n" for line in csv.reader(io.StringIO(text, newline="")) if line)),
}


def hold_folder(hold, folder):
    for root, _, files in sorted(os.walk(folder)):
        for file in sorted(files):
            path = os.path.join(root, file)
            label = os.path.relpath(path, folder)
            form = file.rsplit(".", 1)[-1]
            if os.path.dirname(label) == "cases" and file in CASES:
                with open(path, encoding="utf-8-sig", newline="") as opened:
                    text = opened.read()
                hold(path, "told", lambda: CASES[file](text), name=label)
            elif form in ("json", "jsonl"):
                with open(path, encoding="utf-8-sig") as opened:
                    text = opened.read()
                hold(path, "json", lambda: read_json(text), name=label)
            elif form in ("csv", "tsv"):
                with open(path, "rb") as opened:
                    data = opened.read()
                try:
                    text = data.decode("utf-8-sig")
                except UnicodeDecodeError:
                    text = data.decode("cp1252")
                delimiter = "\t" if form == "tsv" else ","
                header = "xianyu" not in file
                hold(path, "csv", lambda: read_csv(text, delimiter, header), name=label)
                if header and label[:2] in ("03", "06", "16", "20", "22", "30"):
                    hold(path, "DuckDB", lambda: read_duckdb(path, delimiter, header), name=label)


def main():
    comparison = Comparison(sys.argv[1])
    hold_zoo(comparison.hold)
    if len(sys.argv) > 2:
        hold_folder(comparison.hold, sys.argv[2])
    for name in sorted(comparison.left_out):
        print(f"left out: {name} is not installed")
    print(f"{comparison.agreed} agree, {comparison.differences} differ")
    sys.exit(1 if comparison.differences else 0)


main()
