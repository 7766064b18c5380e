//! Failures in Chinese.

use tongxing_domain::words::Lang;
use tongxing_sync::backup::RestoreError;
use tongxing_sync::replica::OpenError;
use tongxing_sync::sealed_file::{OpenFileError, SealFileError};
use tongxing_sync::storage::StorageError;

use super::{Failure, told};
use crate::local_store::OpenStoreError;

impl Failure {
    /// What to tell the person in Chinese.
    pub(super) fn zh(&self) -> String {
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
            Self::Workbook(error) => error.text(Lang::Zh),
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
