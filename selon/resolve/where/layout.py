"""The layout of the gazetteer file: what the build writes and the look-up maps into memory. May import: `fold`.

    magic (8 bytes) | length of the table of contents (u32) | table of contents (JSON) | sections, each at a multiple of 8
    places    records of RECORD, ordered by country, first-order region, second-order region, falling population
    names     UTF-8, one blob; a record says where its name begins, the next record where it ends
    buckets   u32 x 65,537: where the keys of each bucket begin
    hashes    u32 per key: the lower 32 bits of the key's 48-bit hash, ordered inside the bucket of its upper 16 bits
    refs      u32 per key: place number in the lower 24 bits, rank of the name in the upper 8
    admin1, admin2    u32 per region: the number of its own record

Only hashes of names are kept, not the names: with a million keys the chance that an unknown word meets one of them is about
1,000,000 / 2^48, and the file stays small enough to be mapped without unpacking. Little-endian throughout.
"""

from __future__ import annotations

import struct
from hashlib import blake2b
from typing import Literal

MAGIC = b"SELGAZ1\0"
# geonameid (0: none), latitude and longitude in 1e-5 degrees, population, offset of the name, numbers of admin1 and admin2 (0: none),
# radius in km, country number, kind number.
RECORD = struct.Struct("<IiiIIHHHBB")
Kind = Literal["city", "village", "admin1", "admin2", "country", "water", "region", "site", "district"]
KINDS: tuple[Kind, ...] = ("city", "village", "admin1", "admin2", "country", "water", "region", "site", "district")
# Ranks of a name: the main name, a name in a language we know, another name.
MAIN, KNOWN, OTHER = 0, 1, 2


def key_hash(key: str) -> int:
    """48 bits of BLAKE2b over the folded name."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big")


def iso_key(iso: str) -> str:
    """The name under which a country can be found by its code, whatever the language."""
    return f"iso {iso.lower()} country"
