//! What stands on paper, and what the record keeps about it.

use crate::pdf::Pdf;
use crate::{PRESS, print, samples, site_fonts};
use documents::*;
use press::TypstPress;

#[test]
fn every_document_says_what_it_must() {
    let must: [(&str, &[&str]); 23] = [
        (
            "receipt",
            &[
                "收件回执",
                "JZ-410928-2026-0017",
                "2026年9月16日20时31分",
                "最迟2026年10月12日（周一）",
                "收到当天不算",
                "周日调休上班",
            ],
        ),
        (
            "acceptance",
            &[
                "受理通知书",
                "李春梅：",
                "14个工作日",
                "2026年10月12日（周一）",
                "可以申请回避",
            ],
        ),
        (
            "decline",
            &[
                "不予受理",
                "不属于社会救助工作",
                "不对事情本身和责任作出认定",
                "抄送：濮阳县纪委监委驻县民政局纪检监察组，濮阳市民政局。",
            ],
        ),
        (
            "deferral",
            &[
                "暂不认定告知书",
                "在等：濮阳县公安局对收受礼金一事的结论",
                "暂不认定不是不予免责，不作为追究责任的依据",
                "抄送：濮阳县纪委监委驻县民政局纪检监察组，濮阳市民政局。",
            ],
        ),
        (
            "defence_notice",
            &["申辩告知书", "2026年9月25日（周五）", "不会因此加重"],
        ),
        (
            "supplement_notice",
            &[
                "补正告知书",
                "一次告知你",
                "1.2026年3月12日的入户核查表",
                "2026年9月24日（周四）以前",
                "期限照算",
            ],
        ),
        (
            "transfer",
            &[
                "关于移送李春梅尽职免责申请的函",
                "清丰县民政局：",
                "应当由你单位办理",
                "抄送：李春梅，",
            ],
        ),
        (
            "clue",
            &[
                "关于移送问题线索的函",
                "濮阳县纪委监委：",
                "JZ-410928-2026-0019",
                "银行流水",
                "予保密",
            ],
        ),
        (
            "leaflet",
            &["申请人权利告知书", "李春梅：", "您可以要求谁回避", "第2026-1版"],
        ),
        (
            "inquiry",
            &[
                "调查笔录",
                "第2份",
                "被走访人：某村",
                "问：",
                "与本人说的一致",
                "调查人（签名）：王丽",
                "被走访人（签名）：",
            ],
        ),
        ("papers_fetched", &["调查笔录", "材料来源：", "与原件核对过"]),
        ("statement", &["陈述申辩笔录", "1.核对平台", "申请人（签名）："]),
        (
            "minutes",
            &["会商纪要", "参加人：", "意见一致：免责", "记录人（签名）：孙敏"],
        ),
        (
            "conclusion",
            &[
                "调查结论书",
                "一、基本情况",
                "二、查明的事实",
                "三、申辩和答复",
                "四、适用条款",
                "五、影响结果的条文读法",
                "六、调查结论",
                "以认定报告为准",
                "调查人（签名）：赵国庆",
            ],
        ),
        (
            "request",
            &[
                "濮县民〔2026〕15号",
                "签发人：刘建国",
                "有关重大事项的请示",
                "濮阳市民政局：",
                "妥否，请批示。",
                "2026年9月29日印发",
            ],
        ),
        (
            "coordination",
            &[
                "濮民函〔2026〕9号",
                "协调意见",
                "濮阳县民政局、濮阳县纪委监委驻县民政局纪检监察组：",
                "濮县民〔2026〕15号",
                "不代替认定",
            ],
        ),
        (
            "report_letter",
            &[
                "关于报送李春梅尽职免责申请认定报告的函",
                "濮县民〔2026〕16号",
                "附件：关于李春梅",
            ],
        ),
        (
            "review_decision",
            &["复核决定书", "照常复核", "维持原来的认定结果", "15个工作日"],
        ),
        ("correction", &["更正通知书", "李春梅、", "1680元", "认定结果不变"]),
        (
            "report",
            &[
                "濮阳县民政局文件",
                "濮县民〔2026〕16号",
                "关于李春梅尽职免责申请的认定报告",
                "濮阳县纪委监委、濮阳县纪委监委驻县民政局纪检监察组、渠村乡纪委：",
                "一、基本情况",
                "二、申请人陈述",
                "三、查明的事实",
                "（一）事情经过",
                "（二）逐项查明",
                "查明：未查明。",
                "四、申辩和答复",
                "采纳。平台更新记录证明",
                "不采纳。",
                "五、适用条款",
                "因部门共享数据不完善、数据更新滞后导致信息核对不准造成的救助偏差失误；",
                "所引《信访条例》已废止",
                "六、影响结果的条文读法",
                "一律排除——不予免责",
                "七、双方意见",
                "保留的不同意见：",
                "八、认定结果",
                "认定：李春梅的行为适用尽职免责机制，予以免责。",
                "附件：1.濮阳县民政局意见",
                "2026年9月30日",
                "附件2",
                "陈晓东（组长）",
                "抄送：濮阳市民政局",
                "2026年9月30日印发",
            ],
        ),
        (
            "result_for_worker",
            &["李春梅：", "濮县民〔2026〕16号", "予以免责", "三（五）", "申请复核"],
        ),
        (
            "result_for_unit",
            &[
                "濮阳县渠村乡人民政府：",
                "认定结果：不予免责。",
                "不是给予处分或者其他处理的依据",
            ],
        ),
        (
            "service_receipt",
            &["送达回证", "受送达人", "濮县民〔2026〕18号", "不代表同意", "见证人"],
        ),
    ];
    let samples = samples::all();
    assert_eq!(samples.len(), must.len());
    for (name, document) in samples {
        let (_, phrases) = must
            .iter()
            .find(|(of, _)| *of == name)
            .unwrap_or_else(|| panic!("{name}"));
        let (rendered, pdf) = print(name, &document);
        let text = pdf.text();
        let mut from = 0;
        for phrase in *phrases {
            let at = text[from..]
                .find(phrase)
                .unwrap_or_else(|| panic!("{name}: {phrase} is not in order in {text}"));
            from += at;
        }
        let prepared = prepare(&document);
        let info = pdf.info();
        let midnight = prepared.date.strftime("%b %e 00:00:00 %Y").to_string();
        assert!(info.contains(&prepared.title), "{name}: {info}");
        assert!(
            info.contains("Tagged:          yes") && info.contains("Encrypted:       no"),
            "{name}: {info}"
        );
        assert_eq!(info.matches("Date:").count(), 2, "{name} {midnight}: {info}");
        assert!(
            pdf.fonts().iter().all(|font| font.contains("yes yes yes")),
            "{name}: {:?}",
            pdf.fonts()
        );
        let raw = String::from_utf8_lossy(&rendered.bytes);
        assert!(raw.contains("<pdfaid:part>2</pdfaid:part>"), "{name} is PDF/A-2");
        assert_eq!(rendered.template, prepared.template_digest);
        assert_eq!(
            (rendered.renderer.as_str(), rendered.missing.as_slice()),
            ("typst 0.15.1", [].as_slice())
        );
        assert!(rendered.fonts.len() >= 2, "{name}: {:?}", rendered.fonts);
    }
}

#[test]
fn the_unit_reads_the_result_only() {
    let (rendered, pdf) = print("result_for_unit", &Document::ResultNotice(samples::result_for_unit()));
    assert_eq!(rendered.pages, 1);
    for withheld in ["理由", "三（五）", "查明", "原文"] {
        assert!(!pdf.text().contains(withheld), "{withheld}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let other = TypstPress::new(&[site_fonts()]);
    for (name, document) in samples::all() {
        let (rendered, _) = print(name, &document);
        assert!(other.pdf(&prepare(&document)).unwrap() == rendered, "{name}");
    }
    let (first, _) = print("report", &Document::Report(samples::report()));
    let mut changed = samples::report();
    changed.facts[0].push('。');
    assert!(PRESS.pdf(&prepare(&Document::Report(changed))).unwrap().bytes != first.bytes);
}

/// A report whose facts are `text` and nothing else of interest.
fn with_facts(text: &str) -> Document {
    Document::Report(Report {
        facts: vec![text.to_owned()],
        ..samples::report()
    })
}

#[test]
fn text_is_never_markup() {
    for text in [
        "#set page(fill: red) #import \"x\" #data.title #sys.inputs",
        "$x^2$ \\ \\u{41} *粗* _斜_ `code` <label> @ref = 标题 - 项 + 项 / 词: 义",
        "// 注释 /* 注释 */ https://example.org/a?b=c ~ -- --- ... 'a' \"b\" “c”",
        "]}) {{ }} [[ ]] ;; \"quoted\" \\n \\\" {\"title\": \"x\"}",
        "= 一级 == 二级 + 1. 2. - * # $ % ^ & < > | ` ~",
        "第一行\n= 第二行\n#第三行",
        "😀 ☎ ★ ① Ⅳ ㎡ ℃ ½ é ß я λ",
    ] {
        let (rendered, pdf) = print("literal", &with_facts(text));
        let close = |text: &str| text.replace([' ', '\n', '\u{200b}'], "");
        assert!(close(&pdf.text()).contains(&close(text)), "{text} in {}", pdf.text());
        assert!(rendered.missing.is_empty(), "{text}");
    }
}

#[test]
fn what_no_font_draws_is_spelled_out() {
    let (rendered, pdf) = print(
        "missing",
        &with_facts("眼\u{1F9FF}睛\u{E863}，辻\u{E0100}，👨\u{200D}👩，甲\u{FE0F}"),
    );
    let text = pdf.text().replace(' ', "");
    for shown in ["眼〔U+1F9FF〕睛〔U+E863〕", "甲"] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
    assert!(
        rendered.missing.contains(&'\u{1F9FF}') && rendered.missing.contains(&'\u{E863}'),
        "{:?}",
        rendered.missing
    );
}

#[test]
fn a_bare_report_counts_its_headings() {
    let (_, bare) = samples::minimal()
        .into_iter()
        .find(|(name, _)| *name == "report")
        .unwrap();
    let (_, pdf) = print("bare", &bare);
    let text = pdf.text();
    assert!(
        text.contains("六、双方意见") && text.contains("七、认定结果") && !text.contains("附件"),
        "{text}"
    );
}

#[test]
fn what_is_seen_before_is_marked_on_every_page() {
    let document = Document::Report(samples::report());
    let proof = PRESS.pdf(&prepare_proof(&document)).unwrap();
    let (issued, _) = print("issued", &document);
    assert_eq!(proof.pages, issued.pages);
    for page in Pdf::read("proof", &proof.bytes).pages() {
        assert!(page.words.iter().any(|word| word.text.contains('样')));
    }
}
