//! Entries of the register of kin that were wrong: what a correction leaves, from when it counts, what a case is shown.

use crate::kin::{excel, refused, row, typed};
use crate::site::Site;
use app::kin::correct::Why;
use app::kin::import::Imported;
use app::kin::matching::Recorded;
use app::kin::{Typed, Version};
use base::{Date, EventId};
use casefile::acts::Accept;
use casefile::refusal::Kind;

const NUMBER: &str = "410922197002030023";

fn why(slip: &str) -> Why {
    Why {
        slip: slip.into(),
        reason: "和备案表核对过".into(),
    }
}

/// 陈志强's entry on 张建国, recorded 2026-03-01, with other texts in these columns.
fn changed(texts: &[(usize, &str)]) -> Typed {
    let mut row = row("陈志强", "张建国", "2026-03-01");
    for (column, text) in texts {
        row[*column] = (*text).into();
    }
    Typed(row)
}

async fn register(site: &Site) -> Vec<Version> {
    let clerk = site.viewer("收件岗").await;
    site.app.kin_register(&clerk).await.unwrap()
}

async fn standing(site: &Site) -> EventId {
    let register = register(site).await;
    register.iter().find(|one| one.over.is_none()).expect("one stands").id
}

/// What stands in the form and not in the register counts from the day of the form; what was not recorded at all from
/// the day it is set right. Columns: 1 unit, 4 head, 5 number, 6 village, 7 relation, 8 day.
#[tokio::test]
async fn a_correction_counts_from_when_it_should() {
    let (form, today) = (Date::constant(2026, 3, 1), Date::constant(2026, 9, 16));
    type Row = (
        &'static str,
        &'static [(usize, &'static str)],
        Result<Date, &'static str>,
    );
    let table: [Row; 14] = [
        ("typed", &[(0, "陈志刚")], Ok(form)),
        ("typed", &[(4, "张建设")], Ok(form)),
        ("typed", &[(5, NUMBER)], Ok(form)),
        ("typed", &[(7, "直系血亲")], Ok(form)),
        ("typed", &[(8, "2026-02-01")], Ok(Date::constant(2026, 2, 1))),
        ("form", &[(0, "陈志刚")], Ok(form)),
        (
            "form",
            &[(1, "清河头乡人民政府"), (4, "张建设"), (6, "西关村")],
            Ok(form),
        ),
        ("form", &[(0, "李卫东"), (1, "清河头乡人民政府")], Ok(today)),
        ("typed", &[(0, "李卫东"), (1, "清河头乡人民政府")], Ok(form)),
        ("form", &[(5, NUMBER)], Ok(today)),
        ("form", &[(7, "直系血亲")], Ok(today)),
        ("form", &[(8, "2026-02-01")], Err("recorded_on")),
        ("form", &[], Err("name")),
        ("", &[(0, "陈志刚")], Err("slip")),
    ];
    for (slip, texts, expected) in table {
        let site = Site::new().await;
        let clerk = site.viewer("收件岗").await;
        site.app.record_kin(&clerk, site.act(), &changed(&[])).await.unwrap();
        let id = standing(&site).await;
        let done = site
            .app
            .correct_kin(&clerk, site.act(), id, &changed(texts), &why(slip))
            .await;
        let after = register(&site).await;
        match (done, expected) {
            (Ok(()), Ok(from)) => {
                assert_eq!(after.len(), 2, "{slip} {texts:?}");
                assert_eq!(after[0].counts_from(), from, "{slip} {texts:?}");
                assert_eq!(after[0].corrects, Some(id));
                let before = &after[1];
                assert_eq!((before.id, before.entry.recorded_on), (id, form), "the old one stays");
                assert_eq!(before.over.as_ref().unwrap().reason, "和备案表核对过");
            }
            (Err(failure), Err(field)) => {
                assert_eq!(refused(failure).field_names(), [field], "{slip} {texts:?}");
                assert_eq!(after.len(), 1);
            }
            (done, _) => panic!("{slip} {texts:?}: {done:?}"),
        }
    }
}

#[tokio::test]
async fn a_reason_shows_neither_the_old_head_nor_the_new() {
    let site = Site::new().await;
    let clerk = site.viewer("收件岗").await;
    site.app.record_kin(&clerk, site.act(), &changed(&[])).await.unwrap();
    let id = standing(&site).await;
    let why = Why {
        slip: "typed".into(),
        reason: "户主不是张建国，是王大勇".into(),
    };
    let done = (site.app)
        .correct_kin(&clerk, site.act(), id, &changed(&[(4, "王大勇")]), &why)
        .await;
    done.unwrap();
    let (_, before) = site.app.kin_entry(&clerk, standing(&site).await).await.unwrap();
    assert_eq!(before[0].over.as_ref().unwrap().reason, "户主不是张某某，是王某某");
}

#[tokio::test]
async fn only_what_stands_is_corrected_once_and_by_its_own_intake() {
    let site = Site::new().await;
    let (app, clerk) = (&site.app, site.viewer("收件岗").await);
    app.record_kin(&clerk, site.act(), &changed(&[])).await.unwrap();
    let id = standing(&site).await;
    for stranger in ["局长", "组长", "调查甲", "市协调人", "申请人", "审计员", "管理员"] {
        let viewer = site.viewer(stranger).await;
        let tried = [
            app.kin_entry(&viewer, id).await.map(|_| ()),
            app.correct_kin(&viewer, site.act(), id, &changed(&[(0, "陈志刚")]), &why("typed"))
                .await,
            app.strike_kin(&viewer, site.act(), id, "重复登记").await,
        ];
        for done in tried {
            assert_eq!(refused(done.unwrap_err()).kind, Kind::NotFound, "{stranger}");
        }
    }
    let nothing = app.strike_kin(&clerk, site.act(), EventId([9; 16]), "重复登记").await;
    assert_eq!(refused(nothing.unwrap_err()).kind, Kind::NotFound);
    // What is left empty of the family stays; the same form again acts once; another comes too late.
    let act = site.act();
    let form = changed(&[(0, "陈志刚"), (4, ""), (5, "")]);
    for _ in 0..2 {
        app.correct_kin(&clerk, act, id, &form, &why("typed")).await.unwrap();
    }
    let late = app.correct_kin(&clerk, site.act(), id, &form, &why("typed")).await;
    assert_eq!(refused(late.unwrap_err()).kind, Kind::Conflict);
    let (now, before) = app.kin_entry(&clerk, standing(&site).await).await.unwrap();
    let text = |one: &Version| {
        format!(
            "{} {} {}",
            one.entry.text.name, one.entry.text.head, one.entry.text.id_number
        )
    };
    assert_eq!(text(&now), "陈志刚 张某某 410926********007X");
    assert_eq!(
        before.iter().map(text).collect::<Vec<_>>(),
        ["陈志强 张某某 410926********007X"]
    );
    // Struck out it stands no longer and is there.
    let empty = app.strike_kin(&clerk, site.act(), now.id, " ").await;
    assert_eq!(refused(empty.unwrap_err()).field_names(), ["struck"]);
    app.strike_kin(&clerk, site.act(), now.id, "重复登记").await.unwrap();
    let after = register(&site).await;
    assert!(after.len() == 2 && after.iter().all(|one| one.over.is_some()));
    let late = app.strike_kin(&clerk, site.act(), now.id, "重复登记").await;
    assert_eq!(refused(late.unwrap_err()).kind, Kind::Conflict);
    app.rebuild().await.unwrap();
    assert_eq!(register(&site).await, after);
    assert!(app.store().verify().await.unwrap().findings.is_empty());
}

/// A correction of a correction keeps the day from which the first one counts.
#[tokio::test]
async fn a_day_that_was_moved_stays_moved() {
    let site = Site::new().await;
    let clerk = site.viewer("收件岗").await;
    site.app.record_kin(&clerk, site.act(), &changed(&[])).await.unwrap();
    for (slip, texts) in [
        ("form", [(5, NUMBER), (6, "东关村")]),
        ("form", [(5, NUMBER), (6, "西关村")]),
    ] {
        let id = standing(&site).await;
        let done = site
            .app
            .correct_kin(&clerk, site.act(), id, &changed(&texts), &why(slip))
            .await;
        done.unwrap();
        site.clock.advance(3 * 24 * 60);
    }
    let after = register(&site).await;
    let from: Vec<String> = after.iter().map(|one| one.counts_from().to_string()).collect();
    assert_eq!(from, ["2026-09-16", "2026-09-16", "2026-03-01"]);
}

#[tokio::test]
async fn a_mended_list_is_imported_again() {
    let site = Site::new().await;
    let (app, clerk) = (&site.app, site.viewer("收件岗").await);
    let mut rows = vec![
        row("陈志强", "张建国", "2026-03-01"),
        row("赵敏", "李四", "2026-03-02"),
        row("赵敏", "王五", "2026-03-02"),
    ];
    rows[1][5] = NUMBER.into();
    rows[2][5] = "410922196501010014".into();
    let done = |recorded, corrected, there| Imported {
        recorded,
        corrected,
        there,
    };
    let import = async |rows: &[[String; 9]], why: &Why| app.import_kin(&clerk, site.act(), excel(rows), why).await;
    assert_eq!(import(&rows, &Why::default()).await.unwrap(), done(3, 0, 0));
    assert_eq!(import(&rows, &Why::default()).await.unwrap(), done(0, 0, 3));
    // A mended post, a mended number in the same village, a new line twice.
    rows[0][2] = "主任".into();
    rows[1][5] = "41092619880208007x".into();
    rows.push(row("钱进", "赵六", "2026-03-03"));
    rows.push(row("钱进", "赵六", "2026-03-03"));
    let told = refused(import(&rows, &Why::default()).await.unwrap_err());
    assert_eq!(told.field_names(), ["file", "slip", "reason"]);
    assert!(
        told.fields[0].sentence.contains("第 2、3 行"),
        "{}",
        told.fields[0].sentence
    );
    assert_eq!(register(&site).await.len(), 3, "nothing is taken");
    let mut later = rows.clone();
    later[0][8] = "2026-02-01".into();
    let told = refused(import(&later, &why("form")).await.unwrap_err());
    assert!(
        told.fields[0].sentence.contains("第 2 行第 9 列“备案日期”"),
        "{}",
        told.fields[0].sentence
    );
    assert_eq!(import(&rows, &why("form")).await.unwrap(), done(1, 2, 2));
    let register = register(&site).await;
    let from = |name: &str, head: &str| {
        let standing = register.iter().filter(|one| one.over.is_none());
        let found = standing.filter(|one| one.entry.text.name == name && one.entry.text.head == head);
        found.map(|one| one.counts_from().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(from("陈志强", "张某某"), ["2026-03-01"], "a post leaves the day");
    assert_eq!(from("赵敏", "李某"), ["2026-09-16"], "another number is another person");
    assert_eq!(from("赵敏", "王某"), ["2026-03-02"]);
    assert_eq!(register.iter().filter(|one| one.over.is_some()).count(), 2);
}

/// The conduct of the case is of 2026-03-02 or so; what was set right afterwards does not count, and what stood then is
/// shown with what became of it.
#[tokio::test]
async fn a_case_is_shown_what_stood_and_what_stands() {
    let site = Site::new().await;
    let (app, clerk) = (&site.app, site.viewer("收件岗").await);
    for entry in [
        typed("陈志强", "张建国", "2026-02-01"),
        typed("钱进", "张建国", "2026-02-01"),
    ] {
        app.record_kin(&clerk, site.act(), &entry).await.unwrap();
    }
    let of = async |name: &str| {
        let register = register(&site).await;
        let found = register
            .iter()
            .find(|one| one.entry.text.name == name && one.over.is_none());
        found.expect(name).id
    };
    let mut other = row("陈志强", "张建国", "2026-02-01");
    other[7] = "直系血亲".into();
    let done = app
        .correct_kin(&clerk, site.act(), of("陈志强").await, &Typed(other), &why("form"))
        .await;
    done.unwrap();
    app.strike_kin(&clerk, site.act(), of("钱进").await, "不是近亲属")
        .await
        .unwrap();
    let worker = site.viewer("申请人").await;
    let draft = app.new_draft(&worker).await.unwrap();
    let mut application = site.application("三月份的事");
    application.text.household = "张建国".into();
    let number = app
        .submit(&worker, site.act(), draft, application)
        .await
        .unwrap()
        .number;
    site.does("收件岗", &number, Accept {}).await;
    let found = app.kin_of_case(&site.viewer("局长").await, &number).await.unwrap();
    let shown: Vec<_> = (found.entries.iter())
        .map(|(one, recorded)| {
            let over = one.over.as_ref().map(|over| over.struck);
            (one.entry.text.name.as_str(), *recorded, over)
        })
        .collect();
    let expected = [
        ("陈志强", Recorded::Before, Some(false)),
        ("钱进", Recorded::Before, Some(true)),
        ("陈志强", Recorded::After, None),
    ];
    assert_eq!(shown, expected);
    let told = format!("{found:?}");
    assert!(!told.contains("张建国") && !told.contains("0802080071"), "{told}");
}
