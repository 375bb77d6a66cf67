#!/usr/bin/env bash
# Makes a checkout ready to run: system packages where they are missing, a virtual environment,
# and in it ColorQuant (editable) with everything it needs, in the versions of constraints.txt.
# Does nothing, in a fraction of a second, when all of that is there.
#
# VENV    the virtual environment (default .venv)
# EXTRAS  extras of pyproject.toml to install, separated by commas (default dev)
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
venv=${VENV:-.venv}
extras=${EXTRAS:-dev}
list=packaging/debian-packages.txt
constraints=packaging/constraints.txt

say() { printf 'ColorQuant: %s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# The names in debian-packages.txt of one importance that no installed package is or provides.
missing() {
    dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | awk -v importance="$1" '
        NR == FNR {
            if ($1 == "installed") {
                gsub(/\([^)]*\)|,/, " ")
                for (i = 2; i <= NF; i++) have[$i]
            }
            next
        }
        $2 == importance && !($1 in have) { print $1 }
    ' - "$list" | tr '\n' ' '
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

may_become_root() {
    [ "$(id -u)" -eq 0 ] && return
    command -v sudo >/dev/null || return
    # without a terminal nobody can type a password
    sudo -n true 2>/dev/null || [ -t 0 ]
}

install_system_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "this is not a Debian system, so nothing is installed on it. If the window does not" \
            "open, install what your system calls the packages in $list."
        return 0
    fi
    local required optional
    required=$(missing required)
    optional=$(missing optional)
    [ -n "$required$optional" ] || return 0
    if [ -z "$required" ] && [ "$(id -u)" -ne 0 ]; then
        return 0
    fi
    if ! may_become_root; then
        say "these system packages are missing, and installing them needs root. Please run, then try again:"
        printf '\n    sudo apt-get install --no-install-recommends %s\n\n' "${required% }" >&2
        exit 1
    fi
    say "installing system packages: $required$optional"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    as_root "${apt[@]}" update || say "the package lists could not be refreshed; trying with the old ones."
    # shellcheck disable=SC2086 # names, one word each
    as_root "${apt[@]}" install -y --no-install-recommends $required >/dev/null ||
        fail "the system packages could not be installed; apt-get's words are above."
    if [ -n "$optional" ]; then
        # shellcheck disable=SC2086
        as_root "${apt[@]}" install -y --no-install-recommends $optional >/dev/null ||
            say "left out, as they could not be installed: $optional"
    fi
}

# The first Python that is new enough and can make virtual environments.
find_python() {
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, ensurepip, venv
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "needs Python 3.11 to 3.14 with its venv module (Debian: python3-venv); here is" \
        "$(python3 --version 2>/dev/null || echo 'no python3')."
}

# Changes whenever the environment has to be made anew or brought up to date.
fingerprint() {
    {
        printf '%s\n' "$root" "$extras"
        "$venv/bin/python" --version 2>&1 || true
        # the engine's sources are there in some checkouts only
        { find pyproject.toml packaging/bootstrap.sh "$constraints" CMakeLists.txt \
            colorquant_gui/core/native -type f 2>/dev/null || true; } | LC_ALL=C sort | xargs cksum
    } | cksum
}

install_python_packages() {
    local stamp="$venv/.installed-$extras"
    if [ -x "$venv/bin/python" ] && [ "$(fingerprint)" = "$(cat "$stamp" 2>/dev/null)" ]; then
        return 0
    fi
    # one that was copied from elsewhere, or whose Python is gone, holds wrong paths
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null ||
        [ "$(cat "$venv/.made-for" 2>/dev/null || echo "$root")" != "$root" ]; then
        local python
        python=$(find_python)
        say "making a virtual environment in $venv with $("$python" --version)"
        "$python" -m venv --clear "$venv" ||
            fail "$venv could not be made; VENV=elsewhere puts it in another folder."
        printf '%s\n' "$root" >"$venv/.made-for"
    fi
    say "installing Python packages into $venv (500 MB where there are none yet)"
    local pip=("$venv/bin/python" -m pip install --disable-pip-version-check --no-input
        --constraint "$constraints")
    [ -t 2 ] || pip+=(-qq)
    local build
    build=$("$venv/bin/python" -c 'import tomllib
print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"]))')
    # the build tools come from the constraints as well: not isolated, hence the same every time
    { "${pip[@]}" pip && "${pip[@]}" --requirement <(printf '%s\n' "$build") &&
        "${pip[@]}" --no-build-isolation --editable ".[$extras]"; } ||
        fail "the Python packages could not be installed; pip's words are above."
    fingerprint >"$stamp"
}

install_system_packages
install_python_packages
