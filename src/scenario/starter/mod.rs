//! A scenario of one's own to begin with: a made-up country of so many regions, with comments.
//!
//! Regions lie on a grid, the northern half richer than the southern. Nothing in it is drawn, so the
//! same number of regions always gives the same files.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use crate::scenario::policy::catalogue;

const SCENARIO: &str = include_str!("scenario.toml");

/// How many regions a country can be laid out with.
pub const REGIONS: RangeInclusive<u32> = 2..=500;

/// A file of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterFile {
    /// Its name inside the folder of the scenario.
    pub name: &'static str,
    /// What it holds.
    pub text: String,
}

/// The files of a scenario whose country has so many `regions`: the scenario first.
pub fn files(regions: u32) -> Vec<StarterFile> {
    let texts = [
        (
            "scenario.toml",
            SCENARIO.replace("{regions}", &regions.to_string()),
        ),
        ("provinces.csv", provinces(regions)),
        ("adjacency.csv", adjacency(regions)),
        ("catalogue.toml", catalogue::SHIPPED.to_owned()),
    ];
    texts.map(|(name, text)| StarterFile { name, text }).into()
}

/// Columns of the grid on which so many regions lie.
fn width(regions: u32) -> u32 {
    (1..).find(|side| side * side >= regions).unwrap_or(regions)
}

fn code(region: u32) -> String {
    format!("R-{:02}", region + 1)
}

/// Residents from 1 to 4 million, product per head from 20,000 to 45,000, a prefecture for each
/// 200,000 residents.
fn provinces(regions: u32) -> String {
    let width = width(regions);
    let rows = regions.div_ceil(width);
    let mut table = String::from(
        "iso,name,region,population,product,prefectures,counties,tile_column,tile_row,source\n",
    );
    for i in 0..regions {
        let (column, row) = (i % width, i / width);
        let north = row < rows.div_ceil(2) && (rows > 1 || i < regions.div_ceil(2));
        let side = if north { "north" } else { "south" };
        let residents = 1_000_000 + 250_000 * ((i * 7) % 13);
        let per_head = if north { 32_000 } else { 20_000 } + 1000 * ((i * 5) % 13);
        let prefectures = residents / 200_000;
        let _ = writeln!(
            table,
            "{},Region {},{side},{residents},{},{prefectures},{},{column},{row},made up",
            code(i),
            i + 1,
            u64::from(residents) * u64::from(per_head),
            prefectures * 8,
        );
    }
    table
}

/// Regions beside and below each other on the grid.
fn adjacency(regions: u32) -> String {
    let width = width(regions);
    let mut table = String::from("a,b\n");
    for i in 0..regions {
        let beside = (i % width + 1 < width).then_some(i + 1);
        for other in [beside, Some(i + width)].into_iter().flatten() {
            if other < regions {
                let _ = writeln!(table, "{},{}", code(i), code(other));
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_stands_once_and_borders_another() {
        for regions in [2, 3, 5, 16, 31] {
            let table = provinces(regions);
            let codes: Vec<String> = (0..regions).map(code).collect();
            assert_eq!(table.lines().count() as u32, regions + 1);
            let borders = adjacency(regions);
            for code in codes {
                assert!(table.contains(&format!("\n{code},")), "{code} of {regions}");
                assert!(borders.contains(&code), "{code} of {regions}");
            }
            for side in ["north", "south"] {
                assert!(table.contains(side), "{side} of {regions}");
            }
        }
    }
}
