//! A throw-away PostgreSQL: one cluster per run of a suite, on a socket in a directory of its own.
//!
//! A shell keeps it: it waits for the end of its standard input, which comes when the test process ends in any way,
//! then stops the server and removes the directory. Knows no SQL and no driver.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

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

/// A cluster that is running.
#[derive(Debug)]
pub struct Cluster {
    /// The directory of its socket.
    pub socket: String,
    _keeper: Child,
}

impl Cluster {
    /// Starts one.
    ///
    /// # Panics
    /// PostgreSQL 15 is not installed, or does not start.
    #[allow(clippy::unwrap_used, reason = "a test cannot go on without it")]
    pub fn start() -> Cluster {
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

    /// The address of a database of it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.socket)
    }

    /// Makes a database and gives its address.
    ///
    /// # Panics
    /// It cannot be made.
    pub fn database(&self, name: &str) -> String {
        let command = format!("create database {name}");
        let made = Command::new(Path::new(BIN).join("psql"))
            .args(["-h", &self.socket, "-U", "postgres", "-q", "-c", &command])
            .status()
            .expect(MISSING);
        assert!(made.success(), "{command}");
        self.url(name)
    }
}
