"""What the database knows of its rows, by which it chooses how to search them."""

from django.db import connection, transaction


def tell_opp():
    """Lets SQLite count its rows anew: under a second with 357 kommuner. PostgreSQL does
    so by itself.

    The old numbers are thrown away whole, so that connections that are open, as those of
    the server are, read the new ones too.
    """
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")
        cursor.execute("ANALYZE")
