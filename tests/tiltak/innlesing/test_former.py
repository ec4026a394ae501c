"""Plans of other shapes than the one that the importer was first tried on."""

from tests.tiltak.innlesing.lest import docx, fra_docx, fra_tekst, omriss, plan
from tiltak.innlesing.forslag import foresla


def test_tiltak_as_headings_without_the_word():
    forslag = plan(
        "# Bakgrunn", "Kommunen har en plan.",
        "# Trygge skoler", "Om skolene.",
        "## Skolemiljøteam", "Møter elever.", "Ansvarlig: Rektor", "Frist: 2026",
        "## Foreldremøter", "Hver høst.",
        "## Mobbeombud", "Ansvarlig: Oppvekst",
        "# Evaluering", "Planen evalueres i 2028.",
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Trygge skoler", None, "Skolemiljøteam"),
        ("Trygge skoler", None, "Foreldremøter"),
        ("Trygge skoler", None, "Mobbeombud"),
    ]
    assert [k.tittel.tekst for k in forslag.kapitler] == ["Bakgrunn", "Evaluering"]
    frist = [d for d in forslag.tiltak[0].tekst if d.slag == "felt"]
    assert [(d.etikett, d.tekst) for d in frist] == [("Frist", "2026")]


def test_a_table_with_status_deadline_and_economy():
    forslag = plan(
        "# Tiltaksplan", "## Innsatsområde 1: Rus",
        [
            ["Tiltak", "Ansvar", "Frist", "Status", "Økonomi"],
            ["Uteteam", "Oppvekst", "1.8.2026", "Pågår", "500 000"],
            ["Kurs for foreldre (nytt)", "Helsestasjonen og politiet", "2027", "Planlagt", ""],
        ],
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Rus", None, "Uteteam"),
        ("Rus", None, "Kurs for foreldre"),
    ]
    uteteam, kurs = forslag.tiltak
    assert [(d.etikett, d.tekst) for d in uteteam.tekst] == [
        ("Frist", "1.8.2026"),
        ("Økonomi", "500 000"),
    ]
    assert (uteteam.status.tekst, kurs.status.tekst) == ("i_drift", "planlagt")
    assert (uteteam.nytt, bool(kurs.nytt)) == (None, True)


def test_a_table_of_labels_for_each_tiltak():
    forslag = plan(
        "# Vold", "## Krisesenter",
        [["Målgruppe", "Utsatte over 18 år"], ["Ansvarlig", "Krisesenteret"], ["Telefon", "66 93 23 10"]],
        "## Familievern",
        [["Målgruppe", "Familier"], ["Ansvarlig", "Bufetat"], ["Samarbeidspartnere", "Skole, Barnevern"]],
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Vold", None, "Krisesenter"),
        ("Vold", None, "Familievern"),
    ]
    assert [(m.tekst, m.alder_fra) for m in forslag.tiltak[0].malgrupper] == [
        ("Utsatte over 18 år", 18)
    ]
    assert [(a.navn, a.rolle) for a in forslag.tiltak[1].ansvar] == [
        ("Bufetat", "ansvarlig"), ("Skole", "samarbeidspart"), ("Barnevern", "samarbeidspart"),
    ]  # fmt: skip


def test_tables_of_labels_that_name_their_tiltak():
    forslag = plan(
        "# Rus",
        [["Tiltak 1", "Uteteam"], ["Ansvar", "OUT"], ["Målgruppe", "13–18 år"]],
        "",
        [["Tiltak 2", "Klubb"], ["Ansvar", "Kultur"], ["Målgruppe", "10–15 år"]],
    )

    assert omriss(forslag) == [("Rus", 1, "Uteteam"), ("Rus", 2, "Klubb")]


def test_numbered_paragraphs_under_an_area():
    forslag = foresla(
        fra_tekst(
            "Tiltak mot rus\n\n1. Uteteam i sentrum\nAnsvar: OUT\n\n"
            "2. Kurs for foreldre\nAnsvar: Helsestasjonen\n\n"
            "Tiltak mot vold\n\n1. Krisesenter\nAnsvar: Krisesenteret\n\n"
            "2. Samtalegrupper\nAnsvar: Familievernet\n"
        )
    )

    assert omriss(forslag) == [
        ("Tiltak mot rus", 1, "Uteteam i sentrum"),
        ("Tiltak mot rus", 2, "Kurs for foreldre"),
        ("Tiltak mot vold", 1, "Krisesenter"),
        ("Tiltak mot vold", 2, "Samtalegrupper"),
    ]
    assert [[a.navn for a in t.ansvar] for t in forslag.tiltak] == [
        ["OUT"], ["Helsestasjonen"], ["Krisesenteret"], ["Familievernet"],
    ]  # fmt: skip


def test_the_same_tiltak_under_two_areas():
    forslag = plan(
        "# Rus", "## Tiltak 1: Uteteam", "Ansvar: OUT", "## Tiltak 2: Kurs", "Ansvar: Skole",
        "# Vold", "## Tiltak 1: Uteteam", "Ansvar: Politiet",
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Rus", 1, "Uteteam"),
        ("Vold", 1, "Uteteam"),
        ("Rus", 2, "Kurs"),
    ]
    steder = forslag.tiltak[0].plasseringer
    assert [[a.navn for a in sted.ansvar] for sted in steder] == [["OUT"], ["Politiet"]]


def test_the_same_heading_twice():
    forslag = plan(
        "# Rus", "Om rus.", "# Vold", "Om vold.",
        "# Rus", "## Tiltak 1: Uteteam", "Ansvar: OUT",
        "# Vold", "## Tiltak 1: Senter", "Ansvar: NAV",
    )  # fmt: skip

    assert omriss(forslag) == [("Rus", 1, "Uteteam"), ("Vold", 1, "Senter")]
    assert len(forslag.innsatsomrader) == 2


def test_the_heading_tiltak_under_each_area_is_no_area():
    rader = [["Tiltak", "Ansvar"], ["Uteteam", "OUT"]]

    forslag = plan(
        "# Rus",
        "## Mål",
        "* Færre prøver rus",
        "## Tiltak",
        rader,
        "# Vold",
        "## Tiltak",
        rader,
    )

    assert omriss(forslag) == [("Rus", None, "Uteteam"), ("Vold", None, "Uteteam")]
    assert [(m.type, m.tekst, m.omrade) for m in forslag.malsettinger] == [
        ("hovedmal", "Færre prøver rus", 0)
    ]


def test_headings_for_levels_are_no_areas():
    forslag = plan(
        "# Rus", "## Universelle tiltak", "### Klubb", "Ansvar: Kultur",
        "## Indikative tiltak", "### Ruskontrakt", "Ansvar: Politiet",
    )  # fmt: skip

    assert omriss(forslag) == [("Rus", None, "Klubb"), ("Rus", None, "Ruskontrakt")]
    assert [t.niva.tekst for t in forslag.tiltak] == ["universell", "indikativ"]


def test_no_headings_at_all():
    """Bold lines, the larger the higher."""
    dokument = docx()
    for storrelse, tekst in (
        (16, "Rus"), (12, "Uteteam"), (0, "Møter unge ute."), (0, "Ansvar: OUT"),
        (12, "Klubb"), (0, "Ansvar: Kultur"), (16, "Vold"), (12, "Senter"), (0, "Ansvar: NAV"),
    ):  # fmt: skip
        lop = dokument.add_paragraph().add_run(tekst)
        if storrelse:
            lop.bold, lop.font.size = True, storrelse * 12700

    forslag = foresla(fra_docx(dokument))

    assert omriss(forslag) == [
        ("Rus", None, "Uteteam"),
        ("Rus", None, "Klubb"),
        ("Vold", None, "Senter"),
    ]


def test_in_nynorsk():
    forslag = plan(
        "# Innleiing", "Kommunen vil førebyggje.",
        "# Satsingsområde 1: Rus",
        "## Tiltak 1: Uteteam (nytt tiltak)", "Møter ungdom ute kvar veke.",
        "Målgruppe: Ungdom frå 13 år", "Ansvarleg: Kultureininga",
        "Samarbeidspartar: Politiet, Barnevernet", "Førebyggingsnivå: Selektivt",
        "Kor ofte: To gonger i året",
    )  # fmt: skip

    (tiltak,) = forslag.tiltak
    assert omriss(forslag) == [("Rus", 1, "Uteteam")]
    assert [(a.navn, a.rolle) for a in tiltak.ansvar] == [
        ("Kultureininga", "ansvarlig"), ("Politiet", "samarbeidspart"), ("Barnevernet", "samarbeidspart"),
    ]  # fmt: skip
    assert (tiltak.malgrupper[0].alder_fra, tiltak.niva.tekst, bool(tiltak.nytt)) == (
        13,
        "selektiv",
        True,
    )
    assert (tiltak.hvor_ofte.fra, tiltak.hvor_ofte.per) == (2, "ar")
    assert [k.tittel.tekst for k in forslag.kapitler] == ["Innleiing"]


def test_in_swedish():
    forslag = plan(
        "# Insatsområde 1: Droger", "## Åtgärd 1: Fältgrupp", "Möter unga ute.",
        "Målgrupp: Ungdomar 13–18 år", "Ansvarig: Socialtjänsten",
    )  # fmt: skip

    assert omriss(forslag) == [("Droger", 1, "Fältgrupp")]
    assert [a.navn for a in forslag.tiltak[0].ansvar] == ["Socialtjänsten"]


def test_parts_of_a_tiltak():
    forslag = plan(
        "# Rus", "## Tiltak 1: Undervisning", "Ansvar: Skole",
        "### For 8. trinn", "Ansvar: OUT", "### For vg1 (nytt)", "Ansvar: Fylket",
        "## Tiltak 2: Klubb", "Ansvar: Kultur",
    )  # fmt: skip

    assert [t.tittel.tekst for t in forslag.tiltak] == ["Undervisning", "Klubb"]
    deler = forslag.tiltak[0].deltiltak
    assert [(d.tittel.tekst, bool(d.nytt), d.ansvar[0].navn) for d in deler] == [
        ("For 8. trinn", False, "OUT"), ("For vg1", True, "Fylket"),
    ]  # fmt: skip


def test_themes_with_lists_of_measures():
    """As a survey proposes them: no labels, no numbers."""
    forslag = foresla(
        fra_tekst(
            "Forslag til tiltaksplan\n\nTeamet foreslår dette.\n\nTrygghet\n"
            "•\tStyrke uteteamet\n\n•\tSe på mulighet for at klubbarbeidere tar \nrunder i nærmiljøet\n\n"
            "Foreldre\n•\tKurs for foreldre\n\n•\tStyrke oppfølgingen\n"
        )
    )

    assert omriss(forslag) == [
        ("Trygghet", None, "Styrke uteteamet"),
        (
            "Trygghet",
            None,
            "Se på mulighet for at klubbarbeidere tar runder i nærmiljøet",
        ),
        ("Foreldre", None, "Kurs for foreldre"),
        ("Foreldre", None, "Styrke oppfølgingen"),
    ]


def test_lokalomrader_that_are_known():
    deler = (
        "# Rus",
        "## Tiltak 1: Klubb",
        "Ansvar: Kultur",
        "Sted: Frogner og Fetsund",
    )

    (tiltak,) = plan(*deler, lokalomrader=["Fetsund", "Frogner", "Skjetten"]).tiltak

    assert [v.tekst for v in tiltak.lokalomrader] == ["Fetsund", "Frogner"]


def test_what_the_plan_rests_on_and_who_meets():
    forslag = plan(
        "# Styringsdokumenter", "* Avtale om samarbeid 2024–2028", "* Alkoholpolitisk plan",
        "# Organisering", "## Styrende nivå", "Politirådet møtes fire ganger i året.",
        "## SLT-arbeidsgruppe", "Gruppa består av politikontakten, OUT og NAV. Den møtes hver sjette uke.",
    )  # fmt: skip

    assert [(d.tittel, d.fra_ar, d.til_ar) for d in forslag.styringsdokumenter] == [
        ("Avtale om samarbeid", 2024, 2028), ("Alkoholpolitisk plan", None, None),
    ]  # fmt: skip
    grupper = {f.navn: f for f in forslag.fora}
    assert (grupper["Politirådet"].niva, grupper["Politirådet"].rytme.fra) == (
        "styrende",
        4,
    )
    gruppe = grupper["SLT-arbeidsgruppe"]
    assert [m.tekst for m in gruppe.medlemmer] == ["politikontakten", "OUT", "NAV"]
    assert (gruppe.rytme.per, gruppe.rytme.hver) == ("uke", 6)


def test_a_cell_that_lists_several():
    forslag = plan(
        "# Tiltaksplan",
        [["Innsatsområde", "Tiltak", "Ansvarlig"], ["Rus", "• Uteteam\n• Klubb", "OUT"], ["Vold", "Senter", "NAV"]],
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Rus", None, "Uteteam"),
        ("Rus", None, "Klubb"),
        ("Vold", None, "Senter"),
    ]
    assert [t.ansvar[0].navn for t in forslag.tiltak] == ["OUT", "OUT", "NAV"]


def test_labels_on_lines_of_their_own():
    forslag = plan(
        "# 4 Rus", "## 4.1 Uteteam", "Beskrivelse", "Møter unge.", "Målgruppe", "Ungdom 13–18 år",
        "Ansvar", "OUT", "Frist", "2027", "## 4.2 Klubb", "Målgruppe", "Barn", "Ansvar", "Kultur",
    )  # fmt: skip

    assert omriss(forslag) == [("Rus", 1, "Uteteam"), ("Rus", 2, "Klubb")]
    uteteam = forslag.tiltak[0]
    assert [(d.etikett, d.tekst) for d in uteteam.tekst] == [
        ("", "Møter unge."),
        ("Frist", "2027"),
    ]
    assert [(m.tekst, m.alder_fra) for m in uteteam.malgrupper] == [
        ("Ungdom 13–18 år", 13)
    ]


def test_text_without_numbers_or_marks():
    forslag = foresla(
        fra_tekst(
            "RUS\n\nUteteam\nTeamet møter unge.\nAnsvarlig: OUT\n\nKlubb\nÅpent hus.\nAnsvarlig: Kultur\n\n"
            "VOLD\n\nSenter\nHjelp til utsatte.\nAnsvarlig: NAV\n"
        )
    )

    assert omriss(forslag) == [
        ("RUS", None, "Uteteam"),
        ("RUS", None, "Klubb"),
        ("VOLD", None, "Senter"),
    ]


def test_goals_strategies_and_tiltak_of_each_area():
    forslag = plan(
        "# Satsingsområde 1 – Oppvekst", "## Mål", "* Barn er trygge", "## Strategier", "* Jobbe sammen",
        "## Tiltak", "### Tiltak 1.1 Foreldremøter", "Ansvar: Skole", "### Tiltak 1.2 Natteravn", "Ansvar: FAU",
        "# Satsingsområde 2 – Rus", "Overordnet mål: Mindre rus", "## Tiltak", "### Tiltak 2.1 Uteteam", "Ansvar: OUT",
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Oppvekst", 1, "Foreldremøter"),
        ("Oppvekst", 2, "Natteravn"),
        ("Rus", 1, "Uteteam"),
    ]
    assert [(m.type, m.tekst, m.omrade) for m in forslag.malsettinger] == [
        ("hovedmal", "Barn er trygge", 0), ("strategi", "Jobbe sammen", 0), ("hovedmal", "Mindre rus", 1),
    ]  # fmt: skip


def test_a_title_of_the_table_over_its_head_is_no_area():
    forslag = plan(
        "# Rus",
        [
            ["Tiltaksplan 2025", "", ""],
            ["Tiltak", "Ansvar", "Oppstart"],
            ["Klubb", "Kultur", "2025"],
        ],
    )

    assert omriss(forslag) == [("Rus", None, "Klubb")]


def test_the_word_without_a_number():
    forslag = plan(
        "# Rus", "Tiltak: Uteteam", "Ansvar: OUT", "Tiltak: Klubb", "Ansvar: Kultur"
    )

    assert omriss(forslag) == [("Rus", None, "Uteteam"), ("Rus", None, "Klubb")]


def test_headings_that_begin_as_chapters_do_are_areas_with_tiltak_at_once_beneath():
    forslag = plan(
        "# 1 Oppfølging av unge i risiko", "## Tiltak 1.1 Samtale", "Ansvarlig: Politiet",
        "# 2 Organisering for fritid", "## Tiltak 2.1 Klubb", "Ansvarlig: Kultur",
        "# 3 Oppfølging av planen", "Hvert år.",
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Oppfølging av unge i risiko", 1, "Samtale"),
        ("Organisering for fritid", 1, "Klubb"),
    ]
    assert [k.tittel.tekst for k in forslag.kapitler] == ["Oppfølging av planen"]


def test_short_names_of_areas_of_several_words_stand_before_numbers():
    forslag = plan(
        "# Rus og psykisk helse", "Gratis tilbud.",
        "## Rus og psykisk helse 1 HAP", "Kurs.", "## Rus og psykisk helse 2 Samtale", "Åpent.",
        "# Vold", "## Vold 1 Team", "Ansvarlig: NAV", "## Vold 2 Senter", "Ansvarlig: NAV",
    )  # fmt: skip

    assert omriss(forslag) == [
        ("Rus og psykisk helse", 1, "HAP"),
        ("Rus og psykisk helse", 2, "Samtale"),
        ("Vold", 1, "Team"),
        ("Vold", 2, "Senter"),
    ]


def test_a_cover_and_a_typed_table_of_contents_are_no_chapters():
    forslag = plan(
        "### Fjordvik kommune", "### Foto: Fra skolegården",
        "#### Innhold", "1 Innledning 3", "2 Rus og vold ...... 5", "Tiltak 2.1 Klubb 7",
        "# 1 Innledning", "Om planen.", "# 2 Rus og vold", "## Tiltak 2.1 Klubb", "Ansvar: OUT",
    )  # fmt: skip

    assert [k.tittel.tekst for k in forslag.kapitler] == ["", "Innledning"]
    assert [(u.grunn, u.blokk) for u in forslag.utelatt] == [
        ("innhold", str(nr)) for nr in range(3, 7)
    ]
    assert omriss(forslag) == [("Rus og vold", 1, "Klubb")]


def test_years_after_the_word_tiltak_are_no_title_of_one():
    forslag = plan(
        "# Tiltak 25-28", [["Tiltak", "Ansvar"], ["Klubb", "OUT"], ["Leir", "NAV"]]
    )

    assert omriss(forslag) == [("", None, "Klubb"), ("", None, "Leir")]


def test_goals_keep_their_type_and_stand_once():
    forslag = plan(
        "# 1 Innledning", "Om planen.",
        "# 2 Mål for planen", "Hovedmål: Barn skal ha det trygt.", "Delmål:", "* Færre bruker rus.",
        "# 3 Resultatmål", "* Alle vet hvem de skal ringe.", "Slik arbeider vi med målene. " * 10,
        "# 4 Rus", "## Tiltak 1 Klubb", "Ansvar: OUT",
    )  # fmt: skip

    assert [(m.type, m.tekst) for m in forslag.malsettinger] == [
        ("hovedmal", "Barn skal ha det trygt."),
        ("resultatmal", "Færre bruker rus."),
        ("resultatmal", "Alle vet hvem de skal ringe."),
    ]
    # A chapter of goals and nothing else is the goals.
    assert [(k.tittel.tekst, len(k.tekst)) for k in forslag.kapitler] == [
        ("Innledning", 1), ("Resultatmål", 1),
    ]  # fmt: skip
    assert forslag.dekning.andel == 1
