"""One file per migration; a file that shipped is never changed."""
