#!/bin/sh
# From nothing to the weights in the tracker, about an hour on one core: train-all.sh FOLDER-FOR-DATA
# One thread and fixed seeds: the same machine with the versions in README.md makes the same bytes again.
set -eu
cd "$(dirname "$0")"
work=${1:?usage: train-all.sh FOLDER-FOR-DATA}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
mkdir -p "$work"
python3 make_data.py "$work/a.npz" 2300 11
python3 make_data.py "$work/b.npz" 2300 12
# Where a first round was weak, and fast music to weigh against the slow.
python3 make_data.py "$work/c.npz" 360 77 rolls busyballad electro module breaks pop chip rock trance click
python3 train.py "$work/base.npz" 12 "$work/a.npz" "$work/b.npz" --stop 3400
python3 train.py "$work/net.npz" 1.2 "$work/a.npz" "$work/b.npz" "$work/c.npz" "$work/c.npz" --from "$work/base.npz"
python3 pack.py "$work/net.npz" ../../packages/audio/src/rhythm/activation/weights.ts
