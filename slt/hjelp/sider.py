"""What in the handbook is about the pages that are of no app."""

STEDER = {
    "kom-i-gang#logg-inn": [
        "konto:logg_inn",
        "konto:glemt",
        "konto:glemt_sendt",
        "konto:nytt_passord",
    ],
    "ny-kommune#opprett-kommunen": ["kommune_ny"],
    "ny-kommune#startsettet": ["startsett"],
    "ny-kommune#kom-i-gang-siden": ["start"],
    "ny-kommune#deler-som-slas-pa": ["innstillinger_deler"],
    "ny-kommune#alle-kommunene": ["kommuner"],
    "kom-i-gang#arbeidsflaten": ["inn", "arbeidsflate"],
    "min-side-og-personvern#min-side": [
        "konto:min_side",
        "konto:mine_opplysninger",
        "konto:passord",
    ],
    "min-side-og-personvern#personvernsiden": ["personvern"],
    "skriv-og-lim-inn-tekst#bilder": ["bilde_nytt"],
    "tilgang#se-som-andre": ["konto:se_som"],
    "tilgang#gi-tilgang": ["tilganger", "tilganger_csv", "inviter_igjen"],
    "tilgang#utsendinger": [
        "utsendinger",
        "utsending_ligge",
        "utsendinger_uten_kommune",
        "utsending_uten_kommune_ligge",
    ],
    "tilgang#avslutte-tilgang": ["tilgang_avslutt", "tilgang_avslutt_alt"],
    "tilgang#lenker-for-samarbeidspartnere": ["tilgangslenke_ny"],
    "moter#motene-i-kalenderen": ["mine_kalendere", "min_kalender_trekk"],
    "moter#arshjulet": ["arshjul"],
    "innstillinger-og-administrasjon#innstillinger": [
        "innstillinger",
        "innstillinger_kommune",
        "innstillinger_lokalomrader",
        "innstillinger_steder",
        "innstillinger_sted",
    ],
    "tjenester-og-tilbud#soket": ["sok", "sok_uten_treff"],
    "angre": ["historikk", "slettet", "slettet_hent", "tidligere"],
    "nar-planen-er-behandlet#det-som-er-endret-i-hele-kommunen": [
        "endret",
        "konto:endringsbrev",
    ],
    "innstillinger-og-administrasjon#administrasjonen": ["admin"],
}
