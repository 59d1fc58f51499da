"""What became of adverts from one daily file to the next, computed without Linsang.

    python3 weeks.py [--like NEW=OLD]... FILE...    prints the document of `linsang weeks --json`, as far as it counts

`--like hub.example=bikehub.co.za` says that the addresses of one site look like those of another.

It reads nothing but the CSV: the columns ad_url, title, price, text, seller_name and scrape_time. An advert is its site and
the number in its address. Files of one day are one scrape; the first row of an advert in a scrape counts.
"""
import csv
import json
import os
import re
import sys
from urllib.parse import urlsplit

csv.field_size_limit(1 << 30)
COLUMNS = {"title": "title", "price": "price", "text": "text", "seller": "seller_name"}
NAMES = {"bikehub.co.za": "Bike Hub", "gumtree.co.za": "Gumtree"}
# Where the addresses of each site hold the number that stays when their words change.
NUMBERS = {
    "bikehub.co.za": re.compile(r"^/classifieds/item/[^/]+(?:/[^/]+)*?/(\d+)(?:/|$)"),
    "gumtree.co.za": re.compile(r"^/a-[^/]*/(?:.*/)?(\d+)/?$"),
}


LIKE = {}


def site_of(address):
    host = urlsplit(address).netloc.lower().split(":")[0]
    return host[4:] if host.startswith("www.") else host


def advert_of(row):
    """Site and identity of a row."""
    address = row.get("ad_url") or ""
    site = site_of(address)
    pattern = NUMBERS.get(LIKE.get(site, site))
    path = urlsplit(address).path
    match = pattern.match(path) if pattern else None
    if match:
        return site, "number " + match.group(1)
    if site:
        return site, "address " + path.rstrip("/")
    return site, "words " + "\0".join(row.get(name) or "" for name in ("seller_name", "title", "text"))


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        columns = {cell for cell, name in COLUMNS.items() if name in (reader.fieldnames or [])}
    return rows, columns


def day_of(path, rows):
    times = [row.get("scrape_time") or "" for row in rows]
    times = [time for time in times if re.match(r"\d{4}-\d\d-\d\d", time)]
    if times:
        return min(times)[:10]
    return re.search(r"\d{4}-\d\d-\d\d", os.path.basename(path)).group(0)


def scrapes_of(paths):
    """By day and site: the cells of each advert's first row."""
    scrapes, contents = {}, set()
    for path in paths:
        with open(path, "rb") as file:
            content = file.read()
        if content in contents:
            continue
        contents.add(content)
        rows, columns = read(path)
        if not rows:
            continue
        day = day_of(path, rows)
        for row in rows:
            site, advert = advert_of(row)
            cells = {cell: row[COLUMNS[cell]] or "" for cell in columns}
            scrapes.setdefault(day, {}).setdefault(site, {}).setdefault(advert, cells)
    return scrapes


def weeks(scrapes):
    found = []
    history = {}
    for day in sorted(scrapes):
        for site in sorted(scrapes[day], key=lambda site: NAMES.get(site, site)):
            adverts = scrapes[day][site]
            before = history.setdefault(site, [])
            previous = before[-1] if before else {}
            counts = {"new": 0, "seen": 0, "changed": 0, "reappeared": 0}
            changed_by = {cell: 0 for cell in COLUMNS}
            for advert, cells in adverts.items():
                if advert in previous:
                    old = previous[advert]
                    changed = [cell for cell in COLUMNS if cell in cells and cell in old and cells[cell] != old[cell]]
                    counts["changed" if changed else "seen"] += 1
                    for cell in changed:
                        changed_by[cell] += 1
                elif any(advert in earlier for earlier in before):
                    counts["reappeared"] += 1
                else:
                    counts["new"] += 1
            gone = sum(1 for advert in previous if advert not in adverts)
            found.append({"scrape": day, "platform": NAMES.get(site, site), "listings": len(adverts), **counts,
                          "changed_by": changed_by, "gone": gone})
            before.append(adverts)
    return {"scrapes": found}


if __name__ == "__main__":
    arguments = sys.argv[1:]
    while arguments and arguments[0] == "--like":
        LIKE.update([arguments[1].split("=")])
        arguments = arguments[2:]
    json.dump(weeks(scrapes_of(arguments)), sys.stdout, indent=1)
