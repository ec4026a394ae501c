"""Admin in which the SLT-koordinator keeps the plan, its tiltak and the tjenester.

The pages stand in the menu in the order in which they are registered: the order of these
imports.
"""

from . import plan  # isort: skip
from . import tiltak  # isort: skip
from . import tjenester  # isort: skip
from . import status  # isort: skip
from . import sjelden  # isort: skip

__all__ = ["plan", "sjelden", "status", "tiltak", "tjenester"]
