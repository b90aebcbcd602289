#!/bin/sh
# A client of the bus for the shell; needs socat. vj.sh WORKER COMMAND ['"name": value, ...']
# Prints the reply as JSON. The command must be ASCII: its length is counted in characters.
[ $# -ge 2 ] || { echo "usage: $0 WORKER COMMAND ['\"name\": value, ...']" >&2; exit 64; }
json="{\"type\":\"command\",\"cmd\":\"$2\",\"msg_id\":\"1\"${3:+,$3}}"
length=$(printf '\\%03o\\%03o\\%03o\\%03o' 0 0 $((${#json} / 256)) $((${#json} % 256)))
{ printf "$length"; printf '%s' "$json"; } |
  socat -t 2 - "UNIX-CONNECT:${VJ_BUS_DIR:-/tmp/vj-bus}/$1.sock" |
  { dd bs=1 skip=4 2>/dev/null; echo; }
