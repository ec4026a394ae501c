"""Who made a change: by name for those who coordinate the kommune, by function for others."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from slt.felles.anonymisering import FJERNET, epost_til
from slt.grunn.historikk import Dor
from slt.models import DELTAR, LESER, RETTER, Bruker, Tilgang


class VedNavn:
    """Says what people are called, and their address."""

    def __init__(self, kommune, historikk):
        """Needs nothing looked up."""

    def __call__(self, h):
        if h.history_aktor == FJERNET:
            return _("en som er tatt ut av systemet"), ""
        return h.history_aktor or _uten_bruker(h), epost_til(h)


class VedFunksjon:
    """Says what people were in the kommune when they did it, and nothing of who they are;
    a query for each kind of right.

    Args:
        historikk: the history rows that it is asked of.
    """

    def __init__(self, kommune, historikk):
        brukere = {h.history_user_id for h in historikk} - {None}
        self.retter = defaultdict(list)
        if not brukere:
            return
        for modell in self._modeller():
            rader = modell.historikk.filter(
                history_kommune=kommune.pk, bruker__in=brukere
            )
            for rett in rader.order_by("history_id"):
                self.retter[rett.bruker_id].append(rett)

    @staticmethod
    def _modeller():
        navn = dict.fromkeys(
            navn for rett, (navn, _felt) in RETTER.items() if rett in (LESER, DELTAR)
        )
        return [Tilgang, *(Bruker._meta.get_field(n).related_model for n in navn)]

    def __call__(self, h):
        if h.history_dor == Dor.IMPORT:
            return _("importen"), ""
        if h.history_user is None or h.history_dor in (Dor.LENKE, Dor.KOMMANDO):
            return _uten_bruker(h), ""
        hadde = self._retter_da(h) or self._retter_en_gang(h)
        if h.history_user.is_superuser and "koordinator" not in hadde:
            return _("administrator"), ""
        for rett, ord_ in _funksjoner().items():
            if rett in hadde:
                return ord_, ""
        return _("en som hadde tilgang"), ""

    def _retter_da(self, h):
        """What the user was in the kommune on that day, by what was known of it then."""
        dag = timezone.localdate(h.history_date)
        sist = {}
        for rett in self.retter[h.history_user_id]:
            if rett.history_date <= h.history_date:
                sist[type(rett), rett.id] = rett
        return {
            _navn_pa(rett)
            for rett in sist.values()
            if rett.history_type != "-"
            and rett.fra <= dag
            and (rett.til is None or rett.til >= dag)
        }

    def _retter_en_gang(self, h):
        return {_navn_pa(rett) for rett in self.retter[h.history_user_id]}


def _navn_pa(rett):
    """Which right a row of history is of."""
    if rett.instance_type is Tilgang:
        return rett.rolle
    sete = RETTER.get(DELTAR, ("",))[0]
    er_sete = sete and Bruker._meta.get_field(sete).related_model is rett.instance_type
    return DELTAR if er_sete else LESER


def _funksjoner():
    """{right: what is said of who has it}, what weighs most first."""
    return {
        Tilgang.Rolle.KOORDINATOR: _("SLT-koordinatoren"),
        Tilgang.Rolle.POLITIRAD: _("politirådet"),
        LESER: _("en i tjenesten"),
        Tilgang.Rolle.ANSATT: _("en i tjenesten"),
        DELTAR: _("et medlem av et forum"),
    }


def _uten_bruker(h):
    if h.history_dor == Dor.IMPORT:
        return _("importen")
    if h.history_dor == Dor.KOMMANDO:
        return _("systemet")
    return _("uten innlogging, ved lenke")
