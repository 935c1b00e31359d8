# tries: source code nested so deep that the compiler's stack ends
# held if: the worker's trouble alone
# score: lost
x = ------------------------------1
eval('(' * 100_000 + ')' * 100_000)
exec('-' * 5_000_000 + '1')
