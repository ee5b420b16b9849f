# The front door.  Everything behind it is Meson + Ninja (meson.build).
#   make         build/junheng          make demo     install what is missing, build, serve a sample county
#   make check   every test             make fuzz     five minutes of fuzzing      make soak    hours of it
#   make bench   the ratios of docs/performance.md    make lint    static analysis
#   make deb     a Debian package                     make install
PREFIX ?= /usr/local
DESTDIR ?=
DEMO ?= build/demo

.PHONY: all demo check bench fuzz soak lint deb install setup clean

all:
	@tools/configure build -Dtests=false
	@ninja -C build junheng

setup:
	@tools/setup build

demo: setup all
	@tools/demo $(DEMO)

check:
	@tools/setup check
	@tools/check

lint:
	@tools/setup check
	@tools/lint

fuzz:
	@tools/setup check
	@tools/fuzz 300

soak: all
	@tools/setup check
	@KILLS=200 node tests/web/kill.mjs
	@tools/fuzz $${SECONDS_IN_ALL:-36000}

bench: all
	@bench/setup
	@bench/run $(ROWS)

deb: all
	@packaging/deb build

install: all
	install -Dm755 build/junheng $(DESTDIR)$(PREFIX)/bin/junheng
	install -Dm644 docs/junheng.1 $(DESTDIR)$(PREFIX)/share/man/man1/junheng.1
	install -Dm644 packaging/systemd/junheng.service $(DESTDIR)$(PREFIX)/lib/systemd/system/junheng.service
	install -Dm644 packaging/completion/junheng.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/junheng

clean:
	rm -rf build build-check build-asan build-fuzz
