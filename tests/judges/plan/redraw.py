"""Draws again: pool.txt, checkpoint.note and the two secrets are all it takes. It uses no line of the house.

usage: python3 redraw.py pool.txt checkpoint.note SECRET1 SECRET2 [OUTSIDE]
The signature of the checkpoint and the inclusion of the entries are another program's work: tests/judges/tlog/verify.py.
"""

import base64
import hashlib
import sys


def H(text):
    return hashlib.sha256(text.encode()).hexdigest()


pool, note = open(sys.argv[1], encoding="utf-8", newline="").read(), open(sys.argv[2], encoding="utf-8").read().split("\n")
s1, s2, outside = sys.argv[3], sys.argv[4], (sys.argv[5:] + [""])[0]
size, root = note[1], base64.b64decode(note[2]).hex()
lines = pool.splitlines()
number, per = lines[1], int(lines[3])
rows = [line.split("\t") for line in lines[4:]]
seed = H("\n".join(["xinxiu-draw-v1", number, H(pool), size, root, s1, s2, outside]) + "\n")
print("commitments", H(s1), H(s2))
print("pool", H(pool))
print("seed", seed)
inspectors = [r[1] for r in rows if r[0] == "I"]
conflict = {(r[1], r[2]) for r in rows if r[0] == "X"}
chosen = []
for _, stratum, rate, least, *drawn in (r for r in rows if r[0] == "R"):
    tickets = sorted((H(f"{seed}|T|{r[1]}"), r[1]) for r in rows if r[0] == "T" and r[2] == stratum)
    k = max(-(-len(tickets) * int(rate) // 10000), min(int(least), len(tickets)))
    k = max(k - int((drawn or ["0"])[0]), 0)  # rates hold for a year: less what was drawn in it already
    chosen += [(stratum, key) for _, key in tickets[:k]]
cap = -(-per * len(chosen) // len(inspectors))
load = dict.fromkeys(inspectors, 0)
for stratum, key in chosen:
    able = [c for _, c in sorted((H(f"{seed}|I|{key}|{c}"), c) for c in inspectors if (key, c) not in conflict)]
    free = [c for c in able if load[c] < cap]
    team = (free + [c for c in able if c not in free])[:per]  # where too few are free: those, and the lowest of the rest
    for c in team:
        load[c] += 1
    print(stratum, key, *team)
