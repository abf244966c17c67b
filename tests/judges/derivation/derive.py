"""Finds days again that a derivation names, with nothing but the derivation; only Python itself is needed.

usage: derive.py    {"day": "2026-10-10", "derivation": {…}} a line on standard input
                    {"ok": true} or {"ok": false, "why": "…"} a line on standard output
A derivation is what `derivation` holds in GraphQL and in `xinxiu law due --explain`. What it cannot know is whether a
weekday was a holiday: that stands in the calendars whose digests the derivation names.
"""

import calendar
import datetime
import json
import sys

ONE = datetime.timedelta(days=1)
WEEKEND = (5, 6)


class Wrong(Exception):
    pass


def need(holds, why):
    if not holds:
        raise Wrong(why)


def day(text):
    return datetime.date.fromisoformat(text)


def find(derivation):
    """The day that a derivation leads to."""
    need(len(derivation) == 1, "one way of finding a day")
    (how, what), = derivation.items()
    if how == "counted":
        return counted(what)
    if how == "named":
        return day(what["day"])
    if how == "shifted":
        found = find(what["of"]) + what["days"] * ONE
    elif how in ("latest", "earliest"):
        need(len(what["of"]) > 1, "several days to choose from")
        found = (max if how == "latest" else min)(find(one) for one in what["of"])
    else:
        raise Wrong(f"unknown way of finding a day: {how}")
    need(found == day(what["day"]), f"{how}: {found}")
    return found


def counted(what):
    limit = what["limit"]
    if what["parameters"]:
        need(sum(share["count"] for share in what["parameters"]) == limit["count"], "the parameters are not the count")
    need("civil_code/art_201" in what["articles"], "no article for the day of the event")
    paused = [(day(pause["first"]), day(pause["last"])) for pause in limit["pauses"]]
    need(all(first <= last for first, last in paused), "a pause ends before it begins")
    months = limit["unit"] in ("month", "year")
    need(("civil_code/art_202" in what["articles"]) == months, "the article on months")
    need(("civil_code/art_203" in what["articles"]) == (limit["moved_from"] is not None), "the article on the last day")
    skipped = {day(mark["date"]): mark["reason"] for mark in limit["skipped"]}
    need(len(skipped) == len(limit["skipped"]), "a day is skipped twice")
    made_up = {day(mark["date"]) for mark in limit["make_up"]}
    is_paused = lambda date: any(first <= date <= last for first, last in paused)
    start = day(limit["from"]) if limit["day_one_counts"] else day(limit["from"]) + ONE
    need(all(date >= start for date in skipped), "a day before the first one is skipped")
    seen = set()  # days whose calendar was looked up
    if months:
        last = by_months(limit, start, skipped, is_paused)
    else:
        last = by_days(limit, start, skipped, made_up, is_paused, seen)
    due = moved(limit, last, skipped, is_paused, seen)
    need(all(date in seen and date not in skipped for date in made_up), "a make-up day is one that was looked up and is worked")
    need(limit["provisional"] == any(beyond(limit, date) for date in seen), "provisional or not")
    need({int(year) for year in limit["calendars"]} <= {date.year for date in seen}, "the calendars are not those of the days")
    need(due == day(limit["due"]), f"the last day is {due}")
    return due


def beyond(limit, date):
    """Whether no notice that was loaded is certain of a day."""
    return date > day(limit["horizon"]) or str(date.year) not in limit["calendars"]


def by_days(limit, start, skipped, made_up, is_paused, seen):
    counts = [day(date) for date in limit["counted"]]
    need(len(counts) == limit["count"], "as many days as the limit has")
    last = counts[-1]
    # The last day may be skipped after it was counted: then it moves on.
    mine = sorted(counts + [date for date in skipped if date < last])
    expected = [start + index * ONE for index in range((last - start).days + 1)]
    need(mine == expected, "every day once, from the first to the last")
    for date in expected:
        paused, reason = is_paused(date), skipped.get(date) if date < last else None
        need(paused == (reason == "paused"), f"{date} is paused or not")
        if limit["unit"] == "working_day" and not paused:
            seen.add(date)
            works(date, reason, date in made_up)
        else:
            need(reason in (None, "paused"), "only paused days are skipped")
    return last


def works(date, reason, made_up):
    """Whether a reason, or none, fits the day of the week."""
    if reason is None:
        need(date.weekday() not in WEEKEND or made_up, f"{date} is a weekend day")
    elif reason == "weekend":
        need(date.weekday() in WEEKEND, f"{date} is no weekend day")
    elif reason == "statutory_new_year":
        need((date.month, date.day) == (1, 1), f"{date} is not New Year's Day")
    else:
        need(reason.startswith("holiday:"), f"unknown reason {reason}")


def by_months(limit, start, skipped, is_paused):
    need(limit["counted"] == [], "months count no days")
    first, months = day(limit["from"]), limit["count"] * (12 if limit["unit"] == "year" else 1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    last = datetime.date(year, month + 1, min(first.day, longest))
    if limit["day_one_counts"] and first.day <= longest:
        last -= ONE
    # A limit is longer by every paused day that falls into it, those by which it grew among them.
    date = start
    while date <= last:
        need(is_paused(date) == (skipped.get(date) == "paused"), f"{date} is paused or not")
        if is_paused(date):
            last += ONE
        date += ONE
    return last


def moved(limit, last, skipped, is_paused, seen):
    """The last day moves on to a working day that is not paused."""
    due = last
    if limit["move_to_working_day"] and limit["unit"] != "working_day":
        while True:
            paused = due != last and is_paused(due)
            if not paused:
                seen.add(due)
            if due not in skipped or (due == last and skipped[due] == "paused"):
                break
            need((skipped[due] == "paused") == paused, f"{due} is paused or not")
            if not paused:
                works(due, skipped[due], False)
            due += ONE
        made_up = {day(mark["date"]) for mark in limit["make_up"]}
        works(due, None, due in made_up)
    need(limit["moved_from"] == (last.isoformat() if due != last else None), "moved or not")
    need(all(date <= due for date in skipped), "a day after the last one is skipped")
    return due


for line in sys.stdin:
    asked = json.loads(line)
    try:
        found = find(asked["derivation"])
        need(found == day(asked["day"]), f"it leads to {found}")
        print(json.dumps({"ok": True}))
    except Wrong as wrong:
        print(json.dumps({"ok": False, "why": str(wrong)}))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as broken:
        print(json.dumps({"ok": False, "why": f"{type(broken).__name__}: {broken}"}))
