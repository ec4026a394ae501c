"""What other kommuner share of their tiltak, and what was copied of it."""
