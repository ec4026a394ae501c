"""What was changed and deleted in a kommune, whatever the app: its coordinators bring it
back."""
