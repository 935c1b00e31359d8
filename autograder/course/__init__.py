"""The course: what its notebooks say, and for every exercise a folder with its checks. No engine."""
