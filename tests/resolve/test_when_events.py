"""Times of events and of saying, on parses made by hand, and times that need an anchor of their own."""

from __future__ import annotations

from dataclasses import replace

from selon.lang import load_pack
from selon.model import Event, EventType, Parse, Passage, Place, Published, Report, Span, Statement, Status, Token
from selon.resolve.when import resolve_times, tag_times, time_events

PACK = load_pack("fr")


def parse(text: str, rows: list[tuple[str, str, int, str]]) -> Parse:
    """A one-sentence parse: (form, pos, head index or -1 for the root, relation) in order."""
    tokens, at = [], 0
    for i, (form, pos, head, rel) in enumerate(rows):
        at = text.index(form, at)
        feats = {"VerbForm": "Part", "Tense": "Past"} if pos == "VERB" else {}
        tokens.append(Token(i, at, at + len(form), form, form.lower(), pos, i if head < 0 else head, rel, 0, feats))
        at += len(form)
    return Parse.build(text, tokens)


def event(text: str, trigger: str, type: EventType = "shelling", status: Status = "happened", place: str | None = None) -> Event:
    s = text.index(trigger)
    where = Place(Span(0, 0, ""), place) if place else None
    return Event(trigger, type, Span.of(text, s, s + len(trigger)), status, "test", place=where)


def report(text: str, day: str | None = "2024-03-14") -> Report:
    return Report("r", text, "fr", published=Published(day, day, "given") if day else Published())


def run(r: Report, p: Parse, events: list[Event], statements: list[Statement] = []) -> tuple[tuple[Event, ...], tuple[Statement, ...]]:  # noqa: B006
    times = resolve_times(r, p, r.published, PACK)
    return time_events(p, PACK, r.published, events, times, statements)


TOLD = "Le maire a annoncé mercredi que des obus avaient touché lundi le port"
TOLD_ROWS = [
    ("Le", "DET", 1, "det"), ("maire", "NOUN", 3, "nsubj"), ("a", "AUX", 3, "aux"), ("annoncé", "VERB", -1, "root"), ("mercredi", "NOUN", 3, "obl"),
    ("que", "SCONJ", 9, "mark"), ("des", "DET", 7, "det"), ("obus", "NOUN", 9, "nsubj"), ("avaient", "AUX", 9, "aux"), ("touché", "VERB", 3, "ccomp"),
    ("lundi", "NOUN", 9, "obl"), ("le", "DET", 12, "det"), ("port", "NOUN", 9, "obj"),
]  # fmt: skip


def told() -> Statement:
    c = TOLD.index("a annoncé")
    q = TOLD.index("que")
    return Statement("s1", None, Span.of(TOLD, c, c + 9), "asserts", Span.of(TOLD, q, len(TOLD)), "test")


def test_the_day_of_saying_is_not_the_day_of_the_event() -> None:
    events, statements = run(report(TOLD), parse(TOLD, TOLD_ROWS), [event(TOLD, "avaient touché")], [told()])
    assert events[0].time is not None
    assert (events[0].time.earliest, events[0].time.latest) == ("2024-03-11", "2024-03-11")
    assert statements[0].said is not None
    assert (statements[0].said.span.text, statements[0].said.earliest) == ("mercredi", "2024-03-13")


def test_an_event_without_a_time_has_none() -> None:
    text = TOLD.replace(" lundi", "")
    rows = [(f, p, h if h < 10 else h - 1, r) for f, p, h, r in TOLD_ROWS if f != "lundi"]
    c = text.index("a annoncé")
    s = Statement("s1", None, Span.of(text, c, c + 9), "asserts", Span.of(text, text.index("que"), len(text)), "test")
    events, _ = run(report(text), parse(text, rows), [event(text, "avaient touché")], [s])
    assert events[0].time is None


def test_without_a_day_of_publication_weekdays_stay_symbolic() -> None:
    found = tag_times("Des obus ont touché lundi le port. Le 3 mai 2021, déjà, il avait brûlé. Hier soir, tout était calme.", PACK)
    assert [(t.span.text, t.value, t.earliest) for t in found] == [
        ("lundi", "XXXX-WXX-1", None), ("Le 3 mai 2021", "2021-05-03", "2021-05-03"), ("Hier soir", "XXXX-XX-XXTEV", None),
    ]  # fmt: skip


def test_what_has_happened_since_a_day_has_happened_by_now() -> None:
    text = "Dix civils tués depuis lundi"
    rows = [
        ("Dix", "NUM", 1, "nummod"),
        ("civils", "NOUN", -1, "root"),
        ("tués", "VERB", 1, "acl"),
        ("depuis", "ADP", 4, "case"),
        ("lundi", "NOUN", 2, "obl"),
    ]
    for status, latest in (("happened", "2024-03-14"), ("ongoing", None)):
        events, _ = run(report(text), parse(text, rows), [event(text, "tués", "harm", status)])  # type: ignore[arg-type]
        assert events[0].time is not None
        assert (events[0].time.earliest, events[0].time.latest) == ("2024-03-11", latest)


def test_a_live_entry_is_counted_from_its_own_stamp() -> None:
    text = "11:58 Des tirs ont retenti hier dans le centre."
    r = Report("r", text, "fr", published=Published("2024-03-14", "2024-03-14", "given"),
               passages=(Passage("live_entry", 0, len(text), "2024-03-12T11:58"),))  # fmt: skip
    (found,) = [t for t in resolve_times(r, Parse(text, (), ()), r.published, PACK) if t.span.text == "hier"]
    assert (found.earliest, found.anchor) == ("2024-03-11", "stamp")


def test_a_yardstick_is_not_a_time_of_the_event() -> None:
    text = "L'attaque la plus meurtrière depuis 2014"
    rows = [("L'", "DET", 1, "det"), ("attaque", "NOUN", -1, "root"), ("la", "DET", 4, "det"), ("plus", "ADV", 4, "advmod"),
            ("meurtrière", "ADJ", 1, "amod"), ("depuis", "ADP", 6, "case"), ("2014", "NUM", 4, "obl")]  # fmt: skip
    events, _ = run(report(text), parse(text, rows), [event(text, "attaque", "attack")])
    assert events[0].time is None


def two_sentences() -> tuple[str, Parse]:
    text = "Lundi, des obus ont touché le port. Six marins sont morts."
    rows = [("Lundi", "NOUN", 5, "obl", 0), (",", "PUNCT", 0, "punct", 0), ("des", "DET", 3, "det", 0), ("obus", "NOUN", 5, "nsubj", 0), ("ont", "AUX", 5, "aux", 0),
            ("touché", "VERB", -1, "root", 0), ("le", "DET", 7, "det", 0), ("port", "NOUN", 5, "obj", 0), (".", "PUNCT", 5, "punct", 0),
            ("Six", "NUM", 10, "nummod", 1), ("marins", "NOUN", 12, "nsubj", 1), ("sont", "AUX", 12, "aux", 1), ("morts", "VERB", -1, "root", 1),
            (".", "PUNCT", 12, "punct", 1)]  # fmt: skip
    tokens, at = [], 0
    for i, (form, pos, head, rel, sent) in enumerate(rows):
        at = text.index(form, at)
        tokens.append(Token(i, at, at + len(form), form, form.lower(), pos, i if head < 0 else head, rel, sent))
        at += len(form)
    return text, Parse.build(text, tokens)


def test_a_time_is_carried_to_the_harm_of_the_same_strike_only() -> None:
    text, p = two_sentences()
    for where, expected in (("Odesa", "2024-03-11"), ("Izmail", None)):
        strike, harm = event(text, "ont touché", place="Odesa"), event(text, "sont morts", "harm", place=where)
        events, _ = run(report(text), p, [strike, harm])
        assert events[0].time is not None
        assert (events[1].time.earliest if events[1].time else None) == expected


def times_of(text: str, rows: list[tuple[str, str, int, str]], *events: Event) -> list[str | None]:
    found, _ = run(report(text), parse(text, rows), list(events))
    return [e.time.earliest if e.time else None for e in found]


VISIT = [("Le", "DET", 1, "det"), ("chef", "NOUN", 3, "nsubj"), ("a", "AUX", 3, "aux"), ("fui", "VERB", -1, "root"), ("lundi", "NOUN", 3, "obl")]  # fmt: skip


def test_words_that_tie_a_phrase_to_its_clause_say_whether_it_shares_its_time() -> None:
    for tie, expected in (("lors", "2024-03-11"), ("après", None), ("malgré", None), ("pendant", "2024-03-11")):
        text = f"Le chef a fui lundi {tie} un raid sur le camp"
        rows = [*VISIT, (tie, "ADP", 7, "case"), ("un", "DET", 7, "det"), ("raid", "NOUN", 3, "obl"), ("sur", "ADP", 10, "case"),
                ("le", "DET", 10, "det"), ("camp", "NOUN", 7, "nmod")]  # fmt: skip
        assert times_of(text, rows, event(text, "a fui", "evacuation"), event(text, "raid", "airstrike")) == ["2024-03-11", expected]


def test_a_day_on_which_a_toll_was_counted_is_not_that_of_the_harm() -> None:
    for verb, lemma, expected in (("dénombrait", "dénombrer", None), ("a causé", "causer", "2024-03-11")):
        text = f"Lundi, la mairie {verb} onze morts"
        forms = verb.split()
        root = 4 + len(forms) - 1
        rows = [("Lundi", "NOUN", root, "obl"), (",", "PUNCT", 0, "punct"), ("la", "DET", 3, "det"), ("mairie", "NOUN", root, "nsubj"),
                *[(f, "AUX", root, "aux") for f in forms[:-1]], (forms[-1], "VERB", -1, "root"),
                ("onze", "NUM", root + 2, "nummod"), ("morts", "NOUN", root, "obj")]  # fmt: skip
        p = parse(text, rows)
        tokens = [replace(t, lemma=lemma) if t.i == root else t for t in p.tokens]
        r = report(text)
        found, _ = run(r, Parse.build(text, tokens), [event(text, "morts", "harm")])
        assert (found[0].time.earliest if found[0].time else None) == expected


def test_a_time_set_off_at_the_end_is_of_the_whole_sentence() -> None:
    text = "Des obus ont touché un dépôt utilisé par l'armée et une école, lundi."
    rows = [("Des", "DET", 1, "det"), ("obus", "NOUN", 3, "nsubj"), ("ont", "AUX", 3, "aux"), ("touché", "VERB", -1, "root"), ("un", "DET", 5, "det"),
            ("dépôt", "NOUN", 3, "obj"), ("utilisé", "VERB", 5, "acl"), ("par", "ADP", 9, "case"), ("l'", "DET", 9, "det"), ("armée", "NOUN", 6, "obl"),
            ("et", "CCONJ", 12, "cc"), ("une", "DET", 12, "det"), ("école", "NOUN", 9, "conj"), (",", "PUNCT", 14, "punct"), ("lundi", "NOUN", 12, "nmod"),
            (".", "PUNCT", 3, "punct")]  # fmt: skip
    assert times_of(text, rows, event(text, "ont touché")) == ["2024-03-11"]


def test_what_is_planned_does_not_lie_behind_the_day() -> None:
    # A bare weekday then means the next one; a date that is over is another's.
    text = "Le chef a fui lundi"
    assert times_of(text, VISIT, event(text, "a fui", "evacuation", "planned")) == ["2024-03-18"]
    text = "Le chef a fui hier"
    assert times_of(text, [*VISIT[:-1], ("hier", "ADV", 3, "advmod")], event(text, "a fui", "evacuation", "planned")) == [None]


def test_a_month_well_ahead_of_what_has_happened_is_last_year_s() -> None:
    text = "Fuite du chef en juin"
    rows = [
        ("Fuite", "NOUN", -1, "root"),
        ("du", "ADP", 2, "case"),
        ("chef", "NOUN", 0, "nmod"),
        ("en", "ADP", 4, "case"),
        ("juin", "NOUN", 0, "nmod"),
    ]
    assert times_of(text, rows, event(text, "Fuite", "evacuation")) == ["2023-06-01"]
    assert times_of(text, rows, event(text, "Fuite", "evacuation", "planned")) == ["2024-06-01"]


def test_the_weekday_of_what_people_are_called_to_lies_ahead() -> None:
    text = "Le chef a convié ses alliés à un sommet samedi"
    rows = [("Le", "DET", 1, "det"), ("chef", "NOUN", 3, "nsubj"), ("a", "AUX", 3, "aux"), ("convié", "VERB", -1, "root"), ("ses", "DET", 5, "det"),
            ("alliés", "NOUN", 3, "obj"), ("à", "ADP", 8, "case"), ("un", "DET", 8, "det"), ("sommet", "NOUN", 3, "obl"), ("samedi", "NOUN", 8, "nmod")]  # fmt: skip
    p = parse(text, rows)
    tokens = [replace(t, lemma="convier") if t.text == "convié" else t for t in p.tokens]
    r = report(text)
    found, _ = run(r, Parse.build(text, tokens), [event(text, "sommet", "meeting", "planned")])
    assert found[0].time is not None
    assert found[0].time.earliest == "2024-03-16"


def test_a_night_once_named_is_the_night_spoken_of() -> None:
    found = tag_times("Dans la nuit de lundi à mardi, le fort a brûlé. Un garde a péri dans la nuit.", PACK, "2024-03-14")
    assert [(t.earliest, t.latest) for t in found] == [("2024-03-11", "2024-03-12")] * 2


def test_a_night_that_begins_on_the_anchor_s_weekday_has_just_begun() -> None:
    found = tag_times("Dans la nuit de jeudi à vendredi, le fort a brûlé.", PACK, "2024-03-14")
    assert {(t.earliest, t.latest) for t in found} == {("2024-03-14", "2024-03-15")}


def test_an_hour_is_of_the_day_of_the_act_told_of_before_it() -> None:
    text = "Lundi, des obus ont touché le port. Une grue est tombée à 4 heures."
    rows = [("Lundi", "NOUN", 5, "obl", 0), (",", "PUNCT", 0, "punct", 0), ("des", "DET", 3, "det", 0), ("obus", "NOUN", 5, "nsubj", 0), ("ont", "AUX", 5, "aux", 0),
            ("touché", "VERB", -1, "root", 0), ("le", "DET", 7, "det", 0), ("port", "NOUN", 5, "obj", 0), (".", "PUNCT", 5, "punct", 0),
            ("Une", "DET", 10, "det", 1), ("grue", "NOUN", 12, "nsubj", 1), ("est", "AUX", 12, "aux", 1), ("tombée", "VERB", -1, "root", 1),
            ("à", "ADP", 15, "case", 1), ("4", "NUM", 15, "nummod", 1), ("heures", "NOUN", 12, "obl", 1), (".", "PUNCT", 12, "punct", 1)]  # fmt: skip
    for first, expected in (("Lundi", "2024-03-11"), ("Jadis", "2024-03-14")):
        told = text.replace("Lundi", first)
        tokens, at = [], 0
        for i, (form, pos, head, rel, sent) in enumerate(rows):
            form = form if form != "Lundi" else first
            at = told.index(form, at)
            tokens.append(Token(i, at, at + len(form), form, form.lower(), pos, i if head < 0 else head, rel, sent))
            at += len(form)
        found, _ = run(report(told), Parse.build(told, tokens), [event(told, "ont touché"), event(told, "est tombée", "harm")])
        assert found[1].time is not None
        assert found[1].time.earliest == expected


def test_spans_are_slices_for_any_text() -> None:
    from hypothesis import given
    from hypothesis import strategies as st

    words = st.sampled_from(
        [
            "mardi",
            "la",
            "nuit",
            "de",
            "à",
            "12",
            "mars",
            "2024",
            "h",
            "30",
            ".",
            "-",
            "\n",
            "l'",
            "été",
            "\u00a0",
            "é",
            "💥",
            "\ud800",
            "depuis",
            "trois",
            "ans",
        ]
    )

    @given(st.lists(words, max_size=25).map(" ".join))
    def check(text: str) -> None:
        for anchor in (None, "2024-03-14"):
            previous = 0
            for t in tag_times(text, PACK, anchor):
                assert text[t.span.start : t.span.end] == t.span.text
                assert t.span.start >= previous
                previous = t.span.end
                if t.earliest and t.latest:
                    assert t.earliest <= t.latest

    check()
