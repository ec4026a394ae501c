"""What in the handbook is about the pages of knowledge and figures."""

KAPITTEL = "kunnskap-og-tall"
KILDER = f"{KAPITTEL}#kilder-funn-og-anbefalinger"
TALL = f"{KAPITTEL}#tall"
EGET = "se-pa-eget-arbeid"
EVALUERING = f"{EGET}#evaluering"
MEDVIRKNING = f"{EGET}#medvirkning"
EGENVURDERING = f"{EGET}#politiradets-egenvurdering"
SJEKKLISTE = f"{EGET}#sjekkliste"
RAPPORTER = f"{EGET}#rapporter"
RUNDER = "tjenester-og-tilbud#stemmer-kontaktene-fortsatt"

STEDER = {
    KAPITTEL: ["kunnskap"],
    KILDER: [
        "kilde_detail",
        "kilde_ny",
        "kilde_endre",
        "kilde_slett",
        "funn_nytt",
        "funn_endre",
        "funn_slett",
        "anbefaling_ny",
        "anbefaling_endre",
        "anbefaling_slett",
    ],
    f"{KAPITTEL}#lag-tiltak-av-anbefalingene": ["plan_fra_kilde", "anbefalinger"],
    TALL: [
        "indikator_list",
        "indikator_detail",
        "indikator_ny",
        "indikator_endre",
        "indikator_slett",
    ],
    EVALUERING: [
        "evaluering_list",
        "evaluering_detail",
        "evalueringene",
        "evaluering_ny",
        "evaluering_arbeid",
        "evaluering_endre",
        "evaluering_tiltak",
        "evaluering_ferdig",
        "evaluering_apne",
        "evaluering_publiser",
        "evaluering_slett",
    ],
    RUNDER: ["svar_tall"],
    MEDVIRKNING: [
        "medvirkning",
        "medvirkning_ny",
        "medvirkning_endre",
        "medvirkning_slett",
    ],
    EGENVURDERING: [
        "egenvurdering_list",
        "egenvurdering_detail",
        "egenvurdering_ny",
        "egenvurdering_endre",
        "egenvurdering_slett",
        "egenvurdering_ferdig",
        "egenvurdering_apne",
    ],
    SJEKKLISTE: ["sjekkliste", "normsvar", "normsvar_slett"],
    RAPPORTER: [
        "rapport_list",
        "rapport_detail",
        "rapportene",
        "rapport_ny",
        "rapport_arbeid",
        "rapport_endre",
        "rapport_ferdig",
        "rapport_apne",
        "rapport_slett",
        "rapport_word",
        "rapport_lysbilder",
        "rapport_publiser",
    ],
    f"{KAPITTEL}#mange-tall-pa-en-gang": [
        "tallimport_ny",
        "tallimport",
        "tallimport_oppsett",
        "tallimport_navn",
        "tallimport_legg_inn",
        "tallimport_forkast",
        "tallimport_angre",
    ],
}
ADMIN = {
    KILDER: ["evaluering_kilde", "evaluering_funn", "evaluering_anbefaling"],
    TALL: ["evaluering_indikator", "evaluering_maling"],
}
