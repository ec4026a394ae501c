from django.db import migrations, models


def felt(default):
    return models.BooleanField(default=default, verbose_name='«Hvem kan hjelpe?» er på')


class Migration(migrations.Migration):
    """Kommuner that are there already have it on, as they had it; new ones have it off."""

    dependencies = [
        ('slt', '0002_ord_uten_treff'),
    ]

    operations = [
        operasjon(model_name=modell, name='hvem_er_pa', field=felt(default))
        for operasjon, default in [(migrations.AddField, True), (migrations.AlterField, False)]
        for modell in ['historiskkommune', 'kommune']
    ]
