//! Why a recording of another program could not be read.

use alloc::string::String;
use core::fmt;

use crate::limits::{IMPORT_BYTES, RECORDING_BYTES};
use crate::numbers::count;

/// Why a recording of another program could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// There is nothing in it.
    Empty,
    /// It is of no form that is known here; holds how it begins.
    NotKnown(String),
    /// It is not JSON from this byte on.
    NotJson {
        /// In bytes from the beginning.
        at: usize,
    },
    /// It has so many bytes, more than what is read of its form.
    TooLong(usize),
    /// Answers without the address that they came from.
    NoAddress,
    /// It is what a client shows of an error, and nothing of what was on the wire.
    ShownByAClient,
    /// Nothing in it is of the protocol; holds how many other requests there are.
    NothingOfTheProtocol(usize),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There is nothing here."),
            Self::NotKnown(start) => write!(f, "This is not a recording: it begins with “{start}”."),
            Self::NotJson { at } => write!(f, "This file is not JSON: it goes wrong at byte {at}."),
            Self::TooLong(bytes) => {
                let megabytes = |bytes: usize| bytes / 1_000_000;
                let (long, har, other) = (megabytes(*bytes), megabytes(IMPORT_BYTES), megabytes(RECORDING_BYTES));
                write!(
                    f,
                    "This file is {long} MB long. This page opens HAR files of up to {har} MB, and others of up to {other} MB."
                )
            }
            Self::NoAddress => f.write_str("The address is not in it. Paste the curl command too, or what it prints with -v."),
            Self::ShownByAClient => f.write_str(
                "This is what a client shows, and no recording of what was on the wire. Paste it under “What your client shows”.",
            ),
            Self::NothingOfTheProtocol(0) => f.write_str("This file holds no requests."),
            Self::NothingOfTheProtocol(others) => {
                let others = count(*others as u64, "request");
                write!(f, "None of the {others} in this file is of the Model Context Protocol.")
            }
        }
    }
}
