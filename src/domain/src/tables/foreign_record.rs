//! What other systems call records of ours.

use crate::date::Date;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::schema::label;
use crate::value::Link;

crate::choices! {
    /// Another system.
    pub enum OtherSystem: "other_system" {
        /// Zoho CRM.
        1 Zoho ("Zoho CRM", "Zoho CRM"),
        /// 纷享销客.
        2 ShareCrm ("纷享销客", "ShareCRM"),
    }
}

crate::table! {
    /// The id that another system gave to something of ours, so that a second import updates
    /// it and an export names it.
    pub struct ForeignRecord = 77 "foreign_record" ("外部编号", "Foreign record") {
        /// The system.
        1 system: Option<OtherSystem> = label("系统", "System").required().kept();
        /// What kind of record it is there.
        2 module: String = label("模块", "Module").required().longest(60).kept();
        /// Its id there.
        3 key: String = label("编号", "Id").required().longest(120).kept();
        /// Our record.
        4 about: Option<Link> = label("记录", "Record").required().kept();
        /// For an order, its amount: several make up one reading.
        5 amount: Option<Quantity> = label("金额", "Amount").kept();
        /// For an order, its day.
        6 on: Option<Date> = label("日期", "Date").kept();
    }
}

impl ForeignRecord {
    /// The id that everyone derives for the same id of the same system.
    pub fn id_for(system: OtherSystem, module: &str, key: &str) -> Id<Self> {
        Id::natural(&["foreign_record", &system.code().to_string(), module, key])
    }
}
