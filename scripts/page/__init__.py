"""The page of an interview: it plays it, shows what is said and seen, and lets everyone follow."""
