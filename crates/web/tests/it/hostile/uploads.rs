//! Files that are not what they say, carry what runs, or unpack to more than anybody has room for.

use super::{Row, With, hold, post};
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const UNOPENABLE: &str = "这种文件打不开";
const PROGRAM: &str = "里面夹带了程序";

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, bytes, says) in files() {
        rows.push(to("申请人", "/apply/{draft}/files", "files", name, bytes.clone(), says));
        rows.push(to("收件岗", "/cases/{no}/acts/add-evidence", "file", name, bytes, says));
    }
    let scan = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec();
    rows.push(to("收件岗", "/paper", "scan", "签名页.svg", scan, UNOPENABLE));
    for (name, bytes) in [
        ("名单.xlsx", b"=cmd|' /C calc'!A0".to_vec()),
        ("名单.xlsx", b"PK\x03\x04 no archive".to_vec()),
        ("名单.xlsx", packed(&[("xl/workbook.xml", vec![b' '; 80 << 20])])),
        ("名单.xlsm", packed(&[("xl/vbaProject.bin", b"program".to_vec())])),
    ] {
        rows.push(to("收件岗", "/kin", "file", name, bytes.clone(), "Excel"));
        rows.push(to("管理员", "/admin/people/import", "file", name, bytes, "Excel"));
    }
    rows
}

fn to(
    who: &'static str,
    url: &'static str,
    field: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    says: &'static str,
) -> Row {
    let fields = vec![
        ("title", "单"),
        ("proves", "事"),
        ("ring", "everyone"),
        ("go", "more"),
        ("many", "1"),
    ];
    let row = post(who, url, &[], 422, says).with(With::File(fields, field, name, bytes));
    match url {
        "/kin" | "/cases/{no}/acts/add-evidence" => row.read(),
        _ => row,
    }
}

/// Name, bytes, what is said.
fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let with = |head: &[u8], rest: &[u8]| [head, rest].concat();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    let script = b"<script>alert(document.cookie)</script>";
    vec![
        ("照片.jpg", with(b"MZ\x90\0\x03", &[0; 200]), UNOPENABLE),
        ("照片.jpg.exe", with(b"MZ\x90\0\x03", &[0; 200]), UNOPENABLE),
        ("扫描.pdf", with(b"\x7fELF\x02\x01\x01", &[0; 200]), UNOPENABLE),
        ("照片.png", b"#!/bin/sh\nrm -rf /\n".to_vec(), UNOPENABLE),
        (
            "图.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec(),
            UNOPENABLE,
        ),
        (
            "图.jpg",
            b"\xEF\xBB\xBF<?xml version=\"1.0\"?><svg><script/></svg>".to_vec(),
            UNOPENABLE,
        ),
        (
            "网页.pdf",
            b"<!DOCTYPE html><script>alert(1)</script>".to_vec(),
            UNOPENABLE,
        ),
        (
            "网页.pdf",
            b"\n\n   <html><body onload=alert(1)>%PDF-1.7".to_vec(),
            "不是完整的 PDF",
        ),
        (
            "实体.docx",
            b"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>".to_vec(),
            UNOPENABLE,
        ),
        ("网页.jpg", b"<?php system($_GET['c']); ?>".to_vec(), UNOPENABLE),
        ("包.docx", packed(&[("a.txt", b"nothing of Word".to_vec())]), UNOPENABLE),
        ("包.zip", packed(&[("zeros", vec![0; 40 << 20])]), UNOPENABLE),
        ("包.gz", with(b"\x1f\x8b\x08\0", &[0; 100]), UNOPENABLE),
        ("包.7z", with(b"7z\xBC\xAF\x27\x1C", &[0; 100]), UNOPENABLE),
        ("包.rar", with(b"Rar!\x1A\x07\x01\0", &[0; 100]), UNOPENABLE),
        ("音频.mp3", with(b"ID3\x03", &[0; 100]), UNOPENABLE),
        ("程序.class", with(b"\xCA\xFE\xBA\xBE\0\0\0\x34", &[0; 100]), UNOPENABLE),
        ("模块.wasm", b"\0asm\x01\0\0\0".to_vec(), UNOPENABLE),
        // Two things at once: opened as a picture by one program, as a page by another.
        ("动图.gif", with(b"GIF89a/*\0\0\0\0\0*/=1;", script), PROGRAM),
        (
            "照片.jpg",
            with(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", b"<SCRIPT src=//evil.example></SCRIPT>"),
            PROGRAM,
        ),
        (
            "照片.png",
            with(png, b"\0\0\0\x01\0\0\0\x01tEXt<iframe src=javascript:alert(1)>"),
            PROGRAM,
        ),
        ("照片.bmp", with(b"BM\x3e\0\0\0\0\0", b"<!DOCTYPE html>"), PROGRAM),
        (
            "材料.pdf",
            b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj".to_vec(),
            PROGRAM,
        ),
        (
            "材料.pdf",
            b"%PDF-1.7\n1 0 obj<</S/Launch/F(cmd.exe)>>endobj".to_vec(),
            PROGRAM,
        ),
        // One tells of 900 million pixels, the other of more than a machine can count.
        (
            "大图.png",
            with(png, b"\0\0\x75\x30\0\0\x75\x30\x08\x06\0\0\0"),
            "万像素",
        ),
        (
            "大图.png",
            with(png, b"\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0"),
            "万像素",
        ),
        ("半张.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "没有存完整"),
        ("宏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), UNOPENABLE),
        ("空.jpg", Vec::new(), "是空的"),
        ("大.jpg", with(b"\xFF\xD8\xFF", &[0; (20 << 20) + 1]), "超过 20 MB"),
    ]
}

fn packed(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_told_and_nothing_of_it_is_kept() {
    hold(rows()).await;
}
