"""Rows of the outbox to desks and citizens: which calls each one comes to."""
