"""Checks a c2sp.org/tlog-proof@v1 file with nothing of the product: hashing from RFC 6962, tree walk from RFC 9162.

The signature is checked by openssl, which is on every machine that the tests run on.
"""
import base64, hashlib, subprocess, sys, tempfile, os

proof, entry, vkey = open(sys.argv[1]).read(), open(sys.argv[2], "rb").read(), sys.argv[3]
head, note = proof.split("\n\n", 1)
lines = head.split("\n")
assert lines[0] == "c2sp.org/tlog-proof@v1", "wrong format"
index = int(lines[1].removeprefix("index "))
path = [base64.b64decode(line) for line in lines[2:]]
body, signatures = note.split("\n\n", 1)
body += "\n"
origin, size, root = body.split("\n")[:3]
size, root = int(size), base64.b64decode(root)
name, key_id, key = vkey.split("+", 2)
key = base64.b64decode(key)
assert name == origin and key[0] == 1, "wrong key"
assert hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id, "wrong key id"
signature = base64.b64decode(signatures.split(" ")[2])
assert signature[:4].hex() == key_id, "signed by another key"
der = bytes.fromhex("302a300506032b6570032100") + key[1:]
with tempfile.TemporaryDirectory() as folder:
    for file, data in (("key", der), ("body", body.encode()), ("sig", signature[4:])):
        open(os.path.join(folder, file), "wb").write(data)
    subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-keyform", "DER", "-rawin", "-in", "body", "-sigfile", "sig"],
        cwd=folder, check=True, stdout=subprocess.DEVNULL,
    )

def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()

hash_ = hashlib.sha256(b"\x00" + entry).digest()
fn, sn = index, size - 1
for sibling in path:
    assert sn != 0, "the path is too long"
    if fn & 1 or fn == sn:
        hash_ = node(sibling, hash_)
        while not fn & 1 and fn:
            fn, sn = fn >> 1, sn >> 1
    else:
        hash_ = node(hash_, sibling)
    fn, sn = fn >> 1, sn >> 1
assert sn == 0 and hash_ == root, "the entry is not in the tree"
