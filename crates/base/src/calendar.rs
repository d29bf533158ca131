//! Written by its owner; see docs.
