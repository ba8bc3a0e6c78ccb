#!/usr/bin/env bash
# Follows the operator's handbook on an empty machine: a fresh Debian in a folder, which has neither .NET nor Node, in a network of its own. Needs root, debootstrap, iproute2 and a package:
#   deploy/debian/build.sh && deploy/debian/try.sh artifacts/package/canhlu_0.1.0_amd64.deb
# What systemd would do is done by hand, for nothing boots in a folder: the unit's user, its umask, no capability, no new rights. Ends with "followed", or at the first step that fails.
set -euo pipefail
package=$(realpath "$1")
mirror=$(awk '/^URIs:/ { print $2; exit } $1 == "deb" { print $2; exit }' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null)

machine=$(mktemp -d)
chmod 0755 "$machine"
trap 'umount "$machine/proc" 2>/dev/null || true; rm -rf --one-file-system "$machine"' EXIT
echo "== an empty Debian (two minutes)"
debootstrap --variant=minbase --include=ca-certificates,curl bookworm "$machine" "$mirror" > "$machine.log" 2>&1 || { tail -5 "$machine.log"; exit 1; }
rm -f "$machine.log"
cp /etc/apt/apt.conf.d/* "$machine/etc/apt/apt.conf.d/" 2>/dev/null || true
mount -t proc proc "$machine/proc"
cp "$package" "$machine/root/canhlu.deb"
echo "== install"
chroot "$machine" bash -c 'export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && apt-get install -y -qq /root/canhlu.deb > /root/apt.log 2>&1 || { tail -20 /root/apt.log; exit 1; }'
! chroot "$machine" which dotnet node
cat > "$machine/root/walk" <<'WALK'
set -euo pipefail
cd /var/lib/canhlu
as="runuser -u canhlu --"
page=http://127.0.0.1:8080
data=/var/lib/canhlu

start() {
  setpriv --reuid canhlu --regid canhlu --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs env -i PATH=/usr/bin:/bin HOME=$data \
    bash -c "umask 0077; exec /opt/canhlu/canhlu run --site /etc/canhlu/site --data $data" > /tmp/journal 2>&1 &
  engine=$!
  for _ in $(seq 120); do curl -sf $page/readyz > /dev/null && return; sleep 0.5; done
  cat /tmp/journal; return 1
}
stop() { kill $engine; wait $engine; }
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
says() { grep -q "$1" || { echo "does not say: $1"; return 1; }; echo "   $1"; }

echo "== check"; canhlu check --site /etc/canhlu/site
echo "== start"; start; says '#/invitation/' < /tmp/journal; says 'no carrier is configured' < /tmp/journal
echo "== first gauge"
password=$($as canhlu device add tk-gauge-1 --data $data | awk '/^password/ { print $2 }')
sleep 5
mosquitto_pub -h 127.0.0.1 -i tk-gauge-1 -u tk-gauge-1 -P "$password" -q 1 -t canhlu/v1/tk-gauge-1/up -m "{\"t\":\"$(now)\",\"stage_m\":2.68}"
sleep 1
curl -s "$page/api/readings?station=tam-ky" | says '"value":2680'
curl -s $page/api/alarms | says '"level":"II"'
canhlu explain --station tam-ky --at "$(now)" --data $data --site /etc/canhlu/site | says 'báo động II'
curl -s $page/metrics | says canhlu_archive
echo "== people"
printf 'name,phone,ward_code,language,lowest_level\nAn,0901000001,20341,vi,I\nBình,090,20341,vi,I\n' > /tmp/people.csv
($as canhlu import --roster /tmp/people.csv --data $data || true) | tee /tmp/imported; grep -q "An\|1" /tmp/imported
echo "== backup and restore"
$as canhlu backup --data $data --to $data/kept | says '1 readings'
stop
mv $data/kept /tmp/kept; find $data -mindepth 1 -delete
$as canhlu restore /tmp/kept --data $data | says '1 readings'
start
curl -s "$page/api/readings?station=tam-ky" | says '"value":2680'
[ -z "$(find $data -type f -perm /077 ! -name engine.lock)" ] || { ls -la $data; echo "others can read the stores"; exit 1; }
stop
echo "== again, and away"
export DEBIAN_FRONTEND=noninteractive
echo "# mine" >> /etc/canhlu/site/rules.yaml
apt-get install -y -qq --reinstall /root/canhlu.deb > /dev/null 2>&1
says '# mine' < /etc/canhlu/site/rules.yaml
apt-get purge -y -qq canhlu > /tmp/purge 2>&1
says 'stays: it holds' < /tmp/purge
[ -s $data/operations.db ]
WALK
unshare -n bash -c "ip link set lo up; exec chroot '$machine' bash /root/walk"
echo followed
