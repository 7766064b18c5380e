//! How processes on one database tell each other of changes.

use tongxing_sync::wire::{Poke, TeamId};

use crate::pokes::Change;
use crate::store::MemberId;
use crate::text;

/// The channel on which they do.
pub(super) const CHANNEL: &str = "tongxing_changes";

/// A change as processes tell it each other.
pub(super) fn told(team: TeamId, change: Change) -> String {
    let team = text::encode(&team.0);
    match change {
        Change::Head(poke) => format!("{team} head {poke}"),
        Change::Member(member) => format!("{team} member {}", text::encode(&member.0)),
        Change::Unknown => format!("{team} unknown"),
    }
}

/// The reverse of [`told`]; `None` if the text is none of ours.
pub(super) fn heard(told: &str) -> Option<(TeamId, Change)> {
    let (team, change) = told.split_once(' ')?;
    let team = TeamId(text::decode(team)?);
    let change = match change.split_once(' ') {
        Some(("head", poke)) => Change::Head(poke.parse::<Poke>().ok()?),
        Some(("member", member)) => Change::Member(MemberId(text::decode(member)?)),
        None if change == "unknown" => Change::Unknown,
        _ => return None,
    };
    Some((team, change))
}

#[cfg(test)]
mod tests {
    use super::{heard, told};
    use crate::pokes::Change;
    use crate::store::MemberId;
    use tongxing_sync::wire::{Epoch, Poke, Seq, TeamId};

    #[test]
    fn what_is_told_is_heard() {
        let team = TeamId([3; 16]);
        for change in [
            Change::Head(Poke {
                epoch: Epoch([4; 16]),
                head: Seq::new(512).unwrap(),
            }),
            Change::Member(MemberId([5; 16])),
            Change::Unknown,
        ] {
            assert_eq!(heard(&told(team, change)), Some((team, change)));
        }
        for other in ["", "x", "AAAA head 1", "AwMDAwMDAwMDAwMDAwMDAw gone"] {
            assert_eq!(heard(other), None, "{other}");
        }
    }
}
