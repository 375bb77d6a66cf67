#!/usr/bin/env bash
# Starts ColorQuant from its checkout. Where there is no screen, the same program runs on a virtual
# one, quantizes IMAGE (or the sample) and leaves the result and a screenshot in out/.
#
# VENV   the virtual environment (default .venv)
# IMAGE  the picture to open (default: the sample)
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=("${VENV:-.venv}/bin/python" -m colorquant_gui)
set -- ${IMAGE:+"$IMAGE"}

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "${program[@]}" "$@"
fi

printf 'ColorQuant: there is no screen here, so it runs on a virtual one.\n'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p out
QT_QPA_PLATFORM=xcb XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$scratch} \
    xvfb-run -a -s "-screen 0 1600x1000x24" "${program[@]}" --unattended out "$@"
