"""Selon: a ledger of who says what happened."""
