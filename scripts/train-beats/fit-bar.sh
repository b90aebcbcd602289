#!/bin/sh
# From nothing to packages/audio/src/rhythm/bar/bar-table.ts: fit-bar.sh FOLDER-FOR-SONGS. Needs a build of packages/audio.
# Songs that are there already are not made or read again, so that it can be stopped and continued.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: fit-bar.sh FOLDER-FOR-SONGS}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
python3 make_songs.py "$work/fit" 240 1601 .5
python3 make_songs.py "$work/fresh" 60 1602 .5
node dump-bars.mjs "$work/fit"
node dump-bars.mjs "$work/fresh"
python3 fit_bar.py "$work/fit" "$work/fresh" --write
