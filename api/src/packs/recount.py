"""Counts an acceptance pack again, with Python's standard library alone and no line of the house.

usage: python3 recount.py PACK [KEY]
KEY is the verifier key from a public place of the bureau; keys.txt of the pack where none is given.
It prints the board as it counts it. Exit code 1 and a line for each thing that is wrong.
"""

import base64
import calendar
import csv
import hashlib
import json
import pathlib
import sys
import tomllib

FAULTS = []


def fault(text):
    FAULTS.append(text)


# --- Ed25519 (RFC 8032), only to verify -------------------------------------------------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def plus(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = plus(found, point)
        point, number = plus(point, point), number >> 1
    return found


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point(BASE_Y.to_bytes(32, "little"))


def signed(key, message, signature):
    public, first = point(key), point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if public is None or first is None or number >= Q or len(signature) != 64:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = times(number, BASE), plus(first, times(digest, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the signed tree (RFC 6962) -----------------------------------------------------------------------------------------


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def opened(note, key):
    """Size and root of a checkpoint that this key has signed."""
    body, signatures = note.split("\n\n", 1)
    body += "\n"
    origin, size, root = body.split("\n")[:3]
    name, number, given = key.strip().split("+", 2)
    given = base64.b64decode(given)
    if name != origin or hashlib.sha256(name.encode() + b"\n" + given).digest()[:4].hex() != number:
        fault("checkpoint.note: it is not of this key")
        return int(size), base64.b64decode(root)
    lines = [line for line in signatures.split("\n") if line.startswith(f"\u2014 {origin} ")]
    data = [base64.b64decode(line.rsplit(" ", 1)[1]) for line in lines]
    data = [one[4:] for one in data if one[:4].hex() == number]
    if not any(signed(given[1:], body.encode(), one) for one in data):
        fault("checkpoint.note: the signature is not right")
    return int(size), base64.b64decode(root)


def proven(entry, proof, index, size, root, note):
    head, own = proof.split("\n\n", 1)
    lines = head.split("\n")
    if own != note or lines[1] != f"index {index}":
        return False
    found, at, last = leaf(entry), index, size - 1
    for sibling in (base64.b64decode(line) for line in lines[2:]):
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root and index < size


def grown(leaves):
    """The root over all leaves."""
    stack = []
    for number, data in enumerate(leaves, 1):
        stack.append(data)
        while not number & 1:
            right, left = stack.pop(), stack.pop()
            stack.append(node(left, right))
            number >>= 1
    while len(stack) > 1:
        right, left = stack.pop(), stack.pop()
        stack.append(node(left, right))
    return stack[0] if stack else hashlib.sha256(b"").digest()


# --- what counts --------------------------------------------------------------------------------------------------------

RATES = {"coverage", "dual_publication", "completeness", "proposals_on_time"}


def take(facts, frozen, entry):
    """The facts of an entry: what it makes, and what falls away; the rates that it freezes."""
    for change in entry["changes"]:
        if change["table"] == "plan_fact":
            facts.setdefault(change["key"], {}).update(change["set"])
        if change["table"] == "measure_line":
            frozen.setdefault(change["key"], {}).update(change["set"])


class Plan:
    def __init__(self, text, about):
        self.plan, self.lead, self.as_of = tomllib.loads(text), about["lead"], about["asOf"]
        self.first, self.last = self.plan["first"].isoformat(), self.plan["last"].isoformat()
        self.fields = {field["key"]: field["office"] for field in self.plan.get("field", [])}
        self.frozen = {}

    def offices(self, owners):
        found = []
        groups = {group["key"]: group["offices"] for group in self.plan.get("group", [])}
        for owner in owners:
            for office in groups[owner[1:]] if owner.startswith("@") else [owner]:
                if office not in found:
                    found.append(office)
        return found

    def lines(self):
        for row in self.plan["row"]:
            yield str(row["no"]), row
        for duty in self.plan.get("duty", []):
            yield duty["key"], duty

    def due(self, line):
        return next(stage["last"].isoformat() for stage in self.plan["stage"] if stage["key"] == line["due"])

    def stands(self, fact):
        there = fact["on_day"] <= self.as_of and (not fact.get("fallen_on") or fact["fallen_on"] > self.as_of)
        if fact["counted"].split("|")[0] == "appointments":
            until = fact.get("until")
            return there and fact["on_day"] <= self.last and (not until or until >= min(self.as_of, self.last))
        return there and self.first <= fact["on_day"] <= self.last

    def of(self, measure, facts):
        count, kinds = measure["count"], measure.get("of", [])
        any_kind = not kinds or "any" in kinds or "any_channel" in kinds or count in RATES
        found = [
            (fact["on_day"], key, fact) for key, fact in facts.items()
            if fact["counted"].split("|")[0] == count and self.stands(fact) and (any_kind or fact.get("kind") in kinds)
            and (not measure.get("theme") or fact.get("theme") == measure["theme"])
            and (not measure.get("shown") or fact.get("shown") == 1) and (not measure.get("concluded") or fact.get("concluded") == 1)
        ]
        found.sort(key=lambda one: one[:2])
        if count == "link_checks":
            newest = {fact.get("kind"): (day, key, fact) for day, key, fact in found}
            found = sorted((one for one in newest.values() if one[2].get("amount") == 1), key=lambda one: one[:2])
        if count == "column_parts":
            found = sorted({fact.get("kind"): (day, key, fact) for day, key, fact in found}.values(), key=lambda one: one[:2])
        return [(key, fact) for _, key, fact in found]

    def owner(self, fact, measure):
        by = measure.get("by")
        found = self.fields.get(fact.get("field")) if by == "field" else measure.get("kinds", {}).get(fact.get("kind")) if by == "kind" else None
        return found or fact["office"]

    def months(self, first, last):
        """Months that lie whole between two days."""
        year, month = int(first[:4]), int(first[5:7])
        if first[8:] != "01":
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        while True:
            end = f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
            if end > last:
                return
            yield f"{year:04}-{month:02}", end
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def rates(self, measure):
        """The newest frozen lines of a rate, inside the plan; of a period, those of the plan."""
        names = {"coverage": ["COVERAGE"], "completeness": ["COMPLETENESS"]}.get(measure["count"], [kind.upper() for kind in measure.get("of", [])])
        for name in names:
            own = [
                line for line in self.frozen.values() if line["measure"] == name and line["scope"] == "all"
                and line.get("first_day") in (None, self.first) and self.first <= line["as_of"] <= min(self.as_of, self.last)
            ]
            if own:
                yield max(own, key=lambda line: (line["as_of"], line["at_size"]))

    def rate(self, measure):
        lines = list(self.rates(measure))
        if not lines:
            return "0", None, False
        whole = [None if line["den"] == 0 else line["num"] == line["den"] for line in lines]
        met = False if False in whole else True if True in whole else None
        told = next((line for line in lines if line["num"] < line["den"]), lines[0])
        return f"{told['num']}/{told['den']}", met, False

    def measure(self, measure, owners, due, facts):
        """How much counts, whether it is met, whether a month has gone without."""
        found = self.of(measure, facts)
        if measure["count"] in RATES:
            if measure["count"] != "proposals_on_time":
                return self.rate(measure)
            asked = [office for office in owners if len(owners) == 1 or office != self.lead]
            months = list(self.months(self.first, min(self.as_of, self.last)))
            told = sum(self.told(found, measure, office, month) for office in asked for month, _ in months)
            den = len(asked) * len(months)
            return f"{told}/{den}", None if den == 0 else told == den, False
        facts_of = [fact for _, fact in found]
        needs = []
        if "at_least" in measure:
            needs.append((len(facts_of), measure["at_least"]))
        if "each_owner" in measure:
            for office in self.offices([measure["each_of"]]) if "each_of" in measure else owners:
                needs.append((sum(self.owner(fact, measure) == office for fact in facts_of), measure["each_owner"]))
        gone = False
        if "each_month" in measure:
            for month, end in self.months(self.first, min(due, self.last)):
                have = sum(fact["on_day"][:7] == month for fact in facts_of)
                needs.append((have, measure["each_month"]))
                gone = gone or (end < self.as_of and have < measure["each_month"])
        if "each_field" in measure:
            for field in self.fields:
                needs.append((sum(fact.get("field") == field for fact in facts_of), measure["each_field"]))
        if "each_kind" in measure:
            for kind in measure["of"]:
                needs.append((sum(fact.get("kind") == kind for fact in facts_of), measure["each_kind"]))
        return str(len(facts_of)), all(have >= need for have, need in needs), gone

    def told(self, found, measure, office, month):
        number = int(month[:4]) * 12 + int(month[5:])
        for _, fact in found:
            if self.owner(fact, measure) == office and fact.get("until") and fact.get("amount") and fact["on_day"] <= fact["until"]:
                last = int(fact["until"][:4]) * 12 + int(fact["until"][5:7])
                if last - fact["amount"] < number <= last:
                    return True
        return False

    def line(self, line, facts):
        due, owners = self.due(line), self.offices(line["owners"])
        all_of = [self.measure(measure, owners, due, facts) for measure in line["measure"]]
        met = False if any(one[1] is False for one in all_of) else None if any(one[1] is None for one in all_of) else True
        late = self.as_of > due or any(one[2] for one in all_of)
        light = "GREEN" if met else "GREY" if met is None else "RED" if late else "AMBER"
        return due, light, "+".join(one[0] for one in all_of)


# --- the pack -----------------------------------------------------------------------------------------------------------


def rows(path):
    return list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path.exists() else []


def manifest(folder):
    listed = {}
    for line in (folder / "manifest.sha256").read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        listed[path] = digest
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"manifest.sha256"}
    for path in sorted(there - set(listed)):
        fault(f"{path}: it is not in the manifest")
    for path, digest in listed.items():
        if path not in there:
            fault(f"{path}: it is in the manifest and not there")
        elif hashlib.sha256((folder / path).read_bytes()).hexdigest() != digest:
            fault(f"{path}: it is not what the manifest says")


def entries(folder, size, root, note):
    """Facts that the proven entries of the pack make, and rates that they freeze."""
    facts, frozen = {}, {}
    for path in sorted((folder / "entries").glob("*.json"), key=lambda path: int(path.stem)):
        data, proof = path.read_bytes(), path.with_suffix(".tlog-proof")
        if not proof.exists() or not proven(data, proof.read_text(encoding="utf-8"), int(path.stem), size, root, note):
            fault(f"entries/{path.name}: it is not in the signed tree")
            continue
        for change in json.loads(data)["changes"]:
            if change["table"] == "plan_fact" and "counted" in change["set"]:
                facts[change["key"]] = (int(path.stem), change["set"])
            if change["table"] == "measure_line":
                frozen[change["key"]] = change["set"]
    return facts, frozen


def of_log(path, size, root):
    """All facts and frozen rates by the whole log, as they stand at its end."""
    facts, frozen, leaves = {}, {}, []
    for line in path.read_bytes().splitlines():
        leaves.append(leaf(line))
        take(facts, frozen, json.loads(line))
    if len(leaves) != size or grown(leaves) != root:
        fault("log.jsonl: it is not the log that the checkpoint signs")
    return facts, frozen


def failing(folder, key, plan, line):
    """The list of what fails a rate is the one that was frozen, and as long as the numbers say."""
    for measure in line["measure"]:
        for rate in plan.rates(measure) if measure["count"] in RATES - {"proposals_on_time"} else []:
            path = folder / "rows" / key / f"{rate['measure']}.failing.txt"
            data = path.read_bytes() if path.exists() else b""
            if hashlib.sha256(data).hexdigest() != rate["list_sha256"] or len(data.splitlines()) != rate["den"] - rate["num"]:
                fault(f"{path.relative_to(folder)}: it is not the list that was frozen")


def listed(folder, plan, proven_facts):
    """The facts that the lines of the pack name, each as its entry made it."""
    named = {}
    for key, line in plan.lines():
        for row in rows(folder / "rows" / key / "counted.csv"):
            found = proven_facts.get(row["fact"])
            said = found and (found[0], found[1]["counted"].split("|")[0], found[1].get("kind") or "", found[1]["on_day"], found[1]["office"])
            if said != (int(row["entry"]), row["counts"], row["kind"], row["on"], row["office"]):
                fault(f"rows/{key}/counted.csv: {row['number']} is not what entry {row['entry']} says")
            else:
                named[row["fact"]] = found[1]
    return named


def main():
    folder = pathlib.Path(sys.argv[1])
    read = lambda name: (folder / name).read_text(encoding="utf-8")
    manifest(folder)
    note = read("checkpoint.note")
    size, root = opened(note, sys.argv[2] if len(sys.argv) > 2 else read("keys.txt"))
    plan = Plan(read("plan.toml"), json.loads(read("pack.json")))
    proven_facts, plan.frozen = entries(folder, size, root, note)
    facts = {key: fact for key, (_, fact) in proven_facts.items()}
    named = listed(folder, plan, proven_facts)
    log = None
    if (folder / "log.jsonl").exists():
        log, plan.frozen = of_log(folder / "log.jsonl", size, root)
    given = {row["line"]: row for row in rows(folder / "board.csv")}
    for key, line in plan.lines():
        due, light, counted = plan.line(line, log if log is not None else facts)
        print(f"{key}\t{due}\t{light}\t{counted}")
        if key in given and (given[key]["due"], given[key]["light"], given[key]["counted"]) != (due, light, counted):
            fault(f"board.csv, line {key}: {light} {counted} is counted, not {given[key]['light']} {given[key]['counted']}")
        failing(folder, key, plan, line)
        counts = log if log is not None else named
        there = {fact for measure in line["measure"] for fact, _ in plan.of(measure, counts)}
        own = {row["fact"] for row in rows(folder / "rows" / key / "counted.csv")}
        if (folder / "rows" / key / "counted.csv").exists():
            for fact in sorted(there - own):
                fault(f"rows/{key}/counted.csv: {fact} counts and is left out")
            for fact in sorted(own - there):
                fault(f"rows/{key}/counted.csv: {fact} does not count")
    for text in FAULTS:
        print(text, file=sys.stderr)
    return 1 if FAULTS else 0


sys.exit(main())
