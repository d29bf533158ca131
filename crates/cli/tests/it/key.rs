//! A master key from elsewhere: from the environment, which does not show it afterwards, or from a key service's file.

use crate::site::Server;
use crate::{jinzhi, run};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const KEY: &str = "00112233445566778899aabbccddeeff";
const WHO: [&str; 8] = [
    "--name",
    "唐磊",
    "--login",
    "tanglei",
    "--institution",
    "濮阳市民政局",
    "--division",
    "410900",
];

#[test]
fn a_key_in_the_environment_is_not_there_any_more_once_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let with_key = |arguments: &[&str], key: &str| {
        let mut command = jinzhi(arguments);
        crate::Answer::from(command.env("JINZHI_MASTER_KEY", key).output().unwrap())
    };
    let admin = [&["admin", "--data", data], &WHO[..]].concat();
    with_key(&admin, "no key at all").refused(1, "环境变量 JINZHI_MASTER_KEY）的内容不是密钥");
    with_key(&admin, "fd:x").refused(2, "不是主密钥");
    with_key(&admin, KEY).done();
    assert!(!Path::new(data).join("master.key").exists());
    let doctor = with_key(&["doctor", "--data", data], KEY).done();
    assert!(
        doctor.contains("主密钥：来自环境变量 JINZHI_MASTER_KEY，指纹 "),
        "{doctor}"
    );
    assert!(!doctor.contains(KEY));
    with_key(&["rebuild", "--data", data, "--master-key", "x"], KEY).refused(2, "只能用一个");
    with_key(&["rebuild", "--data", data], &KEY.replace("00", "11")).refused(1, "不是本站的主密钥");
    run(&["rebuild", "--data", data]).refused(1, "找不到主密钥文件");

    let server = Server::start_with("serve", &["--data", data], &folder, &[("JINZHI_MASTER_KEY", KEY)]);
    let of_it = |name: &str| fs::read(format!("/proc/{}/{name}", server.id()));
    for name in ["environ", "cmdline"] {
        // Whoever may look at all (the superuser) does not find it.
        let seen = of_it(name).unwrap_or_default();
        assert!(!seen.windows(KEY.len()).any(|part| part == KEY.as_bytes()), "{name}");
    }
    let limits = String::from_utf8(of_it("limits").unwrap()).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"]);
    // Not dumpable: what lies under /proc is the superuser's, not the user's whose process it is.
    let owner = std::os::unix::fs::MetadataExt::uid(&fs::metadata(format!("/proc/{}/mem", server.id())).unwrap());
    assert_eq!(owner, 0);
    server.kill();
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(!log.contains(KEY));
}

#[test]
fn a_key_services_file_is_changed_by_handing_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, key, new) = (path("data"), path("service"), path("new"));
    let admin = [&["admin", "--data", &data, "--master-key", &key], &WHO[..]].concat();
    run(&admin).refused(1, "找不到主密钥文件");
    fs::write(&key, KEY).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    run(&admin).refused(1, "chmod 600");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    run(&admin).done();
    let rotate = ["key", "rotate", "--data", &data, "--master-key", &key];
    run(&rotate).refused(2, "请用 --new-key");
    let told = run(&[&rotate[..], &["--new-key", &new]].concat()).done();
    assert!(told.contains("交给密钥服务"), "{told}");
    run(&["rebuild", "--data", &data, "--master-key", &key]).refused(1, "刚换过主密钥的，请用新的");
    run(&["rebuild", "--data", &data, "--master-key", &new]).done();
    assert_eq!(
        fs::read_to_string(&key).unwrap(),
        KEY,
        "what is the service's stays as it is"
    );
}
