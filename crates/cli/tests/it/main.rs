//! The built program, spawned as people run it: what it prints, where, and with which exit code.

mod deadline;
mod key;
mod killed;
mod policy;
mod site;
mod words;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The repository's root, where the program is run: packs and fonts are found from there.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file that lies beside these tests.
fn given(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/given").join(name);
    path.to_str().expect("a path of text").to_owned()
}

/// The program with these arguments.
fn jinzhi(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jinzhi"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// What the program answered.
#[derive(Debug)]
struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Answer {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Answer {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// Runs the program to its end.
fn run(arguments: &[&str]) -> Answer {
    jinzhi(arguments).output().expect("the program starts").into()
}

/// Runs the program to its end with `input` on its standard input.
fn run_with(arguments: &[&str], input: &str) -> Answer {
    let mut command = jinzhi(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // The program may refuse before it has read everything.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends").into()
}

impl Answer {
    /// Exit code 0 and nothing on standard error; gives what was printed.
    #[track_caller]
    fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// The exit code, and words of the sentence on standard error.
    #[track_caller]
    fn refused(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.err.contains(words), "not “{words}” in {self:?}");
    }
}
