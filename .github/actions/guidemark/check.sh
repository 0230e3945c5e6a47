#!/bin/sh
# Checks guides: what the action runs, and what its test runs.
set -eu
set -f # a guide's name is no pattern
# shellcheck disable=SC2086 # names of guides are separated by white space
set -- ${GUIDES:-}
[ -z "${URL:-}" ] || set -- "$@" --url "$URL"
[ "${STRICT:-false}" != true ] || set -- "$@" --strict
exec "${GUIDEMARK:-guidemark}" refresh "$@" --check --format github --report "${REPORT:-guidemark-report}"
