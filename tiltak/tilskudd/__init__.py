"""Grants: what is applied for and given, and what it comes to."""
