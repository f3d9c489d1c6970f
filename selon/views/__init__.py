"""What is shown: notes, rows, labels, the claim matrix. May import: `model`."""
