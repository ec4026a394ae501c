from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('tiltak', '0009_bekreftelser_av_kolonnene'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='kontaktpunkt',
            name='kontaktpunkt_bekreftet_hvordan',
        ),
        migrations.RemoveField(
            model_name='historiskkontaktpunkt',
            name='bekreftet',
        ),
        migrations.RemoveField(
            model_name='historiskkontaktpunkt',
            name='bekreftet_hvordan',
        ),
        migrations.RemoveField(
            model_name='kontaktpunkt',
            name='bekreftet',
        ),
        migrations.RemoveField(
            model_name='kontaktpunkt',
            name='bekreftet_hvordan',
        ),
    ]
