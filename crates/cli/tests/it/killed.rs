//! The real server, killed while many write to it: whatever it acknowledged is there when it starts again, on both
//! engines.

use crate::run;
use crate::site::{Server, ask};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testkit::postgres::Cluster;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const CLERKS: usize = 4;

#[test]
fn on_sqlite_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    survives(&["--data", data.to_str().unwrap()], &folder);
}

#[test]
fn on_postgres_nothing_acknowledged_is_lost() {
    let cluster = Cluster::start();
    let url = cluster.database("killed");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    survives(&["--data", data.to_str().unwrap(), "--database-url", &url], &folder);
}

fn survives(place: &[&str], folder: &TempDir) {
    let who = [
        "--name",
        "唐磊",
        "--login",
        "tanglei",
        "--institution",
        "濮阳市民政局",
        "--division",
        "410900",
    ];
    let told = run(&[&["admin"], place, &who].concat()).done();
    let first = told.lines().find_map(|line| line.strip_prefix("首次密码：")).unwrap();
    let server = Server::start_at("serve", place, folder);
    let session = login(server.address(), first);
    let changed = post(
        server.address(),
        "/me",
        &session,
        &format!("password={first}&new=wode-2026&again=wode-2026"),
    );
    assert!(changed.unwrap().starts_with("HTTP/1.1 303 "));

    let acknowledged = Mutex::new(BTreeSet::new());
    let address = server.address();
    thread::scope(|scope| {
        for clerk in 0..CLERKS {
            let (session, acknowledged) = (&session, &acknowledged);
            scope.spawn(move || {
                for n in 0.. {
                    let (name, id) = (format!("clerk{clerk}-{n}"), format!("{clerk:016x}{n:016x}"));
                    let form = format!("act_id=a{}&id={id}&name={name}", &id[1..]);
                    match post(address, "/admin/people", session, &form) {
                        Ok(answer) if answer.starts_with("HTTP/1.1 303 ") => {
                            acknowledged.lock().unwrap().insert(name);
                        }
                        // Killed in the middle of an answer, or not there any more.
                        Ok(answer) if answer.len() < 20 => return,
                        Ok(answer) => panic!("{answer}"),
                        Err(_) => return,
                    }
                }
            });
        }
        // Killed in the thick of it: every clerk has had some answers.
        let until = Instant::now() + Duration::from_secs(60);
        while acknowledged.lock().unwrap().len() < 10 * CLERKS && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
        server.kill();
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(
        acknowledged.len() >= 10 * CLERKS,
        "only {} were acknowledged",
        acknowledged.len()
    );

    let told = run(&[&["verify"], place].concat()).done();
    assert!(told.ends_with("，全部相符。\n"), "{told}");
    let server = Server::start_at("serve", place, folder);
    let session = login(server.address(), "wode-2026");
    let head = format!("GET /admin/people HTTP/1.1\r\nCookie: {session}\r\n");
    let page = ask(server.address(), &head, "").unwrap();
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|name| !page.contains(&format!(">{name}<")))
        .collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    server.kill();
}

/// The cookie of the administrator's session.
fn login(address: SocketAddr, password: &str) -> String {
    let answer = post(
        address,
        "/login",
        "",
        &format!("login.name=tanglei&login.password={password}"),
    )
    .unwrap();
    let cookie = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .expect("a session");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// The answer to a form sent in a session.
pub fn post(address: SocketAddr, path: &str, session: &str, form: &str) -> std::io::Result<String> {
    let head = format!(
        "POST {path} HTTP/1.1\r\n{FORM}Cookie: {session}\r\nContent-Length: {}\r\n",
        form.len()
    );
    ask(address, &head, form)
}
