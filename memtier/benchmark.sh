#!/bin/sh
# The benchmark image's entry: one memtier_benchmark run by a profile of this folder.
#
#   SOURCE_HOST        the source; empty = the host that runs the container
#   SOURCE_PORT        13300
#   SOURCE_PASSWORD    empty = none
#   PROFILE            strings, all-types, … : a file of this folder without its ending
#   DURATION_SECONDS   20
#   OUTPUT             where memtier_benchmark.txt and .json go: /tmp
#
# Arguments go to memtier_benchmark after the profile's own and so override them.
set -eu

folder=$(dirname "$0")
output=${OUTPUT:-/tmp}
profile="$folder/${PROFILE:-strings}.txt"

if [ ! -r "$profile" ]; then
  echo "no profile ${PROFILE:-strings}: there are" "$folder"/*.txt >&2
  exit 2
fi
if ! ( : > "$output/memtier_benchmark.txt" ) 2>/dev/null; then
  echo "cannot write to $output: make the mounted folder writable for user $(id -u)," \
    "or run the container with --user \$(id -u):\$(id -g)" >&2
  exit 5
fi

host=${SOURCE_HOST:-}
if [ -z "$host" ]; then
  if getent hosts host.docker.internal >/dev/null 2>&1; then
    host=host.docker.internal
  else
    # The container's default gateway is the host: its address stands in /proc/net/route as
    # eight hexadecimal digits, the last byte first.
    gateway=$(awk '$2 == "00000000" { print $3; exit }' /proc/net/route)
    if [ -z "$gateway" ]; then
      host=127.0.0.1
    else
      host=$(printf '%d.%d.%d.%d' \
        "0x$(echo "$gateway" | cut -c7-8)" "0x$(echo "$gateway" | cut -c5-6)" \
        "0x$(echo "$gateway" | cut -c3-4)" "0x$(echo "$gateway" | cut -c1-2)")
    fi
  fi
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
if [ -n "${SOURCE_PASSWORD:-}" ]; then
  set -- --authenticate="$SOURCE_PASSWORD" "$@"
fi

echo "memtier_benchmark, profile ${PROFILE:-strings}, ${DURATION_SECONDS:-20} s, to $host:${SOURCE_PORT:-13300}" >&2
exec memtier_benchmark \
  --server="$host" --port="${SOURCE_PORT:-13300}" \
  --test-time="${DURATION_SECONDS:-20}" \
  --out-file="$output/memtier_benchmark.txt" \
  --json-out-file="$output/memtier_benchmark.json" \
  "$@"
