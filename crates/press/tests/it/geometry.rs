//! GB/T 9704-2012 measured on the PDF: type area, lines and characters, head, page numbers. Tolerances are its own: 1 mm.

use crate::pdf::{Page, Word};
use crate::{print, samples};
use documents::{Document, Report, ServiceReceipt};

const LEFT: f64 = 28.0;
const RIGHT: f64 = 28.0 + 156.0;
const TOP: f64 = 37.0;
const BOTTOM: f64 = 37.0 + 225.0;
const POINT: f64 = 25.4 / 72.0;

fn near(measured: f64, wanted: f64, what: &str) {
    assert!(
        (measured - wanted).abs() <= 1.0,
        "{what}: {measured:.2} mm, wanted {wanted:.2} mm"
    );
}

fn is_page_number(word: &Word) -> bool {
    word.top > BOTTOM && word.text.chars().all(|c| c == '—' || c.is_ascii_digit())
}

/// Punctuation set close to an edge keeps its full width in the word's box, half of it empty.
fn overhang(word: &Word) -> (f64, f64) {
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

fn lines(page: &Page) -> Vec<(f64, Vec<&Word>)> {
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
fn nothing_stands_outside_the_type_area() {
    for (name, document) in samples::all().into_iter().chain([("long", long())]) {
        let letter = [
            "acceptance",
            "decline",
            "defence_notice",
            "result_for_worker",
            "result_for_unit",
        ]
        .contains(&name);
        let (_, pdf) = print(name, &document);
        for (n, page) in pdf.pages().iter().enumerate() {
            near(page.width, 210.0, "width");
            near(page.height, 297.0, "height");
            // A letter's head stands 30 mm under the edge of the sheet.
            let top = if letter && n == 0 { 30.0 } else { TOP };
            for word in page.words.iter().filter(|w| !is_page_number(w)) {
                let (first, last) = overhang(word);
                let inside = word.left >= LEFT - first - 1.0
                    && word.right <= RIGHT + last + 1.0
                    && word.top >= top - 1.0
                    && word.bottom <= BOTTOM + 1.0;
                assert!(inside, "{name}, page {}: {word:?}", n + 1);
            }
        }
    }
}

#[test]
fn odd_page_numbers_stand_right_and_even_ones_left() {
    let (_, pdf) = print("report", &Document::Report(samples::report()));
    let pages = pdf.pages();
    assert!(pages.len() > 4);
    for (n, page) in (1..).zip(&pages) {
        let marks: Vec<&Word> = page.words.iter().filter(|w| is_page_number(w)).collect();
        let text: String = marks.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(text, format!("—{n}—"));
        let (first, last) = (marks[0], marks[marks.len() - 1]);
        // The dashes stand in the middle of their box, 7 mm under the type area; one character in from the edge.
        near(first.top.midpoint(first.bottom), BOTTOM + 7.0, "height");
        if n % 2 == 1 {
            near(last.right, RIGHT - 14.0 * POINT, "odd");
        } else {
            near(first.left, LEFT + 14.0 * POINT, "even");
        }
    }
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
