//! What every page must be, checked on its HTML: language, one heading, a label for every control, Chinese words.

use std::collections::BTreeSet;

/// Latin words a page may show: units, formats and names of files, numbers of cases, a reading's number.
const LATIN: &[&str] = &[
    "MB", "KB", "PDF", "Word", "Excel", "pdf", "png", "jpg", "docx", "xlsx", "JZ", "SM", "GB", "SHA", "A", "B", "R",
];

/// What no page says.
const NEVER: [&str; 5] = ["！", "!", "系统错误", "非法", "无效"];

/// Checks the page, and returns its HTML for a snapshot.
pub fn check(name: &str, html: &str) -> String {
    check_form(name, html);
    let words = latin(&text(html));
    assert!(words.is_empty(), "{name}: words that are not Chinese: {words:?}");
    html.to_owned()
}

/// Checks what does not depend on what people typed.
pub fn check_form(name: &str, html: &str) {
    assert!(html.contains("<html lang=\"zh-CN\""), "{name}: language");
    assert_eq!(html.matches("<h1").count(), 1, "{name}: one heading");
    assert!(html.contains("<main id=\"main\""), "{name}: main");
    for script in html.split("<script").skip(1) {
        let own = script.starts_with(" src=\"/assets/")
            && script
                .split_once('>')
                .is_some_and(|(_, rest)| rest.starts_with("</script>"));
        assert!(own, "{name}: a script in the page is refused by its policy");
    }
    for never in NEVER {
        assert!(!text(html).contains(never), "{name}: {never} is never said");
    }
    // Cells that stand as blocks on a phone stay cells to a screen reader.
    // A table that only lays out a sheet of paper is none.
    let laid_out = html.contains("<table role=\"presentation\"");
    for (tag, role) in [("table", "table"), ("tr", "row"), ("td", "cell")] {
        if laid_out {
            break;
        }
        let bare = html.split(&format!("<{tag}")).skip(1).find(|rest| {
            rest.starts_with([' ', '>'])
                && !rest
                    .split('>')
                    .next()
                    .unwrap_or_default()
                    .contains(&format!("role=\"{role}\""))
        });
        assert_eq!(
            bare.map(|rest| rest.chars().take(60).collect::<String>()),
            None,
            "{name}: a {tag} without its role"
        );
    }
    assert!(
        !html.contains(" style=\""),
        "{name}: styles in the page are refused by its policy"
    );
    for control in controls(html) {
        assert!(
            html.contains(&format!("for=\"{control}\"")),
            "{name}: no label for {control}"
        );
    }
    let ids: Vec<&str> = attributes(html, " id=\"");
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{name}: an id stands twice: {ids:?}");
    for href in attributes(html, "href=\"#") {
        assert!(ids.contains(&href), "{name}: #{href} leads nowhere");
    }
}

/// The ids of everything that takes input and is shown.
fn controls(html: &str) -> Vec<String> {
    let tags = html.split('<').filter(|tag| {
        ["input ", "select ", "textarea "]
            .iter()
            .any(|kind| tag.starts_with(kind))
    });
    tags.filter(|tag| !tag.contains("type=\"hidden\""))
        .map(|tag| {
            attributes(tag, " id=\"")
                .first()
                .expect("a control has an id")
                .to_string()
        })
        .collect()
}

fn attributes<'h>(html: &'h str, start: &str) -> Vec<&'h str> {
    html.split(start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// What a person reads: no tags, no head but the title.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        if let Some((_, shown)) = part.split_once('>') {
            text.push_str(shown);
            text.push('\n');
        }
    }
    text.replace("&#38;", "&").replace("&amp;", "&")
}

fn latin(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty() && !LATIN.contains(word))
        .map(str::to_owned)
        .collect()
}
