//! What was typed wrongly is answered in Chinese with exit code 2, and nothing is made on the disk.

use crate::run;

const TYPED_WRONGLY: &[(&[&str], &str)] = &[
    (&["nonsense"], "不认识“nonsense”。运行 jinzhi --help 看怎么写。"),
    (&["serve", "--nonsense"], "不认识“--nonsense”。"),
    (&["serve", "--listen", "here"], "“here”不能用在 --listen <LISTEN>。"),
    (&["deadline"], "还缺 --received <RECEIVED>。"),
    (
        &["deadline", "--received", "2025-12-12", "--days", "x"],
        "“x”不能用在 --days <DAYS>。",
    ),
    (
        &["deadline", "--received", "2025-12-12", "--format", "xml"],
        "“xml”不能用在 --format <FORMAT>。",
    ),
    (&["policy", "check"], "还缺 <PACK>。"),
    (
        &["policy", "evaluate", "policies/410900/pumin-2024-16"],
        "还缺 --findings <FINDINGS>。",
    ),
    (&["demo", "--database-url", "postgres://nobody"], "还缺 --data <DATA>。"),
    (&["calendar", "import"], "还缺 <FILE>。"),
];

#[test]
fn typed_wrongly() {
    for (arguments, sentence) in TYPED_WRONGLY {
        let answer = run(arguments);
        answer.refused(2, sentence);
        assert_eq!(
            (answer.out.as_str(), answer.err.lines().count()),
            ("", 1),
            "{arguments:?}"
        );
    }
}

#[test]
fn help_is_asked_for_or_missed() {
    let help = run(&["--help"]).done();
    for verb in [
        "serve", "demo", "admin", "policy", "deadline", "verify", "rebuild", "calendar", "doctor",
    ] {
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(verb)),
            "{verb} in {help}"
        );
    }
    for arguments in [&[][..], &["policy"], &["calendar"]] {
        run(arguments).refused(2, "Usage: jinzhi");
    }
    assert_eq!(
        run(&["--version"]).done(),
        concat!("jinzhi ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_folder_without_a_record_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = folder.path().join("nothing");
    let (here, nothing) = (folder.path().to_str().unwrap(), nothing.to_str().unwrap());
    let calendar = crate::given("2027.toml");
    for data in [here, nothing] {
        for arguments in [&["verify"][..], &["rebuild"], &["calendar", "import", &calendar]] {
            run(&[arguments, &["--data", data]].concat()).refused(2, "里没有记录。请用 --data 写数据目录。");
        }
    }
    assert_eq!(std::fs::read_dir(here).unwrap().count(), 0, "nothing was made");
}

#[test]
fn every_role_has_a_face() {
    let told = run(&["doctor"]).done();
    for role in ["仿宋", "小标宋", "黑体", "楷体", "宋体"] {
        assert!(
            told.lines().any(|line| line.starts_with(&format!("{role}："))),
            "{role} in {told}"
        );
    }
}
