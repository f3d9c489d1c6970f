"""Scoring readings against gold, frozen outcomes, speed. May import: `reader` and all below it."""
