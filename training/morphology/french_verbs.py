"""The conjugation of French.

`conjugate` gives every form of a verb with a short label: `vW` infinitive, `vG` present participle, `vKms` past participle (gender, number),
`v3s` finite (person, number), `vC3s` conditional. A verb in -er or of the second group (finir) follows rules; the others follow a `Model`: the
present and the few stems from which the rest is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Form: TypeAlias = tuple[str, str]
"""(form, label)."""

PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
_SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
# first person singular of the past -> the endings of the past and of the imperfect subjunctive
_PAST = {
    "ai": (("ai", "as", "a", "âmes", "âtes", "èrent"), ("asse", "asses", "ât", "assions", "assiez", "assent")),
    "ins": (("ins", "ins", "int", "înmes", "întes", "inrent"), ("insse", "insses", "înt", "inssions", "inssiez", "inssent")),
    "is": (("is", "is", "it", "îmes", "îtes", "irent"), ("isse", "isses", "ît", "issions", "issiez", "issent")),
    "us": (("us", "us", "ut", "ûmes", "ûtes", "urent"), ("usse", "usses", "ût", "ussions", "ussiez", "ussent")),
    "ïs": (("ïs", "ïs", "ït", "ïmes", "ïtes", "ïrent"), ("ïsse", "ïsses", "ït", "ïssions", "ïssiez", "ïssent")),
    "ûs": (("ûs", "ûs", "ût", "ûmes", "ûtes", "ûrent"), ("usse", "usses", "ût", "ussions", "ussiez", "ussent")),
}
_CLOSING = r"(?:[bcdfghjklmnpqrstvxz]|[bcdfgptv][lr]|gn|ch|gu|qu)"
_ACUTE = re.compile(rf"é({_CLOSING})er$")
_MUTE = re.compile(r"e([bcdfghjklmnpqrstvxz]|[bcdfgptv][lr]|gn)er$")


@dataclass(frozen=True, slots=True)
class Model:
    """How the members of an irregular family are formed: each field but `cut` stands for what follows the stem.

    `cut`: the end of the infinitive that is not stem. `present`: six forms ("." for none, "~" for the bare stem). `future`: its stem. `past`: first person
    singular. `participle`: masculine singular, or the four forms; one alone behind "!" has no others. `imperfect`: a stem, where it is not
    that of the present's "we". `subjunctive`: six forms, where they are not made from the present. `gerund`: the present participle, likewise. `more`: what
    else there is, as "form=label".
    """

    cut: str
    present: str
    future: str
    past: str
    participle: str
    imperfect: str | None = None
    subjunctive: str | None = None
    gerund: str | None = None
    more: str = ""

    def forms(self, verb: str) -> Iterator[Form]:
        if not verb.endswith(self.cut):
            raise ValueError(f"{verb} does not end in {self.cut}")
        stem = verb[: len(verb) - len(self.cut)]
        yield verb, "vW"
        present = self.present.replace("~", "").split(" ")
        for person, end in zip(PERSONS, present, strict=True):
            if end != ".":
                yield stem + end, f"v{person}"
        we = present[3].removesuffix("ons") if self.imperfect is None else self.imperfect
        if we != ".":
            yield from _finite(stem + we, _IMPERFECT)
            yield stem + (self.gerund or we + "ant"), "vG"
        yield from self._subjunctive(stem, present, we)
        if self.future != ".":
            yield from _later(stem + self.future)
        if self.past != ".":
            yield from _past(stem + self.past)
        for form, label in _participle(self.participle):
            yield stem + form, label
        for item in self.more.split():
            form, _, label = item.partition("=")
            yield stem + form, label

    def _subjunctive(self, stem: str, present: list[str], we: str) -> Iterator[Form]:
        if self.subjunctive is not None:
            for person, end in zip(PERSONS, self.subjunctive.split(), strict=True):
                if end != ".":
                    yield stem + end, f"v{person}"
        elif present[5] != ".":
            they = present[5].removesuffix("ent")
            for k, (person, end) in enumerate(zip(PERSONS, _SUBJUNCTIVE, strict=True)):
                yield stem + (we if k in (3, 4) else they) + end, f"v{person}"


def _finite(stem: str, ends: tuple[str, ...]) -> Iterator[Form]:
    for person, end in zip(PERSONS, ends, strict=True):
        yield stem + end, f"v{person}"


def _later(stem: str) -> Iterator[Form]:
    """Future and conditional."""
    yield from _finite(stem, _FUTURE)
    for person, end in zip(PERSONS, _IMPERFECT, strict=True):
        yield stem + end, f"vC{person}"


def _past(first: str) -> Iterator[Form]:
    """Past and imperfect subjunctive, from the first person singular."""
    for end in sorted(_PAST, key=len, reverse=True):
        if first.endswith(end):
            for ends in _PAST[end]:
                yield from _finite(first[: len(first) - len(end)], ends)
            return
    raise ValueError(f"no past like {first}")


def _participle(text: str) -> Iterator[Form]:
    if text == ".":
        return
    if text.startswith("!"):
        yield text[1:], "vKms"
        return
    four = text.replace("~", "").split(" ")
    if len(four) == 1:
        ms = four[0]
        four = [ms, ms + "e", ms if ms.endswith("s") else ms + "s", ms + "es"]
    yield from zip(four, ("vKms", "vKfs", "vKmp", "vKfp"), strict=True)


def second_group(verb: str) -> Iterator[Form]:
    """The verbs of the second group, like finir."""
    return Model("ir", "is is it issons issez issent", "ir", "is", "i").forms(verb)


def first_group(verb: str, doubled: bool = False) -> Iterator[Form]:
    """The verbs in -er, like aimer, with the changes of spelling of placer, manger, payer, lever, jeter (`doubled`; also spelt as of 1990), céder."""
    stem = verb[:-2]
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    yield verb, "vW"
    yield soft + "ant", "vG"
    for person, end in zip(PERSONS, ("", "", "", "ons", "ez", ""), strict=True):
        if end:
            yield (soft if end == "ons" else stem) + end, f"v{person}"
    for person, end in zip(PERSONS, _IMPERFECT, strict=True):
        yield (stem if end in ("ions", "iez") else soft) + end, f"v{person}"
    for tense in _PAST["ai"]:
        for person, end in zip(PERSONS, tense, strict=True):
            yield (stem if end[0] == "è" else soft) + end, f"v{person}"
    for form, label in _participle("é"):
        yield stem + form, label
    for strong, future in _strong(verb, stem, doubled):
        for person, end in (("1s", "e"), ("2s", "es"), ("3s", "e"), ("3p", "ent")):
            yield strong + end, f"v{person}"
        for later in future:
            yield from _later(later)


def _strong(verb: str, stem: str, doubled: bool) -> Iterator[tuple[str, list[str]]]:
    """The stem before a mute e, and the stems of the future that go with it."""
    if verb.endswith(("oyer", "uyer")):
        yield stem[:-1] + "i", [stem[:-1] + "ier"]
    elif verb.endswith("ayer"):
        yield stem, [stem + "er"]
        yield stem[:-1] + "i", [stem[:-1] + "ier"]
    elif doubled:
        yield stem + stem[-1], [stem + stem[-1] + "er"]
        if not verb.endswith(("appeler", "jeter")):
            grave = _MUTE.sub(r"è\1", verb)
            yield grave, [grave + "er"]
    elif _ACUTE.search(verb):
        grave = _ACUTE.sub(r"è\1", verb)
        yield grave, [stem + "er", grave + "er"]
    elif _MUTE.search(verb):
        grave = _MUTE.sub(r"è\1", verb)
        yield grave, [grave + "er"]
    else:
        yield stem, [stem + "er"]
