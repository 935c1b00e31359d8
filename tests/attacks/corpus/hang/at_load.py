# tries: an endless loop at load
# held if: ended at the deadline; that cell only is skipped
# score: lost
# says: There is no function
while True:
    pass
