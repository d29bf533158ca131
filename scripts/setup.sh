# Shared by ./run and ./test: says what is going on, and installs Debian packages that are missing.
# Sourced, not run. Asks nothing; does nothing where everything is in place.

say() { printf '== %s\n' "$*"; }

give_up() {
    printf 'error: %s\n' "$@" >&2
    exit 1
}

# Runs a command as root: as it is for root, through sudo for others. Fails where neither is possible.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# need PACKAGE TEST…: remembers the package if the command TEST… fails.
missing=()
need() {
    local package=$1
    shift
    if ! "$@" >/dev/null 2>&1; then missing+=("$package"); fi
}

has() { command -v "$1"; }
has_noto() { [ -n "$(find /usr/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" -name 'NotoSerifCJK*' 2>/dev/null)" ]; }
has_venv() { python3 -c 'import ensurepip, venv'; }
has_initdb() { compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb; }

# Installs what `need` found missing.
install_missing() {
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${missing[*]} (正在安装缺少的软件)"
    command -v apt-get >/dev/null || give_up "please install these first: ${missing[*]} (请先安装)"
    local log
    log=$(mktemp)
    if ! { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
        >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        give_up "could not install them; as root: apt-get install ${missing[*]} (安装没有成功，请用 root 运行上面的命令)"
    fi
    rm -f "$log"
    missing=()
}

# Rust is brought by the user, so that its version is theirs to choose.
need_rust() {
    if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
    command -v cargo >/dev/null || give_up \
        "cargo was not found. Install Rust 1.95 or later with rustup, as rust-lang.org describes, then run this again." \
        "没有找到 Rust。请按 rust-lang.org 的说明用 rustup 安装 Rust 1.95 或更新的版本，再运行一次。"
}

# The faces of the official documents, into .cache/fonts. Package lists that are old or empty are fetched once.
need_faces() {
    local log
    log=$(mktemp)
    if ! scripts/fonts.sh >"$log" 2>&1 && ! { as_root apt-get update -qq && scripts/fonts.sh; } >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}
