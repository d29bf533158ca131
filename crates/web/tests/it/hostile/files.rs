//! Files that are not what their name says.

use super::*;

pub fn rows(t: &Target) -> Vec<Row> {
    let files = format!("{}/files", t.draft);
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let page = b"<!doctype html><script>alert(1)</script>";
    let both = b"<html><script>alert(1)</script>%PDF-1.7";
    let table: [(&str, &str, &[u8]); 12] = [
        ("a program as a photograph", "photo.jpg", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("a Linux program as a document", "list.pdf", b"\x7fELF\x02\x01\x01"),
        ("a drawing with a script", "drawing.svg", svg),
        ("a drawing with a script as a photograph", "drawing.png", svg),
        ("a page as a document", "list.pdf", page),
        ("a page before a document", "list.pdf", both),
        ("an archive as a document", "list.pdf", b"PK\x03\x04\x14\x00\x00\x00"),
        ("a script", "run.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("half a photograph", "photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
        (
            "half a picture",
            "photo.png",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff",
        ),
        ("nothing", "empty.pdf", b""),
        ("a macro sheet", "sheet.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ];
    let mut rows: Vec<Row> = table
        .into_iter()
        .map(|(what, name, bytes)| row(what, "申请人", upload(&files, "files", name, bytes), 422, "files-error"))
        .collect();
    rows.extend([
        row(
            "a file in another's draft",
            "同事",
            upload(&files, "files", "a.pdf", b"%PDF-1.7 a"),
            404,
            "找不到",
        ),
        row(
            "a piece beyond the end",
            "申请人",
            post(format!("{}/pieces?name=a&size=10&from=99", t.draft), &[]),
            202,
            "",
        ),
        row(
            "a register that is no sheet",
            "收件岗",
            upload("/kin", "file", "kin.xlsx", b"PK\x03\x04 none"),
            422,
            "",
        ),
    ]);
    rows
}
