//! Sealing: SM4-GCM (RFC 8998), one self-describing run of bytes.
//!
//! `jinzhi-seal/1 sm4-gcm <key id> <commitment> <nonce>` LF, then ciphertext and tag. The header stands inside the
//! bytes that are hashed, so that algorithm, key, commitment and nonce cannot be changed unseen.
//!
//! GCM does not commit to its key: the commitment SM3("jinzhi-key" ‖ key id ‖ key), key id and key as raw bytes,
//! does, and opening checks it.

use crate::error::Error;
use crate::keys::Key;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::aes::cipher::consts::U12;
use aes_gcm::{AesGcm, KeyInit};
use base::{Digest, KeyId};

/// SM4 in Galois/counter mode with 96-bit nonces and 128-bit tags.
type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

const FORMAT: &str = "jinzhi-seal/1";
const ALGORITHM: &str = "sm4-gcm";

/// What a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The key it is sealed under.
    pub key: KeyId,
    /// What binds the ciphertext to that one key.
    pub commitment: Digest,
    /// The nonce.
    pub nonce: [u8; 12],
}

/// SM3("jinzhi-key" ‖ key id ‖ key).
pub fn commitment(id: KeyId, key: &[u8; 16]) -> Digest {
    let mut bytes = Vec::with_capacity(42);
    bytes.extend_from_slice(b"jinzhi-key");
    bytes.extend_from_slice(&id.0);
    bytes.extend_from_slice(key);
    let digest = Digest::of(&bytes);
    zeroize::Zeroize::zeroize(&mut bytes);
    digest
}

/// Seals `plain` under `key`, bound to `aad`. A nonce must never be used twice under one key.
pub(crate) fn seal(key: &Key, aad: &str, nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, Error> {
    let header = format!(
        "{FORMAT} {ALGORITHM} {} {} {}\n",
        key.id,
        commitment(key.id, key.bytes()),
        hex::encode(nonce)
    );
    let body = Sm4Gcm::new(key.bytes().into())
        .encrypt(
            &nonce.into(),
            Payload {
                msg: plain,
                aad: aad.as_bytes(),
            },
        )
        .map_err(|_| Error::Malformed("sealed part too long".into()))?;
    let mut sealed = header.into_bytes();
    sealed.extend_from_slice(&body);
    Ok(sealed)
}

/// Reads the header and returns it with the ciphertext that follows.
pub fn header(sealed: &[u8]) -> Result<(Header, &[u8]), Error> {
    let malformed = || Error::Malformed("header of a sealed part".into());
    let end = sealed
        .iter()
        .take(200)
        .position(|b| *b == b'\n')
        .ok_or_else(malformed)?;
    let text = std::str::from_utf8(&sealed[..end]).map_err(|_| malformed())?;
    let [FORMAT, ALGORITHM, key, commitment, nonce] = text.split(' ').collect::<Vec<_>>()[..] else {
        return Err(malformed());
    };
    let mut bytes = [0; 12];
    hex::decode_to_slice(nonce, &mut bytes).map_err(|_| malformed())?;
    let key = key.parse().map_err(|_| malformed())?;
    let commitment = commitment.parse().map_err(|_| malformed())?;
    Ok((
        Header {
            key,
            commitment,
            nonce: bytes,
        },
        &sealed[end + 1..],
    ))
}

/// Opens what [`seal`] made. Refuses another key, another place (`aad`) and any changed byte.
pub(crate) fn open(key: &Key, aad: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let (header, body) = header(sealed)?;
    if header.key != key.id || header.commitment != commitment(key.id, key.bytes()) {
        return Err(Error::Unopenable(header.key));
    }
    Sm4Gcm::new(key.bytes().into())
        .decrypt(
            &header.nonce.into(),
            Payload {
                msg: body,
                aad: aad.as_bytes(),
            },
        )
        .map_err(|_| Error::Unopenable(header.key))
}

/// Opens a sealed part with a key that was handed over ([`crate::RevealedKey`], an archive's key), without the key table.
pub fn open_with(id: KeyId, key: &[u8; 16], aad: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    open(&Key::new(id, *key), aad, sealed)
}

/// What binds an event's sealed part to its place: `stream|version|event|sealed`.
pub fn event_aad(stream: &str, version: u64, event: base::EventId) -> String {
    format!("{stream}|{version}|{event}|sealed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_8998_appendix_a_1() {
        let key: [u8; 16] = hex::decode("0123456789abcdeffedcba9876543210")
            .unwrap()
            .try_into()
            .unwrap();
        let nonce: [u8; 12] = hex::decode("00001234567800000000abcd").unwrap().try_into().unwrap();
        let aad = hex::decode("feedfacedeadbeeffeedfacedeadbeefabaddad2").unwrap();
        let plain = hex::decode(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\
             eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        )
        .unwrap();
        let sealed = Sm4Gcm::new(&key.into())
            .encrypt(&nonce.into(), Payload { msg: &plain, aad: &aad })
            .unwrap();
        assert_eq!(
            hex::encode(sealed),
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
             d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d\
             83de3541e4c2b58177e065a9bf7b62ec"
        );
    }

    #[test]
    fn nothing_opens_but_the_same_key_place_and_bytes() {
        let id = KeyId([7; 16]);
        let key = Key::new(id, [1; 16]);
        let sealed = seal(&key, "a|1", [9; 12], "申辩".as_bytes()).unwrap();
        assert_eq!(open(&key, "a|1", &sealed).unwrap(), "申辩".as_bytes());
        assert!(open(&key, "a|2", &sealed).is_err());
        assert!(open(&Key::new(id, [2; 16]), "a|1", &sealed).is_err());
        assert!(open(&Key::new(KeyId([8; 16]), [1; 16]), "a|1", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key, "a|1", &changed).is_err(), "byte {at}");
        }
        assert!(open(&key, "a|1", &sealed[..sealed.len() - 1]).is_err());
        assert!(header(b"").is_err());
    }
}
