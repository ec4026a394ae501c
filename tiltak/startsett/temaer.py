"""Themes that people look for help with, in their words."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from slt.felles.startsett import Gruppe, Ting
from tiltak.models import Tema

E = Tema.Emne


def _tema(emne, navn, hverdag, sokeord, *, valgt=True):
    return Ting(
        str(emne.value),
        navn,
        format_lazy(_("På «Hvem kan hjelpe?»: {hverdag}"), hverdag=hverdag),
        {"i_hverdagen": hverdag, "emne": emne.value, "sokeord": sokeord},
        ogsa=(hverdag,),
        valgt=valgt,
    )


TEMAER = (
    _tema(
        E.RUS,
        _("Rus"),
        _("Alkohol og andre rusmidler"),
        _("rusmidler, alkohol, full, fest, hasj, cannabis, piller, dop, vape, snus"),
    ),
    _tema(
        E.VOLD,
        _("Vold i nære relasjoner"),
        _("Vold og krangling hjemme"),
        _("slår, slått, bråk hjemme, redd hjemme, krangler, trusler, krisesenter"),
    ),
    _tema(
        E.OVERGREP,
        _("Seksuelle overgrep"),
        _("Overgrep"),
        _("overgrep, misbruk, voldtekt, tafset på, presset til sex, incest"),
    ),
    _tema(
        E.KONTROLL,
        _("Negativ sosial kontroll"),
        _("Tvang og kontroll"),
        _("tvang, ære, tvangsekteskap, kjønnslemlestelse, får ikke lov, overvåket"),
    ),
    _tema(
        E.NETT,
        _("Digital trygghet"),
        _("Nettet og bilder"),
        _("nakenbilder, deling av bilder, hacket, utpressing, gaming, sosiale medier"),
    ),
    _tema(
        E.SKOLE,
        _("Skole og fravær"),
        _("Skole og fravær"),
        _("fravær, skulk, skulker, vil ikke på skolen, skolevegring, dropper ut"),
    ),
    _tema(
        E.MOBBING,
        _("Mobbing og utenforskap"),
        _("Mobbing"),
        _("mobbet, mobber, plaget, ertet, utestengt, ensom, ingen venner"),
    ),
    _tema(
        E.PSYKISK,
        _("Psykisk helse"),
        _("Har det vondt"),
        _("angst, trist, lei seg, deprimert, selvskading, selvmord, stress, søvn"),
    ),
    _tema(
        E.KROPP,
        _("Kropp og seksualitet"),
        _("Kropp og sex"),
        _("sex, prevensjon, samtykke, grenser, pubertet, kjønn, gravid"),
    ),
    _tema(
        E.NARMILJO,
        _("Kriminalitet og trygghet i nærmiljøet"),
        _("Gjenger og uro i nærmiljøet"),
        _("gjeng, ran, tyveri, hærverk, slåsskamp, kniv, uro, utrygg, bråk ute"),
    ),
    _tema(
        E.HAT,
        _("Radikalisering og hatprat"),
        _("Hat og ekstremisme"),
        _("rasisme, hets, ekstrem, ekstremisme, terror, hatprat, konspirasjon"),
    ),
    _tema(
        E.FRITID,
        _("Fritid"),
        _("Fritid"),
        _("klubb, fritidsklubb, idrett, møteplass, aktivitet, kjeder seg"),
    ),
    _tema(
        E.ARBEID,
        _("Arbeid og økonomi"),
        _("Penger og jobb"),
        _("jobb, sommerjobb, penger, gjeld, regninger, bolig, lærling"),
    ),
    _tema(
        E.BEKYMRET,
        _("Bekymring for barn og unge"),
        _("Bare bekymret"),
        _("bekymret, urolig, magefølelse, melde fra, bekymringsmelding, usikker"),
    ),
)


def _navnene(kommune):
    rader = kommune.temaer.order_by().values_list("navn", "i_hverdagen")
    return [navn for rad in rader for navn in rad]


def _lag(kommune, ting):
    tema = Tema(kommune=kommune, navn=str(ting.navn), **ting.verdier())
    tema.full_clean()
    tema.save()


GRUPPE = Gruppe(
    "temaer",
    _("Temaer"),
    _(
        "Det folk trenger hjelp med, med ordene de søker med. Temaene styrer siden «Hvem "
        "kan hjelpe?»."
    ),
    TEMAER,
    _navnene,
    _lag,
)
