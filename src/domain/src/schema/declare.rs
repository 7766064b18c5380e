//! The two declarations: a list of choices, and a table.

/// Declares a list to choose from: an enum with stable codes and its words. Codes that only
/// a newer version knows are kept as `Newer`. The first entry is the default unless the
/// field is optional.
#[macro_export]
macro_rules! choices {
    (
        $(#[$doc:meta])*
        pub enum $name:ident: $key:literal {
            $($(#[$variant_doc:meta])* $code:literal $variant:ident ($zh:literal, $en:literal),)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A choice that only a newer version knows.
            Newer(u16),
        }

        impl $name {
            /// What the list is called in code and files.
            pub const KEY: &'static str = $key;
            /// Every choice, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The list for forms, files and storage.
            pub const SPECS: &'static [$crate::value::ChoiceSpec] = &[$(
                $crate::value::ChoiceSpec {
                    code: $code,
                    key: stringify!($variant),
                    words: $crate::words::words($zh, $en),
                },
            )+];

            /// Its stable number in storage.
            pub const fn code(self) -> u16 {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Newer(code) => code,
                }
            }

            /// From its stored number.
            pub const fn from_code(code: u16) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    code => Self::Newer(code),
                }
            }

            /// What people call it.
            pub const fn words(self) -> $crate::words::Words {
                match self {
                    $(Self::$variant => $crate::words::words($zh, $en),)+
                    Self::Newer(_) => $crate::quantity::NEEDS_NEWER,
                }
            }
        }

        impl $crate::schema::FieldType for Option<$name> {
            const KIND: $crate::value::Kind = $crate::value::Kind::Choice($name::SPECS);
            fn to_value(&self) -> $crate::value::Value {
                self.map_or($crate::value::Value::Empty, |c| $crate::value::Value::Choice(c.code()))
            }
            fn from_value(value: $crate::value::Value) -> Result<Self, $crate::schema::WrongKind> {
                match value {
                    $crate::value::Value::Empty => Ok(None),
                    $crate::value::Value::Choice(code) => Ok(Some($name::from_code(code))),
                    _ => Err($crate::schema::WrongKind),
                }
            }
            fn needs_newer(&self) -> bool {
                matches!(self, Some($name::Newer(_)))
            }
        }

        impl $crate::schema::FieldType for std::collections::BTreeSet<$name> {
            const KIND: $crate::value::Kind = $crate::value::Kind::Choices($name::SPECS);
            fn to_value(&self) -> $crate::value::Value {
                let mut codes: Vec<u16> = self.iter().map(|c| c.code()).collect();
                codes.sort_unstable();
                $crate::value::Value::Choices(codes)
            }
            fn from_value(value: $crate::value::Value) -> Result<Self, $crate::schema::WrongKind> {
                match value {
                    $crate::value::Value::Empty => Ok(Self::new()),
                    $crate::value::Value::Choices(codes) => {
                        Ok(codes.into_iter().map($name::from_code).collect())
                    }
                    _ => Err($crate::schema::WrongKind),
                }
            }
            fn needs_newer(&self) -> bool {
                self.iter().any(|choice| matches!(choice, $name::Newer(_)))
            }
        }
    };
}

/// Declares a table: its struct, its fields and everything that follows from them.
#[macro_export]
macro_rules! table {
    (
        $(#[$doc:meta])*
        pub struct $name:ident = $number:literal $key:literal ($zh:literal, $en:literal) $([$internal:ident])? {
            $($(#[$field_doc:meta])* $field_number:literal $field:ident: $type:ty = $spec:expr;)+
        }
        $(check $check:path)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            /// The record's id.
            pub id: $crate::id::Id<$name>,
            /// What the row tells beside its fields.
            pub state: $crate::schema::RowState,
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl $crate::schema::Record for $name {
            const NUMBER: u16 = $number;
            const TABLE: &'static $crate::schema::TableSpec = &$crate::schema::TableSpec {
                number: $number,
                key: $key,
                label: $crate::words::words($zh, $en),
                internal: $crate::table!(@internal $($internal)?),
                fields: &[$(
                    $spec.declared(
                        $field_number,
                        stringify!($field),
                        <$type as $crate::schema::FieldType>::KIND,
                    ),
                )+],
            };

            fn id(&self) -> $crate::id::Id<Self> {
                self.id
            }

            fn with_id(id: $crate::id::Id<Self>) -> Self {
                Self { id, ..Self::default() }
            }

            fn state(&self) -> $crate::schema::RowState {
                self.state
            }

            fn set_state(&mut self, state: $crate::schema::RowState) {
                self.state = state;
            }

            fn field(&self, place: usize) -> Option<&dyn $crate::schema::AnyField> {
                let mut at = 0;
                $(
                    if place == at {
                        return Some(&self.$field);
                    }
                    at += 1;
                )+
                let _ = at;
                None
            }

            fn field_mut(&mut self, place: usize) -> Option<&mut dyn $crate::schema::AnyField> {
                let mut at = 0;
                $(
                    if place == at {
                        return Some(&mut self.$field);
                    }
                    at += 1;
                )+
                let _ = at;
                None
            }

            $(fn check(&self, found: &mut Vec<$crate::schema::Problem>) {
                $check(self, found);
            })?
        }
    };
    (@internal) => { false };
    (@internal internal) => { true };
}
