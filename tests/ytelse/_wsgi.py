"""The project as in production, with the bare views beside its own."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "tests.ytelse._tjener"
application = get_wsgi_application()
