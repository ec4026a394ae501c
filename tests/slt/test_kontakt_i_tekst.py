"""Numbers and addresses in the midst of a text, and what only looks like one."""

import pytest

from slt.grunn.kontakt_i_tekst import har_kontakt, kontakter_i, uten_kontakter


@pytest.mark.parametrize(
    ("tekst", "uten"),
    [
        ("Ring 469 34 634.", "Ring (…)."),
        ("Ring 46 93 46 34, eller 63\u00a080\u00a012\u00a024", "Ring (…), eller (…)"),
        ("<p>46934634</p>", "<p>(…)</p>"),
        ("tlf. +47 469 34 634 i dag", "tlf. (…) i dag"),
        ("+46 8 123 456 78", "(…)"),
        ("sentralbordet 02800", "sentralbordet (…)"),
        ("Ring 9011 2233 / 90.11.22.33 / 90-11-22-33", "Ring (…) / (…) / (…)"),
        ("Ring 901-12-233, 901.12.233, (901) 12 233", "Ring (…), (…), (…)"),
        ("90  11  22  33", "(…)"),
        ("<p>90&nbsp;11&nbsp;22&nbsp;33</p>", "<p>(…)</p>"),
        ("+47&nbsp;901&nbsp;12&nbsp;233, 9011&nbsp;2233", "(…), (…)"),
        ("90\u200911\u200922\u200933", "(…)"),
        ("tlf.90112233, (+47) 90112233", "tlf.(…), (…)"),
        ("22 33 44 55-56", "(…)-56"),
        ("+46 70-123 45 67", "(…)"),
        ("legevakten 116 117, 116117", "legevakten (…), (…)"),
        ("tlf.91234567, tlf-91234567", "tlf.(…), tlf-(…)"),
        ("91-23-45-67, 912-34-567 eller 91.23.45.67", "(…), (…) eller (…)"),
        ("9123 4567 eller 91 234 567", "(…) eller (…)"),
        ("91\u202f23\u202f45\u202f67", "(…)"),
        ("+47-91234567 og (+47)91234567", "(…) og (…)"),
        (
            "Alarmtelefonen 116 111, legevakta 116117",
            "Alarmtelefonen (…), legevakta (…)",
        ),
        ("Skriv til ola.nordmann@kommune.example.", "Skriv til (…)."),
    ],
)
def test_what_somebody_is_reached_by_is_taken_out(tekst, uten):
    assert har_kontakt(tekst)
    assert uten_kontakter(tekst) == uten


@pytest.mark.parametrize(
    "tekst",
    [
        "13.03.2024",
        "2024-03-13",
        "2024–2028 og 2024-2028",
        "10 000 000 kroner",
        "12 500 kr",
        "12 500 000 kr og 116 500 kr",
        "2024 2025 2026",
        "13-03-2024 og 2024.03.13",
        "sak 123/2024",
        "2024 2028",
        "116 000 kroner",
        "20-30 40-50",
        "10-12-13-15 år",
        "kl. 10.00-11.30, 01.01-31.12",
        "12.03.24-14.03.24",
        "organisasjonsnummer 912 345 678",
        "1 av 4, 25 %",
        "Ungdata 2021, 2022 og 2023",
        "4. til 7. trinn",
        "https://example.org/2024/12345",
        "",
    ],
)
def test_dates_years_and_amounts_stay(tekst):
    assert not har_kontakt(tekst)
    assert uten_kontakter(tekst) == tekst


def test_what_is_known_stays_however_it_is_written():
    kjente = kontakter_i("Ring +47 469 34 634 eller Ola@Example.org")

    tekst = "46934634, 46 93 46 34, ola@example.org, 90 11 22 33"

    assert (
        uten_kontakter(tekst, kjente) == "46934634, 46 93 46 34, ola@example.org, (…)"
    )


@pytest.mark.parametrize("bit", ["a", "1", "a.", "90 ", "+1 "])
def test_a_very_long_text_is_read_once(bit):
    """Else this would not end."""
    assert har_kontakt(f"{bit * 50_000} ola@example.org")
