#!/bin/sh
# From nothing to packages/audio/src/rhythm/activation/weights-wide.ts: train-wide.sh FOLDER-FOR-DATA. Needs the sound fonts named in world/fonts.py.
# Sets that are there already are kept, and training goes on where it was stopped.
set -eu
cd "$(dirname "$0")"
. ./make-set.sh
make_set old1 1500 21
make_set old2 1000 22
for k in 1 2 3 4 5; do make_set w$k 300 3$k world; done
python3 train_wide.py "$work/wide.npz" 3600 1600 40 3 "$work/old1.npz:1.2" "$work/old2.npz:.8" \
  "$work/w1.npz:.6:750" "$work/w2.npz:.6:1200" "$work/w3.npz:.6:1700" "$work/w4.npz:.6:2400" "$work/w5.npz:.6:3000"
python3 pack.py "$work/wide.npz" ../../packages/audio/src/rhythm/activation/weights-wide.ts wideWeights
