"""Where somebody who works in a kommune begins: what waits, what is to come, what changed."""
