//! What each command does.

mod backup;
mod export;
mod import;
mod join;
mod leave;
mod pace;
mod pull;
mod scorecard;
mod statement;
mod tables;
mod verify;

use serde_json::json;
use tongxing_domain::words::{Lang, words};

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use crate::session::Session;
use crate::shelter::Shelter;
use crate::told::Told;

/// Does what the command line asks for.
pub(crate) async fn run(arguments: &Arguments, lang: Lang) -> Result<Told, Failure> {
    let shelter = Shelter::new(arguments.store.clone())?;
    match &arguments.command {
        Command::Create => create(&shelter, lang).await,
        Command::Join(asked) => join::run(&shelter, asked, lang).await,
        Command::Pull { receive_only } => pull::run(&shelter, *receive_only, lang).await,
        Command::Leave { forget } => leave::run(&shelter, *forget, lang).await,
        Command::Verify { offline } => verify::run(&shelter, *offline, lang).await,
        Command::Backup { file, password } => backup::take(&shelter, file, password, lang).await,
        Command::Restore { file, password } => {
            backup::put_back(&shelter, file, password, lang).await
        }
        Command::Tables { book } => tables::run(&shelter, book, lang).await,
        Command::Export(asked) => export::run(&shelter, asked, arguments.json, lang).await,
        Command::Import(asked) => import::run(&shelter, asked, lang).await,
        Command::Scorecard {
            figures,
            scorecard,
            period,
        } => {
            let asked = scorecard::Asked {
                figures,
                scorecard: scorecard.as_deref(),
                period: period.as_deref(),
            };
            scorecard::run(&shelter, &asked, lang).await
        }
        Command::Statement { figures, scheme } => {
            statement::run(&shelter, figures, scheme.as_deref(), lang).await
        }
        Command::Pace { figures, settled } => pace::run(&shelter, figures, *settled, lang).await,
    }
}

async fn create(shelter: &Shelter, lang: Lang) -> Result<Told, Failure> {
    let file = shelter.file();
    if file.exists() {
        return Err(Failure::StoreThere { path: file });
    }
    Session::create(shelter).await?.close().await?;
    let made = words("已新建空的台账：", "made an empty store: ").in_lang(lang);
    Ok(Told::new(
        format!("{made}{}", file.display()),
        json!({ "store": file }),
    ))
}
