"""The form of a forum: what it is, who sits in it, where it sends matters, and which
neighbours take part."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moter.fora.valg import Brukervalg, brukere, brukervalgene, nivavalg
from moter.models import Forum, Forumskommune, Forumsmedlem, Sendevei
from moter.moteplan.serier import legg_ned
from slt.felles.delingsrader import Delingsrad, Delingsrader
from slt.felles.forms import Dato, NyEllerEndretForm
from slt.felles.skjemarader import RadForm, SideRadFormSet, ValgtRad, radsett
from slt.felles.skjemaside import Del, Skjema
from slt.models import Bruker, Kommune

INGEN = ("", "---------")


class ForumForm(NyEllerEndretForm):
    """All that a forum is by itself."""

    class Meta:
        model = Forum
        fields = [
            "navn",
            "type",
            "niva",
            "formal",
            "rytme",
            "lokalomrade",
            "overordnet",
            "offentlig",
            "lett",
            "rekkefolge",
            "nedlagt",
        ]
        labels = {"rekkefolge": _("plass i listen")}
        help_texts = {
            "rekkefolge": _(
                "På hvert nivå står det laveste tallet først. Foraene etter det rykker."
            )
        }
        widgets = {"nedlagt": Dato}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        forum, kommune = self.instance, self.instance.kommune
        self.fields["niva"].choices = nivavalg(kommune, self.fields["niva"].choices)
        # Seen by those who have no JavaScript.
        self.fields["formal"].widget.attrs["rows"] = 8
        over = Q(nedlagt=None) | Q(nedlagt__gte=timezone.localdate())
        over |= Q(pk=forum.overordnet_id)
        self._valg("overordnet", kommune.fora.filter(over).exclude(pk=forum.pk))
        self._valg("lokalomrade", kommune.lokalomrader.all())
        if forum.pk is None:
            del self.fields["rekkefolge"]
            del self.fields["nedlagt"]

    def _valg(self, navn, rader):
        """Offers those rows; the field goes where there are none."""
        self.fields[navn].queryset = rader
        if not rader:
            del self.fields[navn]

    def save(self, commit=True):
        forum = super().save(commit)
        if forum.nedlagt and "nedlagt" in self.changed_data:
            forum.antall_avlyst = legg_ned(forum=forum, dag=forum.nedlagt)
        return forum


# Who sits in it -----------------------------------------------------------------------


@dataclass(frozen=True)
class Sete:
    """What the rows of seats choose among, asked for once for all of them; each a dict
    {what the row stores: what it is called}."""

    tjenester: dict[int, str]
    medlemmer: dict[int, str]
    brukere: dict[str, str]
    adresser: dict[int, str]
    er_delt: bool

    @classmethod
    def i(cls, forum):
        """A fixed number of queries."""
        tjenester = forum.kommune.tjenester
        egne = tjenester.filter(forumsmedlemmer__in=_medlemmer(forum))
        valgbare = (tjenester.virksomme() | egne).distinct().select_related("kommune")
        folk = list(brukere(forum.kommune, forum if forum.pk else None))
        adresser, navn = brukervalgene(forum if forum.pk else None, folk)
        return cls(
            tjenester={t.pk: str(t) for t in valgbare.order_by("navn__norsk", "pk")},
            medlemmer={m.pk: str(m) for m in _medlemmer(forum)},
            brukere=dict(navn),
            adresser=adresser,
            er_delt=bool(forum.pk) and forum.deltakere.exists(),
        )


def _medlemmer(forum):
    medlemmer = Forumsmedlem.objects.filter(forum=forum.pk)
    return medlemmer.select_related("tjeneste__kommune")


class MedlemRad(RadForm):
    """A seat: a function or a tjeneste, and who logs in for it."""

    bruker = Brukervalg(
        queryset=Bruker.objects.none(),
        to_field_name="epost",
        label=Forumsmedlem._meta.get_field("bruker").verbose_name,
        help_text=Forumsmedlem._meta.get_field("bruker").help_text,
        required=False,
    )

    class Meta:
        model = Forumsmedlem
        fields = [
            "funksjon",
            "tjeneste",
            "verv",
            "vara_for",
            "fra",
            "til",
            "person",
            "bruker",
        ]
        # A function has the whole line.
        widgets = {"funksjon": forms.Textarea({"rows": 1}), "fra": Dato, "til": Dato}
        help_texts = {"funksjon": ""}

    foldet = [
        (_("Mer om plassen"), ["bruker", "vara_for", "fra", "til", "person"]),
    ]

    def __init__(self, *args, valg, **kwargs):
        super().__init__(*args, **kwargs)
        egen = {k: v for k, v in valg.medlemmer.items() if k != self.instance.pk}
        self._valgene("tjeneste", valg.tjenester)
        self._valgene("vara_for", egen)
        felt = self.fields["bruker"]
        felt.queryset = Bruker.objects.filter(pk__in=valg.adresser)
        felt.choices, felt.adresser = [INGEN, *valg.brukere.items()], valg.adresser
        if valg.er_delt:
            self.fields["tjeneste"].help_text = _(
                "En av kommunens egne. Er den i en annen kommune, skriv den som "
                "funksjon, for eksempel «barnevernet i nabokommunen»."
            )
        if not egen:
            del self.fields["vara_for"]
        if not self.instance.person:
            # Names are not asked for; one that stands there can be taken away.
            del self.fields["person"]

    def _valgene(self, navn, valgene):
        felt = self.fields[navn]
        felt.queryset = felt.queryset.filter(pk__in=valgene)
        felt.choices = [INGEN, *valgene.items()]

    def sier_noe(self, felt):
        # From when it holds is said of all of them.
        return False


class MedlemRader(SideRadFormSet):
    """A vara does not go unseen with the one that they stand in for."""

    def clean(self):
        super().clean()
        bort = {form.instance.pk for form in self.deleted_forms}
        for form in self.forms:
            fast = getattr(form, "cleaned_data", {}).get("vara_for")
            if fast and fast.pk in bort and form not in self.deleted_forms:
                feil = _("Medlemmet fjernes. Fjern varaen også, eller velg et annet.")
                form.add_error("vara_for", feil)


MEDLEMMER = radsett(
    Forum,
    Forumsmedlem,
    MedlemRad,
    formset=MedlemRader,
    navn=_("hvem som sitter i forumet"),
    leggtil=_("Legg til et medlem"),
    hjelp=_(
        "Oppgi funksjonen, for eksempel «rektorene i området», tjenesten eller begge. "
        "Ikke navn på personer."
    ),
)


# Other fora and other kommuner --------------------------------------------------------


class SendeveiRad(ValgtRad):
    VALGET = "til"

    class Meta:
        model = Sendevei
        fields = ["til"]


class DeltakerRad(Delingsrad):
    class Meta:
        model = Forumskommune
        fields = ["kommune"]


SENDEVEIER = radsett(
    Forum,
    Sendevei,
    SendeveiRad,
    fk_name="forum",
    navn=_("fora det kan sende saker til"),
    leggtil=_("Legg til et forum"),
)
DELTAKERE = radsett(
    Forum,
    Forumskommune,
    DeltakerRad,
    formset=Delingsrader,
    navn=_("andre kommuner som deltar"),
    leggtil=_("Legg til en kommune"),
)


def forumskjema(forum, data, *, bruker):
    """Returns the Skjema of a forum."""
    rader = {
        "medlemmer": MEDLEMMER(
            data,
            instance=forum,
            queryset=_medlemmer(forum),
            form_kwargs={"valg": Sete.i(forum)},
        )
    }
    if fora := _andre_fora(forum):
        rader["sendeveier"] = SENDEVEIER(
            data,
            instance=forum,
            queryset=Sendevei.objects.select_related("til"),
            form_kwargs={"valgene": fora},
        )
    kommuner = dict(
        Kommune.objects.exclude(pk=forum.kommune_id).values_list("pk", "navn")
    )
    if kommuner:
        rader["deltakere"] = DELTAKERE(
            data,
            instance=forum,
            queryset=Forumskommune.objects.select_related("kommune", "forum"),
            form_kwargs={"kommuner": kommuner, "bruker": bruker},
        )
    deler = [
        Del("", ["navn", ("type", "niva"), "rytme", "formal", "medlemmer"]),
        Del(
            _("Plassen i møtestrukturen"),
            [("overordnet", "lokalomrade"), "rekkefolge", "sendeveier"],
        ),
        Del(_("Andre kommuner"), ["deltakere"], lukket=True),
        Del(_("Hvor det vises"), [("offentlig", "lett")]),
        Del(_("Legge ned forumet"), ["nedlagt"], lukket=True),
        Del("", ["begrunnelse"]),
    ]
    return Skjema(ForumForm(data, instance=forum), rader, deler)


def _andre_fora(forum):
    """{id: what it is called} of those that matters may be sent to."""
    andre = Q(nedlagt=None) | Q(nedlagt__gte=timezone.localdate())
    if forum.pk:
        andre |= Q(mottaksveier__forum=forum.pk)
    fora = forum.kommune.fora.filter(andre).exclude(pk=forum.pk).distinct()
    return {annet.pk: str(annet) for annet in fora}
