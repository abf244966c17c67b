"""Counts the measures of the city's plan again, with Python's standard library alone and no line of the house.

usage: python3 recount.py CALENDARS DAYS < questions > answers
One JSON object a line, an answer a line. CALENDARS is the folder of the years' files (holiday-cn); DAYS is how many working days a
licence or a penalty may take until it is reported. Questions are taken to be in form: what is not in form, the house refuses.
"""

import datetime
import hashlib
import json
import pathlib
import re
import sys
import unicodedata

DAY = datetime.timedelta(days=1)
# White space by Unicode; Python alone counts four separators of files among it.
WHITE = "".join(chr(sign) for sign in range(0x3001) if chr(sign).isspace() and not 0x1C <= sign <= 0x1F)
EMPTY = ["无", "/", "-", "—", "暂无", "不详", "0000", "NULL", "空"]


class Calendar:
    """Working days by the yearly notices; without its notice a year has weekends and 1 January."""

    def __init__(self, folder):
        self.moved, years = {}, []
        for file in pathlib.Path(folder).glob("*.json"):
            year = json.loads(file.read_text(encoding="utf-8"))
            years.append(year["year"])
            self.moved |= {day["date"]: day["isOffDay"] for day in year["days"]}
        self.first, self.certain = min(years), f"{max(years)}-12-24"

    def works(self, day):
        """Whether a day is worked, and whether that may still change."""
        open_ = day.isoformat() > self.certain or day.year < self.first
        if day.isoformat() in self.moved:
            return not self.moved[day.isoformat()], open_
        if open_ and (day.month, day.day) == (1, 1):
            return False, open_
        return day.weekday() < 5, open_

    def due(self, text, count):
        day, provisional = datetime.date.fromisoformat(text), False
        while count:
            day += DAY
            works, open_ = self.works(day)
            count, provisional = count - works, provisional or open_
        return day.isoformat(), provisional


def shown(num, den):
    if den == 0:
        return "no data"
    if num in (0, den):
        return "100 %" if num else "0 %"
    whole, parts = divmod(num * 10000 // den, 100)
    return f"{whole}.{parts:02} %" if whole or parts else "<0.01 %"


def share(good, of):
    return {"num": good, "den": of, "shown": shown(good, of)}


def answer(num, den, excluded, failing, met=None):
    failing = sorted(failing, key=lambda record: record["key"].encode())
    text = "".join(f"{record['key']}\t{','.join(record['reasons'])}\n" for record in failing)
    whole = {"num": num, "den": den, "shown": None if den is None else shown(num, den)}
    met = (num == den if den else None) if den is not None else met
    return whole | {"met": met, "excluded": excluded, "failing": failing, "digest": hashlib.sha256(text.encode()).hexdigest()}


def percent(asked):
    return answer(asked["num"], asked["den"], 0, [])


def coverage(asked):
    cut, field = asked["asOf"], asked.get("field")
    keys = {line["key"] for line in asked["operators"]}
    inside, outside, failing = set(), set(), []
    for key in keys:
        lines = [line for line in asked["operators"] if line["key"] == key]
        open_ = [line for line in lines if line["from"] <= cut <= (line.get("until") or "9999-12-31")]
        of = lambda lines: any(field is None or field in line["fields"] for line in lines)
        if not open_ and of(lines):
            outside.add(key)
        if of(open_):
            inside.add(key)
    for key in inside:
        rows = [row for row in asked["information"] if row["operator"] == key and row["counts"]]
        past = [row for row in rows if row["collectedOn"] <= cut]
        if not any(line["valid"] for line in asked["operators"] if line["key"] == key):
            failing.append({"key": key, "reasons": ["NO_VALID_CODE"]})
        elif not any((row.get("endedOn") or "9999-99-99") > cut for row in past):
            reason = "ONLY_RETRACTED" if past else "COLLECTED_LATER" if rows else "NOTHING_COLLECTED"
            failing.append({"key": key, "reasons": [reason]})
    return answer(len(inside) - len(failing), len(inside), len(outside), failing)


def dual_publication(asked, calendar, days):
    cut, wanted = asked["asOf"], asked.get("kind")
    there = [one for one in asked["decisions"] if one["decidedOn"] <= cut and (one.get("annulledOn") or "9999-99-99") > cut]
    there = [one for one in there if wanted in (None, one["kind"])]
    tests = {rate: {} for rate in ("reported", "timely", "compliant", "firstPass")}
    failing, pending, provisional, kinds = [], 0, False, {}
    for one in there:
        key = one["key"]
        due, open_ = calendar.due(one["decidedOn"], days)
        provisional = provisional or open_
        lines = sorted((line for line in asked["sent"] if line["key"] == key and line["sentOn"] <= cut), key=lambda line: line["sentOn"])
        if not lines and not one["omission"] and cut <= due:
            pending += 1
            continue
        returned = lambda line: "RETURNED" + (f":{line['code']}" if line.get("code") else "")
        answered = [line for line in lines if line.get("answeredOn") and line["answeredOn"] <= cut]
        reasons, bad = [], None
        tests["reported"][key] = bool(lines)
        tests["timely"][key] = bool(lines) and lines[0]["sentOn"] <= due
        if not lines:
            reasons.append("OMITTED" if one["omission"] else "NOT_REPORTED")
        else:
            last = lines[-1]
            if last in answered:
                bad = returned(last) if last["outcome"] == "RETURNED" else None
            elif last.get("ownCheck"):
                bad = f"OWN_CHECK:{last['ownCheck']}"
            tests["compliant"][key] = bad is None
            if not tests["timely"][key]:
                reasons.append("LATE")
        if answered:
            tests["firstPass"][key] = answered[0]["outcome"] == "ACCEPTED"
            if bad is None and not tests["firstPass"][key]:
                bad = returned(answered[0])
        reasons += [bad] if bad else []
        of = [rate for rate, results in tests.items() if results.get(key) is False]
        if of:
            failing.append({"key": key, "reasons": reasons, "of": of})
        kinds[one["kind"]] = kinds.get(one["kind"], True) and bool(lines) and tests["compliant"][key]
    found = answer(None, None, pending, failing, all(kinds.values()) if kinds else None)
    found |= {rate: share(sum(results.values()), len(results)) for rate, results in tests.items()}
    return found | {"pending": pending, "provisional": provisional}


def is_day(text):
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def code_of(text):
    """A code as it is compared: common widths, no white space, capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def is_uscc(text):
    text, signs = code_of(text), "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if not re.fullmatch(f"[123456789ANY][{signs}][1-9][0-9]{{5}}[{signs}]{{10}}", text):
        return False
    if len(set(text[2:8])) == 1 or len(set(text[8:17])) == 1:
        return False
    weighed = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return signs[-weighed % 31] == text[17]


def is_resident_id(text):
    text = code_of(text)
    if not re.fullmatch("[1-9][0-9]{16}[0-9X]", text) or len(set(text[:6])) == 1:
        return False
    weighed = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(text[:17]))
    return is_day(f"{text[6:10]}-{text[10:12]}-{text[12:14]}") and "10X98765432"[weighed % 11] == text[17]


def is_of_type(field, text):
    kind, longest = field["type"], field.get("longest")
    fits = longest is None or len(text) <= longest
    return {
        "text": lambda: fits,
        "code": lambda: fits and text.isprintable(),
        "uscc": lambda: is_uscc(text),
        "resident_id": lambda: is_resident_id(text),
        "date": lambda: is_day(text),
        "money": lambda: bool(re.fullmatch(r"[0-9]+(\.[0-9]{1,6})?", text)),
        "choice": lambda: text in field["options"],
    }[kind]()


def completeness(asked):
    latest = {line["key"]: line for line in asked["lines"]}
    failing, good, needed = [], 0, 0
    for key, line in latest.items():
        cells = {field["key"]: (line["values"].get(field["key"]) or "").strip(WHITE) for field in asked["fields"]}
        reasons = []
        for field in asked["fields"]:
            when, cell = field.get("required"), cells[field["key"]]
            if isinstance(when, dict):
                other = cells.get(when.get("with"), "")
                when = line["kind"] in when["kinds"] if when.get("kinds") is not None else other != "" and other not in EMPTY
            if not when:
                continue
            needed += 1
            wrong = "MISSING" if cell == "" else "PLACEHOLDER" if cell in EMPTY else None if is_of_type(field, cell) else "INVALID"
            good += wrong is None
            reasons += [f"{wrong}:{field['key']}"] if wrong else []
        if reasons:
            failing.append({"key": key, "reasons": reasons})
    found = answer(len(latest) - len(failing), len(latest), 0, failing)
    return found | {"cells": share(good, needed)}


def main():
    calendar, days = Calendar(sys.argv[1]), int(sys.argv[2])
    for line in sys.stdin:
        asked = json.loads(line)
        measure = asked["measure"]
        if measure == "dual_publication":
            found = dual_publication(asked, calendar, days)
        else:
            found = {"percent": percent, "coverage": coverage, "completeness": completeness}[measure](asked)
        print(json.dumps(found, ensure_ascii=False))


main()
