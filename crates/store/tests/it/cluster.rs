//! A throw-away PostgreSQL: one cluster per run of the suite, on a socket in a directory of its own.
//!
//! A shell keeps it: it waits for the end of its standard input, which comes when the test process ends in any way,
//! then stops the server and removes the directory.

use sea_orm::{ConnectionTrait, Database};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const BIN: &str = "/usr/lib/postgresql/15/bin";
const MISSING: &str = "PostgreSQL 15 is not installed: apt-get install postgresql-15";

const KEEPER: &str = r#"
set -e
dir=$(mktemp -d /tmp/jinzhi-postgres-XXXXXX)
cd "$dir"
"$BIN/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync > log 2>&1 || { cat log >&2; exit 1; }
"$BIN/pg_ctl" -D data -l server.log -w start \
    -o "-k $dir -c listen_addresses= -c max_connections=400 -c fsync=off" > log 2>&1 < /dev/null || { cat log >&2; exit 1; }
echo "$dir"
cat > /dev/null
"$BIN/pg_ctl" -D data -m immediate stop > /dev/null 2>&1
rm -rf "$dir"
"#;

struct Cluster {
    socket: String,
    _keeper: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

fn start() -> Cluster {
    assert!(Path::new(BIN).join("initdb").exists(), "{MISSING}");
    // The server refuses to run as root; Debian's package brings the user it runs as.
    let root = std::fs::metadata("/proc/self")
        .map(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0)
        .unwrap_or(false);
    let mut command = if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh", "-c", KEEPER]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER]);
        command
    };
    command
        .env("BIN", BIN)
        .current_dir("/tmp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut keeper = command.spawn().expect(MISSING);
    let mut socket = String::new();
    BufReader::new(keeper.stdout.take().unwrap())
        .read_line(&mut socket)
        .unwrap();
    assert!(!socket.trim().is_empty(), "PostgreSQL did not start; {MISSING}");
    Cluster {
        socket: socket.trim().to_owned(),
        _keeper: keeper,
    }
}

/// The address of a fresh database.
pub async fn fresh_database() -> String {
    let cluster = tokio::task::spawn_blocking(|| CLUSTER.get_or_init(start))
        .await
        .unwrap();
    let url = |database: &str| format!("postgres://postgres@localhost/{database}?host={}", cluster.socket);
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::SeqCst));
    let db = Database::connect(url("postgres")).await.unwrap();
    db.execute_unprepared(&format!("create database {name}")).await.unwrap();
    db.close().await.unwrap();
    url(&name)
}
