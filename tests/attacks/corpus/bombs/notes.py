# tries: an exception in the cell with very long words and notes
# held if: bounded
# score: lost
e = ValueError('\u200b' * 100_000)
e.add_note('y' * 1_000_000)
raise e
