#!/bin/bash
# Submits a check of a dataset in parts to Slurm, and a summary that starts once every part has ended well:
#
#   PARTS=8 ./submit.sh DATASET OUT [OPTION ...]                   options as of `regionscope check`
#
# PARTS is the number of array tasks (4), SBATCH_OPTIONS what your cluster asks for, such as "--account=lab
# --partition=cpu", and REGIONSCOPE the program, where it is not on the PATH of the nodes.

set -eu

[ $# -ge 2 ] || { echo "Usage: PARTS=4 $0 DATASET OUT [OPTION ...]" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
read -ra own <<<"${SBATCH_OPTIONS:-}"

# Prints "JOB" or "JOB;CLUSTER".
check=$(sbatch --parsable --array="0-$((${PARTS:-4} - 1))" ${own[@]+"${own[@]}"} "$here/check.sbatch" "$@")
check=${check%%;*}
# After a part that failed, a summary would wait for ever.
summary=$(sbatch --parsable --dependency="afterok:$check" --kill-on-invalid-dep=yes ${own[@]+"${own[@]}"} \
  "$here/summary.sbatch" "$2") || { scancel "$check"; exit 1; }
echo "Parts: job $check; summary: job ${summary%%;*}. squeue --me lists them."
