"""Freeze the parses of rule examples: `python -m training.freeze LANG [--anew]`.

Without `--anew` only missing texts are parsed and texts that no rule uses any more are dropped, so that a new pipeline does not
silently rewrite what the rules are held against.
"""

from __future__ import annotations

import argparse

from selon.lang import load_pack
from selon.lang.frozen import load_frozen, save_frozen
from selon.nlp import load_pipeline


def freeze(lang: str, anew: bool = False) -> dict[str, tuple[int, int]]:
    """Kind of rule -> (parses kept, parses made)."""
    pack = load_pack(lang)
    pipeline = load_pipeline(None, lang)
    counts: dict[str, tuple[int, int]] = {}
    for kind, rules in pack.rules.items():
        known = {} if anew else load_frozen(pack.folder, kind)
        texts = sorted({e.text for r in rules for e in (*r.matches, *r.leaves_alone)})
        parses = [(t, known[t] if t in known else pipeline.parse(t)) for t in texts]
        save_frozen(pack.folder, kind, parses)
        kept = sum(t in known for t in texts)
        counts[kind] = (kept, len(texts) - kept)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.freeze", description=__doc__)
    parser.add_argument("lang")
    parser.add_argument("--anew", action="store_true", help="parse everything again with the current pipeline")
    args = parser.parse_args()
    for kind, (kept, made) in sorted(freeze(args.lang, args.anew).items()):
        print(f"{kind}: {kept} kept, {made} parsed")


if __name__ == "__main__":
    main()
