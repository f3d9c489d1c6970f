"""Packs: what is compiled from them is compiled once, and hashes follow the files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selon.errors import PackError
from selon.lang import Pack, load_pack, pack_hash, per_pack


def test_what_is_compiled_from_a_pack_is_compiled_once_per_pack() -> None:
    calls: list[str] = []

    @per_pack
    def compiled(pack: Pack) -> str:
        """Counts its calls."""
        calls.append(pack.hash)
        return pack.lang

    fr = load_pack("fr")
    assert compiled(fr) == compiled(fr) == "fr"
    compiled(replace(fr, hash="other"))
    assert calls == [fr.hash, "other"]
    assert compiled.__doc__ == "Counts its calls."


def test_hash_is_that_of_the_files() -> None:
    assert load_pack("fr").hash == pack_hash("fr") != pack_hash("en")


def test_unknown_language_and_table_are_refused() -> None:
    with pytest.raises(PackError, match="SEL-P002"):
        load_pack("xx")
    with pytest.raises(PackError, match="SEL-P003"):
        load_pack("fr").table("none")
