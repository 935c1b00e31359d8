"""Hidden checks of 3-initialization: how large should random weights be?"""
