"""What need not be kept any longer. `manage.py rydd` throws it away each night; upper apps
add at start what they have."""

from collections.abc import Callable

# Each throws away what it knows of, and says so: "Slettet 3 tabeller."
RYDDER: list[Callable[[], str]] = []
