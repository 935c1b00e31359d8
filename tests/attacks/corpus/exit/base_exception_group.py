# tries: raise groups, GeneratorExit, KeyboardInterrupt in turn
# held if: errors like any other
# score: lost
kinds = iter([KeyboardInterrupt, GeneratorExit, StopIteration, BaseException] * 9)
def he_normal(n_out, n_in, rng):
    raise BaseExceptionGroup("many", [next(kinds)(), MemoryError()])
