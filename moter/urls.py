"""Addresses below a kommune: its fora, their meetings and calendars."""

app_name = "moter"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    # Calendars ---------------------------------------------------------------------
    # Planning, for coordinators ----------------------------------------------------
    # Series and meetings, for coordinators -----------------------------------------
]
