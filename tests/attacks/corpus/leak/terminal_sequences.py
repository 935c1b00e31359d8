# tries: terminal escapes, OSC 52, HTML, script, bidirectional marks in output and in an error
# held if: cleaned, escaped and bounded
# score: lost
print("\x1b[2J\x1b]52;c;cm0gLXJm\x07<script>alert(1)</script>\u202e\u2066")
raise ValueError("\x1b[2J\x1b]0;PASS\x07<img src=x onerror=alert(1)>\u202e\r\x08%n[click](javascript:alert(1))\0")
