//! Keys: the master key's refusals, what is unreadable without a key, withheld parts.

use crate::on_both;
use crate::place::{Place, case};
use base::KeyId;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use store::{Error, KeyRef, SealedPart, StreamName};

on_both! {
    the_master_key_is_made_once_and_for_its_owner_alone
    a_lost_wrong_or_open_master_key_refuses_to_start
    of_two_that_begin_at_once_one_site_is_founded
    a_lost_or_foreign_key_table_refuses_to_start
    nothing_is_readable_without_its_key
    a_withheld_part_opens_only_when_asked_for
    a_key_is_committed_to
}

async fn the_master_key_is_made_once_and_for_its_owner_alone(place: Place) {
    let store = place.open().await;
    let path = place.directory().join("master.key");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!((text.len(), text.trim_end().len()), (33, 32));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(
        fs::metadata(place.directory()).unwrap().permissions().mode() & 0o777,
        0o700
    );
    let site = store.site();
    store.close().await.unwrap();
    let again = place.open().await;
    assert_eq!(again.site(), site);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    // The site's id is the fingerprint of the public key that its first event names.
    let events = again.read(&StreamName::Site(site)).await.unwrap();
    assert_eq!((events.len(), events[0].kind.as_str()), (1, "site-founded/1"));
    let open: serde_json::Value = serde_json::from_slice(&events[0].open).unwrap();
    let public = hex::decode(open["public_key"].as_str().unwrap()).unwrap();
    assert_eq!(site.0, base::Digest::of(&public).0[..16]);
    assert!(events[0].sealed.plain().is_some());
}

async fn a_lost_wrong_or_open_master_key_refuses_to_start(place: Place) {
    let store = place.open().await;
    let stream = place.case(&store, case(1), 1).await;
    store.close().await.unwrap();
    let path = place.directory().join("master.key");
    let text = fs::read_to_string(&path).unwrap();
    let refused = |error: Option<Error>| error.unwrap_or_else(|| panic!("started"));

    fs::remove_file(&path).unwrap();
    let error = refused(place.try_open().await.err());
    assert!(matches!(error, Error::MasterKeyLost(_)), "{error}");
    assert!(!path.exists(), "a new key must not hide that the old one is lost");

    for wrong in ["00000000000000000000000000000001\n", "ffffffffffffffffffffffffffffffff"] {
        fs::write(&path, wrong).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let error = refused(place.try_open().await.err());
        assert!(matches!(error, Error::MasterKeyWrong(_)), "{error}");
    }
    for not_a_key in ["", "\n", "0123", "not hexadecimal", "é", &text.trim_end().repeat(2)] {
        fs::write(&path, not_a_key).unwrap();
        let error = refused(place.try_open().await.err());
        assert!(matches!(error, Error::MasterKeyMalformed(_)), "{error}");
    }
    fs::write(&path, b"\xff\xfe").unwrap();
    assert!(matches!(
        place.try_open().await.err(),
        Some(Error::MasterKeyMalformed(_))
    ));

    fs::write(&path, &text).unwrap();
    for mode in [0o640, 0o604, 0o660, 0o610] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let error = refused(place.try_open().await.err());
        assert!(
            matches!(error, Error::MasterKeyTooOpen { mode: m, .. } if m == mode),
            "{error}"
        );
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    let store = place.open().await;
    assert!(store.read(&stream).await.unwrap()[0].sealed.plain().is_some());
}

async fn of_two_that_begin_at_once_one_site_is_founded(place: Place) {
    let (one, two, three) = tokio::join!(place.try_open(), place.try_open(), place.try_open());
    let stores = [one.unwrap(), two.unwrap(), three.unwrap()];
    for (n, store) in stores.iter().enumerate() {
        assert_eq!(store.site(), stores[0].site());
        place.case(store, case(n as u8), 2).await;
    }
    assert_eq!(stores[0].heads(store::StreamKind::Site).await.unwrap().len(), 1);
    for store in stores {
        store.close().await.unwrap();
    }
    // Each wrote under the one master key that is in the file.
    let store = place.open().await;
    for n in 0..3 {
        let events = store.read(&StreamName::Case(case(n))).await.unwrap();
        assert!(events.len() == 2 && events.iter().all(|event| event.sealed.plain().is_some()));
    }
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn a_lost_or_foreign_key_table_refuses_to_start(place: Place) {
    let store = place.open().await;
    place.case(&store, case(1), 1).await;
    store.close().await.unwrap();
    if place.is_sqlite() {
        let without = place.copy();
        fs::remove_file(without.directory().join("keys.db")).unwrap();
        assert!(matches!(without.try_open().await.err(), Some(Error::KeyTableLost(_))));
        // Another site's key table, its keys wrapped by another master key.
        let (other, foreign) = (Place::sqlite(), place.copy());
        other.open().await.close().await.unwrap();
        fs::copy(other.directory().join("keys.db"), foreign.directory().join("keys.db")).unwrap();
        assert!(matches!(foreign.try_open().await.err(), Some(Error::KeyTableLost(_))));
    } else {
        place.run("alter table jinzhi_keys.wrapped_key rename to kept").await;
        assert!(matches!(place.try_open().await.err(), Some(Error::KeyTableLost(_))));
        place.run("drop table jinzhi_keys.wrapped_key").await;
        place.run("alter table jinzhi_keys.kept rename to wrapped_key").await;
    }
    place.open().await;
}

async fn nothing_is_readable_without_its_key(place: Place) {
    let store = place.open().await;
    let stream = place.case(&store, case(1), 2).await;
    let other = place.case(&store, case(2), 1).await;
    let file = store.put_file(b"scan".to_vec(), KeyRef::Case(case(1))).await.unwrap();
    store.close().await.unwrap();
    place.forget_key(KeyRef::Case(case(1))).await;
    let store = place.open().await;
    let events = store.read(&stream).await.unwrap();
    assert_eq!(events.len(), 2);
    assert!(
        events
            .iter()
            .all(|event| matches!(event.sealed, SealedPart::NoKey(_)) && event.sealed.plain().is_none())
    );
    assert!(store.read(&other).await.unwrap()[0].sealed.plain().is_some());
    assert!(matches!(
        store.get_file(file.address, KeyRef::Case(case(1))).await,
        Err(Error::NoKey(_))
    ));
    assert!(matches!(
        store.get_file(file.address, KeyRef::Case(case(2))).await,
        Err(Error::Unopenable(_))
    ));
    // The chain still verifies, without any key.
    assert_eq!(store.verify().await.unwrap().findings, []);
}

async fn a_withheld_part_opens_only_when_asked_for(place: Place) {
    let store = place.open().await;
    let (own, another) = (store.own_key().await.unwrap(), store.own_key().await.unwrap());
    assert_ne!(own, another);
    let mut append = place.act(case(1), Some(0));
    append.streams[0].events[0].sealed.as_mut().unwrap().under = KeyRef::Own(own);
    store.append(append).await.unwrap();
    store.append(place.act(case(1), Some(1))).await.unwrap();
    let stream = StreamName::Case(case(1));
    for keys in [vec![], vec![another], vec![KeyId([5; 16])]] {
        let events = store.read_with_keys(&stream, &keys).await.unwrap();
        assert_eq!(events[0].sealed, SealedPart::Withheld(own));
        assert!(events[1].sealed.plain().is_some());
    }
    let events = store.read_with_keys(&stream, &[another, own]).await.unwrap();
    assert_eq!(events[0].sealed.plain(), Some("理由：入户核查时未见".as_bytes()));
    // The key that is revealed is the one the ciphertext committed to.
    let revealed = store.reveal_key(own).await.unwrap();
    assert_eq!(revealed.commitment, store::seal::commitment(own, &revealed.key));
    assert!(matches!(store.reveal_key(KeyId([5; 16])).await, Err(Error::NoKey(_))));
    assert!(!format!("{revealed:?}").contains(&hex::encode(revealed.key)));
}

async fn a_key_is_committed_to(place: Place) {
    let store = place.open().await;
    let (id, commitment) = store.key_commitment(KeyRef::Case(case(1))).await.unwrap();
    assert_eq!(
        store.key_commitment(KeyRef::Case(case(1))).await.unwrap(),
        (id, commitment)
    );
    assert_ne!(store.key_commitment(KeyRef::Case(case(2))).await.unwrap().1, commitment);
    let stream = place.case(&store, case(1), 1).await;
    let sealed = place
        .bytes(&format!("select sealed from event where stream = '{stream}'"))
        .await;
    let (header, _) = store::seal::header(&sealed).unwrap();
    assert_eq!((header.key, header.commitment), (id, commitment));
}
