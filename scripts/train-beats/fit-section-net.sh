#!/bin/sh
# The network of the sections (packages/audio/src/structure/section-net-weights.ts) from nothing: fit-section-net.sh FOLDER-FOR-DATA. Needs the sound fonts named in world/fonts.py.
# About an hour and a half of an idle core. What is there already is kept. It does not depend on the other networks.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: fit-section-net.sh FOLDER-FOR-DATA}
. ./one-thread.sh
mkdir -p "$work"

# make NAME SONGS SEED: $work/NAME.npz, unless it is there already. It gets its name when it is whole.
make() {
  [ -e "$work/$1.npz" ] && return
  python3 section_rows.py "$work/new.npz" "$2" "$3"
  mv "$work/new.npz" "$work/$1.npz"
}
make section-fresh 60 2004
make section-rows1 150 2001
make section-rows2 300 2002
make section-rows3 450 2003
make section-rows4 600 2005
make section-rows5 1200 2006
python3 fit_section_net.py "$work/section-net.npz" "$work/section-fresh.npz" "$work"/section-rows[1-5].npz
python3 pack.py "$work/section-net.npz" ../../packages/audio/src/structure/section-net-weights.ts sectionNetWeights
