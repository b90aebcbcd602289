#!/bin/sh
# The network of the bar (packages/audio/src/rhythm/bar/bar-net-weights.ts) from the clips of train-all.sh: fit-bar-net.sh FOLDER-FOR-DATA
# About 12 minutes of an idle core, after train-all.sh. What is there already is kept. Fit it again when the activation changes.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: fit-bar-net.sh FOLDER-FOR-DATA}
. ./one-thread.sh
[ -e "$work/old1.npz" ] || { echo "fit-bar-net.sh: $work has no clips: run train-all.sh $work first" >&2; exit 2; }

# make NAME PROGRAM WORD…: $work/NAME.npz, unless it is there already. It gets its name when it is whole.
make() {
  [ -e "$work/$1.npz" ] && return
  name=$1 program=$2; shift 2
  python3 "$program" "$work/new.npz" "$@"
  mv "$work/new.npz" "$work/$name.npz"
}
make fresh-styles make_data.py 200 901
make fresh-world make_data.py 150 902 world
make bar-fresh bar_rows.py "$work/fresh-styles.npz" "$work/fresh-world.npz"
make bar-rows bar_rows.py "$work"/old[1-6].npz "$work"/w[1-9].npz
python3 fit_bar_net.py "$work/bar-rows.npz" "$work/bar-fresh.npz" "$work/bar-net.npz"
python3 pack.py "$work/bar-net.npz" ../../packages/audio/src/rhythm/bar/bar-net-weights.ts barNetWeights
