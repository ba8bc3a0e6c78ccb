#!/usr/bin/env bash
# Makes the container image canhlu:VERSION out of the Debian package, with podman, buildah or docker, whichever is there.
#   deploy/container/build.sh [amd64|arm64] [BASE]      BASE: the Debian below it, debian:bookworm-slim when left out
set -euo pipefail
cd "$(dirname "$0")/../.."

architecture=${1:-$(dpkg --print-architecture)}
version=$(dotnet msbuild src/Host -getProperty:Version)
package=canhlu_${version}_$architecture.deb
[[ -f artifacts/package/$package ]] || deploy/debian/build.sh "$architecture"

for builder in podman buildah docker; do
  command -v "$builder" >/dev/null && break
  builder=
done
[[ -n $builder ]] || { echo "Neither podman, buildah nor docker is installed." >&2; exit 1; }
with=(--build-arg "PACKAGE=$package" -f deploy/container/Containerfile -t "canhlu:$version" -t canhlu:latest)
# The check of health is of Docker's format alone.
[[ $builder == docker ]] || with+=(--format docker)
[[ -z ${2:-} ]] || with+=(--build-arg "BASE=$2")
"$builder" build "${with[@]}" artifacts/package
