"""Whose the rows are, and which group each was."""

import re

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

# What a row was called says which group it was, where it says one of these and no more.
GRUPPER = [
    ('barn_og_unge', r'\b(barn|elev|ungdom|unge\b)'),
    ('foreldre', r'\b(foreldre|foresatt)'),
    ('tjenester', r'tjeneste|ansatt|lærer'),
    ('politi', r'politi(?!k)'),
    ('fylkeskommune', r'fylke'),
    ('frivillige', r'frivillig'),
]


def gruppen(navn):
    funnet = [g for g, ord_ in GRUPPER if re.search(ord_, navn, re.IGNORECASE)]
    er_flere = ' og andre' in navn or ',' in navn
    return funnet[0] if len(funnet) == 1 and not er_flere else 'andre'


def fyll(apps, schema_editor):
    kilder = apps.get_model('evaluering', 'Kilde').objects
    for navn in ('Medvirkning', 'HistoriskMedvirkning'):
        rader = apps.get_model('evaluering', navn).objects
        kommune = kilder.filter(pk=OuterRef('kilde')).values('kommune')[:1]
        rader.update(kommune=Subquery(kommune))
        if navn == 'HistoriskMedvirkning':
            # Of a source that is gone, the history says whose it was.
            rader.filter(kommune=None).update(kommune=F('history_kommune'))
        for ordene in set(rader.values_list('navn', flat=True)):
            if (gruppe := gruppen(ordene)) != 'andre':
                rader.filter(navn=ordene).update(gruppe=gruppe)


class Migration(migrations.Migration):

    dependencies = [
        ('evaluering', '0005_medvirkning'),
    ]

    operations = [
        migrations.RunPython(fyll, migrations.RunPython.noop),
    ]
