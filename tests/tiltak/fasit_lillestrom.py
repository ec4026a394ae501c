"""The facts of Lillestrøm's 47 tiltak 2024–2028, read from the source apart from fixtures/.

Facts alone: numbers, addresses, ages, names of services. The source's known faults are
mended (a misspelt HFU address, the youth site's two names, broken line ends). Its links at
page bottoms repeat links of the same page and are left out. Web addresses stand without
scheme, `www.` and the last slash; phone numbers as digits.
"""

UNGDOM = "ungdomskriminalitet"
VOLD = "vold-og-overgrep"
HAT = "hatkriminalitet-og-ekstremisme"
NETTVERK = "kriminelle-nettverk"

ANTALL = {UNGDOM: 28, VOLD: 10, HAT: 5, NETTVERK: 4}

LOKALOMRADER = [
    "Fetsund",
    "Frogner",
    "Lillestrøm/Kjeller",
    "Skedsmokorset/Leirsund",
    "Strømmen/Skjetten",
    "Sørumsand",
]

# Who answers: a distinctive part of the name or the short name, in any case.
BARN_OG_UNGE = "barn og unge, kultur"
FYLKET = "fylkeskommune"
HELSETJENESTER = "helsetjenester for barn og unge"
HFU_LILLESTROM = "helsestasjon for ungdom lillestrøm"
HFU_SORUMSAND = "helsestasjon for ungdom sørumsand"
KONFLIKTRADET = "konfliktrådet"
OUT = "oppsøkende ungdomsteam"
PHA = "psykisk helse og avhengighet"
PHFS = "psykisk helse og familiestøtte"
PHFS_UNGDOM = "phfs-u"
POLITIET = "politiet"
SLT = "slt-koordinator"

# Addresses that stand at several tiltak.
KOMMUNEN = "lillestrom.kommune.no/helse-og-omsorg"
AFK_SKOLER = (
    "afk.no/tjenester/skole-og-opplaring/opplaring-i-skole/skoler/videregaende-skoler"
)
BARNEVERN_NETT = f"{KOMMUNEN}/barnevern-og-foreldreveiledning/barneverntjenesten"
HELSETJENESTER_NETT = f"{KOMMUNEN}/helsetjenester-for-barn-og-unge"
PHFS_NETT = f"{KOMMUNEN}/psykisk-helse/psykisk-helse-og-familiestotte"
RAD = "politiet.no/rad"
AHUS = "ahus.no/avdelinger/psykisk-helsevern-og-rus-divisjon"
POLITIDISTRIKT = "politiet.no/om-politiet/organisasjonen/politidistrikter/ost"
FAGTEAM = (
    "imdi.no/revidert-mandat-for-imdis-fagteam-for-forebygging-av-negativ-"
    "sosialkontroll-og-aresrelatert"
)

GRUNNSKOLE, UNGDOMSSKOLE, VIDEREGAENDE = (1, 10), (8, 10), (11, 13)

# Said in the text of tiltak, never the way in to one of them.
NODNUMRE = {"112", "113", "02800", "116117"}

# Given in a chapter, not at a tiltak.
KAPITLENES_NETT = {"bti.lillestrom.kommune.no"}

# Keys, all but the first left out where the source says nothing:
#   tittel      a part of the title
#   nytt        marked as a new tiltak
#   ansvar      who is responsible
#   kan_ansvar  who the text gives a part of the responsibility, besides
#   alder       target ages, from and to (inclusive; None: open)
#   trinn       target grades that the text gives as numbers, from and to
#   skoleslag   target grades that follow from words (ungdomsskole): may stand, need not
#   voksne      the text says adults: an age from 18 may stand, need not
#   telefon, epost, nett
#   nodnummer   emergency numbers that the text refers to
#   gjentas     how often: from, to, per, week
#   kontakt     who may make contact, where the source leaves no doubt
#   bti         step of the BTI guide, from and to
TILTAK = {
    (UNGDOM, 1): {
        "tittel": "Fritidsklubber",
        "ansvar": {BARN_OG_UNGE},
        "alder": {(10, 18)},
        "telefon": {"47795404"},
        "epost": {"ung@lillestrom.kommune.no"},
        "nett": {"unglillestrom.no"},
    },
    (UNGDOM, 2): {
        "tittel": "Ferieaktiviteter",
        "ansvar": {BARN_OG_UNGE},
        "alder": {(10, 18)},
        "telefon": {"47795404"},
        "epost": {"ung@lillestrom.kommune.no"},
    },
    (UNGDOM, 3): {
        "tittel": "Informasjonsdag",
        "nytt": True,
        "ansvar": {BARN_OG_UNGE},
        "skoleslag": {UNGDOMSSKOLE},
        "telefon": {"47795404"},
        "epost": {"ung@lillestrom.kommune.no"},
        "nett": {"unglillestrom.no"},
        "gjentas": (4, 6, "ar", None),
    },
    (UNGDOM, 4): {
        "tittel": "Aktivitetskort",
        "ansvar": {"kommunalområdet kultur"},
    },
    (UNGDOM, 5): {
        "tittel": "Aktivitetsguide",
        "ansvar": {"idrettsråd"},
        "epost": {"aktivitetsguiden.lillestrom@irnif.no"},
        "nett": {"idrettsrad.no/viken/Lillestrom/aktivitetsguiden/aktivitetsguide"},
    },
    (UNGDOM, 6): {
        "tittel": "Ung i jobb",
        "ansvar": {BARN_OG_UNGE},
        "alder": {(13, 25)},
        "telefon": {"40409227"},
        "epost": {"ungijobb@lillestrom.kommune.no"},
    },
    (UNGDOM, 7): {
        "tittel": "Miljøarbeidere",
        "ansvar": {FYLKET},
        "skoleslag": {VIDEREGAENDE},
        "nett": {AFK_SKOLER},
    },
    (UNGDOM, 8): {
        "tittel": "Oppsøkende virksomhet",
        "ansvar": {OUT},
        "alder": {(10, 24)},
        "telefon": {"46934634"},
        "epost": {"out@lillestrom.kommune.no"},
        "nett": {f"{KOMMUNEN}/oppsokende-ungdomsteam"},
    },
    (UNGDOM, 9): {
        "tittel": "Livsmestringsgrupper",
        "ansvar": {OUT},
        "alder": {(12, 22)},
        "skoleslag": {UNGDOMSSKOLE},
        "telefon": {"46934634"},
        "epost": {"out@lillestrom.kommune.no"},
    },
    (UNGDOM, 10): {
        "tittel": "Rusundervisning",
        "ansvar": {HELSETJENESTER},
        "kan_ansvar": {OUT, "hfu", PHFS_UNGDOM, PHA, "skolehelsetjenesten"},
        "trinn": {(6, 6), (8, 8), (11, 11)},
        "nett": {HELSETJENESTER_NETT},
        "gjentas": (1, 1, "ar", None),
    },
    (UNGDOM, 11): {
        "tittel": "Seksualundervisning",
        "ansvar": {HFU_LILLESTROM, HFU_SORUMSAND},
        "trinn": {(9, 9)},
        "telefon": {"40020730", "47461208"},
        "epost": {
            "hfu.lillestrom@lillestrom.kommune.no",
            "hfu.sorumsand@lillestrom.kommune.no",
        },
    },
    (UNGDOM, 12): {
        "tittel": "Temakvelder",
        "nytt": True,
        "ansvar": {PHFS_UNGDOM, "møteplasser for barn og unge", "bibliotek"},
    },
    (UNGDOM, 13): {
        "tittel": "doping",
        "nytt": True,
        "ansvar": {SLT},
        "skoleslag": {UNGDOMSSKOLE, VIDEREGAENDE},
        "gjentas": (1, 1, "ar", None),
    },
    (UNGDOM, 14): {
        # The source names nobody as responsible: the title says whose pages they are.
        "tittel": "Politiets nettsider",
        "ansvar": {POLITIET},
        "nett": {
            RAD,
            f"{RAD}/trygg-nettbruk/delbart",
            f"{RAD}/trygg-nettbruk/seksuell-utpressing-pa-internett",
            f"{RAD}/trygg-nettbruk/deling-av-voldsvideoer",
            f"{RAD}/trygg-nettbruk/seksuell-utnyttelse-av-barn-over-internett",
            f"{RAD}/beskytt-deg-mot-svindel-og-id-tyveri",
        },
    },
    (UNGDOM, 15): {
        "tittel": "Helsestasjon for ungdom",
        "ansvar": {HFU_LILLESTROM, HFU_SORUMSAND},
        "alder": {(13, 24)},
        "telefon": {"40020730", "47461208"},
        "epost": {
            "hfu.lillestrom@lillestrom.kommune.no",
            "hfu.sorumsand@lillestrom.kommune.no",
        },
    },
    (UNGDOM, 16): {
        "tittel": "mobbing",
        "ansvar": {"fagstab oppvekst"},
        "epost": {"beredskapmotmobbing@lillestrom.kommune.no"},
        "kontakt": {"unge", "foresatte", "ansatte"},
    },
    (UNGDOM, 17): {
        "tittel": "Lokalt tverrfaglig møte",
        "ansvar": {"skole"},
        "skoleslag": {GRUNNSKOLE},
        "bti": (0, 1),
    },
    (UNGDOM, 18): {
        "tittel": "Sentralt tverrfaglig møte",
        "ansvar": {PHFS},
        "epost": {"tfmskole@lillestrom.kommune.no"},
    },
    (UNGDOM, 19): {
        "tittel": "Foreldreveiledning",
        "ansvar": {PHFS},
        "telefon": {"90821722"},
        "nett": {PHFS_NETT},
    },
    (UNGDOM, 20): {
        "tittel": "PMTO",
        "nytt": True,
        "ansvar": {"oppvekst"},
        "alder": {(None, 12), (3, 12)},
    },
    (UNGDOM, 21): {
        "tittel": "rusoppfølging",
        "ansvar": {OUT, "hfu", PHFS_UNGDOM, PHA},
        "kan_ansvar": {PHFS},
        "alder": {(10, 24), (13, 24), (12, 25), (18, None)},
        "telefon": {"46934634", "40020730", "90821722"},
        "epost": {"out@lillestrom.kommune.no", "hfu.lillestrom@lillestrom.kommune.no"},
        "nett": {
            PHFS_NETT,
            f"{KOMMUNEN}/psykisk-helse-og-avhengighet/over-18-ar/tilbud",
            f"{AHUS}/barn-og-unges-psykiske-helsevern-abup/bup-nedre-romerike",
            f"{AHUS}/rus-og-avhengighet-ara/ara-nedre-romerike-poliklinikk",
        },
    },
    (UNGDOM, 22): {
        "tittel": "Kontakttelefonen",
        "ansvar": {PHFS},
        "telefon": {"90821722"},
        "nett": {PHFS_NETT},
        "kontakt": {"unge", "foresatte", "ansatte"},
    },
    (UNGDOM, 23): {
        # For all who live here; the ages that tiltak 21 gives are those of its HFU.
        "tittel": "Hasjavvenning",
        "ansvar": {HFU_LILLESTROM},
        "telefon": {"40020730"},
        "nett": {
            f"{KOMMUNEN}/helsehjelp/helsestasjon/finnhelsestasjon/helsestasjon-for-ungdom-hfu"
        },
    },
    (UNGDOM, 24): {
        "tittel": "Mekling",
        "ansvar": {KONFLIKTRADET},
        "telefon": {"21507109"},
        "epost": {"post@konfliktraadet.no"},
        "nett": {"konfliktraadet.no"},
    },
    (UNGDOM, 25): {
        "tittel": "Oppfølgingstjenesten",
        "ansvar": {FYLKET},
        "trinn": {(10, 10)},
        "skoleslag": {VIDEREGAENDE},
        "telefon": {"63805760"},
    },
    (UNGDOM, 26): {
        "tittel": "Kullansvar",
        "ansvar": {FYLKET},
        "alder": {(None, 24)},
        "nett": {AFK_SKOLER},
        "gjentas": (1, 1, "uke", None),
    },
    (UNGDOM, 27): {
        "tittel": "Brobyggerne",
        "ansvar": {PHFS},
        "trinn": {(1, 10)},
        "telefon": {"90821722"},
        "nett": {PHFS_NETT, f"{KOMMUNEN}/psykisk-helse/brobyggerne"},
    },
    (UNGDOM, 28): {
        # Nobody is responsible yet; the source says who is to found the teams.
        "tittel": "FACT",
        "nytt": True,
        "ansvar": set(),
        "voksne": True,
        "nett": {"napha.no/tema/factung", "napha.no/content/13921/act--og-fact-team"},
    },
    (VOLD, 1): {
        "tittel": "Trygghetsuka",
        "ansvar": {"bti"},
        "gjentas": (1, 1, "ar", 44),
    },
    (VOLD, 2): {
        "tittel": "TryggEST",
        "nytt": True,
        "ansvar": {"lillestrøm kommune"},
        "voksne": True,
        "telefon": {"64843370"},
        "nodnummer": {"112", "113", "116117"},
    },
    (VOLD, 3): {
        "tittel": "Mangfoldsrådgiver",
        "ansvar": {"imdi"},
        "skoleslag": {UNGDOMSSKOLE, VIDEREGAENDE},
        "nett": {
            f"{FAGTEAM}/minoritetsradgivere-pa-ungdomskoler-og-videregaende-skoler"
        },
    },
    (VOLD, 4): {
        "tittel": "SO",
        "ansvar": {"oppvekst"},
        "alder": {(0, 18)},
        "epost": {"soteam@lillestrom.kommune.no"},
        "kontakt": {"ansatte"},
    },
    (VOLD, 5): {
        "tittel": "Alternativ til vold",
        "ansvar": {"atv"},
        "alder": {(18, None)},
        "telefon": {"40001664"},
    },
    (VOLD, 6): {
        "tittel": "Krisesenter",
        "ansvar": {"romerike krisesenter"},
        "telefon": {"66932310"},
    },
    (VOLD, 7): {
        "tittel": "seksuelle overgrep",
        "ansvar": {POLITIET},
        "telefon": {"40437933"},
        "nett": {f"{RAD}/vold-og-overgrep"},
        "nodnummer": {"02800", "112"},
    },
    (VOLD, 8): {
        "tittel": "vold mot barn",
        "ansvar": {POLITIET},
        "telefon": {"40437933"},
        "nett": {f"{RAD}/vold-og-overgrep"},
        "nodnummer": {"02800", "112"},
    },
    (VOLD, 9): {
        "tittel": "æresvold",
        "ansvar": {POLITIET},
        "telefon": {"94018416"},
        "epost": {"fra.romerike.ost@politiet.no"},
        "nett": {RAD, f"{RAD}/vold-i-nare-relasjoner"},
        "nodnummer": {"02800", "112"},
    },
    (VOLD, 10): {
        "tittel": "Barnevernsvakt",
        "ansvar": {"barnevernsvakt"},
        "telefon": {"64993270"},
    },
    (HAT, 1): {
        "tittel": "Dembra",
        "nytt": True,
        "ansvar": {"skole"},
        "skoleslag": {GRUNNSKOLE, VIDEREGAENDE},
        "nett": {"dembra.no/no"},
    },
    (HAT, 2): {
        "tittel": "Fagdag",
        "nytt": True,
        "ansvar": {"politikontakt", SLT},
        "gjentas": (1, 1, "ar", None),
    },
    (HAT, 3): {
        "tittel": "hatprat",
        "ansvar": {PHFS_UNGDOM},
        "kontakt": {"ansatte"},
    },
    (HAT, 4): {
        "tittel": "Kontakt med politiet",
        "ansvar": {POLITIET},
        "telefon": {"64993000"},
        "nett": {f"{RAD}/hat-ytringer-og-trusler"},
        "nodnummer": {"02800", "112"},
    },
    (HAT, 5): {
        "tittel": "Ressursgruppe",
        "nytt": True,
        "ansvar": {POLITIET, SLT},
    },
    (NETTVERK, 1): {
        "tittel": "Barnevernets tiltak",
        "ansvar": {"barneverntjenesten"},
        "epost": {"barneverntjenesten@lillestrom.kommune.no"},
        "nett": {BARNEVERN_NETT},
    },
    (NETTVERK, 2): {
        # Bufetat's number is not given.
        "tittel": "menneskehandel",
        "ansvar": {"barneverntjenesten"},
        "epost": {"barneverntjenesten@lillestrom.kommune.no"},
        "nett": {BARNEVERN_NETT},
    },
    (NETTVERK, 3): {
        "tittel": "Straffegjennomføring",
        "ansvar": {KONFLIKTRADET},
        "alder": {(15, 18)},
        "telefon": {"21507109"},
        "epost": {"post@konfliktraadet.no"},
        "nett": {"konfliktraadet.no"},
    },
    (NETTVERK, 4): {
        "tittel": "kriminelle nettverk",
        "ansvar": {POLITIET},
        "telefon": {"64993000"},
        "nett": {
            RAD,
            "politiet.no/tjenester/tips-politiet",
            f"{POLITIDISTRIKT}/politiets-publikumssenter-lillestrom",
            f"{RAD}/organisert-kriminalitet-nn",
            f"{RAD}/rekruttering-til-kriminelle-nettverk",
        },
        "nodnummer": {"02800", "112"},
    },
}

ANSVAR_IKKE_AVKLART = {(UNGDOM, 28)}

# A pilot, and teams that are still to be founded.
IKKE_I_DRIFT = {(UNGDOM, 20), (UNGDOM, 28)}

# Tiltak 10 of the first area has three parts: a part of the title, grade, new or not.
RUSUNDERVISNING = [("6. trinn", 6, False), ("8. trinn", 8, False), ("", 11, True)]

# When a number is answered; the source gives hours for no other. 0 is Monday; opening and
# closing at the same time is round the clock.
TELEFONTIDER = {
    "90821722": {(0, 3, "12:00", "14:30")},
    "64843370": {(0, 4, "09:00", "14:00")},
    "40437933": {(0, 4, "08:00", "14:00")},
    "94018416": {(0, 4, "08:00", "15:00")},
    "64993270": {(0, 6, "00:00", "00:00")},
}

# Two lines for talks, the switchboard, and the number for what is urgent but no emergency.
POLITIETS_NUMRE = {"40437933", "94018416", "64993000", "02800"}

# Private persons whom the sources name, as sha256 of the lower-case word or word pair.
NAVN = {
    "0011ed19ce9e7d7c93f0a609e90241063d13eb56c77aef8336f8e0816b5391f9",
    "0cc84f1d3c66fdda72a6aeb7391c2f58ac5cb31dff789a5fe9f0a283787253cd",
    "0f589fe247420f89ddb741da865272ec8b76cbf649ebb92f2362df6068e12128",
    "14f8458e96eabb16a0a644b7d43cf92cf2fe66fe85a78a4e19acc27e8bb002c1",
    "1c2c29c98319a1828c284258fd47333fbe983ecb60175d5031c8605d22ece94d",
    "1c470e94738cc82954780127d5cf98e80e4c93574abfef125085c99c1ef47bd4",
    "2b0560ef618d0d2e9b349cd0f87018985e984a0b8779e04c65e40ce80fb6844f",
    "36b92ca024f5404b1a0d77e4476f4507ecd5cd559380ae7e1773ecbb481491fd",
    "40cb80a79cba02667dcb0e6d8ce2165c72ffda3a5cf6a3c4e92f0a247fe5400a",
    "4448b0534e73c54f16887d6c079cadbffba5f4be6b45cdefd137bd67f82d23e5",
    "57c2af6512bbed9ae56cab6d12fcd985ba3a064fb773fcab541f536b37f876d3",
    "5ef44b378ab92ae3015930f0fa4481bcf212102e6457c5921dbafd5b0931a80e",
    "6629396b3e938cffae6ed57f1e4d01ddf2c9b1369ef7ab4b52ff87e2672889ab",
    "7131f5131a35c8841bcf1decf00c287c6ec9d5cafb3847dcd27d937d70edbd7a",
    "782c33993d5a5e99bfa24f7a0f57beedade609deca80cda1555657a0852e9bd2",
    "796e43a5a8cdb73b92b5f59eb50610cea3efa8ce229cd7f0557983091b2b4552",
    "88aa9fec5cc57dab3255b654d3f54b8cb6f4c8a1a8b7de18ea353a45dd36988c",
    "96e8993a239f6f31e0b88c21fcb4519fa8513fe40fceede5a5dd13c91793e648",
    "9a4107ed1ca046c6aca056686c57a554e6581a19b197649cd327f93496c48549",
    "b831b73c361df4f8fe480a0dd3a8d419b74ff3af921170e516c612cffbd505c9",
    "c8dd9d1b5c8a65f56fd8bb329e1e8d1b87bc6c1597b3614caa54244beb207242",
    "dbc7a31dae2de97534af810f1dcfe17880a9338c59e69ee6bc151dbd5757c270",
    "eb5686f68780236907c8415d324afe138fe2142d919d110ae7472a1a0e3769e7",
    "f440674c70ad8f4df22c9d3f94ce89f3573ea079394219f8a27826fbf82a8880",
    "fb7d6ce700f1ed881776a8a9de7ab09f60c294645bb28ce3550e609486889395",
    "fe5d6da010abbe7896888c616923d7442e53aa2216cb1b59f8de7ed07a65caa2",
}
