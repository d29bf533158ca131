//! What nobody is to see of the running program: no core dump, no look into its memory by other programs of the same
//! user, no words of a panic in the log, and no master key in its environment.
//!
//! A key in the environment stands in `/proc/<pid>/environ` for as long as the process lives, whatever it does to its
//! copy. So the program starts itself anew, in the same process, with the key in a pipe and the pipe's number in its place.

use crate::Failed;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
use std::convert::Infallible;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// The variable with the master key: 32 hexadecimal digits.
pub const VARIABLE: &str = "JINZHI_MASTER_KEY";
/// What stands there instead once the key is in a pipe, before the pipe's number.
const PIPE: &str = "fd:";

static KEY: OnceLock<Zeroizing<String>> = OnceLock::new();

/// Secludes the process. To be called before anything else; comes back only in a process whose environment holds no key.
pub fn begin() -> Result<(), Failed> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none).map_err(Failed::no)?;
    if let Ok(value) = std::env::var(VARIABLE).map(Zeroizing::new) {
        match value.strip_prefix(PIPE) {
            None => match start_anew(&value)? {},
            Some(number) => drop(KEY.set(piped(number)?)),
        }
    }
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(Failed::no)?;
    std::panic::set_hook(Box::new(|panic| {
        // Where it was, not what was said: the words may quote what somebody wrote.
        match panic.location() {
            Some(at) => eprintln!("panic at {}:{}:{}", at.file(), at.line(), at.column()),
            None => eprintln!("panic"),
        }
    }));
    Ok(())
}

/// The master key that was in the environment.
pub fn given_key() -> Option<Zeroizing<String>> {
    KEY.get().cloned()
}

/// Starts the same program with the same arguments in this process; comes back where that cannot be done.
fn start_anew(key: &str) -> Result<Infallible, Failed> {
    let (reader, mut writer) = std::io::pipe().map_err(Failed::no)?;
    writer.write_all(key.as_bytes()).map_err(Failed::no)?;
    fcntl_setfd(&reader, FdFlags::empty()).map_err(Failed::no)?;
    let program = std::env::current_exe().map_err(Failed::no)?;
    let error = Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, format!("{PIPE}{}", reader.as_raw_fd()))
        .exec();
    Err(Failed::no(error))
}

/// What is in the pipe of that number.
fn piped(number: &str) -> Result<Zeroizing<String>, Failed> {
    let mut key = Zeroizing::new(String::new());
    let number: u32 = number
        .parse()
        .map_err(|_| Failed::use_(format!("环境变量 {VARIABLE} 的内容不是主密钥。")))?;
    std::fs::File::open(format!("/proc/self/fd/{number}"))
        .and_then(|mut pipe| pipe.read_to_string(&mut key))
        .map_err(Failed::no)?;
    Ok(key)
}
