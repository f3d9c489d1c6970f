"""One folder of data per language, and the loader. May import: `rules`, `model`, `errors`."""

from selon.lang.pack import Pack, available, load_pack, pack_hash, per_pack

__all__ = ["Pack", "available", "load_pack", "pack_hash", "per_pack"]
