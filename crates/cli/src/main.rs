//! The binary `jinzhi`: one program with verbs (design: the command line). The one place that wires the clock, the
//! system's randomness, the files of packs and the press to the rest.
//!
//! Exit codes: 0 done; 1 the answer is no (unsound, tampered); 2 wrong use.

/// Prints a line to standard output. Whoever reads it may have gone (`| head`); that is no failure of ours.
macro_rules! say {
    ($($line:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($line)*);
    }};
}

mod admin;
mod arguments;
mod demo;
mod key;
#[cfg(feature = "oidc")]
mod oidc;
mod policy;
mod record;
mod replay;
mod seclusion;
mod serve;
mod site;
mod system;
mod vouching;

use arguments::{Arguments, CalendarVerb, KeyVerb, PolicyVerb, Verb};
use clap::Parser;
use std::fmt::Display;
use std::process::ExitCode;

/// The answer is no.
const NO: u8 = 1;
/// Wrong use.
const WRONG_USE: u8 = 2;

/// Why a verb ends without having done its work: the code to exit with and the Chinese sentence to print.
pub struct Failed(u8, String);

impl Failed {
    /// The command was used wrongly, or what it was given cannot be taken.
    pub fn use_(sentence: impl Display) -> Failed {
        Failed(WRONG_USE, sentence.to_string())
    }

    /// What was asked has the answer no.
    pub fn no(sentence: impl Display) -> Failed {
        Failed(NO, sentence.to_string())
    }
}

fn main() -> ExitCode {
    if let Err(Failed(code, sentence)) = seclusion::begin() {
        eprintln!("{sentence}");
        return ExitCode::from(code);
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return arguments::refuse(&error),
    };
    let done = match arguments.verb {
        Verb::Serve(options) => serve::serve(&options),
        Verb::Demo(options) => demo::demo(&options),
        Verb::Admin(options) => admin::admin(&options),
        Verb::Policy(PolicyVerb::Check { pack }) => policy::check(&pack),
        Verb::Policy(PolicyVerb::Evaluate { pack, findings, format }) => policy::evaluate(&pack, &findings, format),
        Verb::Deadline {
            received,
            days,
            format,
            calendars,
        } => policy::deadline(&received, days, format, &calendars),
        Verb::Verify(place) => record::verify(&place),
        Verb::Replay {
            case,
            at,
            format,
            place,
        } => replay::replay(&case, at.as_deref(), format, &place),
        Verb::Rebuild(place) => record::rebuild(&place),
        Verb::Calendar(CalendarVerb::Import { file, place }) => record::import_calendar(&file, &place),
        Verb::Key(KeyVerb::Rotate { new_key, place }) => key::rotate(new_key.as_deref(), &place),
        Verb::Key(KeyVerb::Export(options)) => key::export(&options),
        Verb::Key(KeyVerb::Restore { first, second, data }) => key::restore([&first, &second], &data),
        Verb::Doctor { fonts, place } => record::doctor(fonts.as_deref(), &place),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(code, sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(code)
        }
    }
}
