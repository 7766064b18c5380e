//! A team's book from its endpoint onto the disk, by the code with which the app syncs.

use any_spawner::Executor;
use js_sys::{Error, JSON, Object, Reflect};
use tongxing_app::platform::{base64, idle};
use tongxing_app::state::team::{Phase, SyncStatus, start_driving};
use tongxing_sync::envelope::{Nonce, Sealer};
use tongxing_sync::invite_link::EndpointAddress;
use tongxing_sync::membership::{Membership, TokenSecret};
use tongxing_sync::team_key::TeamKey;
use tongxing_sync::wire::TeamId;
use tongxing_view::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::workbench::{OWNER, Result, store};

/// How often it is looked whether everything has come, in milliseconds.
const LOOKS_MS: u32 = 1;

/// The device in its team. Nobody else is in it, and it ends with the endpoint's database.
fn membership(endpoint: &str) -> Result<Membership> {
    Ok(Membership {
        team: TeamId([1; 16]),
        key: TeamKey::new([2; 32]),
        token: TokenSecret::new([3; 32]),
        endpoint: EndpointAddress::from_text(endpoint)?,
    })
}

/// What the endpoint has to be told to found the team, as JSON.
#[wasm_bindgen]
pub fn founding(endpoint: &str) -> Result<String> {
    let Membership {
        team, key, token, ..
    } = membership(endpoint)?;
    let name = Sealer::new(team, &key).seal_name("bench", Nonce([4; Nonce::BYTES]));
    let fields = Object::new();
    for (field, bytes) in [
        ("team", &team.0[..]),
        ("secret", token.expose()),
        ("name", &name),
        ("key_check", &key.check(team).0),
    ] {
        let text = JsValue::from_str(&base64::encode(bytes));
        Reflect::set(&fields, &field.into(), &text).map_err(js)?;
    }
    Ok(JSON::stringify(&fields).map_err(js)?.into())
}

/// Syncs the book of a name with the endpoint until both have the same, on the disk.
#[wasm_bindgen]
pub async fn sync_book(name: String, endpoint: String) -> Result<()> {
    // What mounts the app does so too; a second time changes nothing.
    let _ = Executor::init_wasm_bindgen();
    let membership = membership(&endpoint)?;
    let store = store(&name).await?;
    let (driver, status) = OWNER.with(|owner| {
        owner.with(|| {
            let status = RwSignal::new(SyncStatus::default());
            (start_driving(store, membership, false, status), status)
        })
    });
    loop {
        match status.get_untracked().phase {
            Phase::UpToDate => break,
            Phase::Retrying(error) | Phase::Stopped(error) => {
                return Err(JsError::new(&format!("{error:?}")));
            }
            Phase::Starting | Phase::Offline | Phase::Working => idle::pause(LOOKS_MS).await,
        }
    }
    driver.stop();
    Ok(())
}

fn js(error: JsValue) -> JsError {
    JsError::new(&String::from(Error::from(error).message()))
}
