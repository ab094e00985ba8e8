#!/bin/bash
# Builds what is handed to offices: packaging/release.sh here|oldest
#
# dist/yinfa-VERSION-linux-x86_64-glibcN.tar.xz, a folder that runs where it is unpacked, and the
# same as a Debian package. "oldest" builds on Debian 11 (as root, with debootstrap; the root is
# kept in build/), "here" on the C library of this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
base=$1
products=build/release
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' yinfa/__init__.py)
pip=$(sed -n 's/^\(pip==[^ ]*\).*/\1/p' requirements/core.lock)

say() { printf '· %s\n' "$*" >&2; }
stop() {
  printf '错误：%s\n' "$*" >&2
  exit 2
}
libc() { "$@" getconf GNU_LIBC_VERSION | tr -d ' '; }

rm -rf "$products"
mkdir -p "$products" dist
.venv/bin/python -m pip download --quiet --no-deps --only-binary :all: -d "$products" "$pip"
if [ "$base" = oldest ]; then
  root=${OLDEST_ROOT:-$PWD/build/oldest}
  [ -e "$root/opt/python/.ready" ] || {
    say "准备 Debian 11（约半小时，只做一次）"
    packaging/oldest_root.sh "$root" >build/oldest.log 2>&1 || stop "没有准备好，原因见 build/oldest.log"
  }
  say "在 Debian 11 里打包"
  rm -rf "$root/work"
  mkdir -p "$root/work/$products"
  git ls-files -z --recurse-submodules | tar -c --null -T - | tar -x -C "$root/work"
  cp "$products"/pip-*.whl "$root/work/$products/"
  unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" \
    env -i PATH=/usr/sbin:/usr/bin:/bin LC_ALL=C.UTF-8 HOME=/root LD_LIBRARY_PATH=/opt/python/lib \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt bash /work/packaging/freeze.sh /opt/python/bin/python3 "$products"
  mv "$root/work/$products/yinfa" "$products/"
  libc=$(libc chroot "$root")
else
  say "在这台机器的系统上打包"
  packaging/freeze.sh "$(.venv/bin/python -c 'import sys; print(sys._base_executable)')" "$products"
  libc=$(libc env)
fi
cp LICENSE packaging/open.sh packaging/使用说明.txt "$products/yinfa/"

name=yinfa-$version-linux-$(uname -m)-$libc
say "压缩：dist/$name.tar.xz"
# The same files give the same archive: no clock, no user.
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$products" -c yinfa |
  xz -T0 -6 >"dist/$name.tar.xz"

say "Debian 软件包：dist/$name.deb"
package=$products/deb
mkdir -p "$package/DEBIAN" "$package/opt" "$package/usr/bin" "$package/usr/share/applications"
cp -a "$products/yinfa" "$package/opt/"
ln -s /opt/yinfa/yinfa "$package/usr/bin/yinfa"
cp packaging/yinfa.desktop "$package/usr/share/applications/"
sed -e "s/@VERSION@/$version/" -e "s/@LIBC@/${libc#glibc}/" \
  -e "s/@SIZE@/$(du -sk "$package/opt" | cut -f 1)/" \
  -e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" packaging/control >"$package/DEBIAN/control"
SOURCE_DATE_EPOCH=0 dpkg-deb --root-owner-group -Zxz -z3 --build "$package" "dist/$name.deb" >/dev/null
rm -rf "$package"
du -sh "$products/yinfa" dist/"$name".* | sed 's/^/  /' >&2
