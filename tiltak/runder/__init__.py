"""Rounds: asking those who answer for the tjenester whether what stands of them holds."""
