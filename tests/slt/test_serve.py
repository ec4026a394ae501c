"""The command that serves the site says in one line what it was asked wrongly. How it
serves stands in tests/feil/test_trege.py."""

import os
import socket
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from tests.feil.test_trege import i_drift, les

FEIL_ANTALL = "Det må være minst én prosess, og minst én tråd i hver."


@pytest.fixture
def _stille(monkeypatch):
    """Nothing starts, should the command believe what it was asked."""
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process was started"))


@pytest.mark.usefixtures("_stille")
@pytest.mark.parametrize(
    ("valg", "melding"),
    [
        ({"prosesser": 0}, FEIL_ANTALL),
        ({"prosesser": -1}, FEIL_ANTALL),
        ({"trader": 0}, FEIL_ANTALL),
        ({"port": 99999}, "Port 99999 finnes ikke: skriv et tall fra 0 til 65535."),
        ({"port": -1}, "Port -1 finnes ikke: skriv et tall fra 0 til 65535."),
        ({"host": "ukjent.invalid"}, "Fant ikke adressen «ukjent.invalid»."),
        ({"host": "a..b"}, "«a..b» er ingen adresse."),
        (
            {"host": "192.0.2.1", "port": 8000},
            "Kan ikke svare på 192.0.2.1, port 8000: maskinen har ikke denne adressen.",
        ),
    ],
)
def test_what_cannot_be_served_is_said(valg, melding):
    with pytest.raises(CommandError) as feil:
        call_command("serve", **{"port": 0} | valg)

    assert str(feil.value) == melding


@pytest.mark.usefixtures("_stille")
def test_a_port_that_is_taken_is_said():
    with closing(socket.create_server(("127.0.0.1", 0))) as annen:
        port = annen.getsockname()[1]

        with pytest.raises(CommandError) as feil:
            call_command("serve", port=port)

    assert (
        str(feil.value)
        == f"Kan ikke svare på 127.0.0.1, port {port}: porten er opptatt."
    )


def har_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not har_ipv6(), reason="the machine has no IPv6")
def test_it_serves_an_address_of_ipv6(tmp_path):
    with i_drift(tmp_path, "--host", "::1") as server:
        assert server.base.startswith("http://[::1]:")
        assert les(server) == 200
