//! The blind index: sealed text is found by two characters, and its words stand nowhere; the same on both engines.

use crate::lists::{OTHER_PERSON, except, view};
use crate::on_both;
use crate::place::{GROUP, INSTITUTION, PERSON, Place, files_below};
use base::{CaseId, InstitutionId, PersonId};
use sea_orm::{ConnectionTrait, Statement};
use store::{CaseFilter, CasePersonRow, Scope, Store, ViewChanges};

on_both! {
    sealed_text_is_found_by_two_characters
    a_reader_finds_within_their_reach_only
    an_older_version_changes_nothing
    without_texts_nothing_is_left
    common_words_say_that_there_is_more
    words_stand_nowhere_in_plain
    a_rebuild_makes_the_same_index
}

const OTHER: InstitutionId = InstitutionId([0x13; 16]);

/// The cases of `lists::view`, each with a text; odd ones are of another bureau.
async fn indexed(place: &Place, texts: &[(u32, &str)]) -> Store {
    let store = place.open().await;
    for (n, text) in texts {
        let view = view(*n);
        let (case, version) = (view.row.case, view.row.version);
        let mut append = place.act(case, None);
        append.views = ViewChanges {
            cases: vec![view],
            ..ViewChanges::default()
        };
        store.append(append).await.unwrap();
        store.write_words(case, version, &[(*text).to_owned()]).await.unwrap();
    }
    store
}

async fn found(store: &Store, filter: &CaseFilter, search: &str) -> Vec<u64> {
    let mut found: Vec<u64> = store
        .find_words(filter, search, 50)
        .await
        .unwrap()
        .rows
        .iter()
        .map(|row| row.version)
        .collect();
    found.sort();
    found
}

async fn sealed_text_is_found_by_two_characters(place: Place) {
    let texts = [
        (1, "户主孙大圣，住在晁庄村"),
        (2, "孙大圣说车管所晚了两个月，卡号１２３４"),
        (3, "圣大孙"),
        (4, "车管所 A1 号窗口"),
        (5, "孙大，大圣"),
    ];
    let store = indexed(&place, &texts).await;
    let table: [(&str, &[u64]); 12] = [
        ("孙大圣", &[1, 2, 5]),
        ("孙大", &[1, 2, 5]),
        ("圣", &[1, 2, 3, 5]),
        ("车管所", &[2, 4]),
        ("车管所，孙大圣", &[2]),
        ("晁庄", &[1]),
        ("1234", &[2]),
        ("a1", &[4]),
        ("管车", &[]),
        ("没有", &[]),
        ("？", &[]),
        ("' or 1=1 --", &[]),
    ];
    for (search, expected) in table {
        assert_eq!(
            found(&store, &CaseFilter::default(), search).await,
            expected,
            "{search}"
        );
    }
    // What the open text holds is the list's to find.
    let name = view(1).row.applicant_name;
    store
        .write_words(view(1).row.case, 1, &[format!("{name}在场")])
        .await
        .unwrap();
    assert_eq!(found(&store, &CaseFilter::default(), &name).await, [0u64; 0]);
}

async fn a_reader_finds_within_their_reach_only(place: Place) {
    let texts: Vec<(u32, &str)> = (1..=10).map(|n| (n, "车管所的数据")).collect();
    let store = indexed(&place, &texts).await;
    let filter = |change: fn(&mut CaseFilter)| {
        let mut filter = CaseFilter::default();
        change(&mut filter);
        filter
    };
    let person = |relation: &str| Scope::Person {
        person: PERSON,
        relations: vec![relation.into()],
    };
    let mut of_a_person = filter(|_| {});
    of_a_person.scope = person("applicant");
    let mut of_nobody = filter(|_| {});
    of_nobody.scope = person("investigator");
    let table = [
        (filter(|_| {}), vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (filter(|f| f.scope = Scope::Bureau(INSTITUTION)), vec![2, 4, 6, 8, 10]),
        (filter(|f| f.scope = Scope::Bureau(GROUP)), vec![]),
        (
            filter(|f| f.scope = Scope::Discipline(GROUP)),
            vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        ),
        (filter(|f| f.scope = Scope::Discipline(OTHER)), vec![]),
        (filter(|f| f.bureau = Some(OTHER)), vec![1, 3, 5, 7, 9]),
        (filter(|f| f.except = except(PERSON, &[])), vec![1, 2, 3, 4, 6, 7, 8, 9]),
        (
            filter(|f| f.except = except(OTHER_PERSON, &[GROUP])),
            (1..=10).collect(),
        ),
        (filter(|f| f.except = except(OTHER_PERSON, &[GROUP, OTHER])), vec![]),
        (filter(|f| f.closed = Some(true)), vec![3, 6, 9]),
        (of_a_person, vec![5, 10]),
        (of_nobody, vec![]),
    ];
    for (filter, expected) in table {
        assert_eq!(found(&store, &filter, "车管所").await, expected, "{filter:?}");
    }
    // A case somebody is recused from is not found by its words either.
    let mut recused = view(2);
    let stranger = PersonId([0x77; 16]);
    recused.people.push(CasePersonRow {
        person: stranger,
        relation: "recused".into(),
    });
    let mut append = place.act(recused.row.case, None);
    append.views.cases = vec![recused];
    store.append(append).await.unwrap();
    let filter = CaseFilter {
        scope: Scope::Bureau(INSTITUTION),
        except: except(stranger, &[]),
        ..CaseFilter::default()
    };
    assert_eq!(found(&store, &filter, "车管所").await, [4, 6, 8, 10]);
}

async fn an_older_version_changes_nothing(place: Place) {
    let store = indexed(&place, &[(4, "车管所的数据")]).await;
    let case = view(4).row.case;
    store.write_words(case, 3, &["民政所".into()]).await.unwrap();
    assert_eq!(found(&store, &CaseFilter::default(), "车管所").await, [4]);
    store.write_words(case, 5, &["民政所的数据".into()]).await.unwrap();
    for (search, expected) in [("车管", vec![]), ("民政所", vec![4]), ("数据", vec![4])] {
        assert_eq!(
            found(&store, &CaseFilter::default(), search).await,
            expected,
            "{search}"
        );
    }
    // A case that is not there has no words.
    store.write_words(CaseId([9; 16]), 1, &["民政所".into()]).await.unwrap();
    assert_eq!(rows(&place, "blind_case").await, 1);
}

async fn rows(place: &Place, table: &str) -> i64 {
    let db = place.raw().await;
    let statement = Statement::from_string(db.get_database_backend(), format!("select count(*) from {table}"));
    let n = db.query_one_raw(statement).await.unwrap().unwrap();
    let n = n.try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    n
}

async fn without_texts_nothing_is_left(place: Place) {
    let store = indexed(&place, &[(4, "车管所的数据"), (6, "车管所")]).await;
    store.write_words(view(4).row.case, 4, &[]).await.unwrap();
    assert_eq!(found(&store, &CaseFilter::default(), "车管").await, [6]);
    assert_eq!(rows(&place, "blind_case").await, 1);
    // Three characters and two pairs.
    assert_eq!(rows(&place, "blind_token").await, 5);
}

async fn common_words_say_that_there_is_more(place: Place) {
    let texts: Vec<(u32, &str)> = (1..=6).map(|n| (n, "车管所")).collect();
    let store = indexed(&place, &texts).await;
    for (limit, more) in [(5, true), (6, false)] {
        let found = store.find_words(&CaseFilter::default(), "车管", limit).await.unwrap();
        assert_eq!((found.rows.len(), found.more), (limit as usize, more));
    }
}

async fn words_stand_nowhere_in_plain(place: Place) {
    let store = indexed(&place, &[(1, "MARKER户主孙大圣，在晁庄村")]).await;
    assert_eq!(found(&store, &CaseFilter::default(), "marker").await, [1]);
    let dump = store.dump_views().await.unwrap();
    for word in ["marker", "孙大", "晁庄"] {
        assert!(!dump.to_lowercase().contains(word), "{word}");
    }
    for path in files_below(&place.directory()) {
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        for word in ["marker", "孙大", "晁庄"] {
            assert!(
                !bytes.windows(word.len()).any(|some| some == word.as_bytes()),
                "{} holds {word}",
                path.display()
            );
        }
    }
}

async fn a_rebuild_makes_the_same_index(place: Place) {
    let texts = [(1, "户主孙大圣"), (2, "车管所的数据")];
    let store = indexed(&place, &texts).await;
    let before = store.dump_views().await.unwrap();
    place.tamper("delete from blind_token").await;
    assert_ne!(store.dump_views().await.unwrap(), before);
    let rebuild = store.rebuild().await.unwrap();
    for (n, text) in texts {
        let view = view(n);
        let (case, version) = (view.row.case, view.row.version);
        let cases = vec![view];
        rebuild
            .write(ViewChanges {
                cases,
                ..ViewChanges::default()
            })
            .await
            .unwrap();
        rebuild.write_words(case, version, &[text.to_owned()]).await.unwrap();
    }
    rebuild.finish().await.unwrap();
    assert_eq!(store.dump_views().await.unwrap(), before);
    assert_eq!(found(&store, &CaseFilter::default(), "孙大圣").await, [1]);
}
