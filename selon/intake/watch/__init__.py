"""Sources that are watched: what they list, when they are due, how much is expected of them. May import: `intake.fetch`, `intake.page`, `errors`."""
