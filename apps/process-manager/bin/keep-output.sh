#!/bin/sh
# keep-output.sh FILE LIMIT: reads standard input to its end and keeps the last of it in FILE and FILE.1, each at most LIMIT and
# 512 KiB long, at every moment. Whatever happens to the files, it goes on reading, so that no writer waits for a reader or
# ends without one. Needs dd, mv and wc; without them it reads and keeps nothing.
file=$1 limit=$2 reads=8
LC_ALL=C
export LC_ALL
umask 077
# It ends when the last writer has ended, not before.
trap '' HUP INT TERM

# Sets `got` to how often the dd that said $1 has read; empty when there is no dd.
count() {
  got=${1%% records in*}
  got=${got##*
}
  case $got in
    *[0-9]+[0-9]*) got=$((${got%+*} + ${got#*+})) ;;
    *) got= ;;
  esac
}

# dd ends after so many reads however short they were, so FILE is not open for long: deleted or moved, it is made anew. A writer
# that is faster than this loop fills each read, so the work for a flood grows with its bytes, not with its lines.
while :; do
  if said=$(exec dd bs=65536 count="$reads" 2>&1 >>"$file"); then
    count "$said"
    [ -n "$got" ] && [ "$got" -lt "$reads" ] && exit 0
    size=$(wc -c <"$file") 2>/dev/null && [ "$size" -ge "$limit" ] && mv -f "$file" "$file.1"
  else
    count "$said"
    # The file cannot be written: what dd has read is lost. If it read nothing, one read goes nowhere, or this would spin.
    if [ "${got:-0}" -eq 0 ]; then
      count "$(exec dd bs=65536 count=1 2>&1 >/dev/null)"
      [ "$got" = 0 ] && exit 0
    fi
  fi
  if [ -z "$got" ]; then
    while read -r _; do :; done
    exit 0
  fi
done 2>/dev/null
