"""What was said in a round of how it goes. The rule: a tjeneste has answered of a tiltak
when there is a proposal of it in the round, or a Statusrapport. Of several, what waits for
the coordinator holds, the newest of it; else what was taken in, as it stands by now; else
what was set aside last."""

from django.db.models import Exists, OuterRef, Q

from tiltak.models import Endringsforslag, Foresporsel, Runde, Statusrapport

Rad = Endringsforslag | Statusrapport


def rader_i(runde: Runde, *, tjeneste=None) -> dict[tuple[int, int], Rad]:
    """{(id of a tjeneste, id of a tiltak): the row that holds what was said of it in the
    round}, with its tiltak; of all, or of one tjeneste. 2 queries."""
    hos = {"tjeneste": tjeneste} if tjeneste else {"tjeneste__isnull": False}
    rapporter = Statusrapport.objects.filter(runde=runde, **hos)
    ut = {_par(rad): rad for rad in rapporter.select_related("tiltak")}
    forslag = _forslag(Q(foresporsel__runde=runde)).filter(**hos)
    forslag = forslag.select_related("tiltak").order_by("mottatt", "pk")
    for rad in forslag:
        # As the coordinator took it in, it stands there already.
        if rad.venter or not isinstance(ut.get(_par(rad)), Statusrapport):
            ut[_par(rad)] = rad
    return ut


def svart_om(runde: Runde, tjeneste) -> set[int]:
    """{id of a tiltak} that a tjeneste has answered of in the round; 2 queries."""
    return {tiltak for _tjeneste, tiltak in rader_i(runde, tjeneste=tjeneste)}


def har_sagt_noe(foresporsler):
    """Of a QuerySet of Foresporsel, those that are answered, all or in part."""
    status = _forslag(Q(foresporsel=OuterRef("pk")))
    notater = Statusrapport.objects.filter(
        runde=OuterRef("runde"), tjeneste=OuterRef("tjeneste")
    )
    besvart = Q(besvart__isnull=False) & ~Q(svar=Foresporsel.Svar.IKKE_ANSVAR)
    return foresporsler.filter(besvart | Exists(status) | Exists(notater))


def _forslag(hvor):
    return Endringsforslag.objects.filter(hvor, slag=Endringsforslag.Slag.STATUS)


def _par(rad):
    return rad.tjeneste_id, rad.tiltak_id
