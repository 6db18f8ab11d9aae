"""What an operator asks of a Dalil, running or not: how it is, and what it set aside."""
