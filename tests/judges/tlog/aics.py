"""Hands our files to the public verifier `aics-tlog`. Only the outer shape of a file is taken apart here.

    inclusion KEY FILE ENTRY      a .tlog-proof file and the entry's bytes
    growth KEY FILE EARLIER       an add-checkpoint body and the checkpoint that was kept

Exit code 0: accepted, 3: refused; anything else is a fault of this script.
"""
import base64, sys

from aics_tlog import parse_checkpoint, parse_note, parse_vkey, verify_checkpoint, verify_consistency, verify_leaf_inclusion


def refuse(why):
    print(why)
    sys.exit(3)


def signed(text, key):
    note = parse_note(text)
    found = verify_checkpoint(note, key, expected_origin=key.name)
    if not found.ok:
        refuse(f"checkpoint: {found.error}")
    return parse_checkpoint(note.text)


what, key, file, other = sys.argv[1], parse_vkey(sys.argv[2]), open(sys.argv[3], encoding="utf-8").read(), open(sys.argv[4], "rb").read()
head, note = file.split("\n\n", 1)
lines = head.split("\n")
checkpoint = signed(note, key)
if what == "inclusion":
    assert lines.pop(0) == "c2sp.org/tlog-proof@v1"
    index = int(lines.pop(0).removeprefix("index "))
    good = verify_leaf_inclusion(other, index, checkpoint.size, [base64.b64decode(line) for line in lines], checkpoint.root)
else:
    size = int(lines.pop(0).removeprefix("old "))
    earlier = signed(other.decode(), key)
    assert earlier.size == size
    good = verify_consistency(size, checkpoint.size, earlier.root, checkpoint.root, [base64.b64decode(line) for line in lines])
if not good:
    refuse("the hashes lead to another root")
