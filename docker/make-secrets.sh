#!/bin/sh
# Makes the files that compose.yaml hands to the containers, once. Nothing that exists is replaced: a new encryption key in
# the place of an old one would make every stored phone and secret unreadable.
set -eu
cd "$(dirname "$0")"
if [ $# -ne 1 ]; then
  echo "Usage: $0 MESSAGEBIRD_ACCESS_KEY" >&2
  exit 2
fi
umask 077
mkdir -p secrets

# Compose mounts a file with its mode, and the containers run as other users than this one.
make() {
  [ -e "secrets/$1" ] || { printf '%s\n' "$2" >"secrets/$1" && chmod 444 "secrets/$1"; }
}

random() {
  od -An -tx1 -N24 /dev/urandom | tr -d ' \n'
}

make database_root_password "$(random)"
make database_password "$(random)"
make database_url "mariadb://twofold:$(cat secrets/database_password)@database:3306/twofold"
make encryption_keys "$(date -u +%Y-%m):$(head -c 32 /dev/urandom | base64)"
make messagebird_access_key "$1"
# The folder keeps others on this machine out.
chmod 700 secrets
