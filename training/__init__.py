"""Recipes that train the parsing pipelines. Not part of the installed package."""
