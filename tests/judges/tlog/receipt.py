"""Checks a receipt with nothing of the product: signatures by openssl, the list by SHA-256.

    receipt.py RECEIPT LIST VERIFIER_KEY...     every key must have signed; every line of the list must be the one handed over
"""
import base64, hashlib, os, subprocess, sys, tempfile

receipt, listed, keys = open(sys.argv[1], encoding="utf-8").read(), open(sys.argv[2], "rb").read(), sys.argv[3:]
body, signatures = receipt.split("\n\n", 1)
body += "\n"
lines = body.splitlines()
assert lines[0] == "xinxiu receipt v1", "another format"
signed = dict(line.removeprefix("— ").split(" ", 1) for line in signatures.splitlines())
for vkey in keys:
    name, key_id, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    assert key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id, "wrong key id"
    signature = base64.b64decode(signed[name])
    assert signature[:4].hex() == key_id, "signed by another key"
    with tempfile.TemporaryDirectory() as folder:
        for file, data in (("key", bytes.fromhex("302a300506032b6570032100") + key[1:]), ("body", body.encode()), ("sig", signature[4:])):
            open(os.path.join(folder, file), "wb").write(data)
        subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-keyform", "DER", "-rawin", "-in", "body", "-sigfile", "sig"],
            cwd=folder, check=True, stdout=subprocess.DEVNULL,
        )
start = next(number for number, line in enumerate(lines) if line.startswith("entries "))
wanted = [line.rsplit(" ", 1)[1] for line in lines[start + 1:]]
assert len(wanted) == int(lines[start].removeprefix("entries ")), "the count is wrong"
found = [hashlib.sha256(line).hexdigest() for line in listed.splitlines()]
assert found == wanted, "the list is another"
