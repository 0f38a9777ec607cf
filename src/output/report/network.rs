//! `governments.csv` and `ties.csv`, read again: who shares with whom at the end.

use std::path::Path;

use serde::Serialize;

use super::fault::Fault;
use super::sheet::{Keys, Sheet};
use super::study::Study;

const GOVERNMENTS: &str = "governments.csv";
const TIES: &str = "ties.csv";

/// The intergovernmental network at the end of the first replication.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Network {
    /// Name, level and province of every government, in the order of their numbers.
    pub governments: Vec<[String; 3]>,
    /// Both ends and the kind of every tie.
    pub ties: Vec<(usize, usize, String)>,
    /// By policy, a digit per tie: 0 nobody shares, 1 the first end, 2 the second, 3 both.
    pub sharing: Vec<String>,
}

/// Reads both files of `folder`, if they are there.
pub fn read(folder: &Path, study: &Study) -> Result<Option<Network>, Fault> {
    let Some(sheet) = Sheet::open_if_there(folder, GOVERNMENTS, study.wrote(GOVERNMENTS))? else {
        return Ok(None);
    };
    let mut network = Network {
        governments: governments(sheet)?,
        sharing: vec![String::new(); study.scenario.policies.len()],
        ..Network::default()
    };
    network.read_ties(Sheet::open(folder, TIES)?, study)?;
    let whole = network.ties.len();
    if whole == 0 {
        let what = "column `policy`: the ties of the baseline are missing";
        return Err(Fault::damaged(TIES, what));
    }
    if network.sharing.iter().any(|of| of.len() != whole) {
        let what = "column `policy`: not every policy has every tie";
        return Err(Fault::damaged(TIES, what));
    }
    Ok(Some(network))
}

fn governments(mut sheet: Sheet) -> Result<Vec<[String; 3]>, Fault> {
    let [number, name, level, province] =
        sheet.columns(["government", "name", "level", "province"])?;
    let mut governments = Vec::new();
    while sheet.advance()? {
        if sheet.count(number)? as usize != governments.len() {
            return Err(sheet.wrong(number, "the number of the row"));
        }
        governments.push([name, level, province].map(|column| sheet.text(column).to_owned()));
    }
    Ok(governments)
}

impl Network {
    fn read_ties(&mut self, mut sheet: Sheet, study: &Study) -> Result<(), Fault> {
        let [policy, first, second, kind] = sheet.columns(["policy", "first", "second", "kind"])?;
        let shares = sheet.columns(["first_shares", "second_shares"])?;
        let mut keys = Keys::default();
        while sheet.advance()? {
            keys.note(&sheet, &[policy, first, second])?;
            let known = study.policy(&sheet, policy)?;
            let mut ends = [0; 2];
            for (end, column) in ends.iter_mut().zip([first, second]) {
                *end = sheet.count(column)? as usize;
                if *end >= self.governments.len() {
                    return Err(sheet.wrong(column, "the number of a government"));
                }
            }
            let tie = (ends[0], ends[1], sheet.text(kind).to_owned());
            if known == 0 {
                self.ties.push(tie);
            } else if self.ties.get(self.sharing[known].len()) != Some(&tie) {
                return Err(sheet.wrong(first, "the ties of the baseline in their order"));
            }
            let [forth, back] = [sheet.count(shares[0])?, sheet.count(shares[1])?];
            if forth > 1 || back > 1 {
                return Err(sheet.wrong(shares[usize::from(forth <= 1)], "0 or 1"));
            }
            let digit = char::from_digit(forth + 2 * back, 4).expect("at most 3");
            self.sharing[known].push(digit);
        }
        Ok(())
    }
}
