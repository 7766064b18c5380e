//! `tongxing pull`.

use serde_json::json;
use tongxing_domain::words::Lang;

use crate::failure::Failure;
use crate::session::Session;
use crate::shelter::Shelter;
use crate::syncing::{Synced, Syncing};
use crate::told::Told;

/// Syncs until nothing is due.
pub(super) async fn run(
    shelter: &Shelter,
    receive_only: bool,
    lang: Lang,
) -> Result<Told, Failure> {
    let mut session = Session::open(shelter).await?;
    let synced = sync(&mut session, receive_only).await;
    session.close().await?;
    Ok(told(&synced?, lang))
}

async fn sync(session: &mut Session, receive_only: bool) -> Result<Synced, Failure> {
    let membership = session.membership().await?;
    let mut syncing = Syncing::new(session, &membership).await?;
    if receive_only {
        syncing.receive_only();
    }
    syncing.run().await
}

/// What came of it.
pub(super) fn told(synced: &Synced, lang: Lang) -> Told {
    let Synced {
        received,
        sent,
        waiting,
        conflicts,
        undecided,
        unopened,
        too_long,
        restamped,
        far_future,
        blobs_sent,
        blobs_received,
        blobs_waiting,
        blobs_missing,
        ..
    } = synced;
    let mut lines = vec![match lang {
        Lang::Zh => format!("收到 {received} 条，发送 {sent} 条，待发送 {waiting} 条"),
        Lang::En => format!("{received} rows received, {sent} sent, {waiting} waiting"),
    }];
    let mut also = |count: usize, zh: &str, en: &str| {
        if count > 0 {
            lines.push(match lang {
                Lang::Zh => format!("{count} {zh}"),
                Lang::En => format!("{count} {en}"),
            });
        }
    };
    also(
        *conflicts,
        "处被两边同时修改，已保留两边的内容，请在应用的“核对”页查看",
        "edits were made on both sides at once; both are kept for the review in the app",
    );
    also(
        *undecided,
        "处同时修改尚未核对",
        "such pairs of edits wait to be reviewed",
    );
    also(
        *unopened,
        "条无法解开，多半需要更新程序",
        "rows cannot be opened; most likely the program is to be updated",
    );
    also(
        *too_long,
        "条过长，只保留在本机",
        "rows are too long to be sent and stay here",
    );
    also(
        *restamped,
        "条的时间超前，已按服务器时间改正；请校准本机时间",
        "rows had run ahead of the time and were put back; set this machine's clock",
    );
    also(
        *far_future,
        "条来自时间超前的设备，请请其校准",
        "rows come from a device whose clock is far ahead",
    );
    also(
        *blobs_sent,
        "个签名、照片或文件已发送",
        "signatures, photos and files sent",
    );
    also(
        *blobs_received,
        "个签名、照片或文件已收到",
        "signatures, photos and files received",
    );
    also(
        *blobs_waiting,
        "个签名、照片或文件只在本机：太大，或本机为只读",
        "signatures, photos and files stay here: too large, or this member may only read",
    );
    also(
        *blobs_missing,
        "个签名、照片或文件服务器上没有，有它的成员同步时会补发",
        "signatures, photos and files are not with the endpoint; a member that has them sends them again",
    );
    if synced.endpoint_restored {
        lines.push(
            match lang {
                Lang::Zh => "服务器是从备份恢复的；它缺少的内容已重新发送",
                Lang::En => {
                    "the endpoint was restored from a backup; what it lacked was offered again"
                }
            }
            .to_owned(),
        );
    }
    Told::new(lines.join("\n"), json!(synced))
}
