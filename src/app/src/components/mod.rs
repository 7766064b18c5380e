//! The pieces that pages are made of. They know the scene, never a page.

pub mod chart_scale;
pub mod dealer_choice;
pub mod explain;
pub mod field_input;
pub mod icon;
pub mod issue_report;
pub mod key_list;
pub mod marks;
pub mod measured;
pub mod menu;
pub mod minutes;
pub mod overlay;
pub mod pace_row;
pub mod pacing_chart;
pub mod pane;
pub mod record_form;
pub mod record_icon;
pub mod record_row;
pub mod record_sheet;
pub mod segmented;
pub mod sheets;
pub mod spark;
pub mod stepper;
pub mod virtual_list;
pub mod when;
pub mod work;
