#!/bin/sh
# What a click on a source does: its PDF stands beside it in build/, and what is wrong is read here.
cd "$(dirname "$1")" && /opt/yinfa/yinfa build --check "$@"
printf '\n按回车键关闭这个窗口。'
read -r _
