//! Materials that dealers can have.

use crate::schema::{Found, label};

crate::table! {
    /// A material of the catalogue. Its stock is never stored: it follows from the moves.
    pub struct Material = 69 "material" ("物料", "Material") {
        /// What it is called.
        1 name: String = label("物料名称", "Material").required().longest(120).found(Found::Name);
        /// What one of it is.
        2 unit: String = label("单位", "Unit").longest(20).hint("例如：台、套、份", "Such as piece, set");
        /// What it is for.
        3 purpose: String = label("用途", "Purpose").prose();
        /// From how few on it has to be ordered again.
        4 reorder_at: Option<i64> = label("补货线", "Reorder at").not_negative().internal();
    }
}
