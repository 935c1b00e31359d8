"""The untrusted side: everything here runs (or may run) in the process that executes a student's notebook.

The folder is loaded as a top-level package called `inside`, with relative imports only, so that
`autograder` — its checks, references and secrets — is never importable there.
`wire`, `plain` and `answer` are shared with the grader, which trusts nothing that comes back.
"""
