//! The icons: one drawing each, 20 by 20, stroked in the text's colour.

use tongxing_view::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Today.
    Today,
    /// Dealers.
    Dealers,
    /// Import.
    Import,
    /// Export.
    Export,
    /// Bin.
    Bin,
    /// Settings.
    Settings,
    /// Share screen.
    ShareScreen,
    /// Phone.
    Phone,
    /// Visit, map pin.
    Visit,
    /// Video.
    Video,
    /// Mail.
    Mail,
    /// Message.
    Message,
    /// Workshop.
    Workshop,
    /// Plus.
    Plus,
    /// Check.
    Check,
    /// Close.
    Close,
    /// Chevron left.
    ChevronLeft,
    /// Chevron right.
    ChevronRight,
    /// Chevron up.
    ChevronUp,
    /// Chevron down.
    ChevronDown,
    /// Search.
    Search,
    /// Filter.
    Filter,
    /// Sort.
    Sort,
    /// Edit.
    Edit,
    /// Trash.
    Trash,
    /// Undo.
    Undo,
    /// Promise (handshake).
    Promise,
    /// Goal, target.
    Goal,
    /// Plan, steps.
    Plan,
    /// Clock.
    Clock,
    /// Calendar.
    Calendar,
    /// Alert.
    Alert,
    /// Info.
    Info,
    /// Star.
    Star,
    /// User.
    User,
    /// Contacts.
    Contacts,
    /// Note.
    Note,
    /// Link.
    Link,
    /// Camera.
    Camera,
    /// Download.
    Download,
    /// Upload.
    Upload,
    /// Offline.
    Offline,
    /// Sync.
    Sync,
    /// More.
    More,
    /// Sun.
    Sun,
    /// Moon.
    Moon,
    /// Globe.
    Globe,
    /// Issue, flag.
    Issue,
    /// Need.
    Need,
    /// Internal marking.
    Lock,
    /// List.
    List,
    /// Chart.
    Chart,
    /// Print.
    Print,
    /// Drag.
    Drag,
    /// Two versions side by side.
    Compare,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Today => "M3.5 4.5h13v12h-13zM3.5 8h13M7 2.5v4M13 2.5v4M7.5 12.2l1.8 1.8 3.4-3.6",
            Self::Dealers => {
                "M3 8l1.5-4.5h11L17 8M3 8a2.33 2.33 0 0 0 4.67 0A2.33 2.33 0 0 0 12.33 8 2.33 2.33 0 0 0 17 8M4.5 10.5v6h11v-6M8 16.5v-4h4v4"
            }
            Self::Import => "M11.5 2.5H5v15h10V6zM11.5 2.5V6H15M10 8.5V14M7.5 11.5L10 14l2.5-2.5",
            Self::Export => "M11.5 2.5H5v15h10V6zM11.5 2.5V6H15M10 14V8.5M7.5 11L10 8.5l2.5 2.5",
            Self::Bin => {
                "M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11.5h8.4L15 5.5M8.3 8.5l.3 5.5M11.7 8.5l-.3 5.5"
            }
            Self::Settings => {
                "M3 6h6M13 6h4M3 14h3M10 14h7M13 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM10 14a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
            }
            Self::ShareScreen => {
                "M3 3.5h14v10H3zM7 17h6M10 13.5V17M6 8.5c2.2-2.7 5.8-2.7 8 0-2.2 2.7-5.8 2.7-8 0zM10 8.5h.01"
            }
            Self::Phone => {
                "M6.3 3.2l1.9 3.7-1.6 1.7a9.5 9.5 0 0 0 4.8 4.8l1.7-1.6 3.7 1.9-.8 2.6a1.3 1.3 0 0 1-1.3.9C8.5 16.8 3.2 11.5 2.8 5.3a1.3 1.3 0 0 1 .9-1.3z"
            }
            Self::Visit => {
                "M10 17.5S4.5 12.8 4.5 8.2a5.5 5.5 0 0 1 11 0c0 4.6-5.5 9.3-5.5 9.3zM12 8.2a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
            }
            Self::Video => "M2.5 5.5h10v9h-10zM12.5 9l5-3v8l-5-3",
            Self::Mail => "M2.5 4.5h15v11h-15zM2.5 5.5L10 11l7.5-5.5",
            Self::Message => "M3 4h14v10H9l-3.5 3v-3H3zM7 9h.01M10 9h.01M13 9h.01",
            Self::Workshop => {
                "M3 3.5h14V12H3zM10 12v2.5M6.5 17l3.5-2.5 3.5 2.5M6.5 8.7l2.3-2.2 2 1.6 2.7-2.4"
            }
            Self::Plus => "M10 4v12M4 10h12",
            Self::Check => "M4 10.5l4 4 8-9",
            Self::Close => "M5 5l10 10M15 5L5 15",
            Self::ChevronLeft => "M12 4.5L6.5 10l5.5 5.5",
            Self::ChevronRight => "M8 4.5l5.5 5.5L8 15.5",
            Self::ChevronUp => "M4.5 12.5L10 7l5.5 5.5",
            Self::ChevronDown => "M4.5 7.5L10 13l5.5-5.5",
            Self::Search => "M14 8.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM12.6 12.6L17 17",
            Self::Filter => "M3 4.5h14l-5.5 6.5v5.5l-3-1.5v-4z",
            Self::Sort => "M6 4v12M3 13l3 3 3-3M11.5 5H17M11.5 9.5h4M11.5 14h2.5",
            Self::Edit => "M4 16l.8-3.6 8.8-8.8 2.8 2.8-8.8 8.8zM11.8 5.4l2.8 2.8",
            Self::Trash => "M4 5.5h12M8 5.5v-2h4v2M5.5 5.5v11h9v-11",
            Self::Undo => "M7.5 4.5L4 8l3.5 3.5M4 8h8a4 4 0 0 1 0 8H7",
            Self::Promise => {
                "M2 5.5h2l3.2 1M2 13h2l4 3.4c.8.6 1.7.6 2.4-.1l4.6-4.3M18 13h-2.2M18 5.5h-2l-3.6.2a2 2 0 0 0-1.4.6L8.4 9c.9 1.2 2.6 1.3 3.7.2l.8-.7 3.1 3"
            }
            Self::Goal => {
                "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM13.4 10a3.4 3.4 0 1 1-6.8 0 3.4 3.4 0 0 1 6.8 0zM10 10h.01"
            }
            Self::Plan => "M3 16.5h4.5v-4H12v-4h4.5v-5",
            Self::Clock => "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM10 6v4l2.8 1.8",
            Self::Calendar => {
                "M3.5 4.5h13v12h-13zM3.5 8.5h13M7 2.5v4M13 2.5v4M7 12.5h.01M10 12.5h.01M13 12.5h.01"
            }
            Self::Alert => "M10 3.5l7.5 13h-15zM10 8.5v4M10 14.5h.01",
            Self::Info => "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM10 9.2v4.3M10 6.6h.01",
            Self::Star => "M10 2.8l2.2 4.5 5 .7-3.6 3.5.9 5L10 14.1l-4.5 2.4.9-5L2.8 8l5-.7z",
            Self::User => {
                "M13 6.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM4 16.5c.6-3.2 2.9-5 6-5s5.4 1.8 6 5"
            }
            Self::Contacts => {
                "M10.3 7a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM2.5 16c.5-2.8 2.4-4.3 5-4.3s4.5 1.5 5 4.3M13 4.4a2.8 2.8 0 0 1 0 5.2M14.8 12c1.5.6 2.4 2 2.7 4"
            }
            Self::Note => "M4 3h12v9.5L12 17H4zM12 17v-4.5h4M7 7h6M7 10.5h3",
            Self::Link => {
                "M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1"
            }
            Self::Camera => {
                "M2.5 6.5h3.8L7.8 4h4.4l1.5 2.5h3.8v10h-15zM13 11a3 3 0 1 1-6 0 3 3 0 0 1 6 0z"
            }
            Self::Download => "M10 3v10M6 9l4 4 4-4M4 16.5h12",
            Self::Upload => "M10 13V3M6 7l4-4 4 4M4 16.5h12",
            Self::Offline => {
                "M3 3l14 14M6 6.2a5 5 0 0 0-.9 2.3 3.5 3.5 0 0 0 .4 7H15M8.4 4.7A5 5 0 0 1 15 9a3.3 3.3 0 0 1 2.4 4.7"
            }
            Self::Sync => {
                "M16.5 8A6.6 6.6 0 0 0 4.2 6.8L3 8M3 4v4h4M3.5 12a6.6 6.6 0 0 0 12.3 1.2L17 12M17 16v-4h-4"
            }
            Self::More => {
                "M5.1 10a0.6 0.6 0 1 1-1.2 0 0.6 0.6 0 0 1 1.2 0zM10.6 10a0.6 0.6 0 1 1-1.2 0 0.6 0.6 0 0 1 1.2 0zM16.1 10a0.6 0.6 0 1 1-1.2 0 0.6 0.6 0 0 1 1.2 0z"
            }
            Self::Sun => {
                "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4"
            }
            Self::Moon => "M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z",
            Self::Globe => {
                "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM3 10h14M10 3C7.5 5 6.6 7.5 6.6 10s.9 5 3.4 7c2.5-2 3.4-4.5 3.4-7S12.5 5 10 3z"
            }
            Self::Issue => "M5 17.5V3h10.5L13 6.5l2.5 3.5H5",
            Self::Need => {
                "M8 14.5c0-1.2-.4-1.8-1.2-2.6a5 5 0 1 1 6.4 0c-.8.8-1.2 1.4-1.2 2.6zM8.3 17h3.4"
            }
            Self::Lock => "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
            Self::List => "M7.5 5H17M7.5 10H17M7.5 15H17M3.5 5h.01M3.5 10h.01M3.5 15h.01",
            Self::Chart => "M3 3v14h14M6 13l3.5-4 3 2.5L17 6",
            Self::Print => "M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z",
            Self::Compare => {
                "M3.5 4H9v12H3.5zM11 4h5.5v12H11zM5.5 7.5H7M5.5 10.5H7M13 7.5h1.5M13 12.5h1.5"
            }
            Self::Drag => {
                "M8 5a0.5 0.5 0 1 1-1 0 0.5 0.5 0 0 1 1 0zM8 10a0.5 0.5 0 1 1-1 0 0.5 0.5 0 0 1 1 0zM8 15a0.5 0.5 0 1 1-1 0 0.5 0.5 0 0 1 1 0zM13 5a0.5 0.5 0 1 1-1 0 0.5 0.5 0 0 1 1 0zM13 10a0.5 0.5 0 1 1-1 0 0.5 0.5 0 0 1 1 0zM13 15a0.5 0.5 0 1 1-1 0 0.5 0.5 0 0 1 1 0z"
            }
        }
    }

    /// The drawing. It says nothing to a screen reader: the control that holds it does.
    pub fn draw(self) -> View {
        view! {
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path d=self.path()></path>
            </svg>
        }
    }
}
