//! Who was invited to a class, who came, and what it brought.

use super::support_request::outside_five;
use super::{Class, Contact, Dealer};
use crate::date::Date;
use crate::id::Id;
use crate::quantity::Quantity;
use crate::schema::{Fault, Problem, label};
use crate::words::words;

crate::choices! {
    /// What somebody answered to an invitation.
    pub enum Answer: "answer" {
        /// Will come.
        1 Accepted ("参加", "Accepted"),
        /// Cannot come.
        2 Declined ("不参加", "Declined"),
        /// Does not know yet.
        3 Tentative ("待定", "Tentative"),
    }
}

crate::table! {
    /// One person at one class.
    pub struct Attendance = 73 "attendance" ("出勤", "Attendance") {
        /// The class.
        1 class: Id<Class> = label("场次", "Class").required().kept();
        /// The person.
        2 contact: Id<Contact> = label("联系人", "Contact").required().kept();
        /// The dealer.
        3 dealer: Id<Dealer> = label("经销商", "Dealer").required().kept();
        /// The day of the invitation.
        4 invited_on: Option<Date> = label("邀请日期", "Invited on").kept();
        /// What was answered.
        5 answer: Option<Answer> = label("答复", "Answer");
        /// Whether the person came.
        6 attended: Option<bool> = label("到场", "Attended");
        /// The score before, 0–100 points.
        7 before: Option<Quantity> = label("课前得分", "Score before").not_negative();
        /// The score after, 0–100 points.
        8 after: Option<Quantity> = label("课后得分", "Score after").not_negative();
        /// How content the person is, 1–5.
        9 rating: Option<i64> = label("评价（1–5）", "Rating (1–5)").not_negative();
        /// What the person says to it.
        10 feedback: String = label("反馈", "Feedback").prose();
    }
    check check_attendance
}

fn check_attendance(attendance: &Attendance, found: &mut Vec<Problem>) {
    if let Some(fault) = outside_five(attendance.rating) {
        found.push(Problem {
            field: "rating",
            fault,
        });
    }
    for (field, score) in [("before", attendance.before), ("after", attendance.after)] {
        if score.is_some_and(|score| score > Quantity::whole(100)) {
            found.push(Problem {
                field,
                fault: Fault::Rule(words("请填 0 到 100 分", "Enter 0 to 100 points")),
            });
        }
    }
}

impl Attendance {
    /// The id that everyone derives for the same class and contact.
    pub fn id_for(class: Id<Class>, contact: Id<Contact>) -> Id<Self> {
        Id::natural(&["attendance", &class.to_string(), &contact.to_string()])
    }
}
