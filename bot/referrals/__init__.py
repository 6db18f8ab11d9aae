"""A lead's life: where it goes, who takes it, what the office and the citizen see of it."""
