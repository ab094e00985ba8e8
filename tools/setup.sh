#!/bin/bash
# Sets the machine up, step by step; make calls each step when it is due.
#
#   tools/setup.sh environment        the virtual environment, and the system's libraries
#   tools/setup.sh packages LOCK      Python packages as requirements/LOCK.lock has them
#   tools/setup.sh judges             the system's packages that outside judges need
#   tools/setup.sh wheelhouse         all that a machine without a network needs, into wheelhouse/
#   tools/setup.sh release            the system's packages that a release is made and tried with
#   tools/setup.sh lock               requirements/ anew
#   tools/setup.sh lists              the lists of the system's packages anew, where that works
set -euo pipefail
cd "$(dirname "$0")/.."

# Set-up is the same whatever the caller's Python settings are.
unset PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

VENV=${VENV:-.venv}
PY=$VENV/bin/python
PYTHONS=(${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11)
# What WeasyPrint opens, and the Debian packages that hold it.
LIBRARIES=(
  libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz.so.0
  libharfbuzz-subset.so.0 libfontconfig.so.1
)
LIBRARY_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
JUDGE_PACKAGES=(poppler-utils qpdf default-jre-headless libjaxb-java cups ghostscript)

say() { printf '· %s\n' "$*" >&2; }
stop() {
  printf '错误：%s\n' "$*" >&2
  exit 2
}
quietly() { # the command's output is seen only when it fails
  local log
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
}

# --- the system's packages ---------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
debian() { # debian PACKAGE…: they are installed, or one line says what to install
  local ask="请管理员运行：apt-get install -y $*，再运行一次 make。"
  command -v apt-get >/dev/null ||
    stop "缺少系统软件包。请用系统的软件包管理器安装与这些 Debian 包相当的软件：$*，再运行一次 make。"
  as_root true 2>/dev/null || stop "缺少系统软件包。$ask"
  say "安装系统软件包：$*"
  local apt=(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends)
  if compgen -G 'wheelhouse/debian/*.deb' >/dev/null; then
    quietly "${apt[@]}" --no-upgrade ./wheelhouse/debian/*.deb ||
      stop "系统软件包没有装上，原因见上。$ask"
  else
    lists
    quietly "${apt[@]}" "$@" || stop "系统软件包没有装上，原因见上。$ask"
  fi
}
lists() {
  quietly as_root apt-get update || say "软件包目录没有更新，用已有的目录继续"
}
judges() {
  local package
  for package in "${JUDGE_PACKAGES[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      { debian "${JUDGE_PACKAGES[@]}" && return; }
  done
}
release() {
  local needed=()
  "$PY" -c 'import ctypes, sysconfig; ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))' 2>/dev/null ||
    needed+=("lib$("$PY" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')")
  command -v objdump >/dev/null || needed+=(binutils)
  command -v xz >/dev/null || needed+=(xz-utils)
  command -v debootstrap >/dev/null || needed+=(debootstrap)
  if [ ${#needed[@]} != 0 ]; then debian "${needed[@]}"; fi
}
missing_library() { # missing_library PYTHON: the first library that does not open, or nothing
  "$1" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "${LIBRARIES[@]}" 2>&1 |
    sed -n 's/^OSError: \([^:]*\):.*/\1/p'
}

# --- Python and its packages -------------------------------------------------------------------

find_python() {
  local name
  for name in "${PYTHONS[@]}"; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}
environment() {
  local python pip_wheel needed=()
  python=$(find_python) ||
    stop "没有找到 Python 3.11 或更高版本。请管理员运行：apt-get install -y python3 python3-venv，再运行一次 make。"
  pip_wheel=$(compgen -G 'wheelhouse/pip-*.whl' || true)
  if [ -z "$pip_wheel" ] && ! "$python" -c 'import ensurepip' 2>/dev/null; then
    needed+=(python3-venv)
  fi
  if [ -n "$(missing_library "$python")" ]; then needed+=("${LIBRARY_PACKAGES[@]}"); fi
  if [ ${#needed[@]} != 0 ]; then debian "${needed[@]}"; fi
  say "建立虚拟环境（$("$python" --version)）"
  if [ -n "$pip_wheel" ]; then
    quietly "$python" -m venv --clear --without-pip "$VENV"
    quietly "$PY" "$pip_wheel/pip" install --no-index --find-links wheelhouse pip
  else
    quietly "$python" -m venv --clear "$VENV"
  fi
}
packages() { # packages LOCK: from wheelhouse/ without a network where that folder holds them
  local lock=$1 absent held source=()
  if [ "$lock" = core ]; then
    absent=$(missing_library "$PY")
    [ -z "$absent" ] || stop "程序库 $absent 打不开。请管理员装好它，再运行一次 make。"
  fi
  case $lock in
  core) held='*.whl' ;;
  sign) held='pyhanko-*.whl' ;;
  *) held=none ;;
  esac
  if compgen -G "wheelhouse/$held" >/dev/null; then
    source=(--no-index --find-links wheelhouse)
  fi
  say "安装 Python 软件包（$lock）"
  quietly "$PY" -m pip install "${source[@]}" --only-binary :all: --require-hashes \
    -r "requirements/$lock.lock" ||
    stop "没有装上 Python 软件包，原因见上。不能上网的机器请先在别处运行 make wheelhouse。"
  if [ "$lock" = core ]; then
    quietly "$PY" -m pip install --no-index --no-deps --no-build-isolation --editable .
  fi
}

# --- what developers and other machines need ---------------------------------------------------

wheelhouse() {
  local lock
  say "收集 Python 软件包"
  mkdir -p wheelhouse
  for lock in core sign; do
    quietly "$PY" -m pip download --only-binary :all: --require-hashes \
      -r "requirements/$lock.lock" -d wheelhouse
  done
  quietly "$PY" -m pip wheel --no-deps --no-build-isolation -w wheelhouse .
  if command -v apt-get >/dev/null; then
    say "收集 Debian 软件包"
    mkdir -p wheelhouse/debian
    # All that they pull in on a machine that has nothing; what is installed there already is left alone.
    (
      cd wheelhouse/debian
      apt-get install --simulate --no-install-recommends -o Dir::State::status=/dev/null \
        "${LIBRARY_PACKAGES[@]}" | sed -n 's/^Inst \([^ ]*\).*/\1/p' | sort -u >wanted
      quietly xargs -a wanted apt-get download
      rm wanted
    )
  fi
  say "已收进 wheelhouse/，请连同本文件夹一起拷到那台机器上（同一版本的系统和 Python），再运行 make pdf"
}
lock() {
  local extra
  quietly "$PY" -m pip install uv
  printf 'hatchling >=1.27\npip >=25\n' | pinned pyproject.toml - -o requirements/core.lock
  for extra in sign test lint release bench judges; do
    pinned pyproject.toml --extra "$extra" -c requirements/core.lock -o "requirements/$extra.lock"
  done
}
pinned() {
  "$VENV/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --no-header "$@"
}

case "${1:-}" in
environment | packages | judges | release | wheelhouse | lock | lists) "$@" ;;
*)
  sed -n 's/^#   /  /p' "$0" >&2
  exit 2
  ;;
esac
