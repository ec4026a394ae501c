"""`kill -9` of who sends the mail of a round, in many places: nobody gets two, and what
nobody knows of is listed."""

import os
import random
import signal
import threading
from contextlib import suppress

from slt.felles.utsending import send_alt
from slt.models import Utsending
from tests.factories import KommuneFactory, UtsendingFactory
from tests.feil.mengde import mengde
from tests.slt.posttjener import Postkasse, i_barn, tjener, ventet
from tests.slt.test_utsending import base  # noqa: F401 (a fixture)

BREV = 20


def test_a_round_that_is_killed_again_and_again(base, settings, tell):  # noqa: F811
    """At each place that a mail comes by at the server, and at moments between them."""
    settings.UTSENDING_FRIST = 0
    kommune = KommuneFactory()
    ganger = mengde(60, 6)
    brev = uvisse = drept = 0
    for runde in range(ganger):
        rader = UtsendingFactory.create_batch(BREV, kommune=kommune)
        sted, barn = runde % (3 * BREV), []

        def ved(_her, _server, sted=sted, barn=barn):
            if postkasse.steder > sted and barn:
                os.kill(barn.pop(), signal.SIGKILL)

        with tjener(settings, Postkasse(ved)) as postkasse:
            barn.append(pid := i_barn(send_alt))
            if runde % 2:  # whatever it is at
                vent = random.uniform(0, 0.2)  # noqa: S311
                threading.Timer(vent, _drep, [barn]).start()
            drept += ventet(pid) == -signal.SIGKILL
            barn.clear()
            telling, _er_nede = send_alt()

        til = {rad.til for rad in rader}
        mottakere = postkasse.mottakere
        av_runden = Utsending.objects.filter(til__in=til)
        uviss = set(av_runden.filter(tilstand="uvisst").values_list("til", flat=True))
        assert len(mottakere) == len(set(mottakere))
        assert set(mottakere) | uviss == til
        assert len(uviss) <= 1
        assert telling.get("uvisst", 0) == len(uviss)
        assert av_runden.filter(tilstand="sendt").count() == BREV - len(uviss)
        brev, uvisse = brev + BREV, uvisse + len(uviss)
    tell("times that who sends was killed", drept)
    tell("mails of these rounds, none of them sent twice", brev)
    tell("of these listed as uncertain", uvisse)
    assert drept > 0


def _drep(barn):
    with suppress(ProcessLookupError, IndexError):
        os.kill(barn.pop(), signal.SIGKILL)
