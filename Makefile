# 全部准备和全部工作；单独的 make 列出目标。
# Everything a target needs is set up on the way; stamps in .venv/ make the second time free.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

unexport PYTHONPATH PYTHONHOME # the same whatever the settings of the caller are

VENV := .venv
PY := $(VENV)/bin/python
export VENV PYTHON
SETUP := tools/setup.sh
# What the tests of one file share is built once.
ON_ALL_CORES := -n auto --dist loadfile
# $(call need,TEST,WORDS): where the test fails, the words say what was forgotten.
need = $(1) || { printf '错误：请写明%s\n' "$(2)" >&2; exit 2; }

.PHONY: help pdf check quality bundle booklet print copies send status sign protect fuzz test lint generated judges conformance fonts bench pictures wheelhouse release bare lock clean

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
	$(call need,[ -n "$(DOC)" ],做哪个文件，如 make booklet DOC=source/附件2.yaml)
	exec $(PY) -m yinfa.cli booklet "$(DOC)"

print: $(VENV)/.core ## 送打印机打印；DOC=文件，COPIES=份数，PRINTER=打印机
	$(call need,[ -n "$(DOC)" ],打印哪个文件，如 make print DOC=source/附件2.yaml COPIES=3)
	exec $(PY) -m yinfa.cli print "$(DOC)" $(if $(COPIES),--copies "$(COPIES)") $(if $(PRINTER),--printer "$(PRINTER)")

copies: $(VENV)/.core ## 给每个收件单位做一份，编份号，做登记表；DOC=文件，TO=名单
	$(call need,[ -n "$(DOC)" ],分发哪个文件，如 make copies DOC=source/通知.yaml)
	exec $(PY) -m yinfa.cli copies "$(DOC)" $(if $(TO),--to "$(TO)")

send: $(VENV)/.core ## 发给各收件单位，发过的不再发；DOC=文件，TO=名单，DRYRUN=1 只说不发
	$(call need,[ -n "$(DOC)" ],发送哪个文件，如 make send DOC=source/通知.yaml DRYRUN=1)
	exec $(PY) -m yinfa.cli send "$(DOC)" $(if $(TO),--to "$(TO)") $(if $(DRYRUN),--dry-run)

status: $(VENV)/.core ## 看各单位的发到哪一步；DOC=文件，TO=名单
	$(call need,[ -n "$(DOC)" ],看哪个文件，如 make status DOC=source/通知.yaml)
	exec $(PY) -m yinfa.cli status "$(DOC)" $(if $(TO),--to "$(TO)")

sign: $(VENV)/.sign ## 加数字签名；DOC=文件.pdf，KEY=证书.p12，CERT=证书.pem，SEAL=印章图片
	$(call need,[ -n "$(DOC)" ] && [ -n "$(KEY)" ],签哪个文件、用哪个证书，如 make sign DOC=build/通知.pdf KEY=证书.p12)
	exec $(PY) -m yinfa.cli sign "$(DOC)" --key "$(KEY)" $(if $(CERT),--cert "$(CERT)") $(if $(SEAL),--seal "$(SEAL)")

protect: $(VENV)/.sign ## 做一份凭口令打开的加密 PDF；DOC=文件.pdf
	$(call need,[ -n "$(DOC)" ],加密哪个文件，如 make protect DOC=build/通知.pdf)
	exec $(PY) -m yinfa.cli protect "$(DOC)"

fuzz: $(VENV)/.test ## 随机生成合法的公文，逐件排版、检查、导出、导入；MINUTES=分钟，FIRST=第一个种子，KIND=source、import、pdf 的改为损坏的文件
	exec $(PY) tests/fuzz.py --minutes "$(or $(MINUTES),5)" $(if $(FIRST),--first "$(FIRST)") \
	  $(if $(KIND),--kind "$(KIND)")

test: $(VENV)/.test ## 运行测试（先 make judges，连同要用外部检验工具的测试）
	if [ -e $(VENV)/.judges ]; then exec $(PY) -m pytest $(ON_ALL_CORES); fi
	printf '· 没有运行要用外部检验工具的测试；make judges 之后一并运行\n' >&2
	exec $(PY) -m pytest $(ON_ALL_CORES) -m 'not judge'

lint: $(VENV)/.lint $(VENV)/.test ## 检查代码的写法和类型
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/mypy --no-error-summary
	$(VENV)/bin/mypy --no-error-summary --config-file tests/mypy.ini
	$(VENV)/bin/shellcheck tools/*.sh packaging/*.sh .ci/run
	$(PY) -m tools.generated --check

generated: $(VENV)/.core ## 重新写出由程序生成的部分：规则表、schemas/、使用手册里的键表
	exec $(PY) -m tools.generated

judges: $(VENV)/.judges ## 安装只有慢测试才用的外部检验工具（veraPDF、qpdf、poppler、CUPS、Ghostscript）

conformance: $(VENV)/.judges ## 用 veraPDF 检验 build/ 下全部 PDF 是否符合 PDF/A-3a 和 PDF/UA-1
	files=()
	while IFS= read -r -d '' file; do files+=("$$file"); done < <(find build -name '*.pdf' -print0 2>/dev/null)
	if [ "$${#files[@]}" = 0 ]; then printf '错误：build/ 下没有 PDF，请先 make pdf\n' >&2; exit 2; fi
	exec $(PY) -m tools.verapdf "$${files[@]}"

fonts: $(VENV)/.core ## 用指定版本的 Debian 软件包重新制作 fonts/ 里的字体，并核对校验和
	command -v apt-get >/dev/null || { printf '错误：制作字体要在 Debian 上进行：字体取自 Debian 的软件包。\n' >&2; exit 2; }
	$(SETUP) lists
	$(PY) fonts/build_faces.py

bench: $(VENV)/.bench ## 测量速度和内存，与 Typst 对比，写入 docs/性能.md
	exec $(PY) -m bench.speed

pictures: $(VENV)/.test ## 排出 source/examples/ 下各件，画成小图，放在 docs/pictures/
	exec $(PY) -m bench.pictures

wheelhouse: $(VENV)/.core ## 把不能上网的机器所需的一切收进 wheelhouse/
	exec $(SETUP) wheelhouse

release: $(VENV)/.core ## 做发行包：解开就能用的一个文件夹，和 Debian 软件包；BASE=oldest 在 Debian 11 上做
	$(SETUP) release
	exec packaging/release.sh "$(or $(BASE),here)"

bare: $(VENV)/.core ## 在一台没有 Python、Pango、字体、网络的 Debian 12 里试 dist/ 下的发行包
	$(SETUP) release
	exec packaging/bare.sh "$$(ls -t dist/*.tar.xz | head -n 1)"

lock: $(VENV)/.core ## 重新锁定 Python 软件包的版本（requirements/）
	exec $(SETUP) lock

clean: ## 删去 build/ 和各种缓存（不动 .venv/ 和 wheelhouse/）
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# The virtual environment. A link to a Python that is gone counts as missing, and all is made anew.
$(PY):
	exec $(SETUP) environment

# The packages, from the lock; from wheelhouse/ without a network where that folder is.
$(VENV)/.core: requirements/core.lock pyproject.toml $(PY)
	$(SETUP) packages core
	touch $@

$(VENV)/.judges: requirements/judges.lock $(VENV)/.core
	$(SETUP) judges
	$(SETUP) packages judges
	touch $@

$(VENV)/.%: requirements/%.lock $(VENV)/.core
	$(SETUP) packages $*
	touch $@
