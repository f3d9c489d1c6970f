"""Who a mention is: name, kind and country, from the report itself and the shipped tables. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from selon.lang import Pack
from selon.model import Parse, Place, Report, SourceKind, Span
from selon.model.word import plain
from selon.resolve.who.acronyms import explained
from selon.resolve.who.ground import Ground
from selon.resolve.who.lexis import Known, Lexis, Role, lexis_of
from selon.resolve.who.memory import Identity, Memory, Past
from selon.resolve.who.mention import Mention, describe
from selon.resolve.who.people import Person, Register, introductions, note
from selon.resolve.who.words import words_of

_LOCAL_KINDS = frozenset(("official", "witness", "armed_group", "politician", "anonymous", "organisation"))
_FAR = 6
"""Sentences over which a pronoun or "this source" may look back."""


class Namer:
    """Names the mentions of one report in text order; each one helps the next."""

    def __init__(self, report: Report, parse: Parse, pack: Pack, places: Sequence[Place]) -> None:
        self.parse = parse
        self.lexis: Lexis = lexis_of(pack)
        self.ground = Ground(parse, places, frozenset(p.span for p in places if self.lexis.demonyms.get(plain(p.span.text)) is not None))
        self.placed = self.ground.placed
        self.register = Register()
        for first, last in introductions(parse, self.lexis, self.placed):
            m = describe(parse, parse.span(first, last), self.lexis, self.placed)
            if m is not None:
                note(self.register, m, self.lexis, self._kind(m)[0])
        self.acronyms = explained(parse)
        self.past = Memory()
        self.bodies: list[tuple[int, Known]] = []
        self._known_people()
        self.seen = [
            (t.i, found)
            for t in parse
            if t.text[:1].isupper() and not self.placed[t.i] and (found := self.register.find(t.text)) is not None
        ]

    def _known_people(self) -> None:
        """Notes the bodies that the text names; takes the people of the shipped table that the text names into the register, with their offices."""
        free = 0
        for k, length, known in words_of(self.parse, self.lexis).known:
            if k < free:
                continue
            free = k + length
            if not known.person:
                self.bodies.append((k, known))
                continue
            person = self.register.add(" ".join(t.text for t in self.parse.tokens[k : k + length]), k)
            person.known = person.known or known
            person.roles += [r for r in known.offices if r not in person.roles]
            if known.country and not person.nations:
                person.nations.append(known.country)

    def name(self, span: Span) -> Identity | None:
        """Who stands at a span. Mentions must be given in text order."""
        m = describe(self.parse, span, self.lexis, self.placed)
        if m is None:
            return None
        if m.name is not None:
            note(self.register, m, self.lexis, self._kind(m)[0])
        identity = self._resolve(m)
        self.past.add(Past(m.first, self.parse[m.first].sent, identity, m))
        return identity

    # --- who ---------------------------------------------------------------------------------------------------------------------

    def _resolve(self, m: Mention) -> Identity:
        if m.form in ("pronoun", "owner") or (m.again and m.name is None and (m.role is None or m.role.kind in ("anonymous", "other"))):
            found = self._antecedent(m)
            if found is not None:
                return found
        if m.form == "speaker" and not m.roles and m.name is None:
            return Identity(m.core, "media", None)
        if (m.form == "demonstrative" or m.again) and m.name is None:
            found = self._demonstrated(m)
            if found is not None:
                return found
        full = self._explained(m)
        if full is not None:
            return full
        person = self._person(m)
        if person is not None:
            return self._of_person(person, m)
        if m.form in ("definite", "possessive", "demonstrative") and m.name is None and not m.joined:
            found = self._generic(m) or self._same_body(m)
            if found is not None:
                return found
        kind, known_country, settled = self._kind(m)
        parent = self._parent(m)
        if parent is not None and kind == "official":
            kind, known_country, settled = parent.kind, parent.country, True
        country = known_country if settled else self._country(m, kind)
        name = (
            m.known.name
            if m.known is not None and not m.known.person and not m.roles and not m.joined and len(m.core.split()) <= 2
            else m.core
        )
        if m.known is not None and name == m.known.name:
            name = m.core
        role = m.role
        if m.first == m.last and len(m.nations) == 1 and role is None and self.lexis.demonyms.get(m.core) is not None:
            name = self.lexis.states.get(m.nations[0], name)  # "Israeli raids": the state
        return Identity(name, kind, country, role is not None and role.is_private, m.gender, m.plural, tuple(r.key for r in m.roles))

    def _explained(self, m: Mention) -> Identity | None:
        """The body whose acronym the report has explained before."""
        if m.known is not None or m.role is not None or m.core not in self.acronyms:
            return None
        first, last = self.acronyms[m.core]
        if m.first <= last + 2:
            return None
        full = describe(self.parse, self.parse.span(first, last), self.lexis, self.placed)
        if full is None:
            return None
        kind, country, settled = self._kind(full)
        if full.role is None and full.known is None:
            kind = "organisation"
        return Identity(full.core, kind, country if settled else self._country(full, kind), gender=full.gender)

    def _person(self, m: Mention) -> Person | None:
        if m.name is not None:
            found = self.register.find(m.name)
            if found is not None:
                return found
            return None
        role = m.role
        if role is None or role.is_body or m.plural or m.form not in ("definite", "bare", "possessive"):
            return None
        if m.form == "possessive" and self.lexis.what(role.key) == "transparent":
            return None
        if not self._single_office(role):
            return None
        return self.register.by_role(role.entry.get("as") or role.key, m.nations, m.first)

    def _parent(self, m: Mention) -> Identity | None:
        """Whose spokesman or head a bare "le porte-parole", "son directeur" is: the body that spoke last, or whom the possessive means."""
        role = m.role
        if role is None or self.lexis.what(role.key) != "transparent" or m.known is not None or m.nations or m.local or len(m.roles) > 1:
            return None
        if m.form not in ("definite", "possessive", "indefinite") or len(m.core.split()) > len(role.key.split()) + (
            len(m.name.split()) if m.name else 0
        ):
            return None
        sent = self.parse[m.first].sent
        for p in self.past.latest():
            if sent - p.sent > _FAR:
                return None
            body = (p.mention.role is not None and p.mention.role.is_body) or (p.mention.known is not None and not p.mention.known.person)
            if body and p.identity.kind in ("organisation", "armed_group", "official", "media"):
                return p.identity
        return None

    def _single_office(self, role: Role) -> bool:
        """A role that one person of a report is likely to hold: "le gouverneur", but not "le témoin"."""
        return role.kind in ("official", "politician", "organisation", "expert", "armed_group") and not role.is_body

    def _of_person(self, person: Person, m: Mention) -> Identity:
        kind: SourceKind = "other"
        country: str | None = None
        known = person.known or next((b for b in person.bodies), None)
        if person.known is not None:
            kind, country = person.known.kind, person.known.country
        elif known is not None:
            kind, country = known.kind, known.country
        elif person.kinds:
            kind = self._person_kind(person)
            parent = self._parent(m) if kind == "official" else None
            if parent is not None:
                kind, country = parent.kind, parent.country
        if country is None and kind != "organisation":
            country = (
                person.nations[0]
                if person.nations
                else person.ground or self._country(m, kind)
                if (known is None or known.country)
                else None
            )
        if kind == "other" and not person.kinds:
            kind = "witness" if len(person.name.split()) == 1 else "official" if person.nations else "other"
        if person.kinds:
            person.ground = person.ground or country
        private = kind == "witness"
        return Identity(person.name, kind, country, private, person.gender or m.gender, False, tuple(person.roles))

    @staticmethod
    def _person_kind(person: Person) -> SourceKind:
        kinds = [k for k in person.kinds if k != "document"]
        return kinds[0] if kinds else "official"  # type: ignore[return-value]

    def _generic(self, m: Mention) -> Identity | None:
        """Whom a noun stands for that fits many: "l'organisation" the body named before, "l'élu" the person."""
        role = m.role
        if role is None or m.nations or m.known is not None or m.plural:
            return None
        what = self.lexis.what(role.key)
        sent = self.parse[m.first].sent
        if what == "body" and len(m.core.split()) <= len(role.key.split()) + 1:
            for p in self.past.latest():
                if sent - p.sent > _FAR:
                    break
                body = p.mention.known is not None and not p.mention.known.person
                if body and p.identity.kind in ("organisation", "armed_group"):
                    return p.identity
            for k in range(bisect_left(self.bodies, m.first, key=_place), 0, -1):
                at, known = self.bodies[k - 1]
                if sent - self.parse[at].sent > _FAR:
                    break
                if known.kind in ("organisation", "armed_group"):
                    return Identity(known.name, known.kind, known.country, gender=m.gender)
        if what == "generic" and role.kind not in ("anonymous", "other"):
            for p in self.past.latest():
                if sent - p.sent > _FAR:
                    break
                if role.key in p.identity.roles or (p.mention.name and _agree(m.gender, p.identity.gender)):
                    return p.identity
        return None

    def _same_body(self, m: Mention) -> Identity | None:
        """A body or unnamed office that an earlier, fuller mention introduced: "l'armée" behind "l'armée israélienne"."""
        role = m.role
        if role is None or m.known is not None:
            return None
        if m.nations and not m.plural:
            return None
        extra = len(m.core.split())
        for p in self.past.worded(role.key):
            q = p.mention
            if q.plural != m.plural:
                continue
            if set(q.core.lower().split()) >= set(m.core.lower().split()) and len(q.core.split()) > extra and not q.name:
                return p.identity
        return None

    def _demonstrated(self, m: Mention) -> Identity | None:
        """As in "ce responsable", "cette même source": the last mention with that noun, else the last person."""
        role = m.role
        sent = self.parse[m.first].sent
        for p in self.past.latest():
            if sent - p.sent > 4 * _FAR:
                break
            if role is not None and role.key in p.identity.roles:
                return p.identity
        if role is None or not (m.generic or role.kind in ("official", "anonymous", "politician")):
            return None
        for p in self.past.latest():
            if sent - p.sent > _FAR:
                break
            if (
                p.identity.plural == m.plural
                and p.identity.kind not in ("document", "media")
                and not (p.mention.role and p.mention.role.is_body)
            ):
                return p.identity
        return None

    def _antecedent(self, m: Mention) -> Identity | None:
        """Whom a pronoun means: the last actor that spoke or a person named since, agreeing in gender and number; else the last body named."""
        sent = self.parse[m.first].sent
        spoken: Past | None = None
        for p in self.past.latest():
            if sent - p.sent > _FAR:
                break
            i = p.identity
            if i.kind in ("document", "other") or (not m.again and (i.plural != m.plural or not _agree(m.gender, i.gender))):
                continue
            if spoken is None:
                spoken = p
                if self._is_subject(p):
                    break
            elif p.sent < spoken.sent or self.parse[m.first].sent == p.sent:
                break
            elif self._is_subject(p):
                spoken = p  # who did something comes before whom it was done to
                break
        if not m.plural and not m.again:
            for k in range(bisect_left(self.seen, m.first, key=_place), 0, -1):
                at, person = self.seen[k - 1]
                if sent - self.parse[at].sent > 1 or (spoken is not None and at <= spoken.mention.last):
                    break
                if _agree(m.gender, person.gender) and self.parse[at].rel in ("nsubj", "flat", "appos", "root", "obl"):
                    return self._of_person(person, m)
        if spoken is not None:
            return spoken.identity
        return self._body_before(m)

    def _is_subject(self, p: Past) -> bool:
        return any(self.parse[k].rel == "nsubj" for k in range(p.mention.first, p.mention.last + 1))

    def _body_before(self, m: Mention) -> Identity | None:
        """The last body or state named in the sentence before the mention, or in the sentence before that."""
        parse = self.parse
        sent = parse[m.first].sent
        for k in range(m.first - 1, max(-1, m.first - 45), -1):
            t = parse[k]
            if sent - t.sent > 1:
                return None
            if t.pos not in ("PROPN", "NOUN") or t.rel not in ("nsubj", "root", "obl", "nmod", "appos", "obj"):
                continue
            start = k - 1 if k and parse[k - 1].pos == "DET" else k
            other = describe(parse, parse.span(start, k), self.lexis)
            if other is None or not (other.known or other.nations or (other.role and other.role.is_body)):
                continue
            if other.plural != m.plural or not _agree(m.gender, other.gender):
                continue
            kind, country, settled = self._kind(other)
            if kind not in ("document", "other"):
                return Identity(other.core, kind, country if settled else self._country(other, kind), False, other.gender, other.plural)
        return None

    # --- kind and country ----------------------------------------------------------------------------------------------------------

    def _kind(self, m: Mention) -> tuple[SourceKind, str | None, bool]:
        """(kind, country, whether the country is settled by it)."""
        role, known = m.role, m.known
        if known is not None and (role is None or (m.known_first and not known.person and not m.joined)):
            return known.kind, known.country, True
        if role is None:
            if m.nations:
                return "official", m.nations[0] if len(set(m.nations)) == 1 else None, True
            if m.name is not None and len(m.name.split()) == 1 and m.form == "bare":
                return "witness", None, False
            return "other", None, False
        key = role.key
        what = self.lexis.what(key)
        hidden = m.name is None and not role.is_body and (m.form == "indefinite" or self._is_unnamed(m, role))
        if known is not None and what == "transparent" and not (hidden and what != "transparent"):
            if known.kind == "armed_group" and role.kind == "official" and role.is_body:
                return "official", known.country, True
            return known.kind, known.country, True
        kind = role.kind
        if what == "transparent" and known is None and len(m.roles) == 1 and m.name is None and self._of_unknown(m):
            return "organisation", None, True
        if what == "transparent" and len(m.roles) > 1 and m.roles[1].kind in ("armed_group", "organisation", "media", "expert", "official"):
            kind = m.roles[1].kind
        if (
            hidden
            and kind in ("official", "organisation")
            and what in ("hidden", "transparent", "generic")
            and not _speaks_for(m, self.lexis)
        ):
            kind = "anonymous"
        if m.wide and kind in ("official", "organisation"):
            return ("organisation" if not m.nations else kind), None, not m.nations
        if known is not None:
            if known.kind == "official" or (known.kind == "armed_group" and kind == "official"):
                return kind, known.country, True
            if known.kind == "organisation" and kind in ("official", "organisation", "document"):
                return ("organisation" if kind == "official" else kind), known.country, True
            return kind, known.country, True
        return kind, None, False

    def _of_unknown(self, m: Mention) -> bool:
        """Whether a capitalised name that is no place, person or state stands behind "de": "une porte-parole de Trafigura"."""
        parse = self.parse
        return not m.nations and any(
            t.text[:1].isupper() and t.pos == "PROPN" and not self.placed[t.i] and parse[t.i - 1].pos == "ADP"
            for t in parse.tokens[m.first + 1 : m.last + 1]
        )

    def _is_unnamed(self, m: Mention, role: Role) -> bool:
        """As in "responsable américain" and "le responsable d'un centre" are nobody known; "les responsables" are the authorities."""
        entry = self.lexis.word(role.key)
        return entry is not None and entry.get("unnamed") == "yes" and not m.plural

    def _country(self, m: Mention, kind: SourceKind) -> str | None:
        """The country a mention names, the one it is placed in, else, for those who act on the spot, the one that the text is about there."""
        named = list(dict.fromkeys(m.nations))
        if named:
            return named[0] if len(named) == 1 or not m.joined else None
        inside = self.ground.inside(self.parse[m.first].start, self.parse[m.last].end)
        if inside is not None:
            return inside
        if kind not in _LOCAL_KINDS or (
            kind == "organisation" and (m.role is None or m.role.entry.get("wide") == "yes" or not m.role.is_body)
        ):
            return None
        country = self.past.country(m.role.key) if m.role is not None else None
        return country or self.ground.nearby(self.parse[m.first].start)


def _place(item: tuple[int, object]) -> int:
    return item[0]


def _agree(a: str, b: str) -> bool:
    return not a or not b or a == b


def _speaks_for(m: Mention, lexis: Lexis) -> bool:
    """As in "un porte-parole de l'armée": unnamed, yet in the open."""
    role = m.role
    entry = lexis.word(role.key) if role is not None else None
    return entry is not None and entry.get("open") == "yes"


def fold_name(name: str) -> str:
    """The key under which mentions of one actor meet."""
    return " ".join(plain(w) for w in name.split())
