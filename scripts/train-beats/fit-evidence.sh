#!/bin/sh
# The weights of the evidence of music (packages/audio/src/rhythm/trust/evidence-weights.ts) from the clips of fit-gate.sh: fit-evidence.sh FOLDER-FOR-CLIPS [--write]
# Prints them and figures; writes them only with --write. Needs a build of packages/audio, and the clips, which fit-gate.sh makes.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: fit-evidence.sh FOLDER-FOR-CLIPS [--write]}
case ${2:-} in '' | --write) ;; *) echo "fit-evidence.sh: the second argument can only be --write, not $2" >&2; exit 2 ;; esac
[ -e ../../packages/audio/dist/offline.js ] || { echo "fit-evidence.sh: build packages/audio first" >&2; exit 2; }
[ -e "$work/ends-fit/alone" ] || { echo "fit-evidence.sh: make the clips first, with fit-gate.sh" >&2; exit 2; }
for clips in songs-fit families-fit forms-fit ends-fit/alone; do node dump-evidence.mjs "$work/$clips"; done
python3 fit_evidence.py "$work/songs-fit" "$work/families-fit" "$work/forms-fit" -- "$work/ends-fit/alone" ${2:-}
