#!/bin/sh
# From nothing to two networks FOLDER/{a,b}.npz, neither of which is in the tracker yet: train-world.sh FOLDER. Needs the sound fonts named in world/fonts.py.
# About 35 minutes of an idle core for the clips and 25 for each network. Sets that are there already are kept, and training goes on where it was stopped.
set -eu
cd "$(dirname "$0")"
. ./make-set.sh
make_set old1 1500 21
make_set old2 1000 22
make_set old3 360 77 rolls busyballad electro module breaks pop chip rock trance click
world=
for k in 1 2 3 4 5 6 7 8 9; do
  make_set w$k 300 3$k world
  world="$world $work/w$k.npz:.6"
done
for network in a:6 b:7; do
  python3 train_wide.py "$work/${network%:*}.npz" 7000 5000 44 "${network#*:}" --losses "$work/old1.npz:2.4" "$work/old2.npz:1.6" "$work/old3.npz:.6" $world
done
