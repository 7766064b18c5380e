//! `tongxing join`.

use std::fs;
use std::path::Path;

use serde_json::json;
use tongxing_domain::words::{Lang, words};
use tongxing_sync::envelope::{Nonce, Sealer};
use tongxing_sync::invite_link::InviteLink;
use tongxing_sync::member::Member;
use tongxing_sync::membership::{Joining, Membership, TokenSecret};
use zeroize::Zeroizing;

use super::pull;
use crate::arguments::Join;
use crate::book_source;
use crate::chance;
use crate::endpoint::{Endpoint, text};
use crate::failure::Failure;
use crate::session::Session;
use crate::shelter::Shelter;
use crate::syncing::{Synced, Syncing};
use crate::told::Told;

/// Joins a team, and receives its book.
pub(super) async fn run(shelter: &Shelter, asked: &Join, lang: Lang) -> Result<Told, Failure> {
    let named = asked.link.to_string_lossy();
    // A link that was given as an argument is not turned away, but it has been seen by then.
    let in_history = named.contains(tongxing_sync::invite_link::FRAGMENT);
    let link = if in_history {
        Zeroizing::new(named.into_owned())
    } else {
        book_source::secret_line(&asked.link)?
    };
    let invited = InviteLink::from_text(&link)?;
    // Said before anything is made.
    let stranger = Endpoint::of_stranger(&invited.endpoint)?;
    let mut session = Session::create(shelter).await?;
    let name = name(asked);
    let joined = join(&mut session, &stranger, &invited, &name).await;
    let membership = match joined {
        Ok(membership) => membership,
        Err(failure) => {
            session.close().await?;
            return Err(failure);
        }
    };
    let synced = join_in(&mut session, &membership, &name).await;
    let rows = session.replica.len();
    session.close().await?;
    let place = membership.endpoint.as_str();
    let joined = match lang {
        Lang::Zh => format!("已加入 {place} 的团队；台账有 {rows} 条记录"),
        Lang::En => format!("joined the team at {place}; the book has {rows} rows"),
    };
    // The device is a member now, whether or not its first sync came to an end.
    let synced = synced?;
    let mut told = pull::told(&synced, lang);
    told.text = format!("{joined}\n{}", told.text);
    told.json = json!({ "endpoint": place, "rows": rows, "synced": synced });
    if in_history {
        told.notes.push(
            words(
                "注意：链接里有团队密钥，现在留在了命令历史里，请把那一行删掉；下次请从文件或标准输入读取。",
                "note: the link holds the team's key and is now in the shell's history; delete that line, \
                 and give the link by a file or standard input next time",
            )
            .in_lang(lang)
            .to_owned(),
        );
    }
    Ok(told)
}

async fn join(
    session: &mut Session,
    stranger: &Endpoint,
    invited: &InviteLink,
    name: &str,
) -> Result<Membership, Failure> {
    let InviteLink { invite, endpoint } = invited;
    let (member, known) = session.memberships().await?;
    if let Some(member) = member {
        return Err(Failure::MemberAlready {
            address: member.endpoint,
        });
    }
    let known = known.filter(|known| {
        known.code == invite.code
            && known.membership.team == invite.team
            && known.membership.endpoint == *endpoint
    });
    let joining = match known {
        Some(known) => known,
        None => Joining {
            membership: Membership {
                team: invite.team,
                key: invite.key.clone(),
                token: TokenSecret::new(chance::draw()?),
                endpoint: endpoint.clone(),
            },
            code: invite.code.clone(),
        },
    };
    // Kept before it is shown: a lost answer must not use the invite up for nothing.
    session.write(joining.keep()).await?;
    let membership = joining.membership;
    let secret = TokenSecret::new(*invite.code.endpoint_secret());
    let sealer = Sealer::new(membership.team, &membership.key);
    let body = json!({
        "invite": text(&*secret.credential(invite.team)),
        "secret": text(membership.token.expose()),
        "name": text(&sealer.seal_name(name, Nonce(chance::draw()?))),
    });
    let welcomed = stranger.json("POST", "/v1/join", Some(&body))?;
    let check = text(&membership.key.check(membership.team).0);
    if welcomed.get("key_check").and_then(|check| check.as_str()) != Some(check.as_str()) {
        // Nothing was sent, and nothing ever will be: the device does not stay. Should the endpoint not
        // hear of it, an owner sees a member that never comes.
        let _ = Endpoint::of_member(&membership)?.json("DELETE", "/v1/me", None);
        session.write(Membership::forget()).await?;
        return Err(Failure::WrongKey);
    }
    let mut batch = Member::leave();
    batch.append(membership.keep());
    session.write(batch).await?;
    Ok(membership)
}

/// Tells the others the device's name, where it may tell anything, and receives the book.
async fn join_in(
    session: &mut Session,
    membership: &Membership,
    name: &str,
) -> Result<Synced, Failure> {
    let mut syncing = Syncing::new(session, membership).await?;
    syncing.sign(name).await?;
    syncing.run().await
}

/// How the others will call this device.
fn name(asked: &Join) -> String {
    let given = asked.name.clone().filter(|name| !name.trim().is_empty());
    given
        .or_else(|| fs::read_to_string(Path::new("/etc/hostname")).ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .map_or_else(|| "tongxing".to_owned(), |name| name.trim().to_owned())
}
