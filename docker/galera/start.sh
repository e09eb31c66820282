#!/bin/bash
# Starts a node of the cluster, as a member of the one that serves or, where none does, of a new one.
#
# Somebody has to be first, and the wrong one would be a disaster: a node without data, or with old data, whose copy the
# others then take. So while nobody serves, each writes into a folder that all share how far its data go, and waits until all
# have. The one that is furthest goes first, and the others join it. That holds for the first start of all, for the next after
# all were stopped, and after a loss of power.
set -euo pipefail

read -ra nodes <<<"$GALERA_NODES"
waiting=/waiting
data=/var/lib/mysql
own=$waiting/$HOSTNAME

# As the process 1 of a container, bash ignores what it does not ask for.
trap 'rm -f "$own"; exit 0' TERM INT

# "HISTORY:NUMBER", the last write that is in the data; "none" where there are none, or only a part of a copy.
position() {
  local history number recovered
  if [ ! -d $data/mysql ]; then
    echo none
    return
  fi
  history=$(sed -n 's/^uuid: *//p' $data/grastate.dat 2>/dev/null || true)
  number=$(sed -n 's/^seqno: *//p' $data/grastate.dat 2>/dev/null || true)
  if [ -n "$history" ] && [ "$number" != -1 ]; then
    echo "$history:$number"
  else
    # After a crash the file does not know, but InnoDB does. To the others this must not look like a node that serves.
    recovered=$(mariadbd --wsrep-recover --skip-networking 2>&1 |
      sed -n 's/.*Recovered position:\{0,1\} *\([0-9a-f-]*:[0-9-]*\).*/\1/p' | tail -n 1)
    if [[ $recovered == *:-1 ]]; then echo none; else echo "$recovered"; fi
  fi
}

# A node listens once it has been a part of a cluster that serves.
listens() {
  timeout 1 bash -c ": </dev/tcp/$1/3306" 2>/dev/null
}

somebody_serves() {
  local node
  for node in "${nodes[@]}"; do
    if [ "$node" != "$HOSTNAME" ] && listens "$node"; then return 0; fi
  done
  return 1
}

all_wait() {
  local node
  for node in "${nodes[@]}"; do [ -s "$waiting/$node" ] || return 1; done
}

# The node with the most writes; of equals, and where nobody has any, the first.
furthest() {
  local node held best='' most=-2 number history=''
  for node in "${nodes[@]}"; do
    # Gone: it has begun to serve, which the next round sees.
    held=$(cat "$waiting/$node" 2>/dev/null) || return 0
    number=-1
    if [ "$held" != none ]; then
      if [ -n "$history" ] && [ "$history" != "${held%:*}" ]; then
        echo "The nodes hold data of different clusters. Which of them is right, only a person can say." >&2
        return 1
      fi
      history=${held%:*}
      number=${held##*:}
    fi
    if [ "$number" -gt "$most" ]; then
      best=$node
      most=$number
    fi
  done
  echo "$best"
}

arguments=("--wsrep-node-name=$HOSTNAME" "--wsrep-node-address=$HOSTNAME" "$@")
reached=$(position)
[ -n "$reached" ] || { echo 'How far the data go could not be found out.' >&2; exit 1; }
[ "$reached" = none ] || arguments+=("--wsrep-start-position=$reached")

join() {
  rm -f "$own"
  echo "Joining the cluster that serves, from $reached."
  # Not through the image's script: what it would make is replaced by the copy that comes.
  exec mariadbd "${arguments[@]}"
}

lead() {
  rm -f "$own"
  echo "Going first, with $reached."
  # Galera's own guard against a wrong first one; here it has been seen that this is the right one.
  [ ! -e $data/grastate.dat ] || sed -i 's/^safe_to_bootstrap: .*/safe_to_bootstrap: 1/' $data/grastate.dat
  # After a crash it would make this node wait for the ones that it knew then, and those wait for it.
  rm -f $data/gvwstate.dat
  exec docker-entrypoint.sh mariadbd "${arguments[@]}" --wsrep-new-cluster
}

printf '%s\n' "$reached" >"$own.new"
mv "$own.new" "$own"
echo "Waiting for the cluster, with $reached."
while true; do
  if somebody_serves; then join; fi
  if all_wait; then
    first=$(furthest)
    if [ "$first" = "$HOSTNAME" ]; then lead; fi
  fi
  # In the background, so that a signal need not wait for it.
  sleep 1 &
  wait $!
done
