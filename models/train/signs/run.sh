#!/bin/sh
# Trains on a machine that others use: one step after the other, at the lowest priority, and goes on where it stopped.
# usage: run.sh detector|kinds [options]
cd "$(dirname "$0")" || exit 1
export OMP_WAIT_POLICY=PASSIVE OMP_NUM_THREADS=2
exec nice -n 19 /usr/bin/python3 "train_$1.py" $2 $3 $4 $5
