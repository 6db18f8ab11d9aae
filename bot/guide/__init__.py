"""What editors wrote: loaded strictly, checked whole, worded in each language."""
