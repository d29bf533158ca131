//! Files of a draft: in pieces over a line that drops, photographs with and without their place, who has the original.

use crate::privacy::recorded_files;
use crate::site::Site;
use app::drafts::{Coming, Place};
use app::uploads::{Came, PIECE, Upload};
use app::{Failure, Viewer};
use base::DraftId;
use casefile::acts::AddEvidence;
use casefile::case::Ring;
use casefile::refusal::Kind;
use testkit::photo::photograph;

/// A file as it comes with a form.
pub fn coming(name: &str, bytes: Vec<u8>) -> Coming {
    Coming {
        name: name.into(),
        bytes,
        ..Coming::default()
    }
}

fn told(result: Result<Came, Failure>) -> String {
    match result {
        Err(Failure::Refused(refusal)) => refusal.fields.first().map(|f| f.sentence.clone()).unwrap_or_default(),
        other => panic!("not refused: {other:?}"),
    }
}

async fn draft(site: &Site) -> (Viewer, DraftId) {
    let viewer = site.viewer("申请人").await;
    let draft = site.app.new_draft(&viewer).await.unwrap();
    (viewer, draft)
}

fn upload(draft: DraftId, size: usize) -> Upload {
    Upload {
        draft,
        name: "入户照片.pdf".into(),
        size: size as u64,
        changed: "1789520400000".into(),
        shrunk: false,
    }
}

#[tokio::test]
async fn a_dropped_line_is_taken_up_where_it_broke() {
    let site = Site::new().await;
    let (viewer, draft) = draft(&site).await;
    let mut file = b"%PDF-1.7 ".to_vec();
    file.resize(2 * PIECE + 100, b'x');
    let upload = upload(draft, file.len());
    let piece = |n: usize| &file[n * PIECE..file.len().min((n + 1) * PIECE)];
    let at = |n: usize| (n * PIECE) as u64;
    let app = &site.app;
    assert_eq!(
        app.take_piece(&viewer, &upload, 0, piece(0)).await.unwrap(),
        Came::Part(at(1))
    );
    // Sent again, out of turn, or cut short on the way: the answer says where to go on.
    for (from, bytes) in [(at(0), piece(0)), (at(2), piece(2)), (at(1), &piece(1)[..50])] {
        assert_eq!(
            app.take_piece(&viewer, &upload, from, bytes).await.unwrap(),
            Came::Part(at(1))
        );
    }
    // Another process goes on where this one stopped.
    let again = crate::site::open(site.folder.path(), site.clock.clone()).await;
    assert_eq!(again.came(&viewer, &upload).await.unwrap(), Came::Part(at(1)));
    assert_eq!(
        again.take_piece(&viewer, &upload, at(1), piece(1)).await.unwrap(),
        Came::Part(at(2))
    );
    let Came::Whole(kept) = again.take_piece(&viewer, &upload, at(2), piece(2)).await.unwrap() else {
        panic!("the last piece makes it whole")
    };
    assert_eq!(
        (kept.file.size, kept.file.name.as_str()),
        (file.len() as u64, "入户照片.pdf")
    );
    // The answer to the last piece was lost: it is not there twice.
    assert_eq!(app.came(&viewer, &upload).await.unwrap(), Came::Whole(kept.clone()));
    assert_eq!(
        app.take_piece(&viewer, &upload, 0, piece(0)).await.unwrap(),
        Came::Whole(kept.clone())
    );
    let stored = app.draft(&viewer, draft).await.unwrap();
    assert_eq!(stored.files, [*kept.clone()]);
    let (_, bytes) = app.draft_file(&viewer, draft, &kept.file.address, false).await.unwrap();
    assert!(bytes == file);
    // Nothing lies about any more, and no list shows pieces.
    assert_eq!(app.store().drafts(viewer.person).await.unwrap().len(), 1);
    assert_eq!(app.drafts(&viewer).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_refused_is_told_with_the_first_piece() {
    let site = Site::new().await;
    let (viewer, draft) = draft(&site).await;
    let big = 30 * 1024 * 1024;
    let program = vec![b'M'; PIECE];
    let pdf = [&b"%PDF-1.7"[..], &vec![0; PIECE - 8]].concat();
    for (size, bytes, sentence) in [
        (big, &pdf[..], "超过 20 MB"),
        (2 * PIECE, &program, "打不开"),
        (0, b"", "是空的"),
    ] {
        let refused = site.app.take_piece(&viewer, &upload(draft, size), 0, bytes).await;
        assert!(told(refused).contains(sentence), "{sentence}");
    }
    assert_eq!(site.app.store().drafts(viewer.person).await.unwrap().len(), 1);
    let other = site.viewer("同事").await;
    let Err(Failure::Refused(refusal)) = site.app.take_piece(&other, &upload(draft, 5), 0, b"%PDF-").await else {
        panic!("another's draft")
    };
    assert_eq!(refusal.kind, Kind::NotFound);
}

#[tokio::test]
async fn pieces_are_gone_after_a_day_and_with_their_draft() {
    let site = Site::new().await;
    let (viewer, draft) = draft(&site).await;
    let piece = [&b"%PDF-1.7"[..], &vec![0; PIECE - 8]].concat();
    let rows = async || site.app.store().drafts(viewer.person).await.unwrap().len();
    let begun = async |changed: &str| {
        let upload = Upload {
            changed: changed.into(),
            ..upload(draft, 3 * PIECE)
        };
        site.app.take_piece(&viewer, &upload, 0, &piece).await.unwrap();
    };
    begun("1").await;
    site.at(9, 17, 8);
    begun("2").await;
    assert_eq!(rows().await, 3, "not a day old yet");
    site.at(9, 17, 10);
    begun("3").await;
    assert_eq!(rows().await, 3, "the first is a day old");
    site.app.delete_draft(&viewer, draft).await.unwrap();
    assert_eq!(rows().await, 0);
}

#[tokio::test]
async fn the_place_of_a_photograph_is_off_the_copy_and_on_the_original() {
    let site = Site::new().await;
    let (viewer, draft) = draft(&site).await;
    let app = &site.app;
    let photo = photograph();
    let has_place = app::photo::has_place;
    let kept = app
        .add_draft_file(&viewer, draft, coming("入户.jpg", photo.clone()))
        .await
        .unwrap();
    let address = kept.file.address.clone();
    let shown = async || app.draft_file(&viewer, draft, &address, false).await.unwrap().1;
    assert!(kept.has_small && kept.file.shown.is_some() && !has_place(&shown().await));
    let small = app.draft_file(&viewer, draft, &address, true).await.unwrap();
    assert_eq!(small.0.media, "image/jpeg");
    // Kept at the worker's wish, and taken off again.
    app.treat_place(&viewer, draft, &address, Place::Keep).await.unwrap();
    assert!(shown().await == photo && app.draft(&viewer, draft).await.unwrap().files[0].place_kept);
    app.treat_place(&viewer, draft, &address, Place::TakeOff).await.unwrap();
    assert!(!has_place(&shown().await));

    let done = app
        .submit(&viewer, site.act(), draft, site.application("经过"))
        .await
        .unwrap();
    let number = done.number;
    let case = app.case(&number).await.unwrap().case;
    let file = case.application.unwrap().text.files[0].0.clone();
    for (who, original) in [
        ("申请人", true),
        ("局长", true),
        ("组长", true),
        ("审计员", true),
        ("市协调人", false),
    ] {
        let reader = site.viewer(who).await;
        let (_, bytes) = app.file(&reader, &number, &file.address).await.unwrap();
        assert!(!has_place(&bytes), "{who} is shown the copy");
        let whole = app.original(&reader, &number, &file.address).await;
        assert_eq!(whole.is_ok_and(|(_, bytes)| bytes == photo), original, "{who}");
    }
    for stranger in ["同事", "签收人", "管理员"] {
        let reader = site.viewer(stranger).await;
        assert!(
            app.original(&reader, &number, &file.address).await.is_err(),
            "{stranger}"
        );
    }
    // Both are named in the open part: whoever verifies misses either.
    let recorded = recorded_files(&site, &number).await;
    assert!(recorded.contains(&file.address) && recorded.contains(file.shown.as_ref().unwrap()));
}

#[tokio::test]
async fn a_protected_file_is_not_filed_anew_by_its_address() {
    let site = Site::new().await;
    let number = site.submitted("经过。").await;
    let lead = site.viewer("局长").await;
    let letter = site
        .app
        .put_file(&lead, &number, "信.pdf", b"%PDF-1.7\n".to_vec())
        .await;
    let letter = letter.unwrap();
    let evidence = AddEvidence {
        title: "来信".into(),
        proves: "情况".into(),
        made: None,
        ring: Ring::Protected,
        protects: Vec::new(),
        document: false,
        file: Some(letter.clone()),
    };
    site.does("局长", &number, evidence).await;
    for (who, kept) in [("申请人", false), ("收件岗", false), ("局长", true), ("组长", true)] {
        let viewer = site.viewer(who).await;
        let done = site.app.kept_file(&viewer, &number, &letter.address, "信.pdf").await;
        assert_eq!(done.is_ok(), kept, "{who}");
    }
    // What no act has named yet is kept.
    let worker = site.viewer("申请人").await;
    let own = site
        .app
        .put_file(&worker, &number, "票.pdf", b"%PDF-1.7\n".to_vec())
        .await;
    let own = own.unwrap();
    assert!(
        site.app
            .kept_file(&worker, &number, &own.address, "票.pdf")
            .await
            .is_ok()
    );
}
