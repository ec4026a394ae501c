"""The door for a WSGI server; `manage.py serve` is one."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")
application = get_wsgi_application()
