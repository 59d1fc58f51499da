"""Counts of listing files by Python's own csv and json readers: what `linsang stats FILE --json` is held against.

Usage: counts.py FORMAT SPEC FILE...
FORMAT is csv, jsonl or json; SPEC is JSON: {"fields": {field: column}, "missing": [marks], "header": true,
"split": {field: separator}, "either": pattern of prices that one may read or not}. A column of nested objects is written with dots. Nothing here is taken from the program.
"""
import csv
import json
import re
import sys
import unicodedata
from collections import Counter


def records(form, path, header):
    if form == "csv":
        csv.field_size_limit(1 << 30)
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
        names = rows.pop(0) if header else [f"{i + 1}" for i in range(len(rows[0]))]
        return [dict(zip(names, row)) for row in rows]
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file) if form == "json" else [json.loads(line) for line in file if line.strip()]


def cell(record, column):
    for part in column.split("."):
        if isinstance(record, list):
            record = record[0] if record else None
        record = record.get(part) if isinstance(record, dict) else None
    return "" if record is None else str(record).strip()


def folded(text):
    """What a filter cannot tell apart: case, width and the accents of Latin and Greek letters (й is a letter of its own)."""
    out = []
    for letter in text:
        wide = 0xFF00 <= ord(letter) <= 0xFFEF
        parts = letter if letter in "йЙ" else unicodedata.normalize("NFKD" if wide else "NFD", letter)
        out += [part for part in parts if not 0x300 <= ord(part) <= 0x36F]
    return "".join(out).lower()


def main():
    form, spec, paths = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]
    missing = set(spec.get("missing", [])) | {""}
    listings = [r for path in paths for r in records(form, path, spec.get("header", True))]
    facets = {}
    prices = Counter(missing=0, amount=0, unreadable=0, either=0)
    either = re.compile(spec.get("either", "(?!)"))
    for field, column in spec["fields"].items():
        counts = Counter()
        spellings = {}  # spellings that fold alike are one value, under the one met first
        for listing in listings:
            text = cell(listing, column)
            if field == "price":
                kind = "missing" if text in missing else "amount" if re.search(r"\d", text) else "unreadable"
                prices["either" if either.fullmatch(text) else kind] += 1
            else:
                parts = text.split(spec["split"][field]) if field in spec.get("split", {}) else [text]
                parts = {"" if part.strip() in missing else part.strip() for part in parts}
                names = {spellings.setdefault(folded(part), part) for part in sorted(parts - {""})}
                counts.update(names or {""})
        if field != "price":
            facets[field] = counts
    print(json.dumps({"rows": len(listings), "facets": facets, "prices": prices}, ensure_ascii=True))


main()
