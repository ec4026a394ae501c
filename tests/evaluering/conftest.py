"""What the tests of knowledge and figures share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def ingen_bevarte_sider():
    """Ids and versions begin anew in each test."""
    cache.clear()
