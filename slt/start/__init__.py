"""What a new kommune begins with, and all kommuner at a glance."""
