//! Renderings of a judgement.
