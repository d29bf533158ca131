//! An officer vouches at the command line: password and, where one is set up, the code of the second factor, each unseen
//! at a terminal, else the next line of the standard input.

use crate::Failed;
use app::keys::Vouched;
use app::login::Origin;
use app::login::factor::Asked;
use app::{App, Failure};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::io::IsTerminal;
use zeroize::Zeroizing;

/// The word of the officer with this login name.
pub async fn officer(app: &App, name: &str) -> Result<Vouched, Failed> {
    let here = Origin {
        browser: "服务器命令行".into(),
        ..Origin::default()
    };
    let password = secret(&format!("{name} 的密码"))?;
    let mut login = app.login(name, &password, &here).await.map_err(told)?;
    if login.half {
        let which = match app.awaited(&login.token).await.map_err(Failed::no)? {
            Some(Asked::Line(line)) => format!("{name} 的验证码卡上第 {line} 个码"),
            Some(Asked::UsedUp) => {
                return Err(Failed::use_(format!("{name} 的验证码卡已经用完。请先取消，再设一张。")));
            }
            Some(Asked::Shown) | None => format!("{name} 的手机验证器上现在的 6 位码"),
        };
        let code = secret(&which)?;
        login = app.second(&login.token, &code, &here).await.map_err(told)?;
    }
    app.vouch(&login).await.map_err(told)
}

/// What a refusal says, also where it is about one thing that was typed.
fn told(failure: Failure) -> Failed {
    match failure {
        Failure::Refused(refusal) => match refusal.fields.first() {
            Some(field) => Failed::use_(&field.sentence),
            None => Failed::use_(refusal),
        },
        other => Failed::no(other),
    }
}

/// Asks for one line that nobody is to see.
fn secret(what: &str) -> Result<Zeroizing<String>, Failed> {
    let input = std::io::stdin();
    let mut line = Zeroizing::new(String::new());
    if input.is_terminal() {
        eprint!("{what}：");
        let shown = tcgetattr(&input).map_err(Failed::no)?;
        let mut hidden = shown.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&input, OptionalActions::Flush, &hidden).map_err(Failed::no)?;
        let read = input.read_line(&mut line);
        tcsetattr(&input, OptionalActions::Flush, &shown).map_err(Failed::no)?;
        eprintln!();
        read.map_err(Failed::no)?;
    } else {
        input.read_line(&mut line).map_err(Failed::no)?;
    }
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}
