"""The subcommands of `autograder`, one a module. Imports are lazy: `--help` must not wait for numpy."""
