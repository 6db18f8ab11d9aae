"""What the guide means: pure functions from (guide, answers, date) to what happens next.

Nothing in here knows a clock, a file, a network, a database, a language or a log.
"""
