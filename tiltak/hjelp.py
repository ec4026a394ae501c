"""What in the handbook is about the pages of plans and services."""

SKRIV = "skriv-planen"
BEHANDLET = "nar-planen-er-behandlet"
FROSNE = f"{BEHANDLET}#frosne-dokumenter"
TREKK = f"{BEHANDLET}#trekke-en-registrering-tilbake"
NUMMER = "kom-i-gang#rett-et-telefonnummer-eller-en-adresse"
TILBUD = "tjenester-og-tilbud#tilbud-utenom-planen"

STEDER = {
    SKRIV: [
        "disposisjon",
        "handlingsplan_detail",
        "plan",
        "innsatsomrade_detail",
        "tiltak_list",
        "tiltak_detail",
        "tiltak_endre",
        "gi_plass",
        "kapittel_endre",
        "kapittel_nytt",
        "innsatsomrade_endre",
        "innsatsomrade_nytt",
        "nytt_tiltak",
        "plan_endre",
        "plan_lag",
        "flytt",
        "slett",
        "enige_i_nivaene",
    ],
    f"{SKRIV}#det-som-er-nytt-i-en-plan-som-gjelder": ["upublisert", "publiser"],
    f"{SKRIV}#dette-mangler-i-planen": ["mangler"],
    f"{SKRIV}#hull-i-dekningen": ["dekning"],
    f"{SKRIV}#planen-som-regneark": [
        "regneark",
        "regneark_xlsx",
        "regnearkimport",
        "regnearkimport_legg_inn",
        "regnearkimport_forkast",
    ],
    NUMMER: [
        "tjeneste_list",
        "tjeneste_detail",
        "tjeneste_endre",
        "kontaktpunkt_endre",
    ],
    "tjenester-og-tilbud#ny-tjeneste": ["tjeneste_ny"],
    "tjenester-og-tilbud#tjenester-for-flere-kommuner": [
        "delte_tjenester",
        "tjenestedeling_godta",
        "tjenestedeling_avsla",
    ],
    "tjenester-og-tilbud#hvem-kan-hjelpe": ["hvem", "hvem_svar"],
    "tjenester-og-tilbud#nar-noen-leter-etter-hjelp": ["uten_nett"],
    TILBUD: ["tilbud_list", "tilbud_detail", "tilbud_nytt", "tilbud_ta_inn"],
    "fra-dokument-til-plan": ["planimport_ny"],
    "fra-dokument-til-plan#se-gjennom": [
        "planimport",
        "planimport_valg",
        "planimport_tilbake",
        "planimport_lest",
        "planimport_etiketter",
        "planimport_tjenester",
        "planimport_personer",
        "planimport_legg_inn",
        "planimport_angre",
        "planimport_forkast",
    ],
    "fra-dokument-til-plan#det-som-ikke-blir-med": ["planimport_utelatt"],
    "ny-plan-for-neste-periode": ["ny_plan", "overgang", "overgang_ta_tilbake"],
    "lesere-horing-og-innspill#innspill": [
        "innspill_list",
        "innspill_pdf",
        "innspill_for_inn",
        "innspill_svar",
        "innspill_nytt",
        "innspill_mine",
    ],
    BEHANDLET: ["registrer_behandling", "behandling_bekreft", "behandling_pdf"],
    FROSNE: ["dokumenter", "dokument", "dokument_kontroll", "dokument_arkiv"],
    TREKK: ["behandling_trekk"],
    f"{BEHANDLET}#det-som-er-endret-siden-planen-ble-behandlet": ["endringer"],
    f"{BEHANDLET}#avslutte-en-plan": ["plan_avslutt", "plan_gjenapne"],
    "flere-planer": ["planrekker"],
    "flere-planer#samme-tiltak-i-flere-planer": ["sett_inn"],
    "moter#vedtak-og-avtaler": ["styringsdokumenter"],
    "tjenester-og-tilbud#temaer": ["temaer", "tema"],
    "tjenester-og-tilbud#tekst-til-ansatte": ["til_ansatte"],
    "tjenester-og-tilbud#veiledere-skjema-og-rutiner": ["veiledere"],
}
ADMIN = {
    SKRIV: [
        "tiltak_handlingsplan",
        "tiltak_innsatsomrade",
        "tiltak_tiltak",
        "tiltak_kapittel",
    ],
    NUMMER: ["tiltak_tjeneste", "tiltak_kontaktpunkt"],
    "tjenester-og-tilbud#temaer": ["tiltak_tema"],
    "tjenester-og-tilbud#tekst-til-ansatte": ["tiltak_tilansatte"],
    "tjenester-og-tilbud#veiledere-skjema-og-rutiner": ["tiltak_veileder"],
    "flere-planer": ["tiltak_planrekke"],
    "moter#vedtak-og-avtaler": ["tiltak_styringsdokument"],
}
