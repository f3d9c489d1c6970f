"""Inflection by rule: from lists of base words to all their forms."""
