"""Answers the questions of `xinxiu law due` and `law id` with packages that share nothing with the house.

usage: judge.py due [DAY…] | judge.py id      questions on standard input, one answer a line
DAYs are known differences: there the calendar is turned round, so that the sums can be compared.
"""

import datetime
import json
import sys

import chinese_calendar
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

ONE = datetime.timedelta(days=1)


def due(question, turned):
    day, left = datetime.date.fromisoformat(question["from"]), question["count"]
    while left:
        day += ONE
        left -= chinese_calendar.is_workday(day) != (day.isoformat() in turned)
    return {"due": day.isoformat()}


def identify(question):
    judge = uscc if question["kind"] == "USCC" else ric
    try:
        return {"ok": True, "normalised": judge.validate(question["value"])}
    except ValidationError as fault:
        return {"ok": False, "reason": type(fault).__name__}
    except KeyError:  # stdnum 2.2 trips over codes of which its list names the province only
        return {"ok": False, "reason": "InvalidComponent"}


what, turned = sys.argv[1], set(sys.argv[2:])
for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(due(question, turned) if what == "due" else identify(question)))
