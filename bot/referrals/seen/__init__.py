"""What is seen of a case: cards, notices, copies of what crosses, digests."""
