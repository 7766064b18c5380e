//! Materials coming in and going out.

use super::{Dealer, Material, SupportRequest};
use crate::date::Date;
use crate::id::Id;
use crate::schema::{Fault, Problem, label};
use crate::words::words;

crate::choices! {
    /// Which way a material goes.
    pub enum MoveKind: "move_kind" {
        /// Into our store.
        1 Received ("入库", "Received"),
        /// To a dealer.
        2 HandedOut ("发放", "Handed out"),
        /// Back from a dealer.
        3 Returned ("退回", "Returned"),
        /// Used up, broken or lost.
        4 WrittenOff ("报废", "Written off"),
    }
}

crate::table! {
    /// A number of one material that came or went.
    pub struct MaterialMove = 70 "material_move" ("物料收发", "Material move") {
        /// The material.
        1 material: Id<Material> = label("物料", "Material").required().kept();
        /// Which way.
        2 kind: Option<MoveKind> = label("收发", "Move").required();
        /// How many.
        3 count: Option<i64> = label("数量", "Count").required().not_negative();
        /// The day.
        4 on: Option<Date> = label("日期", "Date").required();
        /// The dealer to whom it goes or from whom it comes.
        5 dealer: Id<Dealer> = label("经销商", "Dealer").kept();
        /// The request that it answers.
        6 request: Id<SupportRequest> = label("对应申请", "For request").kept();
        /// Who took it.
        7 taken_by: String = label("签收人", "Taken by").longest(80);
    }
    check check_move
}

fn check_move(moved: &MaterialMove, found: &mut Vec<Problem>) {
    let with_dealer = matches!(moved.kind, Some(MoveKind::HandedOut | MoveKind::Returned));
    if with_dealer && moved.dealer.is_nil() {
        found.push(Problem {
            field: "dealer",
            fault: Fault::Rule(words("请选择经销商", "Choose the dealer")),
        });
    }
}
