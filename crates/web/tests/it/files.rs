//! The step of the files, asked of the real edge: rows, several at once, in pieces, the place a photograph says.

use crate::apply::begin;
use crate::browser::Browser;
use crate::html;
use crate::input::is_told;
use crate::site::Site;
use crate::window::{PDF, borrowed, typed};
use app::uploads::PIECE;
use axum::http::StatusCode;
use testkit::photo::photograph;

const MORE: [(&str, &str); 1] = [("go", "more")];

#[tokio::test]
async fn files_are_kept_or_refused_one_by_one() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let files = format!("{}/files", begin(&mut worker).await);
    let none = worker.send(&files, &MORE).await;
    assert!(none.html.contains("还没选文件"));
    let kept = worker.upload(&files, &MORE, "查询记录", b"%PDF-1.7 one page").await;
    assert_eq!((kept.status, kept.location), (StatusCode::SEE_OTHER, files.clone()));
    let page = worker.open(&files).await;
    html::check("files", &page.html);
    let address = page.button("remove");
    let proves = format!("proves.{address}");
    assert!(page.html.contains("查询记录") && page.html.contains("没有了，下一步"));

    // One of two is refused: the other is kept, and so is what was typed.
    let typed = [("go", "more"), (proves.as_str(), "数据晚到")];
    for (name, bytes) in [("网页", &b"<html></html>"[..]), ("空文件", b"")] {
        let answer = worker
            .upload_all(&files, &typed, "files", &[("名单", b"%PDF-1.7 list"), (name, bytes)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let page = html::check(name, &answer.html);
        assert!(
            page.contains("id=\"files-error\"") && page.contains(&format!("“{name}”")),
            "{name}"
        );
        assert!(page.contains("value=\"数据晚到\"") && page.contains("名单"), "{name}");
    }
    let long = "长".repeat(201);
    let answer = worker.send(&files, &[(&proves, &long)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.html.contains("最多写 200 个字，现在有 201 个字") && answer.html.contains(&long));
    let next = worker.send(&files, &[(&proves, "数据晚到，五月才有")]).await;
    assert!(next.location.ends_with("/check"), "{}", next.location);
    let check = worker.open(&next.location).await.html;
    assert!(
        check.contains("查询记录（1 KB）：数据晚到，五月才有"),
        "{}",
        html::text(&check)
    );
    worker.send(&files, &[("remove", &address)]).await;
    assert!(!worker.open(&files).await.html.contains("查询记录"));
}

#[tokio::test]
async fn the_place_of_a_photograph_is_said_and_taken_off_or_kept() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let files = format!("{}/files", begin(&mut worker).await);
    worker.upload(&files, &MORE, "入户.jpg", &photograph()).await;
    let page = worker.open(&files).await;
    html::check("files", &page.html);
    let address = page.button("keep");
    let shown = format!("{files}/{address}");
    assert!(page.html.contains("照片里带有拍摄地点：已经去掉"));
    assert!(page.html.contains(&format!("src=\"{shown}?small\"")));
    assert!(worker.open(&format!("{shown}?small")).await.html.contains("small"));
    assert!(!worker.open(&shown).await.html.contains("GPSLatitude"));
    // The button keeps what was typed beside it.
    let proves = format!("proves.{address}");
    worker
        .send(&files, &[(proves.as_str(), "门口"), ("keep", &address)])
        .await;
    let page = worker.open(&files).await;
    assert!(page.html.contains("照您的意思保留着") && page.html.contains("value=\"门口\""));
    assert!(worker.open(&shown).await.html.contains("GPSLatitude"));
    worker.send(&files, &[("take-off", &address)]).await;
    assert!(!worker.open(&shown).await.html.contains("GPSLatitude"));
    let mut colleague = Browser::of(&site, "同事", "tong").await;
    assert_eq!(colleague.open(&shown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_script_sends_pieces_and_goes_on_where_the_line_broke() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = begin(&mut worker).await;
    let mut file = b"%PDF-1.7 ".to_vec();
    file.resize(PIECE + 10, b'x');
    let url = |at: usize| {
        format!(
            "{draft}/pieces?name=%E7%85%A7.pdf&size={}&changed=1&shrunk=1&at={at}",
            PIECE + 10
        )
    };
    let first = worker.bytes(&url(0), &file[..PIECE]).await;
    assert_eq!((first.status, first.html), (StatusCode::ACCEPTED, PIECE.to_string()));
    // The session is over: the script is led to the login, and what was sent is there afterwards.
    worker.send("/logout", &[]).await;
    assert_eq!(
        worker.bytes(&url(PIECE), &file[PIECE..]).await.status,
        StatusCode::SEE_OTHER
    );
    let mut worker = Browser::again(&site, "gong").await;
    let so_far = worker.open(&url(0)).await;
    assert_eq!((so_far.status, so_far.html), (StatusCode::ACCEPTED, PIECE.to_string()));
    let row = worker.bytes(&url(PIECE), &file[PIECE..]).await;
    assert_eq!(row.status, StatusCode::CREATED);
    assert!(
        row.html.contains("照.pdf") && row.html.contains("压缩后上传") && row.html.contains("这份材料能证明什么？")
    );
    assert!(!row.html.contains("<html"));
    assert_eq!(worker.open(&url(0)).await.status, StatusCode::CREATED, "asked again");
    assert_eq!(
        worker
            .open(&format!("{draft}/files"))
            .await
            .html
            .matches("照.pdf</a>")
            .count(),
        1
    );
    // Refused in words, with the first piece; too long a piece, or another's draft, not at all.
    let bad = format!("{draft}/pieces?name=a.heic&size=24&changed=1&at=0");
    let refused = worker.bytes(&bad, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.html.starts_with("“a.heic”是苹果手机的") && refused.html.ends_with("其他内容都存好了。"));
    let long = worker.bytes(&url(0), &vec![0; PIECE + 1]).await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut colleague = Browser::of(&site, "同事", "tong").await;
    assert_eq!(colleague.bytes(&url(0), b"").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_script_is_served_from_here() {
    let site = Site::new().await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let script = worker.open("/assets/pieces.js").await;
    assert_eq!(script.status, StatusCode::OK);
    assert!(script.html.len() < 8 * 1024, "{} bytes", script.html.len());
    assert_eq!(worker.open("/assets/../Cargo.toml").await.status, StatusCode::NOT_FOUND);
}

/// Files that cannot be taken: name, bytes, what is said.
fn bad_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        ("照片.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "HEIC"),
        (
            "五千万.jpg",
            b"\xFF\xD8\xFF\xC0\0\x0B\x08\x17\xE8\x1F\xE0\x01\x01\x11\0\xFF\xD9".to_vec(),
            "4993 万像素",
        ),
        (
            "加密.pdf",
            b"%PDF-1.7\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>".to_vec(),
            "加了密码",
        ),
        ("程序.pdf", b"MZ\x90\0\x03program".to_vec(), "打不开"),
        ("空.pdf", Vec::new(), "是空的"),
        (
            "太大.pdf",
            [b"%PDF-1.7".to_vec(), vec![0; 20 * 1024 * 1024]].concat(),
            "超过 20 MB",
        ),
    ]
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_told_at_once_and_the_rest_is_unharmed() {
    let site = Site::new().await;
    let number = site.submitted("核对时数据没有更新。").await;
    let mut clerk = Browser::of(&site, "收件岗", "shou").await;
    let mut worker = Browser::of(&site, "申请人", "gong").await;
    let draft = begin(&mut worker).await;
    let evidence = format!("/cases/{number}/acts/add-evidence");
    let title = [("title", "查询单"), ("proves", "三月登记"), ("ring", "everyone")];
    for (name, bytes, sentence) in bad_files() {
        let answer = worker
            .upload_as(&format!("{draft}/files"), &[], "files", name, &bytes)
            .await;
        is_told(name, &answer, "files", sentence, &format!("“{name}”"));
        let answer = clerk.upload_as(&evidence, &title, "file", name, &bytes).await;
        is_told(name, &answer, "file", sentence, "value=\"查询单\"");
        let answer = clerk
            .upload_as("/paper", &borrowed(&typed(&site)), "scan", name, &bytes)
            .await;
        is_told(name, &answer, "scan", sentence, "高玉兰");
    }
    // A name with parts of a path is the file's name alone.
    for name in ["../../etc/名单.pdf", "C:\\fakepath\\名单.pdf"] {
        worker
            .upload_as(&format!("{draft}/files"), &[("go", "more")], "files", name, PDF)
            .await;
    }
    let page = worker.open(&format!("{draft}/files")).await.html;
    assert_eq!(page.matches(">名单.pdf</a>").count(), 2, "{}", html::text(&page));
    assert!(!page.contains("fakepath") && !page.contains(".."));
}
