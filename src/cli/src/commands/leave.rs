//! `tongxing leave`.

use serde_json::json;
use tongxing_domain::words::{Lang, words};
use tongxing_sync::member::Member;
use tongxing_sync::membership::Membership;
use tongxing_sync::wire::Code;

use crate::endpoint::{Endpoint, EndpointError};
use crate::failure::Failure;
use crate::session::Session;
use crate::shelter::Shelter;
use crate::told::Told;

/// Leaves the team; the book stays.
pub(super) async fn run(shelter: &Shelter, forget: bool, lang: Lang) -> Result<Told, Failure> {
    let session = Session::open(shelter).await?;
    let left = leave(&session, forget).await;
    session.close().await?;
    left?;
    let text = words(
        "已退出团队，台账仍保留在本机；团队密钥和令牌已删除",
        "left the team; the book stays here, the team's key and the token are gone",
    );
    Ok(Told::new(text.in_lang(lang), json!({ "left": true })))
}

async fn leave(session: &Session, forget: bool) -> Result<(), Failure> {
    if !forget {
        let membership = session.membership().await?;
        match Endpoint::of_member(&membership)?.json("DELETE", "/v1/me", None) {
            Ok(_) => {}
            // Whoever was put out has left already.
            Err(EndpointError::Refused { refusal }) if refusal.code == Code::Unauthorized => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut batch = Membership::forget();
    batch.append(Member::leave());
    session.write(batch).await
}
