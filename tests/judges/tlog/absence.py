"""Checks with nothing of the product that somebody is not on the published list; the log's part is verify.py's.

    absence.py STATEMENT VERIFIER_KEY             the statement as it was handed out
    absence.py LIST.csv ROOT.json VERIFIER_KEY    the published list leads to the root that the log notes
"""
import csv, hashlib, json, os, subprocess, sys, tempfile
from datetime import datetime, timedelta, timezone


def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\x01" + left + right)


EMPTY = [bytes(32)]
for _ in range(128):
    EMPTY.append(node(EMPTY[-1], EMPTY[-1]))


def noted(file, key):
    """What the entry says of the list, where it stands in the signed log."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("proof", "entry")]
        for path in paths:
            open(path, "wb").write(file[os.path.basename(path)].encode())
        judge = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verify.py")
        subprocess.run([sys.executable, judge, *paths, key], check=True)
    entry = json.loads(file["entry"])
    assert (entry["verb"], entry["outcome"], entry["actor"]) == ("note_published", "accepted", None), "no note of the house"
    note = entry["input"]["admin"]
    at = datetime.fromtimestamp(note["as_of"] // 10**6, timezone(timedelta(hours=8))).isoformat()
    assert file["at"] == at, "another time"
    return note


def without(of, text, siblings):
    """The root of a map in which nothing stands under this code or name."""
    place = int.from_bytes(sha(f"xinxiu published {of} v1\n{text}".encode())[:16], "big")
    beside, found = dict(siblings), EMPTY[0]
    for height in range(128):
        other = bytes.fromhex(beside[height]) if height in beside else EMPTY[height]
        found = node(other, found) if place >> height & 1 else node(found, other)
    return found.hex()


def root(leaves, height=128):
    """The root of a map of leaves by their place."""
    if len(leaves) == 0 or height == 0:
        return leaves[0][1] if leaves else EMPTY[height]
    sides = [[leaf for leaf in leaves if leaf[0] >> height - 1 & 1 == side] for side in (0, 1)]
    return node(root(sides[0], height - 1), root(sides[1], height - 1))


def listed(path):
    """The leaves of the published list and how many rows it has."""
    rows = list(csv.reader(open(path, encoding="utf-8-sig", newline="")))[1:]
    texts, salts = {}, {}
    for *cells, keys in rows:
        text = json.dumps([cell.lstrip("'") for cell in cells], ensure_ascii=False, separators=(",", ":"))
        for key, salt in (pair.split(":") for pair in keys.split()):
            texts.setdefault(key, []).append(text)
            salts[key] = salt
    leaf = lambda key: sha(b"\x00" + bytes.fromhex(key + salts[key]) + sha("\n".join(texts[key]).encode()))
    return [(int(key, 16), leaf(key)) for key in texts], len(rows)


file = json.load(open(sys.argv[-2], encoding="utf-8"))
note = noted(file, sys.argv[-1])
if len(sys.argv) == 4:
    assert file["format"] == "xinxiu published root v1" and file["root"] == note["root"], "another root"
    leaves, rows = listed(sys.argv[1])
    assert rows == note["rows"] == file["rows"] and root(leaves).hex() == note["root"], "the list leads to another root"
else:
    assert file["format"] == "xinxiu absence v1" and file["keys"], "another format"
    for one in file["keys"]:
        assert without(**one) == note["root"], f"it is not shown that {one['text']} is absent"
print("good:", file["at"], f"{note['rows']} rows", "without " + ", ".join(one["text"] for one in file["keys"]) if "keys" in file else "")
