"""How the gazetteer that ships with Selon is built, from data that can be installed, and where that data comes from (NOTICE.txt)."""
