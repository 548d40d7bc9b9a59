# Helpers that the scripts share. Source it; it changes nothing by itself.
# shellcheck shell=bash

# One short line about what happens now. Standard output stays free for results.
step() { printf '==> %s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Can packages be installed here without asking for a password?
can_install() {
  have apt-get || return 1
  [[ $EUID -eq 0 ]] || { have sudo && sudo -n true 2>/dev/null; }
}

# apt_install PACKAGE…: installs quietly; the package lists are fetched only when the first try fails.
# RUNLEVEL=1 keeps packages that bring a service (rabbitmq-server, puma) from starting it.
apt_install() {
  local apt=(env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  [[ $EUID -eq 0 ]] || apt=(sudo -n "${apt[@]}")

  step "Installing $* (apt-get)"
  local output
  if output=$("${apt[@]}" install -y --no-install-recommends "$@" 2>&1); then
    return 0
  fi
  step "Fetching the package lists (apt-get update)"
  if output=$("${apt[@]}" update 2>&1 && "${apt[@]}" install -y --no-install-recommends "$@" 2>&1); then
    return 0
  fi
  tail -n 15 <<<"$output" >&2
  return 1
}

# dotnet commands of the scripts leave no build server behind.
quiet_dotnet() {
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
  export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
}

# Compilers and tests run for seconds or minutes: what the runtime gathers about them to compile them better later costs a
# quarter of a build, and does not come back. Not for what is measured.
brisk_dotnet() { export DOTNET_TieredPGO=0; }

require_dotnet() {
  local root=${BASH_SOURCE[0]%/*}/../..
  local wanted
  wanted=$(sed -n 's/.*"version": "\(.*\)[0-9][0-9]".*/\1xx/p' "$root/global.json")
  have dotnet || die "the .NET SDK is missing: install $wanted (global.json)"
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    die "the .NET SDK $wanted is missing (global.json); installed: $(dotnet --list-sdks | sed 's/ .*//' | paste -sd ' ' -)"
}

rabbitmq_package_installed() { [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] && have epmd; }

# Where the programs of the newest PostgreSQL are that a package has installed.
postgres_programs() {
  local newest
  newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
  [[ -x $newest ]] && dirname "$newest"
}

docker_answers() { have docker && timeout 10 docker info >/dev/null 2>&1; }

# The command that builds and runs containers here: docker, else podman.
container_engine() {
  if docker_answers; then
    echo docker
  elif have podman && podman info >/dev/null 2>&1; then
    echo podman
  else
    return 1
  fi
}

# Does a container engine of this machine speak Docker's API where Testcontainers looks for it?
container_engine_answers() {
  case ${DOCKER_HOST:-} in
    '')
      local socket
      for socket in /var/run/docker.sock "${XDG_RUNTIME_DIR:-/run/user/$UID}/docker.sock" ~/.docker/{run,desktop}/docker.sock; do
        if [[ -S $socket ]] && engine_at --unix-socket "$socket" http://localhost; then return 0; fi
      done
      return 1
      ;;
    unix://*) engine_at --unix-socket "${DOCKER_HOST#unix://}" http://localhost ;;
    tcp://localhost:* | tcp://127.0.0.1:*) engine_at "http://${DOCKER_HOST#tcp://}" ;;
    *) return 1 ;;
  esac
}

# engine_at [CURL OPTION…] URL; with Docker's client where there is no curl.
engine_at() {
  if have curl; then
    curl -sf --noproxy '*' --max-time 1 "${@:1:$#-1}" "${!#}/_ping" >/dev/null 2>&1
  else
    docker_answers
  fi
}

# port_open HOST PORT: does anybody accept connections there?
port_open() {
  timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' _ "$1" "$2" 2>/dev/null
}

# A port below the range that the kernel hands to outgoing connections, so that nobody takes it
# while the server that has it is down for a moment.
free_port() {
  local port
  while true; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    port_open 127.0.0.1 "$port" || break
  done
  printf '%s' "$port"
}

alive() { [[ $1 -ne 0 ]] && kill -0 "$1" 2>/dev/null; }

# bound_to_us COMMAND…: becomes it; it dies with this script, even when this script is killed.
bound_to_us() {
  if have setpriv; then exec setpriv --pdeathsig KILL -- "$@"; else exec "$@"; fi
}

# amqp_answers HOST PORT: says the AMQP 0-9-1 protocol header and expects a method frame (type 1),
# which only a broker that has finished starting sends.
amqp_answers() {
  timeout 3 bash -c '
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    printf "AMQP\x00\x00\x09\x01" >&3
    IFS= read -r -d "" -n 1 -t 2 byte <&3 && [[ $byte == $'"'\x01'"' ]]
  ' _ "$1" "$2" 2>/dev/null
}
