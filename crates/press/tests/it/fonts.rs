//! Which face plays which role, and what happens without one.

use crate::{PRESS, samples, site_fonts};
use documents::{Document, Press, PressError, prepare};
use press::{Fonts, Role, TypstPress};
use std::path::{Path, PathBuf};

const NOTO: &str = "/usr/share/fonts/opentype/noto";
const DEJAVU: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

fn directory(files: &[(&Path, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (from, name) in files {
        std::fs::copy(from, directory.path().join(name)).unwrap_or_else(|e| panic!("{}: {e}", from.display()));
    }
    directory
}

fn face(fonts: &Fonts, role: Role) -> Option<PathBuf> {
    fonts
        .report()
        .roles
        .iter()
        .find(|r| r.role == role)?
        .face
        .as_ref()
        .map(|face| face.path.clone())
}

#[test]
fn this_machine_has_a_face_for_every_role() {
    let report = PRESS.report();
    let shown = report.to_string();
    for role in Role::ALL {
        let found = report.roles.iter().any(|r| r.role == role && r.face.is_some());
        assert!(
            found,
            "{role}: please run scripts/fonts.sh and install fonts-noto-cjk\n{shown}"
        );
    }
    assert_eq!(report.missing(), []);
    assert!(
        shown.contains("仿宋：FandolFang") && shown.contains("楷体：FandolKai"),
        "{shown}"
    );
}

#[test]
fn without_fonts_there_is_an_error_and_no_blank_page() {
    let press = TypstPress::with(Fonts::find_in(&[], &[PathBuf::from("/nonexistent")]));
    let refusal = press.pdf(&prepare(&Document::Report(samples::report()))).unwrap_err();
    assert_eq!(
        refusal,
        PressError::NoFonts {
            roles: "仿宋、小标宋、黑体、楷体、宋体".to_owned()
        }
    );
    assert_eq!(
        refusal.to_string(),
        "缺少文书用的字体（仿宋、小标宋、黑体、楷体、宋体），不能生成文书。请安装 fonts-noto-cjk，或者把字体文件放进字体目录，再试一次。"
    );
    assert!(press.report().to_string().contains("仿宋：没有字体，不能生成文书"));
}

#[test]
fn the_full_face_stands_in_for_every_role() {
    let only = directory(&[(
        &Path::new(NOTO).join("NotoSerifCJK-Regular.ttc"),
        "NotoSerifCJK-Regular.ttc",
    )]);
    let press = TypstPress::with(Fonts::find_in(&[only.path().to_owned()], &[]));
    assert!(press.report().missing().is_empty() && !press.report().is_proper());
    assert!(press.report().to_string().contains("仿宋：没有字体，用宋体代替"));
    let rendered = press.pdf(&prepare(&Document::Report(samples::report()))).unwrap();
    assert!(rendered.missing.is_empty());
    assert_eq!(rendered.fonts.len(), 1, "{:?}", rendered.fonts);
}

#[test]
fn a_site_s_own_font_comes_first() {
    let own = directory(&[
        (Path::new(DEJAVU), "方正小标宋简体.ttf"),
        (Path::new(DEJAVU), "其他.ttf"),
    ]);
    std::fs::write(own.path().join("坏的.ttf"), b"not a font").unwrap();
    std::fs::write(own.path().join("说明.txt"), b"not a font either").unwrap();
    let fonts = Fonts::find(&[own.path().to_owned(), site_fonts()]);
    assert_eq!(
        face(&fonts, Role::XiaoBiaoSong),
        Some(own.path().join("方正小标宋简体.ttf"))
    );
    assert_eq!(
        face(&fonts, Role::FangSong),
        Some(site_fonts().join("FandolFang-Regular.otf"))
    );
    assert_eq!(fonts.report().unreadable, [own.path().join("坏的.ttf")]);
    assert!(fonts.report().to_string().contains("不能用的字体文件："));
    assert!(fonts.draws('㛃') && !fonts.draws('\u{1F9FF}'));
}
