# tries: two gibibytes at load
# held if: MemoryError in that cell
# score: lost
x = np.ones(1 << 28)
raise SystemExit('PWNED two gibibytes')
