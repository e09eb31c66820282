#!/bin/sh
# Makes the files that the compose files hand to the containers, once. Nothing that exists is replaced: a new encryption key in
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
account="twofold:$(cat secrets/database_password)"
make database_url "mariadb://$account@database:3306/twofold"
make database_url_mysql "mysql://$account@database:3306/twofold"
make database_url_cluster "mariadb://$account@database-1:3306,database-2:3306,database-3:3306/twofold"
make redis_password "$(random)"
make redis_url "redis://twofold:$(cat secrets/redis_password)@redis:6379"
# The API may use its own keys and asks INFO whether Redis is ready; whoever gives no password may ask whether it lives.
make redis_acl "user twofold on >$(cat secrets/redis_password) ~twofold:* +@all -@admin -@dangerous +info
user default on nopass resetkeys resetchannels -@all +ping"
make encryption_keys "$(date -u +%Y-%m):$(head -c 32 /dev/urandom | base64)"
make messagebird_access_key "$1"
# The folder keeps others on this machine out.
chmod 700 secrets
