//! GB/T 9704-2012 measured on the PDF of one document each: a full page, the heads, a run without a break. What holds of
//! every document is measured in `every.rs`. Tolerances are the standard's own: 1 mm.

use crate::pdf::{Page, Word};
use crate::{print, samples};
use documents::{Document, Report, ServiceReceipt};

pub const LEFT: f64 = 28.0;
pub const RIGHT: f64 = 28.0 + 156.0;
pub const TOP: f64 = 37.0;
pub const BOTTOM: f64 = 37.0 + 225.0;
pub const POINT: f64 = 25.4 / 72.0;

pub fn near(measured: f64, wanted: f64, what: &str) {
    assert!(
        (measured - wanted).abs() <= 1.0,
        "{what}: {measured:.2} mm, wanted {wanted:.2} mm"
    );
}

pub fn is_page_number(word: &Word) -> bool {
    word.top > BOTTOM && word.text.chars().all(|c| c == '—' || c.is_ascii_digit())
}

/// Punctuation set close to an edge keeps its full width in the word's box, half of it empty.
pub fn overhang(word: &Word) -> (f64, f64) {
    let half = 8.0 * POINT;
    let first = word.text.starts_with(['（', '《', '“', '〔', '「']);
    let last = word
        .text
        .ends_with(['，', '。', '、', '；', '：', '？', '）', '》', '”', '〕', '」']);
    (if first { half } else { 0.0 }, if last { half } else { 0.0 })
}

/// A report long enough for several full pages of plain text.
fn long() -> Document {
    let text = "濮阳县民政局会同纪检监察组核实认定社会救助工作尽职免责申请"
        .chars()
        .cycle()
        .take(2000)
        .collect();
    Document::Report(Report {
        facts: vec![text],
        ..samples::report()
    })
}

pub fn lines(page: &Page) -> Vec<(f64, Vec<&Word>)> {
    let mut lines: Vec<(f64, Vec<&Word>)> = Vec::new();
    for word in page.words.iter().filter(|w| !is_page_number(w)) {
        match lines.iter_mut().find(|(top, _)| (top - word.top).abs() < 1.0) {
            Some((_, words)) => words.push(word),
            None => lines.push((word.top, vec![word])),
        }
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    lines
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let (rendered, pdf) = print("long", &long());
    let pages = pdf.pages();
    assert_eq!(rendered.pages, pages.len());
    let full: Vec<&Page> = pages
        .iter()
        .filter(|page| lines(page).iter().all(|(_, w)| w.len() == 1) && lines(page).len() == 22)
        .collect();
    assert!(
        full.len() >= 2,
        "{:?}",
        pages.iter().map(|p| lines(p).len()).collect::<Vec<_>>()
    );
    let mut plain = 0;
    for page in full {
        let lines = lines(page);
        for (n, pair) in lines.windows(2).enumerate() {
            let pitch = pair[1].0 - pair[0].0;
            assert!((pitch - 225.0 / 22.0).abs() < 0.1, "line {n}: {pitch:.3} mm");
        }
        // Half the white of a line stands above the first and below the last.
        let white = (225.0 / 22.0 - 16.0 * POINT) / 2.0;
        near(lines[0].0, TOP + white, "first line");
        near(lines[21].1[0].bottom, BOTTOM - white, "last line");
        for (_, words) in &lines {
            if words[0].text.chars().count() == 28 && words[0].text.chars().all(|c| c > '\u{4e00}' && c < '\u{9fff}') {
                near(words[0].left, LEFT, "left edge");
                near(words[0].right, RIGHT, "right edge");
                plain += 1;
            }
        }
    }
    assert!(plain >= 40, "{plain} full lines");
}

#[test]
fn the_red_head() {
    let (_, pdf) = print("report", &Document::Report(samples::report()));
    let pages = pdf.pages();
    let (mark, number) = (pages[0].word("濮阳县民政局文件"), pages[0].word("濮县民〔2026〕16号"));
    let title = pages[0].word("关于李春梅尽职免责申请的认定报告");
    near(mark.top, TOP + 35.0, "head, 35 mm under the type area's edge");
    for word in [mark, number, title] {
        near(word.left.midpoint(word.right), LEFT + 78.0, "centred");
    }
    near(
        number.top - mark.bottom,
        2.0 * 225.0 / 22.0,
        "two lines above the number",
    );
    near(title.bottom - title.top, 22.0 * POINT, "title in 2号");
    let red = pdf.red_lines(1, 150.0);
    assert_eq!(red.len(), 1, "{red:?}");
    near(red[0] - number.bottom, 4.0, "red line under the number");
    assert_eq!(pdf.red_lines(2, 20.0), Vec::<f64>::new());
    let (to, signed) = (pages[0].word("濮阳县纪委监委、"), "2026年9月30日");
    near(to.left, LEFT, "recipients flush");
    let page = pages
        .iter()
        .find(|page| page.words.iter().any(|w| w.text == signed))
        .unwrap();
    near(
        page.word(signed).right,
        RIGHT - 4.0 * 156.0 / 28.0,
        "date four characters from the right",
    );
}

#[test]
fn the_head_of_a_letter() {
    let (_, pdf) = print("acceptance", &Document::Acceptance(samples::acceptance()));
    let pages = pdf.pages();
    let (mark, number) = (pages[0].word("濮阳县民政局"), pages[0].word("濮县民〔2026〕12号"));
    near(mark.top, 30.0, "head, 30 mm under the sheet's edge");
    near(number.right, RIGHT, "number at the right");
    let red = pdf.red_lines(1, 169.0);
    assert_eq!(red.len(), 4, "{red:?}");
    near(red[0] - mark.bottom, 4.0, "first double line under the head");
    near(red[3], 277.0, "second double line 20 mm above the edge");
    assert!(
        !pages[0].words.iter().any(is_page_number),
        "a letter's first page bears no number"
    );
}

#[test]
fn a_long_run_without_a_break_stays_inside() {
    let mut report = samples::report();
    report.facts = vec![
        "x".repeat(300),
        format!("https://example.org/{}", "a1".repeat(200)),
        "1234567890".repeat(20),
    ];
    report.applicant.name = "阿卜杜勒艾则孜麦麦提明吐尔逊江".to_owned();
    report.issuer = "濮阳市城乡一体化示范区社会事业服务中心".to_owned();
    let long = "很长的理由，".repeat(200);
    let service = ServiceReceipt {
        matter: "y".repeat(200),
        received_by: Some(long.clone()),
        refusal: Some(long.clone()),
        remarks: Some(format!("{long}末尾")),
        ..samples::service_receipt()
    };
    for (document, last) in [
        (Document::Report(report), "陈晓东"),
        (Document::ServiceReceipt(service), "末尾"),
    ] {
        let (_, pdf) = print("run", &document);
        for page in pdf.pages() {
            for word in &page.words {
                let (before, after) = overhang(word);
                let inside = word.left >= LEFT - before - 1.0 && word.right <= RIGHT + after + 1.0;
                assert!(
                    inside && (word.bottom <= BOTTOM + 1.0 || is_page_number(word)),
                    "{word:?}"
                );
            }
        }
        assert!(pdf.text().contains(last), "{last}");
    }
}
