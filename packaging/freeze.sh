#!/bin/bash
# Packs the program with all it needs into one folder: packaging/freeze.sh PYTHON PRODUCTS
#
# It runs on the C library of the machine (or root) where this is done, and on newer ones.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1 products=$2
unset PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

"$python" -m venv --clear --without-pip "$products/venv"
pip=$(compgen -G "$products/pip-*.whl")
"$products/venv/bin/python" "$pip/pip" install --quiet --no-index "$pip"
for lock in core sign release; do
  "$products/venv/bin/python" -m pip install --quiet --only-binary :all: --require-hashes \
    -r "requirements/$lock.lock"
done
"$products/venv/bin/python" -m PyInstaller --noconfirm --log-level ERROR \
  --workpath "$products/work" --distpath "$products" packaging/yinfa.spec
