#!/usr/bin/env bash
# Builds Temporal's development server from the Go module proxy, for the tests of the Temporal runner. Takes some minutes the first time,
# and nothing afterwards. Needs Go; called by the step `temporal` of scripts/test.mjs, which .ci/run asks for, and by hand.
set -euo pipefail
cd "$(dirname "$0")/.."

# The newest version whose module builds outside its own repository.
version='v1.5.1'
folder="$PWD/.tools"

if [ -x "$folder/temporal" ] && "$folder/temporal" --version >/dev/null 2>&1; then
  exit 0
fi
command -v go >/dev/null || {
  echo 'install-temporal: Go is not installed; set TEMPORAL_PATH to a temporal binary instead.' >&2
  exit 1
}
mkdir -p "$folder"
GOFLAGS=-buildvcs=false GOBIN="$folder" go install -ldflags='-s -w' "github.com/temporalio/cli/cmd/temporal@$version"
