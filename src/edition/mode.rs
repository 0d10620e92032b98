//! The modes of supervision, of which an edition accepts some.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a supervision meeting takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Mode {
    /// In one room.
    FaceToFace,
    /// By telephone.
    Telephone,
    /// By video call.
    Video,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::FaceToFace, Self::Telephone, Self::Video];

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::FaceToFace => "face-to-face",
            Self::Telephone => "telephone",
            Self::Video => "video",
        }
    }

    /// How a meeting takes place, in a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::FaceToFace => "face to face",
            Self::Telephone => "by telephone",
            Self::Video => "by video",
        }
    }
}
