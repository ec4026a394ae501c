"""A plan from the kommune's own document: a file is read into blocks, and blocks and
choices become a proposed plan. Nothing here knows of the database."""
