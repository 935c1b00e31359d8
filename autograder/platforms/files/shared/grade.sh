#!/usr/bin/env bash
# Grade what a student pushed: grade.sh FOLDER. Settings, a secret for practice, and a wheel unless it is installed, lie
# beside this file.
#   AUTOGRADER_SECRET  the course's secret, or a file with it, where students cannot change the job; else it is practice
#   ASSIGNMENT         the one assignment that counts; else that of settings.json, else whatever was handed in
#   FAIL_UNDER         fail the job below so many per cent
#   REPORTS            the folder for report.txt, report.md, junit.xml and grades.jsonl
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
submission=$(cd "${1:-.}" && pwd)
mkdir -p "${REPORTS:=.}"
REPORTS=$(cd "$REPORTS" && pwd)
export REPORTS
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"  # Python and pip look for modules and settings where they start, and a student may have put some there

secret=$here/practice-secret
if [ -f "${AUTOGRADER_SECRET:-}" ]; then
    secret=$AUTOGRADER_SECRET
elif [ -n "${AUTOGRADER_SECRET:-}" ]; then
    secret=$work/secret
    (umask 077; printf '%s\n' "$AUTOGRADER_SECRET" > "$secret")
fi
unset AUTOGRADER_SECRET

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Error: Python 3.11 or newer is needed" >&2; exit 1; }
for wheel in "$here"/depth150-*.whl; do
    [ -f "$wheel" ] || break
    "$python" -m venv venv
    python=venv/bin/python
    "$python" -m pip install --quiet --disable-pip-version-check "$wheel"
done
"$python" -P -m autograder.platforms.pushed "$here" "$secret" "$submission"
