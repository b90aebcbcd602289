#!/bin/sh
# A client of the bus for the shell; needs socat. vj.sh WORKER COMMAND ['"name": value, ...']
# Prints the reply as JSON. The exit code is 1 when the command is refused, or nobody answers within 10 s. The command must be ASCII: its
# length is counted in characters.
if [ "$1" = --talk ]; then # what socat runs: input and output are the socket, 3 is the output of who called
  length=$(printf '\\%03o\\%03o\\%03o\\%03o' 0 $((${#VJ_JSON} / 65536)) $((${#VJ_JSON} / 256 % 256)) $((${#VJ_JSON} % 256)))
  printf "$length"; printf '%s' "$VJ_JSON"
  while set -- $(dd bs=1 count=4 2>/dev/null | od -An -tu1) && [ $# -eq 4 ]; do
    reply=$(dd bs=1 count=$((($1 * 256 + $2) * 65536 + $3 * 256 + $4)) 2>/dev/null)
    case $reply in *'"msg_id":"1"'*) printf '%s\n' "$reply" >&3; exit ;; esac # anything else is a heartbeat
  done
  exit 1
fi
[ $# -ge 2 ] || { echo "usage: $0 WORKER COMMAND ['\"name\": value, ...']" >&2; exit 64; }
export VJ_SELF="$0" VJ_JSON="{\"type\":\"command\",\"cmd\":\"$2\",\"msg_id\":\"1\"${3:+,$3}}"
reply=$(socat -T 10 "UNIX-CONNECT:${VJ_BUS_DIR:-/tmp/vj-bus}/$1.sock" 'SYSTEM:sh \"$VJ_SELF\" --talk' 3>&1)
[ -n "$reply" ] || { echo "$1: no answer" >&2; exit 1; }
printf '%s\n' "$reply"
case $reply in *'"success":false'* | *'"type":"error"'*) exit 1 ;; esac
