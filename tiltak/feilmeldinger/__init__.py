"""What readers say is wrong with how services are reached, and what becomes of it."""
