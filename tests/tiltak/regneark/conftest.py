from types import SimpleNamespace

import pytest

from slt.grunn.regneark import alle_ark
from tests.factories import (
    AnsvarFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TemaFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
    VeilederFactory,
    gi_status,
)
from tiltak.models import Lenke, Malgruppe, Malsetting, Styringsdokument
from tiltak.regneark import les


@pytest.fixture
def _i_samme_prosess(monkeypatch):
    """Reads files here: to start a process for each takes half a second."""
    monkeypatch.setattr(
        les,
        "kjor",
        lambda _navn, innhold, _budsjett, *valg: b"".join(alle_ark(innhold, *valg)),
    )


@pytest.fixture
def verden(kommune):
    """A draft with two innsatsområder, and one of each in it and round it."""
    plan = UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    vold = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold", rekkefolge=1)
    rus = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus", rekkefolge=2)
    politi = TjenesteFactory(kommune=kommune, navn="Politiet")
    nav = TjenesteFactory(kommune=kommune, navn="Nav", kortnavn="NAV")
    KontaktpunktFactory(tjeneste=politi, type="telefon", verdi="40020730")
    steder = [
        PlasseringFactory(innsatsomrade=vold, nummer=nr, tiltak__tittel=tittel)
        for nr, tittel in enumerate(["Klubb", "Fagdag", "Natteravn"], 1)
    ]
    klubb, fagdag, natteravn = (sted.tiltak for sted in steder)
    del_ = TiltakFactory(plan=plan, overordnet=fagdag, tittel="6. trinn")
    Malgruppe.objects.create(tiltak=klubb, tekst="ungdom", alder_fra=13, alder_til=16)
    Malgruppe.objects.create(tiltak=klubb, tekst="elever", trinn_fra=8, trinn_til=11)
    AnsvarFactory(tiltak=klubb, tjeneste=politi, merknad="den enkelte skole")
    AnsvarFactory(tiltak=klubb, tjeneste=nav, rolle="samarbeidspart")
    Lenke.objects.create(tiltak=klubb, tittel="Mer", adresse="https://a.no/")
    Malsetting.objects.create(plan=plan, type="visjon", tekst="Trygt for alle.")
    Styringsdokument.objects.create(plan=plan, kommune=kommune, tittel="Avtalen")
    KapittelFactory(plan=plan, tittel="Bakgrunn", tekst="<p>Før.</p>")
    return SimpleNamespace(
        kommune=kommune,
        plan=plan,
        vold=vold,
        rus=rus,
        politi=politi,
        nav=nav,
        klubb=klubb,
        fagdag=fagdag,
        natteravn=natteravn,
        del_=del_,
        sted=steder[0],
        omrade=LokalomradeFactory(kommune=kommune, navn="Fetsund"),
        tema=TemaFactory(kommune=kommune, navn="Skolefravær"),
        veileder=VeilederFactory(kommune=kommune, tittel="BTI-veilederen"),
    )


@pytest.fixture
def gjelder(verden):
    """The same plan, which holds by now."""
    gi_status(verden.plan, "gjeldende")
    return verden
