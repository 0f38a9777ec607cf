//! `governments.csv` and `ties.csv`, read again: who shares with whom at the end.

use std::path::Path;

use serde::Serialize;

use super::fault::FolderFault;
use super::sheet::{Keys, Rows};
use super::study::ToldStudy;
use crate::output::tables::{governments, ties};

/// The intergovernmental network at the end of the first replication.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ToldNetwork {
    /// Every government, in the order of their numbers.
    pub governments: Vec<governments::Row>,
    /// Both ends and the kind of every tie.
    pub ties: Vec<(usize, usize, String)>,
    /// By policy, a digit per tie: 0 nobody shares, 1 the first end, 2 the second, 3 both.
    pub sharing: Vec<String>,
}

/// Reads both files of `folder`, if they are there.
pub fn read(folder: &Path, study: &ToldStudy) -> Result<Option<ToldNetwork>, FolderFault> {
    let listed = study.wrote(governments::LAYOUT.file);
    let rows = Rows::open_if_there(folder, &governments::LAYOUT, listed)?;
    let Some(rows) = rows else {
        return Ok(None);
    };
    let mut network = ToldNetwork {
        governments: governments(rows)?,
        sharing: vec![String::new(); study.scenario.policies.len()],
        ..ToldNetwork::default()
    };
    network.read_ties(Rows::open(folder, &ties::LAYOUT)?, study)?;
    let whole = network.ties.len();
    let damaged = |what| Err(FolderFault::damaged(ties::LAYOUT.file, what));
    if whole == 0 {
        return damaged("column `policy`: the ties of the baseline are missing");
    }
    if network.sharing.iter().any(|of| of.len() != whole) {
        return damaged("column `policy`: not every policy has every tie");
    }
    Ok(Some(network))
}

fn governments(mut rows: Rows<governments::Row>) -> Result<Vec<governments::Row>, FolderFault> {
    let mut governments = Vec::new();
    while let Some(row) = rows.advance()? {
        if row.government as usize != governments.len() {
            return Err(rows.sheet.wrong("government", "the number of the row"));
        }
        governments.push(row);
    }
    Ok(governments)
}

impl ToldNetwork {
    fn read_ties(
        &mut self,
        mut rows: Rows<ties::Row>,
        study: &ToldStudy,
    ) -> Result<(), FolderFault> {
        let mut keys = Keys::default();
        while let Some(row) = rows.advance()? {
            let key = [
                row.policy.clone(),
                row.first.to_string(),
                row.second.to_string(),
            ];
            keys.note(&rows.sheet, &["policy", "first", "second"], key.into())?;
            let known = study.policy(&rows.sheet, &row.policy)?;
            for (end, name) in [(row.first, "first"), (row.second, "second")] {
                if end as usize >= self.governments.len() {
                    return Err(rows.sheet.wrong(name, "the number of a government"));
                }
            }
            let tie = (row.first as usize, row.second as usize, row.kind);
            if known == 0 {
                self.ties.push(tie);
            } else if self.ties.get(self.sharing[known].len()) != Some(&tie) {
                let expected = "the ties of the baseline in their order";
                return Err(rows.sheet.wrong("first", expected));
            }
            self.sharing[known].push(match (row.first_shares, row.second_shares) {
                (false, false) => '0',
                (true, false) => '1',
                (false, true) => '2',
                (true, true) => '3',
            });
        }
        Ok(())
    }
}
