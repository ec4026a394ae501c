from django.db import migrations

SPORET = (
    "history_kommune_id", "history_user_id", "history_aktor", "history_change_reason",
    "history_dor", "history_art", "history_samling",
)


def til_rader(apps, _schema_editor):
    """Each day on which a contact point was confirmed is a row: those that its history
    knows of, with who wrote them down, and what stands there."""
    kontaktpunkt = apps.get_model("tiltak", "Kontaktpunkt")
    historisk = apps.get_model("tiltak", "HistoriskKontaktpunkt")
    lagt, finnes = {}, set(kontaktpunkt.objects.values_list("pk", flat=True))
    for h in historisk.objects.exclude(bekreftet=None).order_by("history_id").iterator():
        # What was changed later stood beside the same day: it was not confirmed anew.
        gang = (h.id, h.bekreftet, h.bekreftet_hvordan)
        if h.id in finnes and gang not in lagt:
            lagt[gang] = h.verdi
            _lag(apps, h.id, h.verdi, h.bekreftet, h.bekreftet_hvordan, h)
    # What is said of what stands there now, is said still.
    for p in kontaktpunkt.objects.exclude(bekreftet=None).iterator():
        if lagt.get((p.pk, p.bekreftet, p.bekreftet_hvordan)) != p.verdi:
            _lag(apps, p.pk, p.verdi, p.bekreftet, p.bekreftet_hvordan, None)


def _lag(apps, punkt, verdi, dato, hvordan, h):
    rad = apps.get_model("tiltak", "Bekreftelse").objects.create(
        kontaktpunkt_id=punkt,
        verdi=verdi,
        dato=dato,
        hvordan=hvordan,
        av_id=h.history_user_id if h else None,
    )
    if h:
        apps.get_model("tiltak", "HistoriskBekreftelse").objects.create(
            id=rad.pk,
            kontaktpunkt_id=punkt,
            verdi=verdi,
            dato=dato,
            hvordan=hvordan,
            av_id=rad.av_id,
            history_type="+",
            history_date=h.history_date,
            **{navn: getattr(h, navn) for navn in SPORET},
        )


def til_kolonner(apps, _schema_editor):
    """The last one of each goes back into the columns."""
    kontaktpunkt = apps.get_model("tiltak", "Kontaktpunkt")
    rader = apps.get_model("tiltak", "Bekreftelse").objects.order_by("dato", "pk")
    for rad in rader.select_related("kontaktpunkt").iterator():
        if rad.verdi == rad.kontaktpunkt.verdi:
            # The columns knew no other ways than these.
            hvordan = "lenke" if rad.hvordan == "konto" else rad.hvordan
            kontaktpunkt.objects.filter(pk=rad.kontaktpunkt_id).update(
                bekreftet=rad.dato, bekreftet_hvordan=hvordan
            )


class Migration(migrations.Migration):

    dependencies = [
        ('tiltak', '0008_bekreftelser_og_runder'),
    ]

    operations = [
        migrations.RunPython(til_rader, til_kolonner),
    ]
