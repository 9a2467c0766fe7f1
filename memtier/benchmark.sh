#!/bin/sh
# The benchmark image's entry: one memtier_benchmark run by a profile of this folder.
#
#   SOURCE_HOST        the source; empty = whichever of these answers: the host that runs the
#                      container by its names, the default gateway, loopback (--network host)
#   SOURCE_PORT        13300
#   SOURCE_PASSWORD    empty = none
#   PROFILE            strings, all-types, … : a file of this folder without its ending
#   DURATION_SECONDS   20
#   OUTPUT             where memtier_benchmark.txt, .json and .stderr go: /tmp
#   ROUTES             where the default gateway stands: /proc/net/route
#
# Arguments go to memtier_benchmark after the profile's own and so override them.
#
# memtier_benchmark exits 0 when nothing listens, when every write is refused, and does not end at
# all with a wrong password. So the source is asked first, and its word is believed only if
# operations were done and none was refused. Exit status: 0 loaded, 2 wrong settings,
# 5 could not load, 130 interrupted.
set -u
export LC_ALL=C

folder=$(dirname "$0")
output=${OUTPUT:-/tmp}
case $output in
  /*) ;;
  *) output=$PWD/$output ;;
esac
name=${PROFILE:-strings}
profile="$folder/$name.txt"
port=${SOURCE_PORT:-13300}
seconds=${DURATION_SECONDS:-20}
password=${SOURCE_PASSWORD:-}
answer_within=3
grace=30

fail() {
  status=$1
  shift
  echo "benchmark: $*" >&2
  exit "$status"
}

# whole_number NAME VALUE MOST
whole_number() {
  case $2 in
    '' | 0* | *[!0-9]* | ??????*) fail 2 "$1 is \`$2\`: give a whole number from 1 to $3" ;;
  esac
  [ "$2" -le "$3" ] || fail 2 "$1 is \`$2\`: give a whole number from 1 to $3"
}

# bulk WORD: a word of a command as it goes over the wire.
bulk() {
  printf '$%d\r\n%s\r\n' "$(printf %s "$1" | wc -c)" "$1"
}

questions() {
  if [ -n "$password" ]; then
    printf '*2\r\n'
    bulk AUTH
    bulk "$password"
  fi
  printf 'PING\r\nINFO\r\nQUIT\r\n'
}

# ask HOST: what it answers, until it closes; what went wrong comes out as well.
ask() {
  if command -v bash >/dev/null 2>&1; then
    questions | timeout "$answer_within" bash -c \
      'exec 3<>"/dev/tcp/$0/$1" && cat >&3 && cat <&3' "$1" "$port" 2>&1
  else
    questions | timeout "$answer_within" nc "$1" "$port" 2>&1
  fi
}

# why_not HOST: one line on why this host is not the source; nothing if it is.
why_not() {
  answer=$(ask "$1" | tr -d '\000\r')
  first=$(printf '%s\n' "$answer" | sed -n '/./{p;q;}' | cut -c1-120)
  case $answer in
    *'Connection refused'* | *"can't connect"*) echo 'nothing listens'; return ;;
    *'ame or service not known'* | *'bad address'* | *'name resolution'*)
      echo 'no such name'; return ;;
    *'unreachable'* | *'No route to host'*) echo 'cannot be reached'; return ;;
    '') echo "no answer within $answer_within s"; return ;;
  esac
  if [ "$own_tls" = yes ]; then
    return
  fi
  refusal=$(printf '%s\n' "$answer" | sed -n \
    '/^-\(WRONGPASS\|NOAUTH\|DENIED\|LOADING\|MASTERDOWN\|BUSY\|MISCONF\|ERR.*AUTH\|ERR.*assword\)/{p;q;}')
  case $refusal in
    -NOAUTH*)
      if [ "$own_login" = no ]; then
        if [ -z "$password" ]; then
          echo 'it wants a password: set SOURCE_PASSWORD'
        else
          echo "it refuses the password of SOURCE_PASSWORD: ${refusal#-}"
        fi
      fi
      return ;;
    ?*) echo "it answers ${refusal#-}" | cut -c1-160; return ;;
  esac
  case $answer in
    *+PONG* | *-NOPERM*) ;;
    *) echo "it is no Redis: \`$first\`"; return ;;
  esac
  case $answer in
    *redis_mode:sentinel*) echo 'it is a Redis Sentinel, no source' ;;
    *role:slave*slave_read_only:1*) echo 'it is a read-only replica (READONLY)' ;;
    *cluster_enabled:1*)
      if [ "$own_cluster" = no ]; then
        echo 'it is a node of a Redis Cluster (MOVED): add the argument --cluster-mode'
      fi ;;
  esac
}

# The default gateway: as eight hexadecimal digits in /proc/net/route, the last byte first.
gateway() {
  hex=$(awk '$2 == "00000000" && $3 != "00000000" { print $3; exit }' "${ROUTES:-/proc/net/route}" 2>/dev/null)
  [ -n "$hex" ] && printf '%d.%d.%d.%d\n' \
    "0x$(echo "$hex" | cut -c7-8)" "0x$(echo "$hex" | cut -c5-6)" \
    "0x$(echo "$hex" | cut -c3-4)" "0x$(echo "$hex" | cut -c1-2)"
}

command -v memtier_benchmark >/dev/null 2>&1 || fail 5 'no memtier_benchmark is on PATH here'
case ${1:-} in
  --help | --version | -v) exec memtier_benchmark "$1" ;;
esac
whole_number DURATION_SECONDS "$seconds" 99999
if [ ! -r "$profile" ]; then
  fail 2 "no profile \`$name\`: there are" \
    $(for file in "$folder"/*.txt; do basename "$file" .txt; done)
fi
for file in txt json stderr; do
  # Not emptied: what the last load left is given up only for another.
  if ! ( : >> "$output/memtier_benchmark.$file" ) 2>/dev/null; then
    fail 5 "cannot write $output/memtier_benchmark.$file as user $(id -u): mount a folder that this" \
      'user may write, or add --user $(id -u):$(id -g)'
  fi
done
log="$output/memtier_benchmark.stderr"

# What the arguments say themselves is taken from them, or left to memtier where it cannot be asked.
# They are read as getopt reads them: joined letters, names cut short, a value in the next word.
own_address=no own_login=no own_tls=no own_cluster=no own_requests=no own_limit=no own_reconnect=no
host=${SOURCE_HOST:-} value_of=''
for argument in "$@"; do
  case $value_of in
    host) host=$argument ;;
    port) port=$argument ;;
  esac
  if [ -n "$value_of" ]; then
    value_of=''
    continue
  fi
  # Letters without a value may stand before one that has one.
  while case $argument in -[46DRv]?*) true ;; *) false ;; esac; do
    argument=-${argument#-?}
  done
  case $argument in
    -u* | --ur* | -S* | --un*) own_address=yes ;;
    -a* | --a*) own_login=yes ;;
    --tls*) own_tls=yes ;;
    --clu*) own_cluster=yes ;;
    -n* | --req*) own_requests=yes own_limit=yes ;;
    --te* | -x* | --ru* | --verif*) own_limit=yes ;;
    --reconnect-o*) own_reconnect=yes ;;
  esac
  case $argument in
    -s | -h | --ser | --serv | --serve | --server | --ho | --hos | --host) value_of=host ;;
    -p | --po | --por | --port) value_of=port ;;
    -[acdnoPStux]) value_of=other ;;
    -s* | -h*) host=${argument#-?} ;;
    -p*) port=${argument#-p} ;;
    --ser*=* | --ho*=*) host=${argument#*=} ;;
    --po*=*) port=${argument#*=} ;;
  esac
done

whole_number 'the port (SOURCE_PORT)' "$port" 65535

candidates=$host tried='' address="the server that the arguments name"
if [ -z "$candidates" ]; then
  candidates="host.docker.internal host.containers.internal $(gateway) 127.0.0.1"
fi
if [ "$own_address" = no ]; then
  host=''
  for candidate in $candidates; do
    reason=$(why_not "$candidate")
    if [ -z "$reason" ]; then
      host=$candidate
      break
    fi
    tried="$tried${tried:+; }$candidate:$port: $reason"
  done
  if [ -z "$host" ]; then
    fail 5 "no source to load; $tried; start it, or name it with SOURCE_HOST and SOURCE_PORT"
  fi
  address="$host:$port${tried:+ ($tried)}"
fi

extra_count=$#
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    '' | '#'*) ;;
    *) set -- "$@" "$line" ;;
  esac
done < "$profile"
# The profile's options were put behind the user's; turn them round so that the user's win.
while [ "$extra_count" -gt 0 ]; do
  first=$1
  shift
  set -- "$@" "$first"
  extra_count=$((extra_count - 1))
done
case $password in
  '') ;;
  # memtier takes what is before a colon for a user's name, unless the colon comes first.
  *:*) set -- --authenticate=":$password" "$@" ;;
  *) set -- --authenticate="$password" "$@" ;;
esac
if [ "$own_requests" = no ]; then
  set -- --test-time="$seconds" "$@"
fi
if [ "$own_address" = no ]; then
  set -- --server="$host" --port="$port" "$@"
fi

for file in txt json stderr; do
  : > "$output/memtier_benchmark.$file"
done
# The image begins in /, where nothing may be written: other files that the arguments name go to the
# output's folder.
[ "$PWD" != / ] || cd "$output" || exit 5
echo "benchmark: memtier_benchmark, profile $name, $seconds s, to $address" >&2
memtier_benchmark \
  --out-file="$output/memtier_benchmark.txt" \
  --json-out-file="$output/memtier_benchmark.json" \
  "$@" > /dev/null 2> "$log" &
memtier=$!

# stop REASON SECONDS: asks memtier to end with what it has; by force after these seconds.
stopped='' limit=$((seconds + grace))
[ "$own_limit" = no ] || limit=''
stop() {
  stopped=$1
  limit=$(($(date +%s) - began + $2))
  kill -INT "$memtier" 2>/dev/null
}
trap 'stop interrupted 5' INT TERM

refused='handle error response|authentication failed|HELLO failed|selection failed|resolve error'
# What it says of a source that goes away. It connects anew then, and forgets what it had counted;
# who wants that says so, and the source has to be there at the end.
gone='onnection error: |onnection dropped\.'
[ "$own_reconnect" = yes ] || refused="$refused|$gone"
began=$(date +%s)
while kill -0 "$memtier" 2>/dev/null; do
  sleep 1
  # Stopped at the first refusal: a million more would only fill the disk.
  if [ -z "$stopped" ] && grep -Eq "$refused" "$log"; then
    stop refused 3
  elif [ -n "$limit" ] && [ $(($(date +%s) - began)) -gt "$limit" ]; then
    : "${stopped:=late}"
    kill -KILL "$memtier" 2>/dev/null
  fi
done
wait "$memtier"
ended=$?
elapsed=$(($(date +%s) - began))

# memtier repeats the password in its JSON.
sed -i -e 's/\("authenticate": *\)".*"/\1"***"/' -e 's/\("uri": *\)".*"/\1"***"/' \
  "$output/memtier_benchmark.json" 2>/dev/null

lines=$(tr '\r' '\n' < "$log")
done_count=$(printf '%s\n' "$lines" | sed -n 's/.*[^0-9]\([0-9][0-9]*\) ops,.*/\1/p' | tail -n 1)
refusal=$(printf '%s\n' "$lines" | grep -E "$refused" | head -n 1 | sed 's/.*error response: *//' | cut -c1-160)
if [ "$stopped" = interrupted ]; then
  fail 130 "interrupted after ${done_count:-0} operations"
elif printf '%s\n' "$refusal" | grep -v 'TLS connection' | grep -Eq "$gone"; then
  fail 5 "the source went away during the load: $refusal; see $log"
elif [ -n "$refusal" ]; then
  fail 5 "the load was refused: $refusal; see $log"
elif [ "$stopped" = late ]; then
  fail 5 "memtier_benchmark did not end in time, after ${done_count:-0} operations; see $log"
elif [ "$ended" -ne 0 ]; then
  fail 5 "memtier_benchmark ended with status $ended:" \
    "$(printf '%s\n' "$lines" | sed '/^ *$/d' | tail -n 1 | cut -c1-160)"
elif [ "${done_count:-0}" -eq 0 ]; then
  fail 5 "no operation was done; see $log"
elif [ "$own_reconnect$own_address" = yesno ] && reason=$(why_not "$host") && [ -n "$reason" ]; then
  fail 5 "the source went away during the load: $reason; see $log"
elif [ "$own_limit" = no ] && [ "$elapsed" -lt $((seconds - 1)) ]; then
  fail 5 "memtier_benchmark ended after $elapsed s of $seconds, after $done_count operations; see $log"
fi
echo "benchmark: $done_count operations, none refused; $output/memtier_benchmark.txt" >&2
