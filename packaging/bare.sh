#!/bin/bash
# Tries a release on a bare Debian: packaging/bare.sh ARCHIVE.tar.xz (as root, with debootstrap).
#
# The root has no Python, no Pango, no face, no network and a home that cannot be written; a user of
# no rights makes the real document there, which must be the bytes that are made here. The Debian
# package beside the archive is installed and removed, too.
set -euo pipefail
cd "$(dirname "$0")/.."
archive=$1
ROOT=${BARE_ROOT:-$PWD/build/bare}
SUITE=${SUITE:-bookworm}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
SOURCE=附件2.yaml

[ -e "$ROOT/etc/debian_version" ] || debootstrap --variant=minbase "$SUITE" "$ROOT" "$MIRROR" >build/bare.log
rm -rf "$ROOT/opt/yinfa" "$ROOT/work" build/here.*
mkdir -p "$ROOT/opt" "$ROOT/work"
tar -xJf "$archive" -C "$ROOT/opt"
cp "source/$SOURCE" "$ROOT/work/"
.venv/bin/python -m yinfa.cli build "source/$SOURCE" -o build/here.pdf >/dev/null
.venv/bin/python -m yinfa.cli export "source/$SOURCE" -o build/here.docx >/dev/null
chmod 777 "$ROOT/work"

unshare --net --mount env -i PATH=/usr/sbin:/usr/bin:/bin HOME=/nonexistent LC_ALL=C.UTF-8 \
  chroot --userspec=65534:65534 "$ROOT" bash -euxo pipefail <<'TRY'
cd /work
! command -v python3
yinfa() { /opt/yinfa/yinfa "$@"; }
yinfa --version
yinfa build 附件2.yaml -o 附件2.pdf
yinfa check 附件2.yaml 附件2.pdf
yinfa export 附件2.yaml -o 附件2.docx
yinfa import 附件2.docx -o 回来.yaml
yinfa build 回来.yaml -o 回来.pdf
yinfa new 通知 通知.yaml
yinfa build 通知.yaml -o 通知.pdf
yinfa rebuild 附件2.pdf
yinfa source 附件2.pdf
TRY
if [ -e "${archive%.tar.xz}.deb" ]; then
  rm -rf "$ROOT/opt/yinfa"
  cp "${archive%.tar.xz}.deb" "$ROOT/work/yinfa.deb"
  unshare --net env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
    chroot "$ROOT" bash -euxo pipefail <<'TRY'
dpkg -i /work/yinfa.deb
cd /work
yinfa build 附件2.yaml -o 装上的.pdf
cmp 装上的.pdf 附件2.pdf
test -e /usr/share/applications/yinfa.desktop
dpkg -r yinfa
TRY
fi
cmp "$ROOT/work/附件2.pdf" build/here.pdf
cmp "$ROOT/work/附件2.docx" build/here.docx
printf '· %s 在空白的 Debian（%s）上排出的 PDF 与这里的逐字节相同\n' "$archive" "$SUITE" >&2
