//! `tongxing backup` and `tongxing restore`.

use std::path::Path;

use serde_json::json;
use tongxing_domain::words::Lang;
use tongxing_sync::backup;
use tongxing_sync::envelope::Nonce;
use tongxing_sync::sealed_file::{self, Cost, Salt};
use zeroize::Zeroizing;

use crate::arguments::Password;
use crate::book_source;
use crate::chance;
use crate::failure::Failure;
use crate::local_store::LocalStore;
use crate::session::Session;
use crate::shelter::{Shelter, write_whole};
use crate::told::Told;

/// Writes everything in the store into one file.
pub(super) async fn take(
    shelter: &Shelter,
    file: &Path,
    asked: &Password,
    lang: Lang,
) -> Result<Told, Failure> {
    let password = book_source::secret_line(&asked.password_file)?;
    let session = Session::open(shelter).await?;
    let rows = session.replica.len();
    let content = Zeroizing::new(backup::take(&session.store).await?);
    session.close().await?;
    let (salt, nonce) = (Salt(chance::draw()?), Nonce(chance::draw()?));
    let sealed = sealed_file::seal(&password, &content, Cost::USUAL, salt, nonce)?;
    write_whole(file, &sealed, true)?;
    let (bytes, name) = (sealed.len(), file.display());
    Ok(Told::new(
        match lang {
            Lang::Zh => format!("{rows} 条记录已加密备份到 {name}（{bytes} 字节）"),
            Lang::En => format!("{rows} rows are in {name} ({bytes} bytes)"),
        },
        json!({ "file": file, "rows": rows, "bytes": bytes }),
    ))
}

/// Puts a backup into a new store.
pub(super) async fn put_back(
    shelter: &Shelter,
    file: &Path,
    asked: &Password,
    lang: Lang,
) -> Result<Told, Failure> {
    let place = shelter.file();
    if place.exists() {
        return Err(Failure::StoreThere { path: place });
    }
    let sealed = book_source::bytes(file)?;
    let password = book_source::secret_line(&asked.password_file)?;
    let content = sealed_file::open(&password, &sealed)?;
    shelter.prepare()?;
    let store = LocalStore::create(&place).await?;
    let restored = backup::put_back(&store, &content, chance::device()?).await;
    store.close().await?;
    if restored.is_err() {
        // The file is empty still: nothing of a backup is stored that is not stored whole.
        std::fs::remove_file(&place).map_err(Failure::file(&place))?;
    }
    let restored = restored?;
    let (rows, set_aside) = (restored.rows, restored.set_aside);
    let mut text = match lang {
        Lang::Zh => format!(
            "{rows} 条记录已恢复到 {}；要与团队同步，请用新的邀请运行 tongxing join",
            place.display()
        ),
        Lang::En => format!(
            "{rows} rows are in {} again; to sync with a team, join it by a new invite",
            place.display()
        ),
    };
    if set_aside > 0 {
        text += &match lang {
            Lang::Zh => format!("\n{set_aside} 条记录无法读取，已单独保留"),
            Lang::En => format!("\n{set_aside} records could not be read and were set aside"),
        };
    }
    Ok(Told::new(
        text,
        json!({ "store": place, "rows": rows, "set_aside": set_aside }),
    ))
}
