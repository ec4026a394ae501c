"""The door for a WSGI server; `manage.py serve` is one."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")


def som_utf8(program):
    """Lets every request be read as UTF-8.

    Who asks may name another encoding, by which Django reads the address, too: it would
    ask for something else, and be answered with what is kept for all. By some that they
    may name, nothing can be read.
    """

    def svar(environ, start_response):
        hva, valg = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if "charset" in valg:
            deler = (
                f'{hva}; boundary="{valg["boundary"]}"' if "boundary" in valg else hva
            )
            environ["CONTENT_TYPE"] = deler
        return program(environ, start_response)

    return svar


application = som_utf8(get_wsgi_application())
