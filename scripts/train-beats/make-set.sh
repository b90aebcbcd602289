# Sourced by train-wide.sh and train-world.sh, in whose folder it stands: where they work, and what makes their sets of clips.
# $1 of the script is the folder for all that it makes.
work=${1:?usage: ${0##*/} FOLDER-FOR-DATA}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
mkdir -p "$work"

# make_set NAME CLIPS SEED [STYLE…]: $work/NAME.npz, unless it is there already. It gets its name when it is whole.
make_set() {
  [ -e "$work/$1.npz" ] && return
  file=$1; shift
  python3 make_data.py "$work/new.npz" "$@"
  mv "$work/new.npz" "$work/$file.npz"
}
