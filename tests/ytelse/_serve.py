"""The project as in production, with the bare views beside its own: PORT."""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slt.settings")
django.setup()
settings.ROOT_URLCONF = "tests.ytelse._tjener"
call_command("serve", port=int(sys.argv[1]), skip_checks=True)
