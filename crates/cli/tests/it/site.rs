//! The example site from its first start: told once, killed while it serves, and what an operator does with its record.

use crate::killed::post;
use crate::{given, jinzhi, run, run_with};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use tempfile::TempDir;

/// One story, in order: making the example takes longer than all else here together.
#[test]
fn the_example_site() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();

    let server = Server::start("demo", data, &folder);
    assert!(server.said.contains("已办出 38 个示例案件"), "{}", server.said);
    assert!(server.get("/login").starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(server.get("/todo").starts_with("HTTP/1.1 303 "), "nobody is logged in");
    server.kill();
    let counts = clean(data);

    // In another folder it is not told again but copied, to the same record.
    let other = folder.path().join("other");
    let server = Server::start("demo", other.to_str().unwrap(), &folder);
    assert!(
        server.said.contains("上次办好的") && !server.said.contains("正在准备"),
        "{}",
        server.said
    );
    assert!(server.get("/login").starts_with("HTTP/1.1 200 OK\r\n"));
    server.kill();
    assert_eq!(clean(other.to_str().unwrap()), counts);

    // Started again on what the killed one left: nothing is told twice, and it serves.
    let server = Server::start("demo", data, &folder);
    assert!(!server.said.contains("正在准备"), "{}", server.said);
    assert!(server.get("/login").starts_with("HTTP/1.1 200 OK\r\n"));
    server.kill();
    assert_eq!(clean(data), counts);

    assert_eq!(
        run(&["rebuild", "--data", data]).done(),
        "已由记录重建 38 个案件的列表。\n"
    );
    assert_eq!(clean(data), counts, "rebuilding records nothing");

    replays(data);
    assert_eq!(clean(data), counts, "replaying records nothing");
    recomputes(data);
    clean(data);
    keeps_words_to_itself(Path::new(data));
    finds_a_flipped_byte(data);
    changes_and_exports_its_master_key(data, &folder);
    refuses_without_its_master_key(data);
}

/// A site of one's own begins with its administrator, who logs in with the first password and must change it.
#[test]
fn a_new_site() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let begin = [
        "admin",
        "--data",
        data,
        "--name",
        "唐磊",
        "--login",
        "tanglei",
        "--institution",
        "濮阳市民政局",
    ];
    let begin = [&begin[..], &["--division", "410900"]].concat();
    let told = run(&begin).done();
    let password = told.lines().find_map(|line| line.strip_prefix("首次密码：")).unwrap();
    assert!(
        told.starts_with("系统管理员：唐磊\n账号：tanglei\n") && password.len() == 16,
        "{told}"
    );
    run(&begin).refused(2, "本站已经有系统管理员 唐磊");
    run(&["admin", "--data", data, "--reset", "wangli"]).refused(2, "没有账号是 wangli 的三员");
    run(&["admin", "--data", data, "--reset", "tanglei", "--name", "唐磊"]).refused(2, "不能和别的一起用");
    let told = run(&["admin", "--data", data, "--reset", "tanglei"]).done();
    let password = told.lines().find_map(|line| line.strip_prefix("一次性密码：")).unwrap();
    clean(data);

    let server = Server::start("serve", data, &folder);
    let login = |password: &str| server.post("/login", &format!("login.name=tanglei&login.password={password}"));
    assert!(!login("wrong").starts_with("HTTP/1.1 303 "));
    let answer = login(password);
    assert!(
        answer.starts_with("HTTP/1.1 303 ") && answer.contains("location: /me"),
        "{answer}"
    );
    server.kill();
    clean(data);
}

/// A case as it stood then: what came later is not there, a withheld opinion is withheld, nobody's words are printed.
fn replays(data: &str) {
    let number = "JZ-410928-2026-0001";
    let then = [
        "replay",
        number,
        "--data",
        data,
        "--at",
        "2026-09-25",
        "--format",
        "json",
    ];
    let told = run(&then).done();
    let case: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&case["stage"], &case["due"]),
        (&"opinions".into(), &"2026-10-12".into())
    );
    assert_eq!(case["at"], "2026-09-25 23:59");
    let opinions = case["opinions"].as_array().unwrap();
    assert_eq!(opinions.len(), 1);
    assert_eq!(
        (&opinions[0]["party"], &opinions[0]["outcome"]),
        (&"discipline".into(), &serde_json::Value::Null)
    );
    let events = case["events"].as_array().unwrap();
    assert_eq!(events.last().unwrap()["kind"], "opinion-committed/1");
    assert_eq!(case["version"], events.len());
    let waiting = case["waiting"].as_array().unwrap();
    assert_eq!((waiting.len(), &waiting[0]["act"]), (1, &"opine".into()));

    let now = run(&["replay", number, "--data", data]).done();
    for said in [
        "状态：已归档",
        "意见：驻局纪检监察组，2026-09-24 15:40：免责",
        "认定：免责　濮县民〔2026〕",
        "归档：2026-10-10",
    ] {
        assert!(now.contains(said), "{said} is not in {now}");
    }
    for words in ["程序完整", "当时平台没有车辆信息"] {
        assert!(!now.contains(words) && !told.contains(words), "{words}");
    }
    run(&["replay", number, "--data", data, "--at", "2026-09-01"]).refused(1, "还没有收到");
    run(&["replay", "JZ-0", "--data", data]).refused(1, "没有编号是 JZ-0 的案件");
    run(&["replay", number, "--data", data, "--at", "昨天"]).refused(2, "不是时间");
    run(&["replay", number, "--data", "nowhere"]).refused(2, "里没有记录");
}

/// The year that was missing is imported: the dates that were provisional are final, old and new are told.
fn recomputes(data: &str) {
    run(&["calendar", "import", &given("findings.json"), "--data", data]).refused(2, "findings.json：");
    let told = run(&["calendar", "import", &given("2027.toml"), "--data", data]).done();
    let (first, cases) = told.split_once('\n').unwrap();
    let count = cases.lines().count();
    assert!(count > 0, "no case of the example reaches into 2027");
    assert_eq!(
        first,
        format!("已读入 2027 年的放假安排，重算了 {count} 个案件的期限。")
    );
    for line in cases.lines() {
        let shape = line.starts_with("JZ-4109")
            && line.contains("：原来最迟 2027-01-")
            && line.contains("（暂定），现在最迟 2027-01-");
        assert!(shape, "{line}");
    }
    assert!(
        cases.contains("原来最迟 2027-01-06（暂定），现在最迟 2027-01-07\n"),
        "{cases}"
    );
    let again = run(&["calendar", "import", &given("2027.toml"), "--data", data]).done();
    assert_eq!(again, "已读入 2027 年的放假安排，重算了 0 个案件的期限。\n");
}

/// What people wrote lies sealed; what the lists search by lies open.
fn keeps_words_to_itself(data: &Path) {
    let files = files_below(data);
    let holding = |words: &str| {
        let holds = |path: &&PathBuf| {
            fs::read(path)
                .unwrap()
                .windows(words.len())
                .any(|part| part == words.as_bytes())
        };
        files.iter().filter(holds).collect::<Vec<_>>()
    };
    for open in ["JZ-410928-2026-0001", "李春梅"] {
        assert!(!holding(open).is_empty(), "{open} is searched for in the wrong place");
    }
    for sealed in [
        "当时平台没有车辆信息",
        "发现当天向所长口头报告",
        "13900000000",
        "依据证据和笔录认定",
        "yanshi-2026",
    ] {
        assert_eq!(holding(sealed), Vec::<&PathBuf>::new(), "{sealed}");
    }
}

/// One bit of one sealed file.
fn finds_a_flipped_byte(data: &str) {
    let file = files_below(&Path::new(data).join("files")).remove(0);
    let whole = fs::read(&file).unwrap();
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    fs::write(&file, changed).unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let address = name(file.parent().unwrap()) + &name(&file);
    let answer = run(&["verify", "--data", data]);
    answer.refused(1, "处不符。");
    assert!(answer.out.contains(&format!("文件 {address} ")), "{answer:?}");
    fs::remove_file(&file).unwrap();
    let answer = run(&["verify", "--data", data]);
    answer.refused(1, "处不符。");
    assert!(answer.out.contains(&address), "{answer:?}");
    fs::write(&file, whole).unwrap();
    clean(data);
}

/// The key is changed by command; it leaves in two halves on two people's word, and comes back from them.
fn changes_and_exports_its_master_key(data: &str, folder: &TempDir) {
    let key = Path::new(data).join("master.key");
    let readable = || run(&["replay", "JZ-410928-2026-0001", "--data", data]).done();
    let (told, old) = (readable(), fs::read_to_string(&key).unwrap());
    let changed = run(&["key", "rotate", "--data", data]).done();
    assert!(
        changed.starts_with("主密钥换好了，") && changed.contains("重新备份密钥"),
        "{changed}"
    );
    let whole = fs::read_to_string(&key).unwrap();
    assert!(whole != old && !changed.contains(whole.trim_end()));
    assert_eq!(readable(), told);
    let fingerprint = changed
        .lines()
        .next()
        .and_then(|line| line.split_once("新的指纹："))
        .unwrap()
        .1;
    let doctor = run(&["doctor", "--data", data]).done();
    assert!(
        doctor.contains(&format!("master.key，指纹 {fingerprint}\n")),
        "{doctor}"
    );
    run(&["key", "rotate", "--data", data, "--new-key", "x"]).refused(2, "不要写 --new-key");
    run(&["key", "rotate", "--data", "nowhere"]).refused(2, "里没有记录");

    let half = |n: u8| folder.path().join(format!("half{n}")).to_str().unwrap().to_owned();
    let export = |first: &str, second: &str, passwords: &str| {
        let (one, two) = (half(1), half(2));
        let halves = ["--first-half", &one, "--second-half", &two, "--data", data];
        let who = ["key", "export", "--first", first, "--second", second];
        run_with(&[&who[..], &halves].concat(), passwords)
    };
    let right = "yanshi-2026\nyanshi-2026\n";
    for (first, second, passwords, why) in [
        ("tanglei", "tanglei", right, "不能是同一个人"),
        ("suwen", "tanglei", right, "一名系统管理员，另一名三员"),
        ("tanglei", "wangli", right, "一名系统管理员，另一名三员"),
        ("tanglei", "suwen", "yanshi-2026\nwrong\n", "密码不对"),
        ("tanglei", "suwen", "yanshi-2026\n", "密码不对"),
    ] {
        export(first, second, passwords).refused(2, why);
        assert!(!Path::new(&half(1)).exists() && !Path::new(&half(2)).exists());
    }
    let lines = card(data, folder, "suwen");
    for code in ["", "000000\n"] {
        export("tanglei", "suwen", &format!("{right}{code}")).refused(2, "码不对");
    }
    let exported = export("tanglei", "suwen", &format!("{right}{}\n", lines[1])).done();
    assert!(exported.contains("已记在本站记录里"), "{exported}");
    export("tanglei", "suwen", right).refused(2, "已经有了");
    assert!(!exported.contains(&lines[1]));
    for n in [1, 2] {
        let text = fs::read_to_string(half(n)).unwrap();
        assert!(text.contains(fingerprint) && !text.contains(whole.trim_end()), "{text}");
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(half(n)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    run(&["key", "restore", &half(1), &half(2), "--data", data]).refused(2, "已经有主密钥");
    fs::remove_file(&key).unwrap();
    run(&["key", "restore", &half(1), &half(1), "--data", data]).refused(2, "拼不成主密钥");
    run(&["key", "restore", &half(1), &half(2), "--data", data]).done();
    assert_eq!(fs::read_to_string(&key).unwrap(), whole);
    assert_eq!(readable(), told);
    clean(data);
}

/// A card of codes that somebody sets up on the pages, its first line used up; its lines.
fn card(data: &str, folder: &TempDir, login: &str) -> Vec<String> {
    let server = Server::start("demo", data, folder);
    let answer = server.post("/login", &format!("login.name={login}&login.password=yanshi-2026"));
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let session = cookie.and_then(|cookie| cookie.split(';').next()).unwrap();
    let send = |form: &str| post(server.address, "/me/factor", session, form).unwrap();
    send("kind=card&password=yanshi-2026");
    let page = server.ask(&format!("GET /me/factor HTTP/1.1\r\nCookie: {session}\r\n"), "");
    let code = |line: &str| line.split_once("</span> ").unwrap().1[..6].to_owned();
    let items = page.split("<li><span class=\"hint\">").skip(1);
    let lines: Vec<String> = items.map(code).collect();
    assert!(send(&format!("code={}", lines[0])).starts_with("HTTP/1.1 303 "));
    server.kill();
    lines
}

/// Without the master key there is nothing to serve, and no second one is made; verifying needs none.
fn refuses_without_its_master_key(data: &str) {
    let key = Path::new(data).join("master.key");
    fs::remove_file(&key).unwrap();
    let address = free_port().to_string();
    run(&["serve", "--data", data, "--listen", &address]).refused(1, "master.key");
    assert!(!key.exists(), "no second master key");
    clean(data);
}

/// `verify` finds nothing; gives its line.
#[track_caller]
fn clean(data: &str) -> String {
    let told = run(&["verify", "--data", data]).done();
    assert!(told.ends_with("，全部相符。\n") && told.lines().count() == 1, "{told}");
    told
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// The answer of a server, head and body; an error where it is gone.
pub fn ask(address: SocketAddr, head: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "{head}Host: {address}\r\nConnection: close\r\n\r\n{body}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// `jinzhi demo` or `jinzhi serve`, serving. Killed when dropped.
pub struct Server {
    child: Child,
    address: SocketAddr,
    said: String,
}

impl Server {
    /// Starts it and waits until it says where it serves.
    fn start(verb: &str, data: &str, folder: &TempDir) -> Server {
        Server::start_at(verb, &["--data", data], folder)
    }

    /// The same, at a place that these arguments name.
    pub fn start_at(verb: &str, place: &[&str], folder: &TempDir) -> Server {
        Server::start_with(verb, place, folder, &[])
    }

    /// The same, with these variables in its environment.
    pub fn start_with(verb: &str, place: &[&str], folder: &TempDir, environment: &[(&str, &str)]) -> Server {
        let address = free_port();
        let log = folder.path().join("log");
        let mut command = jinzhi(&[&[verb], place, &["--listen", &address.to_string()]].concat());
        // The example is told anew, whatever an earlier run kept.
        command.env("XDG_CACHE_HOME", folder.path().join("cache"));
        command.envs(environment.iter().copied());
        command.stdout(Stdio::piped()).stderr(fs::File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut server = Server {
            child,
            address,
            said: String::new(),
        };
        for line in lines {
            let line = line.unwrap();
            server.said += &format!("{line}\n");
            if line.ends_with(&format!("：http://{address}")) {
                return server;
            }
        }
        panic!("it ended: {}{}", server.said, fs::read_to_string(log).unwrap());
    }

    /// The answer to a GET, head and body.
    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\n"), "")
    }

    /// The answer to a form.
    fn post(&self, path: &str, form: &str) -> String {
        let kind = "Content-Type: application/x-www-form-urlencoded";
        self.ask(
            &format!("POST {path} HTTP/1.1\r\n{kind}\r\nContent-Length: {}\r\n", form.len()),
            form,
        )
    }

    fn ask(&self, head: &str, body: &str) -> String {
        ask(self.address, head, body).unwrap()
    }

    /// Where it serves.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: nothing is written any more.
    pub fn kill(self) {}
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
