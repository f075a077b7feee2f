#!/usr/bin/env bash
# An authority, a certificate for each of $NAMES, the key to all keys to personal data, and the address of the log on $NODES
# with a password for the service: whatever is not there yet. In files, since an environment is shown to who looks at it.
# All belongs to the user 1000, as which everything here runs; the key of the authority to nobody but this program.
set -euo pipefail
umask 077

if [[ ! -f /authority-key/ca.key ]]; then
  es-gencert-cli create-ca -out /tmp/ca
  cp /tmp/ca/ca.crt /tmp/ca/ca.key /authority-key/
fi
install -o 1000 -m 0444 /authority-key/ca.crt /out/authority/ca.crt

for name in $NAMES; do
  [[ -f /out/$name/node.key ]] && continue
  es-gencert-cli create-node -ca-certificate /authority-key/ca.crt -ca-key /authority-key/ca.key \
    -out "/tmp/$name" -dns-names "$name,localhost" -ip-addresses 127.0.0.1
  install -o 1000 -m 0400 "/tmp/$name/node.crt" "/tmp/$name/node.key" "/out/$name/"
done

if [[ ! -f /out/keys/master.key ]]; then
  head -c 32 /dev/urandom | base64 > /tmp/master.key
  install -o 1000 -m 0400 /tmp/master.key /out/keys/master.key
fi

if [[ -n ${NODES:-} && ! -f /out/keys/eventstore-url ]]; then
  password=$(head -c 32 /dev/urandom | base64 | tr -dc 'a-zA-Z0-9')
  printf 'esdb://custody-watch:%s@%s' "$password" "$NODES" > /tmp/eventstore-url
  install -o 1000 -m 0400 /tmp/eventstore-url /out/keys/eventstore-url
fi
chown 1000 /out/*
