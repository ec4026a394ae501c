"""What a kommune may begin with of themes, tjenester, chapters and innsatsområder."""
