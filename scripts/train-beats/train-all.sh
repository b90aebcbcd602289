#!/bin/sh
# From nothing to the networks in the tracker: train-all.sh FOLDER-FOR-DATA. Needs the sound fonts named in world/fonts.py.
# About 50 minutes of an idle core for the clips, 55 for the first network and 28 for the second. Sets that are there already are kept, and training goes on where it was stopped.
# One thread and fixed seeds: the same machine with the versions in README.md makes the same clips and steps again.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: train-all.sh FOLDER-FOR-DATA}
. ./one-thread.sh
mkdir -p "$work"

# make_set NAME CLIPS SEED [STYLE…]: $work/NAME.npz, unless it is there already. It gets its name when it is whole.
make_set() {
  [ -e "$work/$1.npz" ] && return
  file=$1; shift
  python3 make_data.py "$work/new.npz" "$@"
  mv "$work/new.npz" "$work/$file.npz"
}
make_set old1 1500 21
make_set old2 1000 22
# Where earlier networks were weak, and fast music to weigh against the slow.
make_set old3 360 77 rolls busyballad electro module breaks pop chip rock trance click
world=
for k in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
  make_set w$k 300 3$k world
  world="$world $work/w$k.npz:.6"
done
# Fast music and its halves, and clicks; slow music with busy hats, for the last steps.
fast="dnb jungle breaks rock metal ska chip click hiphop"
make_set old4 500 78 $fast
make_set old5 500 79 $fast
make_set old6 450 80 trap hiphop ballad busyballad rolls slowjam drill
old="$work/old1.npz:2.4 $work/old2.npz:1.6 $work/old3.npz:.6 $work/old4.npz:.7 $work/old5.npz:.7 $work/old6.npz:1:4000"
early=$(echo "$world" | cut -d ' ' -f 2-10)
# The first network starts twice: its rate falls to nothing on the first nine sets of the world, and begins anew on all.
python3 train.py "$work/first.npz" 8000 5600 96 9 .0025 $old $early
python3 train.py "$work/first.npz" 12000 10000 96 9 .0025 $old $world
python3 train.py "$work/second.npz" 6000 3800 96 11 .0025 $old $world
for name in first second; do python3 pack.py "$work/$name.npz" "../../packages/audio/src/rhythm/activation/weights-$name.ts" "${name}Weights"; done
