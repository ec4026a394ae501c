"""What a kommune begins with, of plans and tjenester."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from slt.felles.arbeidsflate import Linje
from slt.felles.offentlig import utsagn
from slt.felles.start import TIL_START, Startsteg, antall
from tiltak.hvem.landet import kommunens_egne
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Plassering,
    Tema,
    Tjeneste,
    Tjenestekommune,
)


def _har(rader, sti="kommune"):
    return lambda: Exists(rader().filter(**{sti: OuterRef("pk")}))


def _planen():
    """The plan that is written: the newest that is not over."""
    planer = Handlingsplan.objects.exclude(status=Handlingsplan.Status.AVLOST)
    planer = planer.filter(kommune=OuterRef("pk")).order_by("-fra_ar", "-pk")
    return Subquery(planer.values("slug")[:1])


def _til(side, kommune, *args):
    return reverse(f"tiltak:{side}", args=[kommune.slug, *args])


def _ny_plan(kommune, _plan):
    yield Linje(
        _("Hent inn planen dere har, fra Word, PDF eller regneark"),
        _til("planimport_ny", kommune),
    )
    yield Linje(_("Lag planen fra begynnelsen"), _til("plan_lag", kommune))


def _i_planen(side):
    def veier(kommune, plan):
        if plan is None:
            yield Linje(_("Lag planen først"), _til("plan_lag", kommune))
        else:
            tekst = {
                "disposisjon": _("Skriv i planen"),
                "mangler": _("Se hva planen mangler"),
            }
            yield Linje(tekst[side], _til(side, kommune, plan))

    return veier


def _planene(kommune, _plan=None):
    """To the plan in force; without one, to all that there are."""
    yield Linje(_("Se planen"), kommune.get_absolute_url())


def _den_planen(side, tekst):
    def veier(kommune, plan):
        if plan is None:  # all of them are over
            yield from _planene(kommune)
        else:
            yield Linje(str(tekst), _til(side, kommune, plan))

    return veier


def _publisert(kommune, plan):
    yield from _planene(kommune)
    if plan:
        yield Linje(_("Se hva planen mangler"), _til("mangler", kommune, plan))


def _frem(kommune, plan):
    yield from _i_planen("mangler")(kommune, plan)
    if plan:
        yield Linje(
            _("Registrer behandlingen"), _til("registrer_behandling", kommune, plan)
        )


def _uskrevet():
    kapitler = Kapittel.objects.uskrevne()
    kapitler = kapitler.exclude(plan__status=Handlingsplan.Status.AVLOST)
    return antall(kapitler, "plan__kommune")


def _om_uskrevet(antall):
    return ngettext(
        "%d kapittel har bare forslaget fra startsettet, og vises ikke for leserne.",
        "%d kapitler har bare forslaget fra startsettet, og vises ikke for leserne.",
        antall,
    ) % (antall,)


def _temaene(kommune, _hvor):
    yield Linje(_("Temaer"), _til("temaer", kommune))


def _alle_tjenestene(kommune, _hvor):
    yield Linje(_("Alle tjenestene"), _til("tjeneste_list", kommune))


def _uten_vei_inn(kommune, uten_vei):
    """One after the other: each leads back to the start."""
    if uten_vei:
        side = _til("tjeneste_endre", kommune, uten_vei)
        yield Linje(_("Gi en tjeneste en vei inn"), f"{side}?{TIL_START}")


def _tjenestene(kommune, uten_vei):
    yield from _uten_vei_inn(kommune, uten_vei)
    yield Linje(_("Ny tjeneste"), f"{_til('tjeneste_ny', kommune)}?{TIL_START}")
    yield from _alle_tjenestene(kommune, uten_vei)


def _tjenestene_der(kommune, uten_vei):
    yield from _uten_vei_inn(kommune, uten_vei)
    yield from _alle_tjenestene(kommune, uten_vei)


def _akutt(kommune, _hvor):
    yield Linje(_("Velg tjenesten som har nummeret"), _til("tjeneste_list", kommune))


def _veier():
    return Kontaktpunkt.objects.filter(
        tjeneste__nedlagt=None, synlighet=Kontaktpunkt.Synlighet.OFFENTLIG
    )


def har_akutt():
    """That a number is for what cannot wait: of an own tjeneste, or of another's that it
    has said yes to."""
    veier = _veier().filter(akutt=True)
    delte = Tjenestekommune.objects.godtatte().filter(kommune=OuterRef("pk"))
    egne = Exists(veier.filter(tjeneste__kommune=OuterRef("pk")))
    return utsagn(egne | Exists(delte.filter(tjeneste__kontaktpunkter__in=veier)))


def _har_egen_vei():
    """That one reaches a tjeneste of its own there. The acute number has its own step."""
    veier = kommunens_egne(_veier())
    return Exists(veier.filter(tjeneste__kommune=OuterRef("pk")))


def _uten_vei():
    uten = Tjeneste.objects.virksomme()
    return uten.filter(~Exists(_veier().filter(tjeneste=OuterRef("pk"))))


def _neste_uten_vei():
    uten = _uten_vei().filter(kommune=OuterRef("pk"))
    return Subquery(uten.order_by("navn", "pk").values("pk")[:1])


def _om_uten_vei(antall):
    return ngettext(
        "%d tjeneste har ennå ingen vei inn for alle.",
        "%d tjenester har ennå ingen vei inn for alle.",
        antall,
    ) % (antall,)


STEG = [
    Startsteg(
        nokkel="plan",
        plass=20,
        tittel=gettext_lazy("Lag den første planen"),
        hvorfor=gettext_lazy("Alt i planen hører til her. En tittel og årene er nok."),
        gjort=_har(lambda: Handlingsplan.objects.all()),
        veier=_ny_plan,
        ferdig=_den_planen("handlingsplan_detail", gettext_lazy("Se planen")),
        hvor=_planen,
    ),
    Startsteg(
        nokkel="innsatsomrader",
        plass=30,
        tittel=gettext_lazy("Del planen i innsatsområder"),
        hvorfor=gettext_lazy("Hvert tiltak står i et innsatsområde og får nummer der."),
        gjort=_har(lambda: Innsatsomrade.objects.all(), "plan__kommune"),
        veier=_i_planen("disposisjon"),
        ferdig=_den_planen("disposisjon", gettext_lazy("Se innsatsområdene")),
        hvor=_planen,
    ),
    Startsteg(
        nokkel="temaer",
        plass=40,
        tittel=gettext_lazy("Velg temaene folk trenger hjelp med"),
        hvorfor=gettext_lazy(
            "Uten temaer og søkeord finner ingen fram med sine egne ord."
        ),
        gjort=_har(lambda: Tema.objects.all()),
        veier=_temaene,
    ),
    Startsteg(
        nokkel="tjenester",
        plass=50,
        tittel=gettext_lazy("Legg inn tjenestene og hvordan de nås"),
        hvorfor=gettext_lazy(
            "Et nummer står ett sted, hos tjenesten. Tiltakene viser det derfra. Hjelp for "
            "hele landet teller ikke: dette er kommunens egne."
        ),
        gjort=_har_egen_vei,
        veier=_tjenestene,
        ferdig=_tjenestene_der,
        hvor=_neste_uten_vei,
        rest=lambda: antall(_uten_vei()),
        om_rest=_om_uten_vei,
    ),
    Startsteg(
        nokkel="akutt",
        plass=60,
        tittel=gettext_lazy("Sett et nummer øverst på alle sider"),
        hvorfor=gettext_lazy(
            "Den som trenger hjelp nå, skal slippe å lete. Kryss av for «i "
            "akuttstripen» ved nummeret til barnevernsvakten."
        ),
        gjort=har_akutt,
        veier=_akutt,
        ferdig=_alle_tjenestene,
    ),
    Startsteg(
        nokkel="tiltak",
        plass=70,
        tittel=gettext_lazy("Skriv det første tiltaket"),
        hvorfor=gettext_lazy("En tittel i et innsatsområde er nok til å begynne."),
        gjort=_har(lambda: Plassering.objects.all(), "plan__kommune"),
        veier=_i_planen("disposisjon"),
        ferdig=_den_planen("tiltak_list", gettext_lazy("Se tiltakene")),
        hvor=_planen,
    ),
    Startsteg(
        nokkel="ansvar",
        plass=80,
        tittel=gettext_lazy("Si hvilken tjeneste som svarer for tiltaket"),
        hvorfor=gettext_lazy("Slik får tiltaket et nummer folk kan ringe."),
        gjort=_har(
            lambda: Ansvar.objects.filter(
                rolle__in=Ansvar.ANSVARLIGE, tiltak__plan__isnull=False
            ),
            "tiltak__kommune",
        ),
        veier=_i_planen("disposisjon"),
        ferdig=_den_planen("mangler", gettext_lazy("Se hva planen mangler")),
        hvor=_planen,
    ),
    Startsteg(
        nokkel="vedtak",
        plass=90,
        tittel=gettext_lazy("Publiser planen"),
        hvorfor=gettext_lazy(
            "Et utkast ser ikke alle. Når behandlingen er registrert, kan alle lese planen."
        ),
        gjort=_har(lambda: Handlingsplan.objects.gjeldende()),
        veier=_frem,
        ferdig=_publisert,
        rest=_uskrevet,
        om_rest=_om_uskrevet,
        hvor=_planen,
    ),
]
