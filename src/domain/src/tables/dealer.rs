//! Dealers and the people who work there.

use crate::date::Date;
use crate::id::Id;
use crate::money::Fen;
use crate::schema::{Fault, Found, Problem, label};
use crate::value::Place;
use crate::words::words;
use std::collections::BTreeSet;

crate::choices! {
    /// How a dealer does business.
    pub enum DealerKind: "dealer_kind" {
        /// Buys from the maker and supplies other shops.
        1 Distributor ("分销商", "Distributor"),
        /// Sells to households in its own shops.
        2 Retailer ("零售商", "Retailer"),
        /// Runs a shop of one brand.
        3 BrandStore ("专卖店", "Brand store"),
        /// Sells on the internet.
        4 Online ("电商", "Online seller"),
        /// Equips housing projects.
        5 Project ("工程商", "Project supplier"),
        /// Sells through interior designers and renovation companies.
        6 Renovation ("家装渠道", "Renovation partner"),
    }
}

crate::choices! {
    /// Through which door a dealer's sales go out.
    pub enum SalesChannel: "sales_channel" {
        /// Own shops.
        1 OwnShops ("自营门店", "Own shops"),
        /// Building-material and appliance markets.
        2 Markets ("建材家电卖场", "Appliance markets"),
        /// Other shops supplied by the dealer.
        3 SubDealers ("下级分销", "Sub-dealers"),
        /// Shops on the internet.
        4 Internet ("线上店铺", "Internet"),
        /// Livestreams and short videos.
        5 Livestream ("直播短视频", "Livestream"),
        /// Property developers.
        6 Projects ("房产工程", "Housing projects"),
        /// Designers and renovation companies.
        7 Designers ("家装设计师", "Designers"),
        /// Villages and townships.
        8 Townships ("乡镇网点", "Townships"),
    }
}

crate::choices! {
    /// How large a dealer's business is.
    pub enum SizeClass: "size" {
        /// Below five million yuan a year.
        1 Small ("小型（年销 500 万以下）", "Small (below ¥5M a year)"),
        /// Five to twenty million yuan a year.
        2 Medium ("中型（500 万–2000 万）", "Medium (¥5M–20M)"),
        /// Above twenty million yuan a year.
        3 Large ("大型（2000 万以上）", "Large (above ¥20M)"),
    }
}

crate::choices! {
    /// What the maker wants of the relationship: attractiveness by relationship strength.
    pub enum Segment: "segment" {
        /// Attractive and strong.
        1 Core ("核心", "Core"),
        /// Attractive, the relationship has still to grow.
        2 Develop ("培育", "Develop"),
        /// Strong, less attractive.
        3 Maintain ("稳固", "Maintain"),
        /// Neither: keep it simple.
        4 Simplify ("精简", "Simplify"),
    }
}

crate::choices! {
    /// How often a dealer is to be contacted.
    pub enum Grade: "grade" {
        /// Every 14 days.
        1 A ("A 级（每 14 天）", "A (every 14 days)"),
        /// Every 30 days.
        2 B ("B 级（每 30 天）", "B (every 30 days)"),
        /// Every 60 days.
        3 C ("C 级（每 60 天）", "C (every 60 days)"),
    }
}

crate::choices! {
    /// Where the relationship stands.
    pub enum DealerStatus: "dealer_status" {
        /// Working together.
        1 Active ("合作中", "Active"),
        /// Talking about working together.
        2 Prospect ("洽谈中", "Prospect"),
        /// Resting for now.
        3 Dormant ("休眠", "Dormant"),
        /// No longer working together.
        4 Ended ("已终止", "Ended"),
    }
}

crate::table! {
    /// A business that sells the maker's products.
    pub struct Dealer = 1 "dealer" ("经销商", "Dealer") {
        /// The name it trades under.
        1 name: String = label("名称", "Name").required().longest(120).found(Found::Name)
            .columns(&["经销商名称", "经销商", "客户名称", "公司名称", "门店名称", "dealer", "dealer name", "account name", "company", "company name", "customer name"]);
        /// The code that the maker's other systems use.
        2 code: String = label("客户编码", "Code").longest(60).found(Found::Text)
            .columns(&["编码", "编号", "经销商编码", "客户编号", "code", "dealer code", "account number", "customer code", "id"]);
        /// How it does business.
        3 kind: Option<DealerKind> = label("类型", "Type").columns(&["经销商类型", "客户类型", "account type"]);
        /// The sales region.
        4 region: String = label("区域", "Region").longest(60).found(Found::Text)
            .columns(&["大区", "省份", "城市", "地区", "销售区域", "territory", "province", "city", "state"]);
        /// Where the relationship stands.
        5 status: Option<DealerStatus> = label("合作状态", "Status").columns(&["状态", "客户状态", "account status"]);
        /// How large the business is.
        6 size: Option<SizeClass> = label("规模", "Size").columns(&["经营规模", "客户规模"]);
        /// The year's turnover with all brands.
        7 turnover: Option<Fen> = label("年营业额", "Yearly turnover").not_negative()
            .columns(&["年销售额", "营业额", "annual revenue", "turnover", "revenue"]);
        /// How many people work there.
        8 staff: Option<i64> = label("员工人数", "Staff").not_negative().columns(&["人数", "员工数", "employees", "no. of employees"]);
        /// How it earns its money, in its own words.
        9 business_model: String = label("经营模式", "Business model").prose()
            .hint("靠什么赚钱、客户是谁、优势在哪里", "How it earns its money, who its customers are, what it is good at")
            .columns(&["商业模式", "主营业务", "description"]);
        /// The brands that it sells.
        10 brands: BTreeSet<String> = label("经营品牌", "Brands carried").found(Found::Text).columns(&["代理品牌", "品牌", "brands"]);
        /// The doors through which its sales go out.
        11 channels: BTreeSet<SalesChannel> = label("销售渠道", "Sales channels").columns(&["渠道", "channels"]);
        /// The day on which the co-operation began.
        12 since: Option<Date> = label("合作起始日", "Partner since").columns(&["合作日期", "签约日期", "开户日期", "since", "start date"]);
        /// Telephone.
        13 phone: String = label("电话", "Phone").longest(60).found(Found::Digits).columns(&["联系电话", "公司电话", "座机", "telephone", "phone number"]);
        /// Where it is.
        14 address: String = label("地址", "Address").longest(300).found(Found::Text)
            .columns(&["详细地址", "公司地址", "门店地址", "billing street", "street", "location"]);
        /// Its position, for the map and the route.
        15 place: Option<Place> = label("位置", "Location").hint("纬度,经度", "Latitude,longitude").columns(&["经纬度", "坐标", "coordinates", "lat lng"]);
        /// Free words to group by.
        16 tags: BTreeSet<String> = label("标签", "Tags").found(Found::Text).columns(&["标记", "tag"]);
        /// How often it is to be contacted.
        17 grade: Option<Grade> = label("联系等级", "Contact grade").internal().columns(&["等级", "客户等级", "级别", "rating"]);
        /// Days between contacts where the grade's own do not fit.
        18 cadence_days: Option<i64> = label("联系间隔（天）", "Contact interval (days)").internal().not_negative()
            .hint("留空则按联系等级", "Empty: as the contact grade says");
        /// What the maker wants of the relationship.
        19 segment: Option<Segment> = label("客户分层", "Segment").internal().columns(&["分层", "客户分类"]);
        /// What only the team may read.
        20 internal_notes: String = label("内部备注", "Internal notes").internal().prose().found(Found::Text)
            .hint("同屏模式下不显示", "Hidden in shared-screen mode").columns(&["备注", "内部说明", "remarks", "notes", "memo"]);
    }
    check check_dealer
}

fn check_dealer(dealer: &Dealer, found: &mut Vec<Problem>) {
    if dealer
        .cadence_days
        .is_some_and(|days| !(1..=366).contains(&days))
    {
        found.push(Problem {
            field: "cadence_days",
            fault: Fault::Rule(words("请填 1 到 366 之间的天数", "Enter 1 to 366 days")),
        });
    }
}

crate::choices! {
    /// What a person does at the dealer.
    pub enum ContactRole: "contact_role" {
        /// Owns the business.
        1 Owner ("老板", "Owner"),
        /// Runs the business for its owner.
        2 Manager ("总经理", "General manager"),
        /// Buys.
        3 Buyer ("采购", "Buyer"),
        /// Sells.
        4 Sales ("销售", "Sales"),
        /// Runs a shop.
        5 ShopManager ("店长", "Shop manager"),
        /// Keeps the accounts.
        6 Finance ("财务", "Finance"),
        /// Installs and repairs.
        7 Service ("安装售后", "Installation and service"),
        /// Anything else.
        8 Other ("其他", "Other"),
    }
}

crate::choices! {
    /// What a person can do about a decision.
    pub enum Influence: "influence" {
        /// Decides.
        1 Decides ("拍板", "Decides"),
        /// Is listened to.
        2 Advises ("有影响", "Advises"),
        /// Does what was decided.
        3 CarriesOut ("执行", "Carries out"),
    }
}

crate::choices! {
    /// How a person stands to working with us.
    pub enum Stance: "stance" {
        /// Speaks for us.
        1 Champion ("支持者", "Champion"),
        /// Is glad of it.
        2 Friendly ("友好", "Friendly"),
        /// Neither.
        3 Neutral ("中立", "Neutral"),
        /// Has doubts.
        4 Reserved ("有保留", "Reserved"),
        /// Would rather work with others.
        5 Opposed ("反对", "Opposed"),
    }
}

crate::table! {
    /// A person who works for a dealer.
    pub struct Contact = 2 "contact" ("联系人", "Contact") {
        /// The dealer.
        1 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The person's name.
        2 name: String = label("姓名", "Name").required().longest(80).found(Found::Name)
            .columns(&["联系人", "联系人姓名", "contact", "contact name", "full name", "last name", "FN"]);
        /// What the person does there.
        3 role: Option<ContactRole> = label("角色", "Role").columns(&["职能"]);
        /// The job title on the card.
        4 position: String = label("职务", "Job title").longest(80).columns(&["职位", "title", "position"]);
        /// Mobile telephone.
        5 phone: String = label("手机", "Mobile").longest(60).found(Found::Digits)
            .columns(&["手机号", "联系电话", "电话", "mobile phone", "phone", "cell", "TEL"]);
        /// WeChat name.
        6 wechat: String = label("微信", "WeChat").longest(80).columns(&["微信号", "wechat id", "X-WECHAT"]);
        /// Mail address.
        7 email: String = label("邮箱", "Email").longest(200).found(Found::Text).columns(&["电子邮件", "e-mail", "mail"]);
        /// Birthday.
        8 birthday: Option<Date> = label("生日", "Birthday").columns(&["出生日期", "date of birth", "birth date", "BDAY"]);
        /// The first person to call.
        9 primary: Option<bool> = label("首要联系人", "Primary contact").columns(&["主要联系人", "默认联系人"]);
        /// What only the team may read.
        10 internal_notes: String = label("内部备注", "Internal notes").internal().prose().found(Found::Text).columns(&["备注", "remarks", "notes", "note"]);
        /// What the person can do about a decision.
        11 influence: Option<Influence> = label("影响力", "Influence").internal();
        /// How the person stands to working with us.
        12 stance: Option<Stance> = label("态度", "Stance").internal();
    }
}
