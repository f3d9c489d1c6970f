import time

import pytest

from selon.intake import build_report
from selon.model import Report


def read(text: str, published: str | None = None) -> Report:
    return build_report(text, id="x", lang="fr", published=published)


def shape(report: Report) -> list[tuple[str, str]]:
    return [(p.kind, report.text[p.start : p.end]) for p in report.passages]


def own(text: str) -> str:
    """What of a text is the report itself."""
    report = read(text)
    return " / ".join(report.text[p.start : p.end] for p in report.passages if p.kind not in ("boilerplate", "byline"))


HEAD = "Inondations : trois villages coupés du monde\n\n"
BODY = (
    "Trois villages de la vallée sont coupés du monde depuis lundi soir, a indiqué la préfecture, qui a fait appel à l'armée pour y porter "
    "de l'eau et des vivres."
)


def test_a_dispatch() -> None:
    text = (
        " date 2021-07 \nInondations : trois villages coupés du monde (préfecture)\n\nLiège (Belgique), 16 juil 2021 (AFP) - " + BODY
        + "\n\nDes digues fragiles\n\nLe bourgmestre dit craindre pour les digues, dont deux ont cédé dans la nuit de mardi à mercredi.\n\nabc-de/fg/hij"
    )  # fmt: skip
    report = read(text)
    assert report.title == "Inondations : trois villages coupés du monde (préfecture)"
    assert shape(report) == [
        ("boilerplate", "date 2021-07"),
        ("headline", "Inondations : trois villages coupés du monde (préfecture)"),
        ("boilerplate", "Liège (Belgique), 16 juil 2021 (AFP) -"),
        ("lead", BODY),
        ("subhead", "Des digues fragiles"),
        ("paragraph", "Le bourgmestre dit craindre pour les digues, dont deux ont cédé dans la nuit de mardi à mercredi."),
        ("boilerplate", "abc-de/fg/hij"),
    ]


def test_a_headline_on_the_line_of_the_crawl_header() -> None:
    report = read(f" date 2021-07 Trois villages coupés du monde\n\n{BODY}\n\n{BODY}")
    assert [k for k, _ in shape(report)] == ["boilerplate", "headline", "lead", "paragraph"]
    assert report.title == "Trois villages coupés du monde"


@pytest.mark.parametrize(
    "dateline",
    [
        "Goma -", "KINSHASA (Reuters) –", "Addis-Abeba, 3 nov. (ANI) -", "MARIOUPOL, Ukraine (AP) —", "Beyrouth / Damas (agences), jeudi --",
        "New York (Nations unies), 12 mars 2022 (AFP) -", "Port-au-Prince, le 4 mai -",
    ],
)  # fmt: skip
def test_datelines_are_taken_off_the_first_paragraph(dateline: str) -> None:
    assert own(f"{HEAD}{dateline} {BODY}") == f"{HEAD.strip()} / {BODY}"


@pytest.mark.parametrize(
    "start",
    [
        "Kiev – qui dément – parle d'une provocation et demande une réunion du Conseil, où la Chine et la Russie siègent toutes deux.",
        "Le maire - un ancien pompier - a fait ouvrir le gymnase, où deux cents personnes ont passé la nuit de lundi à mardi.",
        'L\'ONU - "profondément préoccupée" - appelle les parties à la retenue et rappelle que les civils doivent être protégés partout.',
        "Deux morts, dix blessés - le bilan s'est alourdi dans la nuit, et les secours cherchent encore sous les décombres de l'école.",
    ],
)
def test_a_sentence_with_a_dash_keeps_its_beginning(start: str) -> None:
    assert own(HEAD + start) == f"{HEAD.strip()} / {start}"


@pytest.mark.parametrize(
    "line",
    [
        "LIRE AUSSI : La vallée qui avait tout prévu",
        "À lire aussi | Digues : qui paie ?",
        ">> Lire également : Digues, qui paie ?",
        "LIRE LA SUITE: Le fleuve baisse enfin",
        "REGARDER : La crue vue du ciel",
        "Voir aussi – La crue vue du ciel",
        "En savoir plus",
        "La vallée qui avait tout prévu En savoir plus",
        "Commenter cet article",
        "Commentaires (14)",
        "Partager | Imprimer | Réagir (3)",
        "Facebook · WhatsApp · Copier le lien",
        "Le Quotidien avec AFP",
        "AA / Ankara / Anne Martin",
        "► À lire aussiLa vallée qui avait tout prévu",
        "12 commentaires",
        "exemple.org",
        "#Meuse #crue",
        "(Reportage d'Anne Martin, version française Jean Dubois)",
        "Le 16 juillet 2021 à 14h30",
        "Inscrivez-vous à notre infolettre",
        "Publié il y a 2 heures",
        "Newsletter : recevez chaque matin l'actualité de la région",
        "Abonnez-vous pour lire la suite",
        "Article réservé aux abonnés",
        "En poursuivant votre navigation, vous acceptez l'usage des cookies.",
        "[Traduit automatiquement du néerlandais]",
        "Traduction automatique – signaler une erreur",
        "Publié le 16/07/2021 à 18:05, mis à jour à 19h",
        "Mis à jour mercredi à 6h30 | Temps de lecture : 3 min",
        "Avec AFP",
        "(Reuters)",
        "La rédaction",
        "R.D./P.-L.",
        "© 2021 Tous droits réservés",
        "Mots-clés : Liège, Meuse, crue",
        "https://exemple.org/crue",
        "***",
        "Si vous avez trouvé une erreur, appuyez sur Ctrl+Enter.",
    ],
)
def test_what_surrounds_a_report_is_marked(line: str) -> None:
    assert own(f"{HEAD}{BODY}\n\n{line}") == f"{HEAD.strip()} / {BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "Regarder ailleurs n'est plus possible, a dit la ministre devant les députés.",
        "Publié lundi, le rapport de la commission accuse la société d'avoir caché 12 fuites.",
        "Partager l'eau entre les deux rives sera la tâche de la commission.",
        "Direct et sans détour, le maire a demandé que l'on évacue.",
        "Par endroits, l'eau atteignait le premier étage.",
        "Publiée jeudi, l'enquête évoque 14 attaques contre des convois.",
        "Mis à jour lundi, le bilan atteint 12 morts.",
        "Mise à jour du bilan : 12 morts.",
        "Recevez nos condoléances, a écrit le président à son homologue.",
        "Inscrivez-vous sur les listes, demande le maire aux habitants à évacuer.",
        "Afficher les noms des disparus sur la place a été décidé par le conseil.",
        "12 mars 2023 : douze morts à Goma",
        "Photographes et secouristes ont été visés par des tirs.",
        "La rédaction du journal local a été attaquée par des hommes armés.",
        "Suivez les consignes, a demandé la préfecture aux habitants.",
        "Avec l'appui de l'armée, les secours ont évacué cent personnes.",
        "Télégrammes et lettres attestent que l'ordre est venu d'en haut.",
        "Source d'eau potable de la ville, le lac a été pollué.",
        "– Deux ponts détruits, trois endommagés",
        "| Ponts détruits | 2 |",
    ],
)
def test_sentences_of_the_report_are_left_alone(line: str) -> None:
    text = f"{HEAD}{BODY}\n\n{line}\n\n{BODY}"
    assert own(text) == f"{HEAD.strip()} / {BODY} / {line} / {BODY}"


def test_a_list_of_links_goes_with_its_heading() -> None:
    text = f"{HEAD}{BODY}\n\nÀ lire aussi :\n- Digues : qui paie ?\n- Le fleuve baisse\n\n{BODY}"
    assert own(text) == f"{HEAD.strip()} / {BODY} / {BODY}"


def test_notes_in_brackets_and_a_last_sentence_are_cut_off() -> None:
    assert own(f"{HEAD}[Mise à jour 15h] {BODY} [lire la suite pour les abonnés]") == f"{HEAD.strip()} / {BODY}"
    assert own(f"{HEAD}{BODY} (AFP)") == f"{HEAD.strip()} / {BODY}"
    assert own(f"{HEAD}{BODY} Partagez cet article avec vos amis !") == f"{HEAD.strip()} / {BODY}"
    assert own(f"{HEAD}{BODY} (préfet)") == f"{HEAD.strip()} / {BODY} (préfet)"
    assert own(f"{HEAD}« Nous {{[les habitants]}} partons », dit-il.") == f"{HEAD.strip()} / « Nous {{[les habitants]}} partons », dit-il."


def test_captions_are_read_and_their_credits_are_not() -> None:
    caption = "Image diffusée le 16 juillet 2021 par la protection civile, montrant un pont effondré à Pepinster"
    assert ("caption", caption) in shape(read(f"{HEAD}{BODY}\n\n{caption} Telegram / @secours/AFP\n\n{BODY}"))
    report = read(f"{HEAD}{BODY}\n\nDes pompiers dans une rue inondée, le 15 juillet 2021 à Verviers Anne Martin/AFP\n\n{BODY}")
    assert ("caption", "Des pompiers dans une rue inondée, le 15 juillet 2021 à Verviers") in shape(report)
    assert ("boilerplate", "Anne Martin/AFP") in shape(report)
    assert ("caption", "Photo : une digue rompue.") in shape(read(f"{HEAD}{BODY}\n\nPhoto : une digue rompue. (© Sipa)\n\n{BODY}"))


def test_bylines() -> None:
    assert shape(read(f"{HEAD}Par Anne Martin, à Liège\n\n{BODY}\n\n{BODY}"))[1] == ("byline", "Par Anne Martin, à Liège")
    assert shape(read(f"{HEAD}{BODY}\n\n{BODY}\n\n{BODY}\n\nAnne Martin"))[-1] == ("byline", "Anne Martin")
    assert shape(read(f"{HEAD}17 juillet 2021\n\n{BODY}"))[1] == ("byline", "17 juillet 2021")


def test_a_kicker_stands_over_the_headline() -> None:
    report = read(f"CRUE DE LA MEUSE\nTrois villages sont coupés du monde depuis lundi soir\n\n{BODY}\n\n{BODY}")
    assert report.title == "Trois villages sont coupés du monde depuis lundi soir"
    assert [k for k, _ in shape(report)][:2] == ["subhead", "headline"]


def test_list_items_and_subheads() -> None:
    text = f"{HEAD}- Deux ponts sont détruits.\n- Une route est fermée.\n\n{BODY}\n\n1. Les secours\n{BODY}\n\n= La suite =\n\n{BODY}\n\n• Qui paie ?\n{BODY}"
    assert [k for k, _ in shape(read(text))] == [
        "headline", "list_item", "list_item", "lead", "subhead", "paragraph", "subhead", "paragraph", "subhead", "paragraph",
    ]  # fmt: skip


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Trois villages de la vallée sont coupés du monde depuis lundi soir, a\nindiqué la préfecture, qui a fait appel à l'armée pour y porter\n"
        "de l'eau et des vivres. Deux ponts ont été emportés et un troisième\nest menacé par les troncs que charrie la rivière depuis la veille,\n"
        "selon le bourgmestre."
    )
    assert [k for k, _ in shape(read(HEAD + wrapped))] == ["headline", "lead"]


def test_one_line_without_any_break() -> None:
    assert shape(read(BODY)) == [("lead", BODY)]


LIVE = "DIRECT. Crue : suivez la journée de lundi\n\n"


@pytest.mark.parametrize(
    ("stamps", "clocks"),
    [
        (["11h58 :", "10h20 :", "9h05 :"], ["T11:58", "T10:20", "T09:05"]),
        (["[07:44]", "[08:15]", "[14:05]"], ["T07:44", "T08:15", "T14:05"]),
        (["18:22 |", "15:10 |"], ["T18:22", "T15:10"]),
        (["21h15 –", "20h02 -"], ["T21:15", "T20:02"]),
        (["06h35", "06h25", "06h00"], ["T06:35", "T06:25", "T06:00"]),
        (["23 mai à 11:58\n", "Hier à 22h10\n", "Lundi 20h15\n"], ["T11:58", "T22:10", "T20:15"]),
        (["• 11 h 58 :", "• 9 h :"], ["T11:58", "T09:00"]),
    ],
)
def test_stamps_of_live_entries(stamps: list[str], clocks: list[str]) -> None:
    text = LIVE + "\n\n".join(f"{s} {BODY}" for s in stamps)
    report = read(text)
    entries = [p for p in report.passages if p.kind == "live_entry"]
    assert [p.stamp for p in entries] == clocks
    assert all(text[p.start : p.end] == BODY for p in entries)


def test_an_entry_has_a_headline_and_paragraphs_under_one_stamp() -> None:
    text = f"{LIVE}11h58 : Un pont cède\n{BODY}\n{BODY}\n07h44 : La préfecture alerte\n{BODY}\n{BODY}\nCommenter cet article"
    report = read(text, published="2021-07-19")
    got = [(p.kind, p.stamp) for p in report.passages if p.kind != "boilerplate"]
    assert got == [("headline", None)] + [
        pair for clock in ("11:58", "07:44") for pair in (("subhead", f"2021-07-19T{clock}"), *[("live_entry", f"2021-07-19T{clock}")] * 2)
    ]


def test_a_live_text_past_midnight() -> None:
    text = LIVE + "\n\n".join(f"{s} : {BODY}" for s in ("01h10", "00h05", "23h50", "21h00"))
    assert [p.stamp for p in read(text, published="2021-07-20").passages if p.kind == "live_entry"] == [
        "2021-07-20T01:10", "2021-07-20T00:05", "2021-07-19T23:50", "2021-07-19T21:00",
    ]  # fmt: skip
    oldest = LIVE + "\n\n".join(f"{s} : {BODY}" for s in ("22h00", "23h50", "00h05", "01h10"))
    assert [p.stamp for p in read(oldest, published="2021-07-20").passages if p.kind == "live_entry"] == [
        "T22:00",
        "T23:50",
        "T00:05",
        "T01:10",
    ]


@pytest.mark.parametrize(
    "start",
    ["11h58, un drone est tombé.", "20 h 30 personnes ont fui.", "10.500 habitants sont partis.", "8 heures après, rien.", "25h10 : non"],
)
def test_a_sentence_that_begins_with_a_number_is_no_entry(start: str) -> None:
    report = read(f"{HEAD}{start} {BODY}\n\n{BODY}")
    assert all(p.stamp is None for p in report.passages)


def test_a_paragraph_after_the_last_entry_is_not_part_of_it() -> None:
    text = f"Le film de la crue\n\n{BODY}\n\n08h00 : {BODY}\n\n09h00 : {BODY}\n\n{BODY}\n\n{BODY}"
    assert [p.stamp for p in read(text).passages if p.kind in ("lead", "live_entry", "paragraph")] == [None, "T08:00", "T09:00", None, None]


@pytest.mark.parametrize(
    "text",
    [
        "a " * 500_000, "-\n" * 50_000, "ab\n" * 50_000, "[" * 500_000, "(" * 500_000, "[lire la suite] " * 20_000, "11h58 : x\n" * 10_000,
        ". A" * 200_000, " " * 500_000 + "x", "a/" * 300_000, "À lire aussi :\n- x\n" * 10_000, "x©" * 200_000, "» A" * 200_000,
    ],
)  # fmt: skip
def test_time_is_linear(text: str) -> None:
    started = time.perf_counter()
    read(text)
    # A quadratic pass over any of these takes minutes.
    assert time.perf_counter() - started < 20
