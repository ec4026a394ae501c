"""What becomes of the mail of a kommune: what waits, went, and did not arrive."""
