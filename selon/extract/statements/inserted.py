"""Cues inside or behind what they report: "…, a dit le maire", "…, selon-t-il, …". May import: `view`, `cues`, `resumed`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.apart import over_relative
from selon.extract.statements.bare import bare_clause
from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent, segment_start
from selon.extract.statements.nobody import behind_nobody, placed_speaker
from selon.extract.statements.quotes import Quote
from selon.extract.statements.resumed import end_before, quoted_span, resumed
from selon.extract.statements.sources import noun_phrase, right_subject, speaks
from selon.extract.statements.view import DASHES, Draft, View


def inserted(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """The statement of a cue that stands inside or behind its content, or None when it does not stand so."""
    g = cue.group
    stance = cue.stance("quote")
    if g.form == "part" and any(view.passive_like(j) for j in range(g.last + 1, g.last + 4)):
        return None
    if (
        g.inverted is None
        and any("speaker" in view.cls[c] and "subject" in view.cls[c] for c in g.clitics)
        and view.tokens[g.verb].feats.get("Person") == "1"
    ):
        return None
    bare = g.form in ("part", "inf") and g.first == g.verb and g.mark is None
    if stance is None or not (g.form == "fin" or bare) or g.passive:
        return None
    sent_first, sent_last = view.sentence_range(g.verb)
    start_char = view.tokens[g.first].start
    passage = view.passage(start_char)
    quote = view.quote_ending(start_char)
    if quote is not None and quote.start < passage.start:
        quote = None
    before = view.tokens[g.first - 1].text if g.first > sent_first else ""
    if "as" in view.cls[g.first - 1] and g.first > sent_first:
        return _compared(view, cue, sent_first, sent_last, cues, groups)
    if quote is None and before not in (",", "?", "!", "…", "...") and before not in DASHES:
        return None
    # Inside a quotation of its own there may be an inserted cue, too; a quotation that holds the cue is then not its content.
    holder = view.quote_at(start_char)
    if holder is not None and quote is holder and not holder.open:
        quote = None
    if g.inverted is not None:
        source = (g.inverted, g.inverted)
        after = g.last
    else:
        head = right_subject(view, g, sent_last)
        if head is None:
            head = placed_speaker(view, cue, sent_last)
        if head is None or _own_clause_behind(view, cue, sent_last):
            return None
        if _left_subject(view, cue, quote) and not _parenthetical(view, cue, head, sent_last):
            return None
        if "subject-before-inserted-cue" in view.lexis.traits and _governs(cue) and over_relative(view, g) is not None:
            return None  # "Mr. Ito, who …, denounced a raid": the object
        if quote is None and (not _clause_before(view, cue, head, sent_first) or _alias(view, g.first, g.last, head)):
            return None
        source = noun_phrase(view, head, g.last + 1)
        if quote is None and any(view.tokens[j].pos == "NUM" and "article" not in view.cls[j] for j in range(source[0], head)):
            return None
        after = source[1]
    if "nobody" in view.cls[source[0]] and source[0] == source[1]:
        nobody = True
    else:
        nobody = False
    rule = "inserted-cue"
    if quote is None and holder is not None and not holder.open and view.first_from(holder.start) >= sent_first and not nobody:
        lead = view.text[holder.first : view.tokens[g.first].start]
        if lead.rstrip().endswith((",", "?", "!")) and not cue.verb.weak and "speaker" not in view.cls[source[0]]:
            return Draft(g.verb, (g.first, g.last), source, holder.first, holder.last, stance, rule, "quote", quoted=True)
    if quote is not None:
        start, end, whole = quoted_span(view, quote, g.first)
    else:
        first = segment_start(view, g.first, colon=True)
        if first >= g.first:
            return None
        if first > sent_first + 1 and view.tokens[first - 1].text == ";":
            # A list without a verb: "trois granges détruites ; aucun mort, précise la préfète".
            listed = segment_start(view, first - 1, colon=True)
            other = any(view.finite(j) or j in view.phrase_starts for j in range(listed, g.first))
            first = first if other else listed
        local = _local(view, cue, first, after, sent_last) or _behind_phrase(view, first, g.first, after, sent_last)
        if local is not None:
            start, end = local
            return Draft(g.verb, (g.first, g.last), source, start, end, stance, rule, "quote")
        start, end, whole = view.tokens[first].start, end_before(view, g.first), False
        start = _asked(view, first, g.first, start)
        opened = view.quote_at(start)
        if opened is not None and opened.start == start and view.text[opened.start : end].count(view.text[opened.start]) == 1:
            start = opened.first
        elif (held := view.quote_at(start)) is not None and held.start < start and held.end > g.first and held.open:
            start = held.first
    flat = view.tokens[view.first_from(start)]
    if quote is not None or end - start > len(flat.text) or "deny" not in view.lexis.hints.get(flat.text.lower(), ()):
        end = resumed(view, cue, after, start, end, whole, cues, groups, passage.end)
    if end <= start:
        return None
    found: tuple[int, int] | None = source
    if "learn" in cue.verb.flags and not nobody:
        found = _informant(view, after, sent_last)
    if nobody:
        found, stance = _impersonal(view, after, sent_last, stance)
        if found is None and "learn" in cue.verb.flags and (told := _informant(view, after, sent_last)) is not None:
            found, stance = told, cue.stance("quote") or "asserts"
        if found is None and (behind := behind_nobody(view, cue)) is not None and behind[0] > g.last:
            found, stance = behind, cue.stance("quote") or "asserts"
        if found is None and "seen" in cue.verb.flags:
            return None
    return Draft(g.verb, (g.first, g.last), found, start, end, stance, rule, "quote", quoted=whole or quote is not None)


def _local(view: View, cue: Cue, first: int, after: int, last: int) -> tuple[int, int] | None:
    """The content of a cue that belongs to one member of its sentence only: a relative clause (", où, a-t-il dit, les blessés …") or a phrase
    that the cue breaks (", en réponse, explique-t-elle, à un raid"); None when it belongs to the whole."""
    shut = after + 1
    lead = cue.group.first - 2
    if shut + 1 >= last or view.tokens[shut].text != "," or view.tokens[lead + 1].text != "," or lead <= first:
        return None
    end = next((j for j in range(shut + 1, last + 1) if view.tokens[j].text in (",", ";", ":")), last + 1) - 1
    while end > shut + 1 and view.is_punct(end):
        end -= 1
    if view.is_(lead, "relative-other"):
        return view.tokens[shut + 1].start, view.tokens[end].end
    comma = next((j for j in range(lead, first, -1) if view.tokens[j].text == "," or view.finite(j)), None)
    if comma is None or view.finite(comma) or view.tokens[shut + 1].pos != "ADP" or lead - comma > 3:
        return None
    t = view.tokens[comma + 1]
    opens = t.pos == "ADP" or (t.pos in ("VERB", "ADJ") and t.feats.get("VerbForm", "Part") == "Part")
    if not opens or not any(view.finite(j) for j in range(first, comma)):
        return None
    return view.tokens[comma + 1].start, view.tokens[end].end


def _behind_phrase(view: View, first: int, cue: int, after: int, last: int) -> tuple[int, int] | None:
    """What stands behind a cue that only an attributing phrase precedes ("Selon une première enquête, a-t-il dit, le pont était fermé")."""
    k = after + 2
    if first not in view.phrase_starts or any(view.finite(j) for j in range(first, cue)) or k > last or view.tokens[k - 1].text != ",":
        return None
    end = last
    while end > k and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"', "%"):
        end -= 1
    return view.tokens[k].start, view.tokens[end].end


def _asked(view: View, first: int, end: int, start: int) -> int:
    """The start of the question before a curt answer that denies it: "Un couvre-feu ? Jamais envisagé, a-t-il dit"."""
    sent_first, _ = view.sentence_range(first)
    curt = end - first <= 6 and not any(view.finite(j) for j in range(first, end)) and view.is_(first, "negation", "not", "none")
    if not curt or first != sent_first or first == 0 or view.tokens[first - 1].text != "?":
        return start
    asked, _ = view.sentence_range(first - 1)
    return view.tokens[asked].start if view.passage(start).start <= view.tokens[asked].start else start


def _compared(view: View, cue: Cue, sent_first: int, sent_last: int, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """As in "comme l'a indiqué le maire": the clause that it stands beside is the content."""
    g = cue.group
    stance = cue.stance("that") or cue.stance("quote")
    if stance is None:
        return None
    if g.inverted is not None:
        source = (g.inverted, g.inverted)
    else:
        head = right_subject(view, g, sent_last)
        if head is None or not speaks(view, head):
            return None
        source = noun_phrase(view, head, g.last + 1)
    start = segment_start(view, g.first)
    mark = g.first - 1
    if start >= mark:
        k = source[1] + 1
        while k <= sent_last and view.tokens[k].text != ",":
            k += 1
        if k >= sent_last:
            return None
        end = extent(view, cue.at, k + 1, cues, "resumed", groups)
        return Draft(g.verb, (g.first, g.last), source, view.tokens[k + 1].start, view.tokens[end].end, stance, "compared-cue", "initial")
    if not any(view.finite(j) for j in range(start, mark)):
        return None
    return Draft(g.verb, (g.first, g.last), source, view.tokens[start].start, end_before(view, mark), stance, "compared-cue", "final")


def _parenthetical(view: View, cue: Cue, subject: int, sent_last: int) -> bool:
    """Whether cue and subject stand between commas inside a clause whose verb comes behind: "le président, affirme son fils, est mort"."""
    last = noun_phrase(view, subject, cue.group.last + 1)[1]
    k = last + 1
    if not speaks(view, subject) or k >= sent_last or view.tokens[k].text != ",":
        return False
    return view.finite(k + 1) or view.is_(k + 1, "ne", "clitic") or view.tokens[k + 1].pos == "AUX"


def _left_subject(view: View, cue: Cue, quote: Quote | None) -> bool:
    """Whether the cue's subject stands on its left, so that it is no inserted cue."""
    g = cue.group
    if quote is not None and not view.text[quote.end : view.tokens[g.first].start].strip(" \u00a0,-–—"):
        return False
    left = [c.i for c in view.children(g.verb) if c.rel == "nsubj" and c.i < g.first]
    if not left:
        return False
    if view.tokens[g.first - 1].text == "," and any(c.rel == "nsubj" and c.i > g.last and speaks(view, c.i) for c in view.children(g.verb)):
        return False
    if not speaks(view, left[0]) and view.tokens[g.first - 1].text == ",":
        # What cannot speak is no subject of a cue when a speaker stands behind it.
        head = right_subject(view, g, view.sentence_range(g.verb)[1])
        if head is not None and speaks(view, head) in ("person", "body", "name"):
            return False
    right = [c.i for c in view.children(g.verb) if c.rel in ("nsubj", "obj", "obl") and c.i > g.last]
    between = range(left[0], g.first)
    # No single comma parts a subject from its verb: what stands before it is the content.
    commas = [j for j in between if view.tokens[j].text == ","]
    if commas == [g.first - 1]:
        return False
    # A finite verb between the alleged subject and the cue that is not in a relative clause speaks for an inserted cue.
    own = any(view.finite(j) and not _relative_near(view, left[0], j) for j in between)
    return not (own and (not right or any(speaks(view, r) for r in right)))


def _clause_before(view: View, cue: Cue, subject: int, sent_first: int) -> bool:
    """Whether something that can be said stands before the cue: a main clause, or a phrase when a speaker follows the cue."""
    end = cue.group.first
    words = [j for j in range(sent_first, end) if not view.is_punct(j)]
    if len(words) < 2:
        # "Faux, rétorque le maire"
        if len(words) == 1 and view.is_(words[0], "time") and speaks(view, subject) in ("person", "body", "name"):
            # "Dimanche, a dit l'état-major, une patrouille a tiré"
            last = view.sentence_range(cue.at)[1]
            comma = next((j for j in range(subject + 1, last) if view.tokens[j].text == ","), None)
            return comma is not None and any(view.finite(j) for j in range(comma + 1, last + 1))
        flat = len(words) == 1 and (view.numbered(words[0], words[0]) or "deny" in view.lexis.hints.get(view.low[words[0]], ()))
        return flat and speaks(view, subject) in ("person", "body", "name")
    main = False
    for j in words:
        if view.finite(j):
            v = view.tokens[view.tokens[j].head] if view.tokens[j].pos == "AUX" and not view.tokens[j].is_root else view.tokens[j]
            if v.deprel != "acl:relcl" and not _relative_near(view, sent_first, j):
                main = True
                break
    kind = speaks(view, subject)
    if "subject-before-inserted-cue" in view.lexis.traits and _governs(cue) and kind not in ("person", "body", "name"):
        return False
    if not main and "subject-before-inserted-cue" in view.lexis.traits and _governs(cue):
        return False
    if main:
        return kind != "" or view.tokens[subject].rel == "nsubj" or not any(c.rel == "nsubj" and c.i < end for c in view.children(cue.at))
    if kind == "document" and _parenthetical(view, cue, subject, view.sentence_range(cue.at)[1]):
        return True
    return kind in ("person", "body", "name")


def _own_clause_behind(view: View, cue: Cue, last: int) -> bool:
    """Whether a clause of its own follows the cue before the next comma, so that the noun behind the cue is that clause's subject."""
    first = cue.group.last + 1
    stop = next((j for j in range(first, last + 1) if view.tokens[j].text in (",", ";")), last + 1) - 1
    return bare_clause(view, cue, first, stop) is not None


def _governs(cue: Cue) -> bool:
    """Whether the noun behind a cue is rather its object ("denounced an attack", "told reporters") than its speaker."""
    frames = cue.verb.frames
    return ("obj" in frames and "that" not in frames) or "objinf" in frames or "person" in cue.verb.flags


def _alias(view: View, first: int, last: int, head: int) -> bool:
    """Whether a bare cue stands between two names: "Jean Petit, dit Barbe"."""
    return first == last and head == last + 1 and first >= 2 and view.tokens[head].pos == "PROPN" and view.tokens[first - 2].pos == "PROPN"


def _relative_near(view: View, lo: int, j: int) -> bool:
    """Whether a relative pronoun stands between the last comma and a finite verb."""
    k = j - 1
    while k >= lo and view.tokens[k].text != ",":
        if view.is_(k, "relative", "relative-other"):
            return True
        k -= 1
    return False


def _informant(view: View, after: int, sent_last: int) -> tuple[int, int] | None:
    """Who somebody has learned it from: "a appris la rédaction auprès d'un diplomate"."""
    for k in range(after + 1, min(sent_last, after + 5) + 1):
        if "with" in view.cls[k] or "of" in view.cls[k]:
            for j in range(k + 1, min(sent_last, k + 5) + 1):
                if view.tokens[j].pos in ("NOUN", "PROPN") and speaks(view, j):
                    return noun_phrase(view, j, k + 1)
    return None


def _impersonal(view: View, after: int, sent_last: int, stance: str) -> tuple[tuple[int, int] | None, str]:
    """Source and stance of "apprend-on de source hospitalière": the noun behind the cue's preposition, else nobody (hearsay)."""
    k = after + 1
    while k < sent_last and (view.is_(k, "time") or (view.tokens[k].pos == "DET" and view.is_(k + 1, "time"))):
        k += 1
    if k < sent_last and view.tokens[k].pos == "ADP":
        j = k + 1
        while j <= sent_last and j <= k + 4:
            if view.tokens[j].pos in ("NOUN", "PROPN") and speaks(view, j):
                return noun_phrase(view, j, k + 1), stance
            j += 1
    return None, "hearsay" if stance == "asserts" else stance
