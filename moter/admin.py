"""Admin in which the SLT-koordinator keeps the fora and who sits in them. Series and
meetings have forms of their own on the site."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moter.fora.valg import Brukervalg, brukere, brukervalgene, nivavalg
from moter.models import Forum, Forumskommune, Forumsmedlem, Motefri, Sendevei
from moter.moteplan.serier import las, legg_ned
from slt.felles.admin import KommuneAdmin, KommuneInline, KommuneStabel
from slt.felles.admindeling import DelingInline, godta_egne
from slt.felles.adminfilter import KommuneFilter, SporsmalFilter
from slt.felles.arbeidskommune import valgt_kommune
from slt.models import Bruker


class PaForumet:
    """An inline whose choices depend on the forum of the page."""

    forum = None  # not known while a forum is new

    def get_formset(self, request, obj=None, **kwargs):
        self.forum = obj
        return super().get_formset(request, obj, **kwargs)


class ForumsmedlemInline(PaForumet, KommuneStabel):
    model = Forumsmedlem
    autocomplete_fields = ["tjeneste"]
    fields = [
        ("verv", "rekkefolge"),
        ("funksjon", "tjeneste"),
        ("vara_for", "fra", "til"),
        ("person", "bruker"),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "bruker":
            kwargs["queryset"] = brukere(valgt_kommune(request), self.forum)
            kwargs |= {"form_class": Brukervalg, "to_field_name": "epost"}
        elif db_field.name == "tjeneste" and self._er_delt():
            kwargs["help_text"] = _(
                "En av kommunens egne. Er den i en annen kommune, skriv den som "
                "funksjon, for eksempel «barnevernet i nabokommunen»."
            )
        elif db_field.name == "vara_for":
            kwargs["queryset"] = Forumsmedlem.objects.filter(
                forum=self.forum
            ).select_related("tjeneste")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _er_delt(self):
        return self.forum is not None and self.forum.deltakere.exists()

    def valg(self, felt):
        if felt.queryset.model is Bruker:
            return self._valg_av_brukere(felt)
        return super().valg(felt)

    def _valg_av_brukere(self, felt):
        felt.adresser, valgene = brukervalgene(self.forum, felt.queryset)
        return [("", felt.empty_label), *valgene]


class SendeveiInline(PaForumet, KommuneInline):
    model = Sendevei
    fk_name = "forum"
    fields = ["til"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "til":
            andre = Forum.objects.all()
            kwargs["queryset"] = (
                andre.exclude(pk=self.forum.pk) if self.forum else andre
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ForumskommuneInline(DelingInline):
    model = Forumskommune
    verbose_name_plural = _("andre kommuner som deltar")


def uten_verv(fora, *verv):
    """Those in being in which nobody has one of these offices today."""
    medlemmer = Forumsmedlem.objects.gyldige().filter(forum=OuterRef("pk"))
    if verv:
        medlemmer = medlemmer.filter(verv__in=verv)
    return fora.virksomme().filter(~Exists(medlemmer))


class ForumManglerFilter(SporsmalFilter):
    title = _("mangler")
    parameter_name = "mangler"
    sporsmal = [
        ("medlemmer", _("medlemmer"), uten_verv),
        ("leder", _("leder"), lambda fora: uten_verv(fora, Forumsmedlem.Verv.LEDER)),
        ("rytme", _("hvor ofte"), lambda fora: fora.virksomme().filter(rytme="")),
    ]


class VirksomFilter(SporsmalFilter):
    title = _("i virksomhet")
    parameter_name = "virksom"
    sporsmal = [
        ("ja", _("er i virksomhet"), lambda fora: fora.virksomme()),
        (
            "nei",
            _("er nedlagt"),
            lambda fora: fora.filter(nedlagt__lt=timezone.localdate()),
        ),
    ]


@admin.register(Forum)
class ForumAdmin(KommuneAdmin):
    list_display = [
        "navn",
        "niva",
        "lokalomradet",
        "rytme",
        "pa_nettsiden",
        "nedlagt",
    ]
    list_filter = [
        "niva",
        ("lokalomrade", KommuneFilter),
        "type",
        ForumManglerFilter,
        VirksomFilter,
        "offentlig",
    ]
    list_select_related = ["lokalomrade"]
    search_fields = ["navn", "medlemmer__funksjon", "medlemmer__tjeneste__navn"]
    inlines = [ForumsmedlemInline, SendeveiInline, ForumskommuneInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "navn",
                    ("type", "niva"),
                    "formal",
                    "rytme",
                    ("lokalomrade", "overordnet"),
                ]
            },
        ),
        (
            _("Hvor det vises"),
            {"fields": ["offentlig", "lett", "rekkefolge", "nedlagt"]},
        ),
    ]

    # What is written with long words stands in columns that wrap.
    @admin.display(description=_("lokalområde"), ordering="lokalomrade__navn")
    def lokalomradet(self, forum):
        return str(forum.lokalomrade or "").replace("/", "/\u200b")

    @admin.display(description=_("synlig"), boolean=True, ordering="offentlig")
    def pa_nettsiden(self, forum):
        return forum.offentlig

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        felt = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "niva" and (kommune := valgt_kommune(request)):
            felt.choices = nivavalg(kommune, felt.choices)
        return felt

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj and "overordnet" in form.base_fields:
            felt = form.base_fields["overordnet"]
            felt.queryset = felt.queryset.exclude(pk=obj.pk)
        return form

    def save_model(self, request, obj, form, change):
        if change and "nedlagt" in form.changed_data:
            las(obj)  # before the row, or two neighbours would wait for each other
        super().save_model(request, obj, form, change)
        if change and obj.nedlagt and "nedlagt" in form.changed_data:
            antall = legg_ned(forum=obj, dag=obj.nedlagt)
            messages.info(
                request,
                ngettext(
                    "%(antall)s møte etter denne dagen er avlyst.",
                    "%(antall)s møter etter denne dagen er avlyst.",
                    antall,
                )
                % {"antall": antall},
            )

    def save_formset(self, request, form, formset, change):
        if formset.model is Forumskommune:
            godta_egne(request, formset)
        super().save_formset(request, form, formset, change)


class NarFilter(SporsmalFilter):
    title = _("når")
    parameter_name = "nar"
    sporsmal = [
        (
            "kommende",
            _("nå og senere"),
            lambda rader: rader.filter(til__gte=timezone.localdate()),
        ),
        (
            "tidligere",
            _("tidligere"),
            lambda rader: rader.filter(til__lt=timezone.localdate()),
        ),
    ]


@admin.register(Motefri)
class MotefriAdmin(KommuneAdmin):
    list_display = ["navn", "fra", "til"]
    list_filter = [NarFilter]
    search_fields = ["navn"]
    fields = ["navn", ("fra", "til")]
