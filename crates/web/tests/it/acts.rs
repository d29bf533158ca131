//! Every act has its page; every page's form can be drawn, and what it asks can be read back.

use crate::{html, sample};
use askama::Template;
use casefile::act::ActName;
use web::pages::acts::{PAGES, page_of, sample as draw};
use web::values::Values;

/// Acts without a page of their own: those of the system, and the application with its own pages.
const WITHOUT: &[&str] = &["submit", "enter-paper", "recompute-due", "open-opinions", "remind-due"];

#[test]
fn every_act_has_a_page() {
    let missing: Vec<&str> = ActName::ALL
        .iter()
        .filter(|act| page_of(**act).is_none())
        .map(|act| act.code())
        .collect();
    let known: Vec<&str> = WITHOUT
        .iter()
        .copied()
        .filter(|code| ActName::parse(code).is_some())
        .collect();
    assert_eq!(missing, known);
}

#[test]
fn every_act_page_is_whole() {
    for page in PAGES {
        let desk = sample::desk(page.act);
        let form = draw(page, &desk, &Values::default());
        let html = html::check(page.act.code(), &form.render().expect("draws"));
        assert!(
            !form.form.consequences.is_empty(),
            "{}: what happens then",
            page.act.code()
        );
        assert!(
            page.done.ends_with('。'),
            "{}: the green line is a sentence",
            page.act.code()
        );
        let asks = form.form.fields.iter().any(|field| field.name == "password");
        assert_eq!(
            asks,
            app::login::is_signed(page.act),
            "{}: the signature",
            page.act.code()
        );
        insta::assert_snapshot!(format!("act-{}", page.act.code()), html);
    }
}

#[test]
fn a_form_left_empty_breaks_nothing() {
    for page in PAGES {
        let desk = sample::desk(page.act);
        // Either an act that its own refusals judge, or a refusal that names fields.
        if let Err(refusal) = (page.parse)(&desk, &Values::default()) {
            let form = draw(page, &desk, &Values::default()).form.refuse(&refusal);
            assert!(
                form.wrong() > 0 && form.refusals.is_empty(),
                "{}: {refusal:?}",
                page.act.code()
            );
        }
    }
}
