//! What can go wrong, in words that say what to do, and the number that the program ends with.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::{Value, json};
use thiserror::Error;
use tongxing_domain::exchange::json::JsonFault;
use tongxing_domain::import::{Blocked, FileError};
use tongxing_domain::incentives::StatementFault;
use tongxing_domain::words::{Lang, Words};
use tongxing_sync::backup::RestoreError;
use tongxing_sync::invite_link::{EndpointAddress, LinkError};
use tongxing_sync::replica::OpenError;
use tongxing_sync::sealed_file::{OpenFileError, SealFileError};
use tongxing_sync::storage::StorageError;

use crate::endpoint::EndpointError;
use crate::local_store::OpenStoreError;

/// The kinds of failure that scripts tell apart. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Anything else: the disk, the system.
    Other,
    /// The command line makes no sense.
    Usage,
    /// What was given cannot be used: a file, a name, rows with errors.
    Input,
    /// The store is missing, in use, damaged, or there already.
    Store,
    /// The endpoint cannot be reached: try again later.
    Unreachable,
    /// The endpoint refused, or there is no team.
    Refused,
    /// `verify` has found something.
    Found,
    /// The password is wrong, or the backup is damaged.
    Backup,
}

impl Kind {
    /// The number that the program ends with.
    #[must_use]
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Store => 4,
            Self::Unreachable => 5,
            Self::Refused => 6,
            Self::Found => 7,
            Self::Backup => 8,
        }
    }

    /// Its name in JSON.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Usage => "usage",
            Self::Input => "input",
            Self::Store => "store",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Found => "found",
            Self::Backup => "backup",
        }
    }
}

impl From<Kind> for ExitCode {
    fn from(kind: Kind) -> Self {
        Self::from(kind.number())
    }
}

/// Why a command did not do what it was asked to.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// No folder was named and the system names none.
    #[error("there is no home folder to keep the store in; name a folder with --store")]
    NoHome,
    /// The store cannot be opened.
    #[error(transparent)]
    OpenStore(#[from] OpenStoreError),
    /// Others may read the store, and with it the team's key.
    #[error("others can read {}; run `chmod 600` on it, since it holds the team's key", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// A store is there already.
    #[error("there is a store at {} already; name another folder with --store", path.display())]
    StoreThere {
        /// The file.
        path: PathBuf,
    },
    /// The store's records cannot be read.
    #[error("the store cannot be read: {0}")]
    Open(#[from] OpenError),
    /// The disk failed.
    #[error("the store cannot be written: {0}")]
    Disk(#[from] StorageError),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system gives no random numbers.
    #[error("the system gives no random numbers, without which nothing can be sealed")]
    NoRandomness,
    /// The system's clock is before 1970 or unreadable.
    #[error("the system's clock is before 1970; set it first")]
    NoClock,
    /// The text is no invite link.
    #[error(
        "this is no invite link: {0}; ask an owner of the team for a new one and copy it whole"
    )]
    Link(#[from] LinkError),
    /// The endpoint would be spoken to in the open.
    #[error("{} is not https: whoever is on the way could take the device's token; put a proxy that speaks HTTPS in front of the endpoint", address.as_str())]
    InTheOpen {
        /// The endpoint.
        address: EndpointAddress,
    },
    /// The device is a member already.
    #[error("this store is in a team at {} already; run `tongxing leave` first, or name another folder with --store", address.as_str())]
    MemberAlready {
        /// The endpoint.
        address: EndpointAddress,
    },
    /// The device is in no team.
    #[error("this store is in no team; run `tongxing join` with an invite link")]
    NoMember,
    /// The record of the membership is damaged.
    #[error(
        "what the store knows of its team is damaged; run `tongxing leave --forget`, then join again"
    )]
    MembershipDamaged,
    /// The key of the link is not the team's.
    #[error("the key in the link is not the team's; ask for a new link and copy it whole")]
    WrongKey,
    /// The endpoint did not answer, or refused.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// A table that does not exist.
    #[error("there is no table `{name}`; `tongxing tables` lists them")]
    NoSuchTable {
        /// As it was given.
        name: String,
    },
    /// A preset that does not exist.
    #[error("there is no preset `{name}`; there are: {there}")]
    NoSuchPreset {
        /// As it was given.
        name: String,
        /// Those that there are.
        there: String,
    },
    /// No record is called so.
    #[error("nothing in the book is called `{name}`")]
    NoSuchRecord {
        /// As it was given.
        name: String,
    },
    /// Several records are called so.
    #[error("several records are called `{name}`; give one's id: {ids}")]
    ManyRecords {
        /// As it was given.
        name: String,
        /// Their ids.
        ids: String,
    },
    /// A date, month or metric that cannot be read.
    #[error("`{text}` is no {what}")]
    Unreadable {
        /// As it was given.
        text: String,
        /// What it should be.
        what: &'static str,
    },
    /// Flags that do not go together, or one that is missing.
    #[error("{}", .0.en)]
    Flags(Words),
    /// A file that is no table.
    #[error("{}: {}", path.display(), source.text(Lang::En))]
    NoTable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: FileError,
    },
    /// A file that is no book.
    #[error("{}: {}", path.display(), told(faults, Lang::En))]
    NoBook {
        /// The file.
        path: PathBuf,
        /// Why.
        faults: Vec<JsonFault>,
    },
    /// Columns are missing.
    #[error("the file lacks columns: {}", columns.join(", "))]
    Columns {
        /// What they should be called.
        columns: Vec<String>,
    },
    /// Rows have errors; nothing was written.
    #[error("{rows} rows have errors and nothing was imported; they are in {} with what is wrong: mend them there and import that file", path.display())]
    Rows {
        /// How many.
        rows: usize,
        /// Where they are.
        path: PathBuf,
        /// The first of them, in both languages.
        first: Vec<[String; 2]>,
    },
    /// An import that writes nothing.
    #[error("{}", .0.text(Lang::En))]
    Blocked(Blocked),
    /// A value does not fit into a row.
    #[error("a text is too long to be kept; shorten the longest texts of the file")]
    TooLong,
    /// A statement that cannot be reckoned.
    #[error("{}", .0.words().en)]
    Statement(#[from] StatementFault),
    /// Nothing can seal the backup.
    #[error("the backup cannot be sealed: {0}")]
    Seal(#[from] SealFileError),
    /// The backup does not open.
    #[error("the backup does not open: {0}")]
    Unseal(#[from] OpenFileError),
    /// The backup cannot be put back.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The workbook cannot be made.
    #[error("the workbook cannot be made: {detail}")]
    Workbook {
        /// Why.
        detail: String,
    },
}

fn told(faults: &[JsonFault], lang: Lang) -> String {
    /// So many faults are told.
    const FAULTS: usize = 5;
    let told: Vec<String> = faults.iter().take(FAULTS).map(|f| f.text(lang)).collect();
    let more = if faults.len() > FAULTS { "; …" } else { "" };
    told.join("; ") + more
}

impl Failure {
    /// Names the file that an error of the system is about.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// Its kind.
    #[must_use]
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::NoHome | Self::Flags(_) => Kind::Usage,
            Self::OpenStore(_)
            | Self::Exposed { .. }
            | Self::StoreThere { .. }
            | Self::Open(_)
            | Self::MembershipDamaged
            | Self::Restore(RestoreError::NotEmpty) => Kind::Store,
            Self::Disk(_)
            | Self::File { .. }
            | Self::NoRandomness
            | Self::NoClock
            | Self::Workbook { .. }
            | Self::Restore(RestoreError::Storage(_)) => Kind::Other,
            Self::Link(_)
            | Self::InTheOpen { .. }
            | Self::NoSuchTable { .. }
            | Self::NoSuchPreset { .. }
            | Self::NoSuchRecord { .. }
            | Self::ManyRecords { .. }
            | Self::Unreadable { .. }
            | Self::NoTable { .. }
            | Self::NoBook { .. }
            | Self::Columns { .. }
            | Self::Rows { .. }
            | Self::Blocked(_)
            | Self::TooLong
            | Self::Statement(_) => Kind::Input,
            Self::MemberAlready { .. } | Self::NoMember | Self::WrongKey => Kind::Refused,
            Self::Endpoint(error) => error.kind(),
            Self::Seal(_) | Self::Unseal(_) | Self::Restore(_) => Kind::Backup,
        }
    }

    /// What to tell the person.
    #[must_use]
    pub(crate) fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::En => {
                let first = self.first_rows().iter().map(|[_, en]| en.as_str());
                [self.to_string().as_str()]
                    .into_iter()
                    .chain(first)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Lang::Zh => {
                let first = self.first_rows().iter().map(|[zh, _]| zh.as_str());
                [self.zh().as_str()]
                    .into_iter()
                    .chain(first)
                    .collect::<Vec<_>>()
                    .join("\n")
            }
        }
    }

    fn first_rows(&self) -> &[[String; 2]] {
        match self {
            Self::Rows { first, .. } => first,
            _ => &[],
        }
    }

    /// As scripts read it.
    #[must_use]
    pub(crate) fn json(&self, lang: Lang) -> Value {
        let mut error = json!({ "kind": self.kind().name(), "message": self.text(lang) });
        if let Self::Rows { rows, path, .. } = self {
            error["rows"] = json!(rows);
            error["errors_file"] = json!(path);
        }
        json!({ "error": error })
    }

    fn zh(&self) -> String {
        match self {
            Self::NoHome => "找不到用户目录，请用 --store 指定存放台账的目录".to_owned(),
            Self::OpenStore(error) => open_store_zh(error),
            Self::Exposed { path } => format!(
                "其他用户可以读取 {}，其中有团队密钥；请对它执行 chmod 600",
                path.display()
            ),
            Self::StoreThere { path } => {
                format!("{} 已有台账，请用 --store 指定另一个目录", path.display())
            }
            Self::Open(error) => match error {
                OpenError::Storage(error) => storage_zh(error),
                OpenError::NeedsNewerVersion(version) => {
                    format!("台账的格式是 {version}，请先更新程序")
                }
            },
            Self::Disk(error) => storage_zh(error),
            Self::File { path, source } => format!("{}：{source}", path.display()),
            Self::NoRandomness => "系统不提供随机数，无法加密".to_owned(),
            Self::NoClock => "系统时间早于 1970 年，请先校准".to_owned(),
            Self::Link(_) => "这不是邀请链接，请向团队所有者要一个新的，并完整复制".to_owned(),
            Self::InTheOpen { address } => format!(
                "{} 不是 https，途中的人可以取得本机令牌；请在服务器前放一个 HTTPS 代理",
                address.as_str()
            ),
            Self::MemberAlready { address } => format!(
                "这个台账已加入 {} 的团队；请先运行 tongxing leave，或用 --store 指定另一个目录",
                address.as_str()
            ),
            Self::NoMember => "这个台账还没有加入团队，请用邀请链接运行 tongxing join".to_owned(),
            Self::MembershipDamaged => {
                "团队信息已损坏；请运行 tongxing leave --forget，再重新加入".to_owned()
            }
            Self::WrongKey => "链接里的密钥与团队不符，请要一个新的链接并完整复制".to_owned(),
            Self::Endpoint(error) => error.zh(),
            Self::NoSuchTable { name } => {
                format!("没有“{name}”这个表；tongxing tables 会列出全部")
            }
            Self::NoSuchPreset { name, there } => format!("没有“{name}”这个预设；有：{there}"),
            Self::NoSuchRecord { name } => format!("台账里没有“{name}”"),
            Self::ManyRecords { name, ids } => {
                format!("有几条记录都叫“{name}”，请用其中一个 id：{ids}")
            }
            Self::Unreadable { text, what } => format!("“{text}”无法识别（{what}）"),
            Self::Flags(words) => words.zh.to_owned(),
            Self::NoTable { path, source } => {
                format!("{}：{}", path.display(), source.text(Lang::Zh))
            }
            Self::NoBook { path, faults } => {
                format!("{}：{}", path.display(), told(faults, Lang::Zh))
            }
            Self::Columns { columns } => format!("文件缺少列：{}", columns.join("、")),
            Self::Rows { rows, path, .. } => format!(
                "有 {rows} 行出错，没有导入任何内容；出错的行和原因在 {}，改好后导入该文件",
                path.display()
            ),
            Self::Blocked(blocked) => blocked.text(Lang::Zh),
            Self::TooLong => "有文字过长，无法保存；请缩短文件里最长的文字".to_owned(),
            Self::Statement(fault) => fault.words().zh.to_owned(),
            Self::Seal(error) => match error {
                SealFileError::NoPassword => "请设置密码".to_owned(),
                SealFileError::Cost => "内存不足，无法由密码生成密钥".to_owned(),
                SealFileError::TooLong => "内容过长".to_owned(),
            },
            Self::Unseal(error) => match error {
                OpenFileError::AnotherKind => "这不是同行的加密备份".to_owned(),
                OpenFileError::NeedsNewerVersion(format) => {
                    format!("备份的格式是 {format}，请先更新程序")
                }
                OpenFileError::Damaged => "备份文件已损坏，请换一份副本".to_owned(),
                OpenFileError::TooCostly => "备份要求的内存或时间不合理，没有打开".to_owned(),
                OpenFileError::WrongPassword => "密码错误".to_owned(),
            },
            Self::Restore(error) => match error {
                RestoreError::Storage(error) => storage_zh(error),
                RestoreError::NotEmpty => "台账里已有内容，请恢复到空的目录".to_owned(),
                RestoreError::NeedsNewerVersion(version) => {
                    format!("备份的格式是 {version}，请先更新程序")
                }
                RestoreError::Damaged(_) => "备份已损坏，无法读取".to_owned(),
            },
            Self::Workbook { detail } => format!("无法生成工作簿：{detail}"),
        }
    }
}

fn open_store_zh(error: &OpenStoreError) -> String {
    match error {
        OpenStoreError::Missing { path } => format!(
            "{} 没有台账；请先运行 tongxing join 或 tongxing create",
            path.display()
        ),
        OpenStoreError::Busy { path } => {
            format!("另一个程序正在使用 {}，请稍后再试", path.display())
        }
        OpenStoreError::Foreign { path } => format!("{} 不是同行的台账", path.display()),
        OpenStoreError::NeedsNewerVersion { path } => {
            format!("{} 由更新的版本写成，请先更新程序", path.display())
        }
        OpenStoreError::Refused { path, source } => {
            format!("无法打开 {}：{source}", path.display())
        }
    }
}

fn storage_zh(error: &StorageError) -> String {
    match error {
        StorageError::QuotaExceeded => "磁盘已满，没有写入任何内容".to_owned(),
        StorageError::Closed => "台账文件意外关闭".to_owned(),
        StorageError::NewerVersion => "台账由更新的版本写成，请先更新程序".to_owned(),
        StorageError::Denied => "没有写入台账文件的权限".to_owned(),
        StorageError::Failed { detail } => format!("读写台账失败：{detail}"),
    }
}
