#!/bin/sh
# The weights of the end of music (packages/audio/src/rhythm/trust/ending-weights.ts) from nothing: fit-gate.sh FOLDER-FOR-CLIPS [--write]
# Prints them and figures; writes them only with --write. Needs a build of packages/audio, and espeak-ng. Clips that are there already are
# not made or read again, so that it can be stopped and continued. GATE_SONGS and GATE_TAKES (of each kind of sound) make a smaller run.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: fit-gate.sh FOLDER-FOR-CLIPS [--write]}
case ${2:-} in '' | --write) ;; *) echo "fit-gate.sh: the second argument can only be --write, not $2" >&2; exit 2 ;; esac
command -v espeak-ng >/dev/null || { echo "fit-gate.sh: install espeak-ng, which speaks the clips of speech" >&2; exit 2; }
[ -e ../../packages/audio/dist/offline.js ] || { echo "fit-gate.sh: build packages/audio first" >&2; exit 2; }
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
songs=${GATE_SONGS:-60} takes=${GATE_TAKES:-4}
python3 make_songs.py "$work/songs-fit" "$songs" 7001
python3 make_ends.py "$work/ends-fit" "$work/songs-fit" "$takes" 7101
python3 make_songs.py "$work/families-fit" $((songs * 2 / 3)) 7003 world
python3 forms.py "$work/forms-fit" $((songs / 6)) 7005
python3 make_songs.py "$work/songs-fresh" $((songs / 2)) 7002
python3 make_ends.py "$work/ends-fresh" "$work/songs-fresh" $(((takes + 1) / 2)) 7102
python3 make_songs.py "$work/families-fresh" $((songs / 3)) 7004 world
python3 forms.py "$work/forms-fresh" $((songs / 12)) 7006
for clips in songs-fit families-fit forms-fit ends-fit songs-fresh families-fresh forms-fresh ends-fresh ends-fresh/alone; do node dump-gate.mjs "$work/$clips"; done
python3 fit_gate.py "$work/songs-fit:$work/families-fit:$work/forms-fit" "$work/ends-fit" "$work/songs-fresh:$work/families-fresh:$work/forms-fresh" "$work/ends-fresh" ${2:-}
