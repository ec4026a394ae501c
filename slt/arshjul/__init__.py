"""What happens in the year of a kommune, whatever the app: as a wheel, a list, a document
and a calendar."""
