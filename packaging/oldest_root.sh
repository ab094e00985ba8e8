#!/bin/bash
# Makes the root in which the release bundle is built: packaging/oldest_root.sh FOLDER (as root).
#
# What is built on an old C library runs on all newer ones. Debian 11 has glibc 2.31, but neither
# the Python nor the Pango and HarfBuzz that pages were measured with; these are compiled there from
# Debian 12's source packages, into /opt/python. Half an hour on two cores; done once.
set -euo pipefail

ROOT=$1
MIRROR=${MIRROR:-http://deb.debian.org/debian}
OLDEST=bullseye
SOURCES=bookworm
TOOLS=(
  build-essential pkg-config meson ninja-build ca-certificates
  zlib1g-dev libssl-dev libffi-dev libbz2-dev liblzma-dev libsqlite3-dev uuid-dev libexpat1-dev
  libglib2.0-dev libfribidi-dev libfontconfig-dev libfreetype-dev libthai-dev
)

within() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$ROOT" "$@"; }

[ -e "$ROOT/etc/debian_version" ] || debootstrap --variant=minbase "$OLDEST" "$ROOT" "$MIRROR"
cp -L /etc/resolv.conf "$ROOT/etc/resolv.conf"
echo "deb-src $MIRROR $SOURCES main" >"$ROOT/etc/apt/sources.list.d/sources.list"
within apt-get update -q
within apt-get install -y -q --no-install-recommends "${TOOLS[@]}"
cp -L /etc/ssl/certs/ca-certificates.crt "$ROOT/etc/ssl/certs/" # whom this machine trusts

mkdir -p "$ROOT/src"
within bash -euo pipefail <<'BUILD'
cd /src
apt-get source -q --download-only python3.11 harfbuzz pango1.0
for description in *.dsc; do
  [ -d "${description%%_*}" ] || dpkg-source --no-check -x "$description" "${description%%_*}"
done
rm -rf /opt/python
export PKG_CONFIG_PATH=/opt/python/lib/pkgconfig

cd /src/python3.11
# Debian's mending of pyexpat looks into the core, and says so only where Debian itself builds it.
printf '*shared*\npyexpat pyexpat.c -DPy_BUILD_CORE_MODULE -lexpat\n' >Modules/Setup.local
./configure --prefix=/opt/python --enable-shared --without-ensurepip --disable-test-modules \
  --with-system-expat LDFLAGS=-Wl,-rpath,/opt/python/lib
make -j"$(nproc)"
make install

cd /src/harfbuzz
rm -rf build
meson setup build --prefix=/opt/python --libdir=lib --buildtype=release -Dglib=enabled \
  -Dfreetype=enabled -Dtests=disabled -Ddocs=disabled -Dutilities=disabled -Dicu=disabled \
  -Dcairo=disabled -Dgobject=disabled -Dintrospection=disabled
ninja -C build install

cd /src/pango1.0
rm -rf build
meson setup build --prefix=/opt/python --libdir=lib --buildtype=release \
  -Dintrospection=disabled -Dgtk_doc=false -Dinstall-tests=false -Dcairo=disabled -Dxft=disabled
ninja -C build install
BUILD
touch "$ROOT/opt/python/.ready"
