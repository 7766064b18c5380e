//! What a device keeps of its team, and the link by which it joins.

use pollster::block_on;
use proptest::prelude::*;
use tongxing_sync::invite_link::{EndpointAddress, InviteLink, LinkError, NotAnAddress};
use tongxing_sync::membership::{Joining, Membership, TokenSecret};
use tongxing_sync::secret_text::{Invite, InviteCode, SecretTextError};
use tongxing_sync::storage::{MemoryStorage, Records, Shelf, Storage};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::TeamId;

fn address(text: &str) -> EndpointAddress {
    EndpointAddress::from_text(text).unwrap()
}

fn invite() -> Invite {
    Invite {
        team: TeamId([1; 16]),
        key: TeamKey::new([2; 32]),
        code: InviteCode::new([3; 16]),
    }
}

fn membership(endpoint: &str) -> Membership {
    Membership {
        team: TeamId([1; 16]),
        key: TeamKey::new([2; 32]),
        token: TokenSecret::new([4; 32]),
        endpoint: address(endpoint),
    }
}

fn stored(disk: &MemoryStorage) -> Records {
    block_on(disk.read(Shelf::Meta, Membership::meta_range(), None)).unwrap()
}

#[test]
fn addresses_are_read_as_people_type_them() {
    for (typed, meant) in [
        ("teams.example.com", "https://teams.example.com"),
        (" HTTPS://Teams.Example.com/ ", "https://teams.example.com"),
        ("http://127.0.0.1:8080/app/#/team", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("例子.中国", "https://例子.中国"),
    ] {
        assert_eq!(address(typed).as_str(), meant);
    }
    for no_address in [
        "",
        "ftp://x",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://me@x",
    ] {
        assert_eq!(
            EndpointAddress::from_text(no_address),
            Err(NotAnAddress),
            "{no_address}"
        );
    }
}

#[test]
fn only_the_device_itself_may_be_spoken_to_in_the_open() {
    for (at, open) in [
        ("https://teams.example.com", false),
        ("http://teams.example.com", true),
        ("http://192.168.1.2:80", true),
        ("http://localhost:8080", false),
        ("http://app.localhost", false),
        ("http://127.0.0.1:1", false),
        ("http://[::1]:1", false),
        ("http://[::2]:1", true),
        ("http://localhost.example.com", true),
    ] {
        assert_eq!(address(at).is_open_to_others(), open, "{at}");
    }
}

#[test]
fn a_link_names_the_endpoint_unless_it_is_where_the_page_is() {
    let text = invite().to_text();
    let link = InviteLink {
        invite: invite(),
        endpoint: address("https://teams.example.com"),
    };
    let page = "https://teams.example.com/app/";
    let here = link.to_text(page);
    assert_eq!(*here, format!("{page}#/join/{}", &*text));
    assert_eq!(InviteLink::from_text(&here), Ok(link.clone()));
    let elsewhere = link.to_text("https://pages.example.org/");
    assert_eq!(
        *elsewhere,
        format!(
            "https://pages.example.org/#/join/{}@https://teams.example.com",
            &*text
        )
    );
    assert_eq!(
        InviteLink::from_text(&format!(" {}\n", &*elsewhere)),
        Ok(link)
    );
    assert_eq!(
        InviteLink::from_text(page),
        Err(LinkError::Invite(SecretTextError::WrongKind {
            expected: "#/join/"
        }))
    );
    assert_eq!(
        InviteLink::from_text(&here[..here.len() - 1]),
        Err(LinkError::Invite(SecretTextError::Mistyped))
    );
    assert_eq!(
        InviteLink::from_text(&format!("#/join/{}", &*text)),
        Err(LinkError::Address(NotAnAddress))
    );
}

#[test]
fn a_membership_is_kept_and_forgotten_whole() {
    let disk = MemoryStorage::new();
    assert_eq!(Membership::read(stored(&disk)), Ok((None, None)));
    let joining = Joining {
        membership: membership("https://teams.example.com"),
        code: InviteCode::new([3; 16]),
    };
    block_on(disk.write(joining.keep())).unwrap();
    assert_eq!(
        Membership::read(stored(&disk)),
        Ok((None, Some(joining.clone())))
    );
    block_on(disk.write(joining.membership.keep())).unwrap();
    assert_eq!(
        Membership::read(stored(&disk)),
        Ok((Some(joining.membership), None))
    );
    block_on(disk.write(Membership::forget())).unwrap();
    assert!(stored(&disk).is_empty());
}

#[test]
fn a_token_is_not_printed() {
    let shown = format!("{:?}", membership("https://x"));
    assert!(
        shown.contains("TokenSecret(not shown)") && !shown.contains('4'),
        "{shown}"
    );
}

proptest! {
    #[test]
    fn a_damaged_membership_is_told_from_a_sound_one(
        place in any::<prop::sample::Index>(),
        mask in 1..=255u8,
    ) {
        let disk = MemoryStorage::new();
        block_on(disk.write(membership("https://x").keep())).unwrap();
        let mut records = stored(&disk);
        let bytes = &mut records[0].1;
        let place = place.index(bytes.len());
        bytes[place] ^= mask;
        prop_assert!(Membership::read(records).is_err());
    }

    #[test]
    fn no_text_makes_a_link_panic(text in "\\PC{0,80}", at in "(#/join/txi1|@https://|)") {
        let _ = InviteLink::from_text(&format!("https://x/{at}{text}"));
        let _ = EndpointAddress::from_text(&text);
    }
}
