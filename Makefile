# 全部准备和全部工作；单独的 make 列出目标。
# Everything a target needs is set up on the way; stamps in .venv/ make the second time free.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Set-up is the same whatever the caller's Python settings are.
unexport PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

VENV := .venv
PY := $(VENV)/bin/python
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
# What WeasyPrint opens, and the Debian packages that hold it.
LIBRARIES := libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz.so.0 \
	libharfbuzz-subset.so.0 libfontconfig.so.1
LIBRARY_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# What the tests of one file share is built once.
ON_ALL_CORES := -n auto --dist loadfile
JUDGE_PACKAGES := poppler-utils qpdf default-jre-headless libjaxb-java cups ghostscript

define WORDS
say() { printf '· %s\n' "$$*" >&2; }
stop() { printf '错误：%s\n' "$$*" >&2; exit 2; }
quietly() {  # the command's output is seen only when it fails
  local log; log=$$(mktemp)
  if "$$@" >"$$log" 2>&1 </dev/null; then rm -f "$$log"; else cat "$$log" >&2; rm -f "$$log"; return 1; fi
}
as_root() {
  if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@"; fi
}
debian() {  # debian PACKAGE...: they are installed, or one line says what to install
  local ask="请管理员运行：apt-get install -y $$*，再运行一次 make。"
  command -v apt-get >/dev/null || stop "缺少系统软件包。请用系统的软件包管理器安装与这些 Debian 包相当的软件：$$*，再运行一次 make。"
  as_root true 2>/dev/null || stop "缺少系统软件包。$$ask"
  say "安装系统软件包：$$*"
  local apt=(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends)
  if compgen -G 'wheelhouse/debian/*.deb' >/dev/null; then
    quietly "$${apt[@]}" --no-upgrade ./wheelhouse/debian/*.deb || stop "系统软件包没有装上，原因见上。$$ask"
  else
    quietly as_root apt-get update || say "软件包目录没有更新，用已有的目录继续"
    quietly "$${apt[@]}" "$$@" || stop "系统软件包没有装上，原因见上。$$ask"
  fi
}
find_python() {
  local name
  for name in $(PYTHONS); do
    if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$$name"; return
    fi
  done
  return 1
}
missing_library() {  # missing_library PYTHON: the first library that does not open, or nothing
  "$$1" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' $(LIBRARIES) 2>&1 |
    sed -n 's/^OSError: \([^:]*\):.*/\1/p'
}
endef

.PHONY: help pdf check quality bundle booklet print copies send status sign protect fuzz test lint judges conformance fonts bench pictures wheelhouse lock clean

help: ## 列出全部目标
	sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

pdf: $(VENV)/.core ## 排出 source/ 下全部文件的 PDF，放在 build/；DOC=文件 只排一件
	exec $(PY) -m yinfa.cli build --check $(if $(DOC),"$(DOC)")

check: $(VENV)/.core ## 对照标准检查 source/ 下全部文件，列出每处问题；DOC=文件 只查一件
	exec $(PY) -m yinfa.cli check $(if $(DOC),"$(DOC)")

quality: $(VENV)/.bench $(VENV)/.test ## 量各行排得好不好，与别的软件对比
	exec $(PY) -m bench.quality

bundle: $(VENV)/.core ## 做会议材料汇编：source/ 下全部 bundle.yaml、汇编.yaml；DOC=文件 只做一本
	exec $(PY) -m yinfa.cli bundle $(if $(DOC),"$(DOC)")

booklet: $(VENV)/.core ## 做成对折的小册子；DOC=文件
	$(WORDS)
	[ -n "$(DOC)" ] || stop "请写明做哪个文件，如 make booklet DOC=source/附件2.yaml"
	exec $(PY) -m yinfa.cli booklet "$(DOC)"

print: $(VENV)/.core ## 送打印机打印；DOC=文件，COPIES=份数，PRINTER=打印机
	$(WORDS)
	[ -n "$(DOC)" ] || stop "请写明打印哪个文件，如 make print DOC=source/附件2.yaml COPIES=3"
	exec $(PY) -m yinfa.cli print "$(DOC)" $(if $(COPIES),--copies "$(COPIES)") $(if $(PRINTER),--printer "$(PRINTER)")

copies: $(VENV)/.core ## 给每个收件单位做一份，编份号，做登记表；DOC=文件，TO=名单
	$(WORDS)
	[ -n "$(DOC)" ] || stop "请写明分发哪个文件，如 make copies DOC=source/通知.yaml"
	exec $(PY) -m yinfa.cli copies "$(DOC)" $(if $(TO),--to "$(TO)")

send: $(VENV)/.core ## 发给各收件单位，发过的不再发；DOC=文件，TO=名单，DRYRUN=1 只说不发
	$(WORDS)
	[ -n "$(DOC)" ] || stop "请写明发送哪个文件，如 make send DOC=source/通知.yaml DRYRUN=1"
	exec $(PY) -m yinfa.cli send "$(DOC)" $(if $(TO),--to "$(TO)") $(if $(DRYRUN),--dry-run)

status: $(VENV)/.core ## 看各单位的发到哪一步；DOC=文件，TO=名单
	$(WORDS)
	[ -n "$(DOC)" ] || stop "请写明看哪个文件，如 make status DOC=source/通知.yaml"
	exec $(PY) -m yinfa.cli status "$(DOC)" $(if $(TO),--to "$(TO)")

sign: $(VENV)/.sign ## 加数字签名；DOC=文件.pdf，KEY=证书.p12，CERT=证书.pem，SEAL=印章图片
	$(WORDS)
	[ -n "$(DOC)" ] && [ -n "$(KEY)" ] || stop "请写明签哪个文件、用哪个证书，如 make sign DOC=build/通知.pdf KEY=证书.p12"
	exec $(PY) -m yinfa.cli sign "$(DOC)" --key "$(KEY)" $(if $(CERT),--cert "$(CERT)") $(if $(SEAL),--seal "$(SEAL)")

protect: $(VENV)/.sign ## 做一份凭口令打开的加密 PDF；DOC=文件.pdf
	$(WORDS)
	[ -n "$(DOC)" ] || stop "请写明加密哪个文件，如 make protect DOC=build/通知.pdf"
	exec $(PY) -m yinfa.cli protect "$(DOC)"

fuzz: $(VENV)/.test ## 随机生成合法的公文，逐件排版、检查、导出、导入；MINUTES=分钟，FIRST=第一个种子
	exec $(PY) tests/fuzz.py --minutes "$(or $(MINUTES),5)" $(if $(FIRST),--first "$(FIRST)")

test: $(VENV)/.test ## 运行测试（先 make judges，连同要用外部检验工具的测试）
	if [ -e $(VENV)/.judges ]; then exec $(PY) -m pytest $(ON_ALL_CORES); fi
	printf '· 没有运行要用外部检验工具的测试；make judges 之后一并运行\n' >&2
	exec $(PY) -m pytest $(ON_ALL_CORES) -m 'not judge'

lint: $(VENV)/.lint ## 检查代码的写法和类型
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/mypy --no-error-summary

judges: $(VENV)/.judges ## 安装只有慢测试才用的外部检验工具（veraPDF、qpdf、poppler、CUPS、Ghostscript）

conformance: $(VENV)/.judges ## 用 veraPDF 检验 build/ 下全部 PDF 是否符合 PDF/A-3a 和 PDF/UA-1
	files=()
	while IFS= read -r -d '' file; do files+=("$$file"); done < <(find build -name '*.pdf' -print0 2>/dev/null)
	if [ "$${#files[@]}" = 0 ]; then printf '错误：build/ 下没有 PDF，请先 make pdf\n' >&2; exit 2; fi
	exec $(PY) -m tools.verapdf "$${files[@]}"

fonts: $(VENV)/.core ## 用指定版本的 Debian 软件包重新制作 fonts/ 里的字体，并核对校验和
	$(WORDS)
	command -v apt-get >/dev/null || stop "制作字体要在 Debian 上进行：字体取自 Debian 的软件包。"
	quietly as_root apt-get update || say "软件包目录没有更新，用已有的目录继续"
	$(PY) fonts/build_faces.py

bench: $(VENV)/.bench ## 测量速度和内存，与 Typst 对比，写入 docs/性能.md
	exec $(PY) -m bench.speed

pictures: $(VENV)/.test ## 排出 source/examples/ 下各件，画成小图，放在 docs/pictures/
	exec $(PY) -m bench.pictures

wheelhouse: $(VENV)/.core ## 把不能上网的机器所需的一切收进 wheelhouse/
	$(WORDS)
	say "收集 Python 软件包"
	mkdir -p wheelhouse
	for lock in core sign; do
	  quietly $(PY) -m pip download --only-binary :all: --require-hashes -r "requirements/$$lock.lock" -d wheelhouse
	done
	quietly $(PY) -m pip wheel --no-deps --no-build-isolation -w wheelhouse .
	if command -v apt-get >/dev/null; then
	  say "收集 Debian 软件包"
	  mkdir -p wheelhouse/debian
	  cd wheelhouse/debian
	  # All that they pull in on a machine that has nothing; what is installed there already is left alone.
	  apt-get install --simulate --no-install-recommends -o Dir::State::status=/dev/null \
	    $(LIBRARY_PACKAGES) | sed -n 's/^Inst \([^ ]*\).*/\1/p' | sort -u > wanted
	  quietly xargs -a wanted apt-get download
	  rm wanted
	fi
	say "已收进 wheelhouse/，请连同本文件夹一起拷到那台机器上（同一版本的系统和 Python），再运行 make pdf"

lock: $(VENV)/.core ## 重新锁定 Python 软件包的版本（requirements/）
	$(WORDS)
	quietly $(PY) -m pip install uv
	compile() {
	  $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header "$$@"
	}
	printf 'hatchling >=1.27\npip >=25\n' |
	  compile pyproject.toml - -o requirements/core.lock
	for extra in sign test lint bench judges; do
	  compile pyproject.toml --extra "$$extra" -c requirements/core.lock -o "requirements/$$extra.lock"
	done

clean: ## 删去 build/ 和各种缓存（不动 .venv/ 和 wheelhouse/）
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# The virtual environment. A link to a Python that is gone counts as missing, and all is made anew.
$(PY):
	$(WORDS)
	if ! python=$$(find_python); then
	  stop "没有找到 Python 3.11 或更高版本。请管理员运行：apt-get install -y python3 python3-venv，再运行一次 make。"
	fi
	pip_wheel=$$(compgen -G 'wheelhouse/pip-*.whl' || true)
	needed=()
	if [ -z "$$pip_wheel" ] && ! "$$python" -c 'import ensurepip' 2>/dev/null; then needed+=(python3-venv); fi
	if [ -n "$$(missing_library "$$python")" ]; then needed+=($(LIBRARY_PACKAGES)); fi
	if [ $${#needed[@]} != 0 ]; then debian "$${needed[@]}"; fi
	say "建立虚拟环境（$$("$$python" --version)）"
	if [ -n "$$pip_wheel" ]; then
	  quietly "$$python" -m venv --clear --without-pip $(VENV)
	  quietly $(PY) "$$pip_wheel/pip" install --no-index --find-links wheelhouse pip
	else
	  quietly "$$python" -m venv --clear $(VENV)
	fi

# The packages, from the lock; from wheelhouse/ without a network where that folder is.
$(VENV)/.core: requirements/core.lock pyproject.toml $(PY)
	$(WORDS)
	absent=$$(missing_library $(PY))
	[ -z "$$absent" ] || stop "程序库 $$absent 打不开。请管理员装好它，再运行一次 make。"
	source=()
	if [ -d wheelhouse ]; then source=(--no-index --find-links wheelhouse); fi
	say "安装 Python 软件包"
	quietly $(PY) -m pip install "$${source[@]}" --only-binary :all: --require-hashes -r requirements/core.lock ||
	  stop "没有装上 Python 软件包，原因见上。不能上网的机器请先在别处运行 make wheelhouse。"
	quietly $(PY) -m pip install --no-index --no-deps --no-build-isolation --editable .
	touch $@

# Signing and encryption, which an office machine without a network may want too.
$(VENV)/.sign: requirements/sign.lock $(VENV)/.core
	$(WORDS)
	source=()
	if compgen -G 'wheelhouse/pyhanko-*.whl' >/dev/null; then source=(--no-index --find-links wheelhouse); fi
	say "安装 Python 软件包（sign）"
	quietly $(PY) -m pip install "$${source[@]}" --only-binary :all: --require-hashes -r $< ||
	  stop "没有装上签名和加密用的软件包，原因见上。不能上网的机器请先在别处运行 make wheelhouse。"
	touch $@

$(VENV)/.%: requirements/%.lock $(VENV)/.core
	$(WORDS)
	say "安装 Python 软件包（$*）"
	quietly $(PY) -m pip install --only-binary :all: --require-hashes -r $<
	touch $@

$(VENV)/.judges: requirements/judges.lock $(VENV)/.core
	$(WORDS)
	for package in $(JUDGE_PACKAGES); do
	  dpkg-query -W -f '$${db:Status-Status}' "$$package" 2>/dev/null | grep -qx installed ||
	    { debian $(JUDGE_PACKAGES); break; }
	done
	say "安装 Python 软件包（judges）"
	quietly $(PY) -m pip install --only-binary :all: --require-hashes -r $<
	touch $@
