//! The envelope's text, its committed vectors, and what openssl says of them.

use base::{ActId, Digest, EventId, KeyId, PersonId, SiteId, Timestamp};
use proptest::prelude::*;
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};
use store::{Actor, Envelope, StreamName};

const VECTORS: &str = include_str!("../../../../docs/decisions/0001-record-vectors.json");

fn openssl_sm3(bytes: &[u8]) -> String {
    let mut child = Command::new("openssl")
        .args(["dgst", "-sm3", "-r"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("openssl is not installed: apt-get install openssl");
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .to_owned()
}

fn vectors(part: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(VECTORS).unwrap();
    all[part].as_array().unwrap().clone()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

#[test]
fn vectors_hold_here_and_in_openssl() {
    let vectors = vectors("envelopes");
    assert!(vectors.len() >= 3);
    let mut prev: Option<String> = None;
    for vector in &vectors {
        let lines: Vec<&str> = vector["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| l.as_str().unwrap())
            .collect();
        assert_eq!(lines.len(), 14);
        let whole = lines.join("\n") + "\n";
        let envelope: Envelope = whole.parse().unwrap();
        assert_eq!(envelope.text(), whole);
        assert_eq!(envelope.hash().to_string(), text(vector, "hash"));
        assert_eq!(openssl_sm3(whole.as_bytes()), text(vector, "hash"));
        assert_eq!(openssl_sm3(text(vector, "open").as_bytes()), envelope.open.to_string());
        match vector["sealed"].as_str() {
            Some(sealed) => {
                assert_eq!(
                    openssl_sm3(&hex::decode(sealed).unwrap()),
                    envelope.sealed.unwrap().to_string()
                );
            }
            None => assert_eq!(envelope.sealed, None),
        }
        if envelope.version > 1 {
            assert_eq!(envelope.prev.map(|d| d.to_string()), prev);
        }
        prev = Some(text(vector, "hash").to_owned());
    }
}

#[test]
fn commitments_hold_here_and_in_openssl() {
    for vector in vectors("keys") {
        let id: KeyId = text(&vector, "id").parse().unwrap();
        let key: [u8; 16] = hex::decode(text(&vector, "key")).unwrap().try_into().unwrap();
        let bytes = [b"jinzhi-key".as_slice(), &id.0, &key].concat();
        assert_eq!(
            store::seal::commitment(id, &key).to_string(),
            text(&vector, "commitment")
        );
        assert_eq!(openssl_sm3(&bytes), text(&vector, "commitment"));
        let sealed = hex::decode(text(&vector, "sealed")).unwrap();
        let (header, body) = store::seal::header(&sealed).unwrap();
        assert_eq!(
            (header.key, header.commitment.to_string().as_str()),
            (id, text(&vector, "commitment"))
        );
        assert_eq!(hex::encode(header.nonce), text(&vector, "nonce"));
        assert_eq!(body.len(), text(&vector, "plain").len() + 16);
        assert_eq!(
            store::seal::open_with(id, &key, text(&vector, "aad"), &sealed).unwrap(),
            text(&vector, "plain").as_bytes()
        );
    }
}

#[test]
fn a_text_in_any_other_form_is_refused() {
    let vector = &vectors("envelopes")[0];
    let lines: Vec<&str> = vector["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l.as_str().unwrap())
        .collect();
    let whole = lines.join("\n") + "\n";
    let table = [
        ("nothing", String::new()),
        ("no last line feed", whole.trim_end().to_owned()),
        ("CR LF", whole.replace('\n', "\r\n")),
        ("a line more", whole.clone() + "more:1\n"),
        ("a line less", lines[..13].join("\n") + "\n"),
        ("another format", whole.replacen("jinzhi-event/1", "jinzhi-event/2", 1)),
        (
            "two lines exchanged",
            [&lines[..2], &[lines[3], lines[2]], &lines[4..]].concat().join("\n") + "\n",
        ),
        (
            "a digest in upper case",
            lines[..11].join("\n")
                + "\n"
                + &lines[11].to_uppercase().replace("OPEN", "open")
                + "\n"
                + &lines[12..].join("\n")
                + "\n",
        ),
        ("a version with a sign", whole.replacen("version:", "version:+", 1)),
        ("an actor of neither kind", whole.replacen("actor:", "actor:x", 1)),
    ];
    assert!(whole.parse::<Envelope>().is_ok());
    for (what, text) in table {
        assert!(text.parse::<Envelope>().is_err(), "{what}");
    }
}

#[test]
fn stream_names() {
    let id = "0123456789abcdef0123456789abcdef";
    let good = [
        format!("case/{id}"),
        format!("institution/{id}"),
        format!("person/{id}"),
        format!("series/{id}/2026/report"),
        format!("series/{id}/0001/a-1"),
        format!("access/{id}/2026-09-16"),
        format!("site/{id}"),
    ];
    for name in good {
        assert_eq!(name.parse::<StreamName>().unwrap().to_string(), name);
    }
    let bad = [
        String::new(),
        "case".into(),
        "case/".into(),
        format!("cases/{id}"),
        format!("case/{id}/"),
        format!("case/{}", id.to_uppercase()),
        format!("case/{}", &id[1..]),
        format!("case/{id}\n"),
        format!("series/{id}/26/report"),
        format!("series/{id}/0000/report"),
        format!("series/{id}/+2026/report"),
        format!("series/{id}/2026/Report"),
        format!("series/{id}/2026/"),
        format!("series/{id}/2026/{}", "a".repeat(33)),
        format!("access/{id}/2026-9-16"),
        format!("access/{id}/2026-02-30"),
        format!("access/{id}/20260916"),
    ];
    for name in bad {
        assert!(name.parse::<StreamName>().is_err(), "{name:?}");
    }
}

proptest! {
    #[test]
    fn a_stream_name_is_read_in_its_one_form_or_refused(text in "(case|series|access|site|x)(/[0-9a-fA-F+ -]{0,40}){1,3}") {
        if let Ok(name) = text.parse::<StreamName>() {
            prop_assert_eq!(name.to_string(), text);
        }
    }

    #[test]
    fn an_envelope_is_read_back(
        ids in any::<[[u8; 16]; 5]>(), digests in any::<[[u8; 32]; 3]>(), some in any::<[bool; 3]>(),
        version in 1..u64::MAX, acted in any::<i64>(), recorded in any::<i64>(),
        kind in "[a-z][a-z0-9-]{0,20}/[1-9][0-9]{0,3}", capacity in "[!-~]{1,120}",
    ) {
        let envelope = Envelope {
            site: SiteId(ids[0]),
            stream: StreamName::Case(base::CaseId(ids[1])),
            version,
            kind,
            event: EventId(ids[2]),
            act: ActId(ids[3]),
            actor: if some[0] { Actor::System } else { Actor::Person(PersonId(ids[4])) },
            capacity,
            acted: Timestamp(acted),
            recorded: Timestamp(recorded),
            open: Digest(digests[0]),
            sealed: some[1].then_some(Digest(digests[1])),
            prev: some[2].then_some(Digest(digests[2])),
        };
        let text = envelope.text();
        prop_assert_eq!(text.lines().count(), 14);
        prop_assert_eq!(text.parse::<Envelope>().unwrap(), envelope);
    }
}
