//! What holds of every document, with normal, long and minimal content: nothing outside the type area, lines and
//! characters on the grid of 22 × 28, page numbers, document numbers, no blank character, no signature that stands alone.

use crate::geometry::{BOTTOM, LEFT, POINT, RIGHT, TOP, is_page_number, lines, near, overhang};
use crate::pdf::{Page, Pdf, Word};
use crate::{PRESS, print, samples};
use documents::*;
use std::sync::LazyLock;

/// Documents in the letter format: a low head, and no number on the first page.
const LETTERS: [&str; 12] = [
    "supplement_notice",
    "acceptance",
    "decline",
    "deferral",
    "transfer",
    "clue",
    "defence_notice",
    "coordination",
    "report_letter",
    "result_for_worker",
    "result_for_unit",
    "review_decision",
];
/// Documents under the red head.
const RED: [&str; 2] = ["report", "request"];
/// Documents that are a table: their own type size and leading.
const FORMS: [&str; 2] = ["receipt", "service_receipt"];

fn is_letter(name: &str) -> bool {
    LETTERS.contains(&name) || name == "correction"
}

/// Every sample in its three sizes, printed once for all tests and read back.
static EACH: LazyLock<Vec<(&str, &str, Rendered, Pdf)>> = LazyLock::new(|| {
    let sizes = [
        ("normal", samples::all()),
        ("long", samples::long()),
        ("minimal", samples::minimal()),
    ];
    let mut each = Vec::new();
    for (size, samples) in sizes {
        for (name, document) in samples {
            let (rendered, pdf) = print(&format!("{size}-{name}"), &document);
            each.push((size, name, rendered, pdf));
        }
    }
    each
});

fn each(mut check: impl FnMut(&str, &str, &Rendered, &Pdf)) {
    for (size, name, rendered, pdf) in EACH.iter() {
        check(size, name, rendered, pdf);
    }
}

/// Whether a word is set in 3号, the size of the text.
fn is_text(word: &Word) -> bool {
    (word.bottom - word.top - 16.0 * POINT).abs() < 0.2
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_document_has_its_three_sizes() {
    let names = |samples: Vec<(&'static str, Document)>| samples.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let mut normal = names(samples::all());
    normal.sort_unstable();
    for samples in [samples::long(), samples::minimal()] {
        let mut others = names(samples);
        others.sort_unstable();
        assert_eq!(others, normal);
    }
}

#[test]
fn type_area_grid_and_page_numbers() {
    each(|size, name, rendered, pdf| {
        let pages = pdf.pages();
        assert_eq!(pages.len(), rendered.pages);
        for (n, page) in (1..).zip(&pages) {
            let what = format!("{name} ({size}), page {n}");
            inside_the_type_area(&what, name, n, page);
            page_number(&what, name, n, page);
            if !FORMS.contains(&name) {
                on_the_grid(&what, name, n, page);
            }
        }
        let (first, number) = (&pages[0], name);
        if RED.contains(&number) {
            assert_eq!(pdf.red_lines(1, 150.0).len(), 1, "{name} ({size})");
            near(first.words[0].top, TOP + 35.0, "the red head");
        }
        if is_letter(name) {
            assert_eq!(pdf.red_lines(1, 169.0).len(), 4, "{name} ({size})");
            near(first.words[0].top, 30.0, "the head of a letter");
        }
    });
}

fn inside_the_type_area(what: &str, name: &str, n: usize, page: &Page) {
    near(page.width, 210.0, what);
    near(page.height, 297.0, what);
    // A letter's head stands 30 mm under the edge of the sheet.
    let top = if is_letter(name) && n == 1 { 30.0 } else { TOP };
    for word in page.words.iter().filter(|word| !is_page_number(word)) {
        let (first, last) = overhang(word);
        let inside = word.left >= LEFT - first - 1.0
            && word.right <= RIGHT + last + 1.0
            && word.top >= top - 1.0
            && word.bottom <= BOTTOM + 1.0;
        assert!(inside, "{what}: {word:?}");
    }
}

/// — 1 —, 7 mm under the type area, odd ones right and even ones left, one character in; none on a letter's first page.
fn page_number(what: &str, name: &str, n: usize, page: &Page) {
    let marks: Vec<&Word> = page.words.iter().filter(|word| is_page_number(word)).collect();
    let text: String = marks.iter().map(|word| word.text.as_str()).collect();
    if is_letter(name) && n == 1 {
        assert_eq!(text, "", "{what}");
        return;
    }
    assert_eq!(text, format!("—{n}—"), "{what}");
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    near(first.top.midpoint(first.bottom), BOTTOM + 7.0, what);
    if n % 2 == 1 {
        near(last.right, RIGHT - 14.0 * POINT, what);
    } else {
        near(first.left, LEFT + 14.0 * POINT, what);
    }
}

/// Every line of text stands on one of the 22 lines; a character is a 28th of the width, give or take what justifying a
/// line spreads over it.
fn on_the_grid(what: &str, name: &str, n: usize, page: &Page) {
    let pitch = 225.0 / 22.0;
    let white = (pitch - 16.0 * POINT) / 2.0;
    // A head's number stands by the red line, not on the grid.
    let head = if n == 1 && RED.contains(&name) {
        TOP + 75.0
    } else if n == 1 && is_letter(name) {
        TOP + 2.0 * pitch
    } else {
        0.0
    };
    for word in page.words.iter().filter(|word| is_text(word) && word.top > head) {
        let line = (word.top - TOP - white) / pitch;
        assert!((line - line.round()).abs() < 0.05, "{what}: line {line:.3} {word:?}");
        let characters = word.text.chars().count();
        if characters >= 8 && word.text.chars().all(is_han) {
            let each = (word.right - word.left) / characters as f64;
            assert!((each - 156.0 / 28.0).abs() < 0.3, "{what}: {each:.2} mm {word:?}");
        }
    }
}

#[test]
fn numbers_stand_in_hexagonal_brackets_without_leading_zeros() {
    each(|size, name, _, pdf| {
        let text = pdf.text();
        for (at, _) in text.match_indices('〔') {
            let rest = &text[at..];
            let number = &rest[..rest.find('号').map_or(rest.len(), |end| end + '号'.len_utf8())];
            let read: Result<DocumentNumber, _> = format!("濮{number}").parse();
            assert!(read.is_ok(), "{name} ({size}): {number}");
        }
        let bears = text.contains('〔');
        if size == "normal" && (is_letter(name) || RED.contains(&name)) {
            assert!(bears, "{name} bears no number");
        }
    });
}

#[test]
fn no_page_begins_with_a_signature() {
    each(|size, name, _, pdf| signed_under_text(&format!("{name} ({size})"), pdf));
    // The signature slides over the end of the page, line by line.
    for count in 0..22 {
        let filler = || vec!["一行。".to_owned(); count];
        let sliding = [
            Document::Coordination(Coordination {
                opinion: filler(),
                ..samples::coordination()
            }),
            Document::Record(Record {
                text: filler(),
                ..samples::inquiry()
            }),
            Document::Conclusion(Conclusion {
                facts: filler(),
                findings: vec![],
                clauses: vec![],
                readings: vec![],
                ..samples::conclusion()
            }),
            Document::Request(Request {
                reasons: filler(),
                ..samples::request()
            }),
        ];
        for document in sliding {
            let (_, pdf) = print("sliding", &document);
            signed_under_text(&format!("{count} lines"), &pdf);
        }
    }
}

fn signed_under_text(what: &str, pdf: &Pdf) {
    for (n, page) in (1..).zip(pdf.pages()).skip(1) {
        let lines = lines(&page);
        let Some((_, first)) = lines.first() else {
            panic!("{what}: page {n} is empty")
        };
        let text: String = first.iter().map(|word| word.text.as_str()).collect();
        let is_date = text.ends_with('日') && text.starts_with("20") && text.chars().count() < 12;
        let issuer = first[0].left > LEFT + 60.0 && !text.contains('，');
        assert!(
            !text.contains("（签名）") && !is_date && !issuer && !text.starts_with("抄送"),
            "{what}: page {n} begins with {text}"
        );
    }
}

/// The same document about somebody whose name is rarely seen.
fn about(document: &Document, name: &str) -> Prepared {
    let prepared = prepare(document);
    let data = String::from_utf8(prepared.data.clone()).unwrap();
    let other = |text: &str| {
        text.replace("李春梅", name)
            .replace("刘建国", name)
            .replace("王丽", name)
    };
    Prepared {
        title: other(&prepared.title),
        data: other(&data).into_bytes(),
        ..prepared
    }
}

#[test]
fn rare_characters_of_names_are_never_blank() {
    let name = "㛃䶮昇玥喆頔";
    let mut seen = 0;
    for (kind, document) in samples::all() {
        let rendered = PRESS.pdf(&about(&document, name)).unwrap();
        assert!(rendered.missing.is_empty(), "{kind}: {:?}", rendered.missing);
        let pdf = Pdf::read(kind, &rendered.bytes);
        for (n, page) in (1..).zip(pdf.pages()) {
            for word in page.words.iter().filter(|word| word.text.contains(name)) {
                let characters = word.text.chars().count();
                let ink = pdf.ink(n, word, characters);
                let from = word.text.chars().take_while(|c| *c != '㛃').count();
                for (c, ink) in name.chars().zip(&ink[from..]) {
                    assert!(
                        *ink > 0.04,
                        "{kind}, page {n}: {c} of {} is blank ({ink:.3})",
                        word.text
                    );
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 25, "{seen}");
}

#[test]
fn rare_characters_come_out_in_every_role() {
    for name in ["㛃䶮昇玥喆頔", "燚珺翀"] {
        let request = Request {
            head: Head {
                issuer: format!("{name}民政局"),
                ..samples::request().head
            },
            signer: format!("{name}签"),
            ..samples::request()
        };
        let mut report = samples::report();
        report.outcome = format!("{name}的行为适用尽职免责机制，予以免责");
        report.applicant.name = name.to_owned();
        for (document, shown) in [
            // 小标宋 in the head, 楷体 in who signs.
            (
                Document::Request(request),
                vec![format!("{name}民政局文件"), format!("签发人：{name}签")],
            ),
            // 小标宋 in the title, 黑体 in the outcome, 仿宋 in the text.
            (
                Document::Report(report),
                vec![
                    format!("关于{name}尽职"),
                    format!("认定：{name}的"),
                    format!("申请人：{name}，"),
                ],
            ),
        ] {
            let (rendered, pdf) = print("role", &document);
            assert!(rendered.missing.is_empty(), "{name}");
            let text = pdf.text();
            for shown in shown {
                assert!(text.contains(&shown), "{shown} in {text}");
            }
        }
    }
}
