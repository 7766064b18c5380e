//! The pieces that pages are made of. They know the scene, never a page.

pub mod explain;
pub mod field_input;
pub mod icon;
pub mod marks;
pub mod overlay;
pub mod pane;
pub mod record_form;
