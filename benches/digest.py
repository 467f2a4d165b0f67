"""A digest of the distinct triples of files, whatever their order and however they are escaped.

Usage: python benches/digest.py FILE.nt... (with a Python that has pyoxigraph)

Prints for each file its lines, its distinct triples, and the digest; the same digest means the same
triples. Stops at a line that is no N-Triples. Triples are counted by 128 bits of hash, so that millions
take little memory.
"""

import hashlib
import sys

from pyoxigraph import RdfFormat, parse


def digest(path):
    """Lines, distinct triples, digest."""
    seen, lines, whole = set(), 0, 0
    for triple in parse(path=path, format=RdfFormat.N_TRIPLES):
        lines += 1
        one = hashlib.blake2b(str(triple).encode(), digest_size=16).digest()
        if one not in seen:
            seen.add(one)
            whole = (whole + int.from_bytes(one, "big")) % (1 << 128)
    return lines, len(seen), f"{whole:032x}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(*digest(name), name, sep="\t", flush=True)
