"""Do two claims answer one question, and do they agree? Pure functions; neither spaCy nor SQL."""
