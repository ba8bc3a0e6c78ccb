#!/usr/bin/env bash
# Makes the Debian package of Canh Lũ: the program, self-contained, its unit, the shipped site and the handbooks. Needs the .NET SDK 10, Node 20 and dpkg-deb; the machine that installs it needs neither of the first two.
#   deploy/debian/build.sh [amd64|arm64] [FOLDER]      the package stands in FOLDER, artifacts/package when left out
set -euo pipefail
cd "$(dirname "$0")/../.."

architecture=${1:-$(dpkg --print-architecture)}
to=$(realpath -m "${2:-artifacts/package}")
case $architecture in
  amd64) runtime=linux-x64 ;;
  arm64) runtime=linux-arm64 ;;
  *) echo "There is no package for $architecture: amd64 or arm64." >&2; exit 2 ;;
esac
version=$(dotnet msbuild src/Host -getProperty:Version)

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 0755 "$root"
dotnet publish src/Host -c Release -r "$runtime" --self-contained -o "$root/opt/canhlu" -v quiet
rm -rf "$root"/opt/canhlu/sites/* "$root"/opt/canhlu/*.pdb
# The site that commands take when none is named is the one in force.
ln -s /etc/canhlu/site "$root/opt/canhlu/sites/tam-ky"
install -d "$root/usr/bin" "$root/etc/canhlu" "$root/lib/systemd/system" "$root/usr/share/doc/canhlu" "$root/DEBIAN"
ln -s /opt/canhlu/canhlu "$root/usr/bin/canhlu"
cp -r sites/tam-ky "$root/etc/canhlu/site"
cp deploy/systemd/canhlu.service "$root/lib/systemd/system/"
cp docs/operator.md docs/technician.md docs/threats.md CHANGELOG.md LICENSE "$root/usr/share/doc/canhlu/"

cp deploy/debian/postinst deploy/debian/prerm deploy/debian/postrm "$root/DEBIAN/"
chmod 0755 "$root"/DEBIAN/*
# What the operator has changed stays when another version is installed.
(cd "$root" && find etc -type f -printf '/%p\n' | sort) > "$root/DEBIAN/conffiles"
cat > "$root/DEBIAN/control" <<CONTROL
Package: canhlu
Version: $version
Architecture: $architecture
Maintainer: Canh Lu <canh-lu@tam-ky.example>
Installed-Size: $(du -sk "$root" | cut -f1)
Depends: libc6, libstdc++6, libicu72 | libicu74 | libicu76 | libicu, zlib1g, adduser, tzdata
Recommends: mosquitto-clients
Section: net
Priority: optional
Description: keeps watch over the flood
 Takes in water levels over MQTT, judges them in memory, lets a duty officer decide and tells residents by SMS and Zalo.
CONTROL
mkdir -p "$to"
dpkg-deb --root-owner-group --build "$root" "$to/canhlu_${version}_$architecture.deb"
