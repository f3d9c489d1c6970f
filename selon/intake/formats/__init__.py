"""One module for each format of documents; `read.py` tells them apart.

May import: the rest of `intake`, `model`, `errors`. Each heavy library has one doorway: pypdf in `pdf`, python-docx in `word`, fastwarc and
zstandard in `warc`.
"""
