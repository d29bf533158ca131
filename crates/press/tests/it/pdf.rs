//! A PDF read back with poppler: its text, where each word stands, and what is red. Lengths are millimetres from the
//! upper left corner of the sheet.

use std::path::PathBuf;
use std::process::Command;

/// A point in millimetres.
const POINT: f64 = 25.4 / 72.0;

/// Dots per millimetre when a page is looked at as an image.
const DOTS: usize = 10;

/// A PDF on disk, under the target directory.
pub struct Pdf(PathBuf);

/// A word and its box. A box is one em high; punctuation set close keeps its full width here.
#[derive(Clone, Debug)]
pub struct Word {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub text: String,
}

/// One page.
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub words: Vec<Word>,
}

impl Page {
    /// The first word that contains `text`.
    pub fn word(&self, text: &str) -> &Word {
        self.words
            .iter()
            .find(|w| w.text.contains(text))
            .unwrap_or_else(|| panic!("{text} is not on the page"))
    }
}

impl Pdf {
    pub fn read(name: &str, bytes: &[u8]) -> Pdf {
        // One file a test, which may run beside others.
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}-{name}.pdf"));
        std::fs::write(&path, bytes).unwrap();
        Pdf(path)
    }

    fn poppler(&self, tool: &str, args: &[&str], last: &[&str]) -> Vec<u8> {
        let output = Command::new(tool).args(args).arg(&self.0).args(last).output();
        let output = output.unwrap_or_else(|e| panic!("{tool}: {e}; please install poppler-utils"));
        assert!(
            output.status.success(),
            "{tool}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    }

    /// The text in reading order, without the line ends that setting it made.
    pub fn text(&self) -> String {
        let text = String::from_utf8(self.poppler("pdftotext", &["-raw"], &["-"])).unwrap();
        text.replace(['\n', '\u{c}'], "")
    }

    /// What `pdfinfo` says.
    pub fn info(&self) -> String {
        String::from_utf8(self.poppler("pdfinfo", &[], &[])).unwrap()
    }

    /// Name and embedding of each font, one a line.
    pub fn fonts(&self) -> Vec<String> {
        let list = String::from_utf8(self.poppler("pdffonts", &[], &[])).unwrap();
        list.lines().skip(2).map(str::to_owned).collect()
    }

    /// Every page with its words.
    pub fn pages(&self) -> Vec<Page> {
        let html = String::from_utf8(self.poppler("pdftotext", &["-bbox"], &["-"])).unwrap();
        let mut pages: Vec<Page> = Vec::new();
        for line in html.lines().map(str::trim) {
            if line.starts_with("<page ") {
                let (width, height) = (attribute(line, "width"), attribute(line, "height"));
                pages.push(Page {
                    width,
                    height,
                    words: Vec::new(),
                });
            } else if line.starts_with("<word ") {
                let (_, text) = line.split_once("\">").unwrap();
                let text = text.strip_suffix("</word>").unwrap();
                let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|name| attribute(line, name));
                pages.last_mut().unwrap().words.push(Word {
                    left,
                    top,
                    right,
                    bottom,
                    text: unescape(text),
                });
            }
        }
        pages
    }

    /// How much of each of `count` equal parts of a box on page `number` is dark, from 0 to 1: a character that came out
    /// blank has no ink.
    pub fn ink(&self, number: usize, word: &Word, count: usize) -> Vec<f64> {
        let (columns, dots) = self.picture(number);
        let at = |mm: f64| (mm * DOTS as f64).max(0.0) as usize;
        let part = (word.right - word.left) / count as f64;
        let ink = |n: usize| {
            let (from, to) = (at(word.left + part * n as f64), at(word.left + part * (n + 1) as f64));
            let mut dark = 0;
            for y in at(word.top)..at(word.bottom) {
                let row = &dots[y * columns * 3..][..columns * 3];
                dark += row[from * 3..to * 3].chunks(3).filter(|dot| dot[1] < 128).count();
            }
            dark as f64 / ((to - from) * (at(word.bottom) - at(word.top))).max(1) as f64
        };
        (0..count).map(ink).collect()
    }

    /// The heights at which a red line at least `width` long begins on page `number`, from the top.
    pub fn red_lines(&self, number: usize, width: f64) -> Vec<f64> {
        let (columns, dots) = self.picture(number);
        let is_red = |dot: &[u8]| dot[0] > 180 && dot[1] < 110 && dot[2] < 110;
        let is_line = |row: &[u8]| {
            let (mut run, mut longest) = (0usize, 0usize);
            for dot in row.chunks(3) {
                run = if is_red(dot) { run + 1 } else { 0 };
                longest = longest.max(run);
            }
            longest as f64 / DOTS as f64 >= width
        };
        let rows: Vec<bool> = dots.chunks(columns * 3).map(is_line).collect();
        let begins = (0..rows.len()).filter(|&y| rows[y] && (y == 0 || !rows[y - 1]));
        begins.map(|y| y as f64 / DOTS as f64).collect()
    }

    /// Page `number` as an image: how many columns, and three bytes a dot.
    fn picture(&self, number: usize) -> (usize, Vec<u8>) {
        let (dpi, page) = (format!("{}", DOTS as f64 * 25.4), number.to_string());
        let ppm = self.poppler("pdftoppm", &["-r", &dpi, "-f", &page, "-l", &page], &[]);
        let mut parts = ppm.splitn(4, |b| *b == b'\n');
        assert_eq!(parts.next(), Some(b"P6".as_slice()));
        let size = String::from_utf8(parts.next().unwrap().to_vec()).unwrap();
        let columns: usize = size.split(' ').next().unwrap().parse().unwrap();
        parts.next();
        (columns, parts.next().unwrap().to_vec())
    }
}

fn attribute(line: &str, name: &str) -> f64 {
    let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap().parse::<f64>().unwrap() * POINT
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
