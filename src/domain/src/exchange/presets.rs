//! The presets for Zoho CRM and 纷享销客.
//!
//! Sources: the headers of the two systems' own export files and import templates; Zoho's
//! rules for imports (dates as MM/dd/yyyy, times as MM/dd/yyyy hh:mm:ss, links by name).

use super::preset::{Cell, Preset, Settled, Shape, column, needed};
use crate::metrics;
use crate::schema::{AnyRecord, Record};
use crate::tables::{Action, Channel, Contact, Dealer, Goal, Meeting, OtherSystem, Reading, Side};
use crate::value::{Course, Value};
use crate::words::words;

const ALL: fn(&dyn AnyRecord) -> bool = |_| true;

fn channel(row: &dyn AnyRecord) -> Option<u16> {
    match row.value(Meeting::TABLE.position("channel")?) {
        Value::Choice(code) => Some(code),
        _ => None,
    }
}

/// A goal that a deal can hold: sales-in from nothing to an amount.
fn is_deal(row: &dyn AnyRecord) -> bool {
    let value = |key| Goal::TABLE.position(key).map(|place| row.value(place));
    value("metric") == Some(Value::Ref(metrics::sales_in().uuid()))
        && matches!(
            value("course"),
            Some(Value::Course(Course { baseline, .. })) if baseline.0 == 0
        )
}

fn is_sales_in(row: &dyn AnyRecord) -> bool {
    let place = Reading::TABLE.position("metric");
    place.is_some_and(|place| row.value(place) == Value::Ref(metrics::sales_in().uuid()))
}

const ZOHO_RECORD: &[&str] = &["Record Id", "Id", "ID"];
const SHARE_RECORD: &[&str] = &["唯一性ID", "数据ID", "唯一标识"];
const CUSTOMER: &[&str] = &["客户名称", "客户", "所属客户"];

const TASK_STATUS: &[(&str, Settled)] = &[
    ("Not Started", Settled::Open),
    ("In Progress", Settled::Open),
    ("Waiting for input", Settled::Open),
    ("Deferred", Settled::Dropped),
    ("Completed", Settled::Done),
];

const DEAL_STAGE: &[(&str, Settled)] = &[
    ("Qualification", Settled::Open),
    ("Needs Analysis", Settled::Open),
    ("Value Proposition", Settled::Open),
    ("Identify Decision Makers", Settled::Open),
    ("Proposal/Price Quote", Settled::Open),
    ("Negotiation/Review", Settled::Open),
    ("Closed Won", Settled::Done),
    ("Closed Lost", Settled::Dropped),
    ("Closed-Lost to Competition", Settled::Dropped),
];

const VISIT_STATUS: &[(&str, Settled)] = &[
    ("未开始", Settled::Open),
    ("进行中", Settled::Open),
    ("已完成", Settled::Done),
    ("已取消", Settled::Dropped),
];

const FOLLOW_UP: &[(&str, u16)] = &[
    ("电话", 2),
    ("视频", 3),
    ("邮件", 4),
    ("微信", 5),
    ("短信", 5),
    ("会议", 6),
    ("上门", 1),
];

/// Every preset.
pub const PRESETS: &[Preset] = &[
    Preset {
        system: OtherSystem::Zoho,
        module: "Accounts",
        label: words("经销商", "Dealers"),
        table: Dealer::NUMBER,
        shape: Shape::Plain,
        columns: &[
            column(ZOHO_RECORD, Cell::Key),
            needed(&["Account Name"], Cell::Field("name")),
            column(&["Account Number"], Cell::Field("code")),
            column(
                &["Account Type"],
                Cell::Choice(
                    "kind",
                    &[("Distributor", 1), ("Reseller", 2), ("Integrator", 5)],
                ),
            ),
            column(
                &["Rating"],
                Cell::Choice(
                    "status",
                    &[
                        ("Active", 1),
                        ("Acquired", 2),
                        ("Project Cancelled", 4),
                        ("Shut Down", 4),
                    ],
                ),
            ),
            column(&["Phone"], Cell::Field("phone")),
            column(&["Billing Street"], Cell::Field("address")),
            column(
                &["Billing State", "Billing City", "Territory"],
                Cell::Field("region"),
            ),
            column(&["Employees"], Cell::Field("staff")),
            column(&["Annual Revenue"], Cell::Field("turnover")),
            column(&["Tag"], Cell::Field("tags")),
            column(&["Description"], Cell::Field("business_model")),
        ],
        constants: &[],
        takes: ALL,
    },
    Preset {
        system: OtherSystem::Zoho,
        module: "Contacts",
        label: words("联系人", "Contacts"),
        table: Contact::NUMBER,
        shape: Shape::Plain,
        columns: &[
            column(ZOHO_RECORD, Cell::Key),
            column(&["First Name"], Cell::GivenName),
            needed(&["Last Name"], Cell::FamilyName),
            needed(&["Account Name"], Cell::Dealer),
            column(&["Title"], Cell::Field("position")),
            column(&["Mobile", "Phone"], Cell::Field("phone")),
            column(&["Email"], Cell::Field("email")),
            column(&["Date of Birth"], Cell::Field("birthday")),
            column(&["Description"], Cell::Field("internal_notes")),
        ],
        constants: &[],
        takes: ALL,
    },
    Preset {
        system: OtherSystem::Zoho,
        module: "Deals",
        label: words("进货目标", "Goals in sales-in"),
        table: Goal::NUMBER,
        shape: Shape::Deal,
        columns: &[
            column(ZOHO_RECORD, Cell::Key),
            needed(&["Deal Name", "Potential Name"], Cell::Field("title")),
            needed(&["Account Name"], Cell::Dealer),
            needed(&["Amount"], Cell::Amount),
            column(&["Created Time"], Cell::From),
            needed(&["Closing Date"], Cell::Until),
            column(&["Stage"], Cell::Status(DEAL_STAGE)),
            column(&["Contact Name"], Cell::Field("agreed_by")),
            column(&["Description"], Cell::Field("approach")),
        ],
        constants: &[],
        takes: is_deal,
    },
    Preset {
        system: OtherSystem::Zoho,
        module: "Events",
        label: words("沟通", "Meetings"),
        table: Meeting::NUMBER,
        shape: Shape::Meeting,
        columns: &[
            column(ZOHO_RECORD, Cell::Key),
            column(&["Title", "Event Title", "Subject"], Cell::Field("subject")),
            needed(&["Related To", "Account Name"], Cell::Dealer),
            needed(&["Start DateTime", "From", "Start"], Cell::Start),
            column(&["End DateTime", "To", "End"], Cell::End),
            column(
                &["Channel"],
                Cell::Choice(
                    "channel",
                    &[
                        ("Visit", 1),
                        ("Call", 2),
                        ("Video", 3),
                        ("Email", 4),
                        ("Workshop", 6),
                    ],
                ),
            ),
            column(&["Description"], Cell::Field("minutes")),
        ],
        constants: &[],
        takes: |row| channel(row) != Some(Channel::Message.code()),
    },
    Preset {
        system: OtherSystem::Zoho,
        module: "Tasks",
        label: words("待办", "Actions"),
        table: Action::NUMBER,
        shape: Shape::Plain,
        columns: &[
            column(ZOHO_RECORD, Cell::Key),
            needed(&["Subject"], Cell::Field("title")),
            needed(&["Related To", "Account Name"], Cell::Dealer),
            column(&["Task Owner", "Owner"], Cell::Field("owner")),
            column(&["Due Date"], Cell::Field("due")),
            column(&["Status"], Cell::Status(TASK_STATUS)),
            column(&["Closed Time"], Cell::SettledOn),
        ],
        constants: &[("side", Side::Us.code())],
        takes: |row| {
            let place = Action::TABLE.position("side");
            place.is_some_and(|place| row.value(place) != Value::Choice(Side::Dealer.code()))
        },
    },
    Preset {
        system: OtherSystem::Zoho,
        module: "Notes",
        label: words("消息", "Messages"),
        table: Meeting::NUMBER,
        shape: Shape::Meeting,
        columns: &[
            column(ZOHO_RECORD, Cell::Key),
            column(&["Note Title"], Cell::Field("subject")),
            needed(&["Parent Name", "Related To", "Account Name"], Cell::Dealer),
            needed(&["Note Content"], Cell::Field("minutes")),
            needed(&["Created Time"], Cell::SettledOn),
        ],
        constants: &[("channel", Channel::Message.code())],
        takes: |row| channel(row) == Some(Channel::Message.code()),
    },
    Preset {
        system: OtherSystem::ShareCrm,
        module: "客户",
        label: words("经销商", "Dealers"),
        table: Dealer::NUMBER,
        shape: Shape::Plain,
        columns: &[
            column(SHARE_RECORD, Cell::Key),
            needed(&["客户名称"], Cell::Field("name")),
            column(&["客户编号"], Cell::Field("code")),
            column(&["客户类型"], Cell::Field("kind")),
            column(
                &["客户级别"],
                Cell::Choice("grade", &[("A", 1), ("B", 2), ("C", 3)]),
            ),
            column(&["省", "所在地区", "省市区"], Cell::Field("region")),
            column(&["详细地址", "地址"], Cell::Field("address")),
            column(&["电话", "联系电话"], Cell::Field("phone")),
            column(&["人员规模", "员工人数"], Cell::Field("staff")),
            column(&["年营业额"], Cell::Field("turnover")),
            column(&["标签"], Cell::Field("tags")),
            column(&["备注"], Cell::Field("internal_notes")),
        ],
        constants: &[],
        takes: ALL,
    },
    Preset {
        system: OtherSystem::ShareCrm,
        module: "联系人",
        label: words("联系人", "Contacts"),
        table: Contact::NUMBER,
        shape: Shape::Plain,
        columns: &[
            column(SHARE_RECORD, Cell::Key),
            needed(&["姓名", "联系人姓名"], Cell::Field("name")),
            needed(CUSTOMER, Cell::Dealer),
            column(&["职务"], Cell::Field("position")),
            column(&["手机", "手机1"], Cell::Field("phone")),
            column(&["邮件", "邮箱"], Cell::Field("email")),
            column(&["微信", "微信号"], Cell::Field("wechat")),
            column(&["生日"], Cell::Field("birthday")),
            column(&["备注"], Cell::Field("internal_notes")),
        ],
        constants: &[],
        takes: ALL,
    },
    Preset {
        system: OtherSystem::ShareCrm,
        module: "销售订单",
        label: words("进货额", "Sales-in"),
        table: Reading::NUMBER,
        shape: Shape::Order,
        columns: &[
            needed(&["销售订单编号", "订单编号"], Cell::Key),
            needed(CUSTOMER, Cell::Dealer),
            needed(&["下单日期", "订单日期"], Cell::Until),
            needed(
                &["销售订单金额(元)", "订单金额", "销售订单金额"],
                Cell::Amount,
            ),
        ],
        constants: &[],
        takes: is_sales_in,
    },
    Preset {
        system: OtherSystem::ShareCrm,
        module: "拜访",
        label: words("拜访", "Visits"),
        table: Meeting::NUMBER,
        shape: Shape::Meeting,
        columns: &[
            column(SHARE_RECORD, Cell::Key),
            column(&["拜访主题", "主题"], Cell::Field("subject")),
            needed(CUSTOMER, Cell::Dealer),
            needed(&["计划开始时间", "计划拜访时间"], Cell::Start),
            column(&["计划结束时间"], Cell::End),
            column(&["拜访目的"], Cell::Field("purpose")),
            column(&["签到时间"], Cell::Field("started")),
            column(&["签退时间"], Cell::Field("ended")),
            column(&["拜访状态", "状态"], Cell::Status(VISIT_STATUS)),
            column(&["拜访总结", "总结"], Cell::Field("minutes")),
        ],
        constants: &[("channel", Channel::Visit.code())],
        takes: |row| channel(row) == Some(Channel::Visit.code()),
    },
    Preset {
        system: OtherSystem::ShareCrm,
        module: "跟进记录",
        label: words("跟进记录", "Follow-ups"),
        table: Meeting::NUMBER,
        shape: Shape::Meeting,
        columns: &[
            column(SHARE_RECORD, Cell::Key),
            needed(CUSTOMER, Cell::Dealer),
            needed(&["跟进时间", "创建时间"], Cell::SettledOn),
            column(
                &["跟进方式", "跟进类型"],
                Cell::Choice("channel", FOLLOW_UP),
            ),
            column(&["主题"], Cell::Field("subject")),
            needed(&["跟进内容", "内容"], Cell::Field("minutes")),
        ],
        constants: &[],
        takes: |row| channel(row) != Some(Channel::Visit.code()),
    },
];
