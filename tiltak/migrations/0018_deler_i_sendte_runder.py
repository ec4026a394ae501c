from django.db import migrations

# What was asked about before rounds asked how it goes with tiltak. In a round that was
# sent, an empty list would from now on mean that, too.
DELER = ["kontakter", "tiltak", "tall"]


def skriv_delene(apps, _schema_editor):
    runder = apps.get_model("tiltak", "Runde").objects
    runder.filter(deler=[]).exclude(startet=None).update(deler=DELER)


class Migration(migrations.Migration):
    dependencies = [("tiltak", "0017_status_venter_en_gang")]

    operations = [migrations.RunPython(skriv_delene, migrations.RunPython.noop)]
