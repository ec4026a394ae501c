"""What in the handbook is about the pages of meetings and activities, and of who reads a
draft."""

FORA = "moter#fora-og-medlemmer"
PLANEN = "moter#moteplanen"
FERIER = "moter#skoleferier-og-motefri-tid"
PLANLEGG = "moter#planlegg-moter"
AKTIVITETER = "moter#aktiviteter"

STEDER = {
    "moter": ["forum_list"],
    FORA: ["forum_detail", "forum_nytt", "forum_endre"],
    "moter#legge-ned-et-forum": ["forum_slett"],
    "moter#motene-i-kalenderen": ["kalenderlenker", "kalenderlenke_trekk"],
    PLANEN: [
        "moteplan",
        "moteplan_ar",
        "moteplan_denne_maneden",
        "moteplan_maned",
        "moter_flytt",
        "mote_flytt",
        "mote_behold",
        "mote_slipp",
        "mote_ny",
        "mote_endre",
        "mote_avlys",
        "mote_gjenopprett",
    ],
    "moter#felles-fora": ["deling_godta", "deling_avsla"],
    FERIER: [
        "motefri",
        "motefri_les",
        "motefri_legg_inn",
        "motefri_endre",
        "motefri_slett",
    ],
    AKTIVITETER: [
        "aktivitet_list",
        "aktivitet_detail",
        "aktiviteter_endre",
        "aktivitet_ny",
        "aktivitet_endre",
        "aktivitet_slett",
        "aktiviteter_etterpa",
        "aktiviteter_gjenta",
    ],
    "moter#forebyggingskalenderen": ["forebyggingskalender"],
    PLANLEGG: ["planlegger", "serie_ny", "serie_endre", "serie_avslutt"],
    "lesere-horing-og-innspill#gi-noen-tilgang-til-et-utkast": [
        "lesere",
        "planlenke_ny",
        "planlenke_trekk",
        "horing_ny",
        "horing_endre",
    ],
}
ADMIN = {FORA: ["moter_forum"], FERIER: ["moter_motefri"]}
