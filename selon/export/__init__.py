"""Readings and incidents in the formats of others, one file per format. May import: `model`, `views`, `errors`."""
