"""What happens to a case, and who may bring it about: its life, its way between desks, its clock."""
