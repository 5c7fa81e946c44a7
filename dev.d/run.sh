# shellcheck shell=bash
# A gateway to look at: certificates of a test authority, a registry with the shipped examples, `passerelle serve`.

readonly run_folder=${PASSERELLE_RUN_FOLDER:-build/run}
readonly run_territory=063
readonly gateway=${PASSERELLE_PROGRAM:-build/release/passerelle}

# make_certificates: an authority, a server and a client, for a month; made again once they are over.
make_certificates() {
  mkdir -p "$run_folder"
  chmod 0711 "$run_folder" # a PostgreSQL of root is another user, and passes through
  if openssl x509 -checkend 86400 -noout -in "$run_folder/serveur.pem" >/dev/null 2>&1; then
    say "those of $run_folder are still valid"
    return
  fi
  (
    cd "$run_folder"
    umask 077
    openssl req -x509 "${run_key[@]}" -days 31 -subj "/CN=Autorité d'essai" -keyout autorite.cle -out autorite.pem
    issue serveur "subjectAltName=IP:127.0.0.1,DNS:localhost"
    issue client "extendedKeyUsage=clientAuth"
  ) >"$run_folder/openssl.log" 2>&1 || {
    tail -n 20 "$run_folder/openssl.log"
    return 1
  }
  say "an authority, a server and a client in $run_folder, never to be trusted elsewhere"
}

readonly run_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8)

# issue NAME EXTENSION
issue() {
  openssl req "${run_key[@]}" -subj "/CN=$1" -keyout "$1.cle" -out "$1.csr"
  printf '%s\n' "$2" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA autorite.pem -CAkey autorite.cle -CAcreateserial -days 30 -extfile "$1.ext" -out "$1.pem"
  rm "$1.csr" "$1.ext"
}

# The folder of the registry: beside the certificates, or where the PostgreSQL of root can pass.
registry_folder() {
  if ((EUID != 0)) || runuser -u postgres -- test -x "$(realpath "$run_folder")"; then
    say "$run_folder/registre"
  else
    say "/var/tmp/passerelle-run-$(printf '%s' "$PWD" | sha256sum | cut -c 1-12)"
  fi
}

# load_registry: what it must know first, then the examples of the SNE; what is there already stays.
load_registry() {
  local data example status
  data=$(registry_folder)
  "$gateway" reference --data "$data" --tables deploy/examples/tables
  know_client "$data"
  for example in mappings/peer/sne/examples/02.00-{CRE,MOD,REN,CRS}-*.xml; do
    say "${example##*/}"
    # 1: the registry refuses some, which then wait in quarantine.
    status=0
    "$gateway" import --data "$data" --territory "$run_territory" --format sne --in "$example" || status=$?
    ((status <= 1)) || return "$status"
  done
}

# know_client DATA: the certificate of the client is that of the software of a guichet; once, since a second time is refused.
know_client() {
  ! cmp -s "$run_folder/client.pem" "$1/client.pem" || return 0
  "$gateway" access certificate essai.guichet --data "$1" --territory "$run_territory" --file "$run_folder/client.pem" \
    --act "certificat d'essai"
  cp "$run_folder/client.pem" "$1/client.pem"
}

# serve_registry once|stay
serve_registry() {
  local port watch server
  port=$(port_or_any 8443)
  watch=$(port_or_any 9443)
  write_settings "$port" "$watch" >"$run_folder/serve.conf"
  : >"$run_folder/serve.log" # what the last one told there is not of this one
  "$gateway" serve --config "$run_folder/serve.conf" 2>>"$run_folder/serve.log" &
  server=$!
  trap 'kill -TERM "$server" 2>/dev/null || true' INT TERM
  if ! wait_for_start "$server"; then
    tail -n 20 "$run_folder/serve.log"
    return 1
  fi
  tell_where_to_look "$(port_of 1)" "$(port_of 2)"
  [[ $1 == stay ]] || kill -TERM "$server"
  end_with "$server"
}

tell_where_to_look() {
  local data as_partner services
  data=$(registry_folder)
  as_partner="curl -sS --cacert $run_folder/autorite.pem --cert $run_folder/client.pem --key $run_folder/client.cle"
  services=https://127.0.0.1:$1/services/DemandeLogementImplService/
  say ""
  say "passerelle serve listens on https://127.0.0.1:$1 (partners, by certificate) and http://127.0.0.1:$2 (who watches)"
  say "a demande filed as the software of a guichet files it with the national system:"
  say "  $as_partner -H @deploy/examples/sne/getNumUnique.type --data-binary @deploy/examples/sne/getNumUnique.mime $services"
  say "  $as_partner $services?wsdl"
  say "  curl http://127.0.0.1:$2/pret"
  say "its registry, with the examples of the SNE: $data"
  say "  $gateway export --data $data --territory $run_territory"
  say "  $gateway quarantine list --data $data --territory $run_territory"
  say "certificates, settings and log: $run_folder"
  say "stop: Ctrl-C"
}

# port_or_any PORT: that one, or any when somebody listens there.
port_or_any() {
  if (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then say 0; else say "$1"; fi
}

write_settings() {
  cat <<SETTINGS
address = 127.0.0.1
port = $1
certificate = $run_folder/serveur.pem
key = $run_folder/serveur.cle
authorities = $run_folder/autorite.pem
watch-port = $2
data = $(registry_folder)
day-minutes = 120
bodies = /dev/shm
stop-seconds = 5
SETTINGS
}

wait_for_start() {
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    ! grep -q '"event":"start"' "$run_folder/serve.log" || return 0
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# port_of RANK: that of the listener of a rank, as the log tells it.
port_of() { grep '"event":"listen"' "$run_folder/serve.log" | sed -n "$1s/.*\"port\":\([0-9]*\).*/\1/p"; }

# A signal interrupts `wait`: the gateway ends what was begun, and is waited for again.
end_with() {
  local status=0
  wait "$1" || status=$?
  while kill -0 "$1" 2>/dev/null; do
    status=0
    wait "$1" || status=$?
  done
  trap - INT TERM
  ((status == 0)) || return "$status"
  say "stopped; $run_folder stays for the next time"
}
