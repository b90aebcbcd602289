#!/bin/sh
# The weights of the stated confidences in beat, bar and phrase (packages/audio/src/rhythm/trust/stated-weights.ts) from nothing: fit-confidence.sh FOLDER-FOR-SONGS [--write]
# Prints them and figures; writes them only with --write. Needs a build of packages/audio, and the sound fonts of train-all.sh. Songs that are
# there already are not made or read again, so that it can be stopped and continued.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: fit-confidence.sh FOLDER-FOR-SONGS [--write]}
case ${2:-} in '' | --write) ;; *) echo "fit-confidence.sh: the second argument can only be --write, not $2" >&2; exit 2 ;; esac
[ -e ../../packages/audio/dist/offline.js ] || { echo "fit-confidence.sh: build packages/audio first" >&2; exit 2; }
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
python3 make_songs.py "$work/styles" 70 1661 .3
python3 make_songs.py "$work/more-styles" 40 1662 .3
python3 make_songs.py "$work/families" 40 1664 world
python3 forms.py "$work/forms" 12 7005
python3 make_songs.py "$work/fresh-styles" 24 1666 .3
python3 make_songs.py "$work/fresh-families" 16 1665 world
python3 forms.py "$work/fresh-forms" 6 1701
for songs in styles more-styles families forms fresh-styles fresh-families fresh-forms; do node dump-confidence.mjs "$work/$songs"; done
python3 fit_confidence.py "$work/styles" "$work/more-styles" "$work/families" "$work/forms" -- "$work/fresh-styles" "$work/fresh-families" "$work/fresh-forms" ${2:-}
