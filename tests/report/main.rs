//! The report: made from the files alone, and looked at in a browser.

mod browser;
mod page;
