//! Required Supervision Arrangements for GWP Eligibility.

mod fitness;
mod lapses;
mod meetings;
mod supervisors;

pub(crate) use fitness::still_to_show;
pub(crate) use lapses::NextMeeting;
pub(super) use meetings::{S5, S6, S7};
pub(crate) use meetings::{next_joint_supervision, next_supervision};
pub(crate) use supervisors::registration_lasts;
pub(super) use supervisors::{S1, S2, S3, S4};
