"""The benchmark: `make bench`. No test: it measures and prints, and asserts nothing."""
