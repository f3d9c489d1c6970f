"""What the pages say, one TOML file a language. May import: nothing of Selon."""
