"""Hidden checks of 5-beyond: what initialisation cannot do, and what came after."""
