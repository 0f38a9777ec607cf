//! A tape: the same calls write numbers to a file or read them back, so that both ways agree; or nobody
//! writes and it is only heard whether they are numbers.
//!
//! Numbers are little-endian and pass in pieces of 8,192, so a column of any length takes no
//! more memory than that. A fault sticks: what follows it is passed over, and [`Tape::end`] tells.

use std::io::{self, Read, Write};

/// Numbers handled at a time.
const PIECE: usize = 8192;

/// Numbers on their way to a file or back.
pub struct Tape<'a> {
    way: Way<'a>,
    fault: Option<io::Error>,
    bytes: Vec<u8>,
}

enum Way<'a> {
    Out(&'a mut dyn Write),
    Back(&'a mut dyn Read),
    Heard,
}

/// A number that can pass.
pub trait Number: Copy + Default {
    /// Its bytes.
    type Bytes: AsRef<[u8]> + AsMut<[u8]> + Default;
    /// The number as little-endian bytes.
    fn bytes(self) -> Self::Bytes;
    /// The number with these little-endian bytes.
    fn number(bytes: Self::Bytes) -> Self;
    /// Whether it is neither infinite nor no number at all.
    fn is_told(self) -> bool;
}

macro_rules! numbers {
    ($($kind:ty: $size:literal),*) => {$(
        impl Number for $kind {
            type Bytes = [u8; $size];
            fn bytes(self) -> Self::Bytes {
                self.to_le_bytes()
            }
            fn number(bytes: Self::Bytes) -> Self {
                Self::from_le_bytes(bytes)
            }
            fn is_told(self) -> bool {
                (self as f64).is_finite()
            }
        }
    )*};
}
numbers!(u8: 1, u16: 2, u32: 4, u64: 8, i64: 8, f32: 4, f64: 8);

impl Number for bool {
    type Bytes = [u8; 1];
    fn bytes(self) -> Self::Bytes {
        [u8::from(self)]
    }
    fn number([byte]: Self::Bytes) -> Self {
        byte != 0
    }
    fn is_told(self) -> bool {
        true
    }
}

impl<'a> Tape<'a> {
    /// A tape that writes what passes.
    pub fn to(file: &'a mut dyn Write) -> Self {
        Self::new(Way::Out(file))
    }

    /// A tape that replaces what passes by what was written.
    pub fn from(file: &'a mut dyn Read) -> Self {
        Self::new(Way::Back(file))
    }

    /// A tape that leaves what passes as it is; what is infinite or no number is a fault.
    pub fn listening() -> Self {
        Self::new(Way::Heard)
    }

    fn new(way: Way<'a>) -> Self {
        Self {
            way,
            fault: None,
            bytes: Vec::new(),
        }
    }

    /// One number.
    pub fn number<N: Number>(&mut self, number: &mut N) {
        self.column(std::slice::from_mut(number));
    }

    /// Numbers whose count does not change.
    pub fn column<N: Number>(&mut self, column: &mut [N]) {
        for piece in column.chunks_mut(PIECE) {
            if self.fault.is_none() {
                self.fault = self.piece(piece).err();
            }
        }
    }

    /// Numbers that may have become more or fewer since the world was built.
    pub fn growing<N: Number>(&mut self, column: &mut Vec<N>) {
        let mut count = column.len() as u64;
        self.number(&mut count);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        column.truncate(count);
        // piece by piece, so that a wrong count ends in a fault before it takes memory
        for first in (0..count).step_by(PIECE) {
            let end = count.min(first + PIECE);
            if self.is_broken() {
                break;
            }
            column.resize(column.len().max(end), N::default());
            self.column(&mut column[first..end]);
        }
    }

    /// Whether a fault has stopped it.
    pub fn is_broken(&self) -> bool {
        self.fault.is_some()
    }

    /// Ends the tape.
    ///
    /// # Errors
    /// The first fault of the file.
    pub fn end(self) -> io::Result<()> {
        self.fault.map_or(Ok(()), Err)
    }

    fn piece<N: Number>(&mut self, piece: &mut [N]) -> io::Result<()> {
        if let Way::Heard = self.way {
            return match piece.iter().all(|number| number.is_told()) {
                true => Ok(()),
                false => Err(io::ErrorKind::InvalidData.into()),
            };
        }
        let size = size_of::<N::Bytes>();
        self.bytes.resize(piece.len() * size, 0);
        let each = piece.iter_mut().zip(self.bytes.chunks_exact_mut(size));
        match &mut self.way {
            Way::Out(file) => {
                each.for_each(|(number, bytes)| bytes.copy_from_slice(number.bytes().as_ref()));
                file.write_all(&self.bytes)
            }
            Way::Back(file) => {
                file.read_exact(&mut self.bytes)?;
                for (number, from) in piece.iter_mut().zip(self.bytes.chunks_exact(size)) {
                    let mut bytes = N::Bytes::default();
                    bytes.as_mut().copy_from_slice(from);
                    *number = N::number(bytes);
                }
                Ok(())
            }
            Way::Heard => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_went() {
        let mut file = Vec::new();
        let mut tape = Tape::to(&mut file);
        tape.column(&mut [1.5_f32, -0.0, f32::NAN]);
        tape.growing(&mut vec![7_i64; 20_000]);
        tape.number(&mut true);
        tape.end().unwrap();
        let (mut floats, mut whole, mut yes) = ([0.0_f32; 3], Vec::<i64>::new(), false);
        let mut file = &file[..];
        let mut tape = Tape::from(&mut file);
        tape.column(&mut floats);
        tape.growing(&mut whole);
        tape.number(&mut yes);
        tape.end().unwrap();
        let bits = floats.map(f32::to_bits);
        assert_eq!(bits, [1.5_f32, -0.0, f32::NAN].map(f32::to_bits));
        assert!(whole == vec![7; 20_000] && yes && file.is_empty());
    }

    #[test]
    fn what_is_no_number_is_heard() {
        let heard = |column: &mut [f32]| {
            let mut tape = Tape::listening();
            let mut most = u64::MAX;
            tape.number(&mut most);
            tape.number(&mut true);
            tape.column(column);
            tape.end().is_ok()
        };
        assert!(heard(&mut [0.0, -1.5, f32::MAX]));
        assert!(!heard(&mut [0.0, f32::INFINITY]) && !heard(&mut [f32::NAN]));
    }

    #[test]
    fn a_fault_sticks() {
        let mut short = &[1_u8, 2][..];
        let mut tape = Tape::from(&mut short);
        let (mut number, mut byte) = (5_u32, 9_u8);
        tape.number(&mut number);
        tape.number(&mut byte);
        assert!(tape.end().is_err());
        assert_eq!((number, byte), (5, 9));
    }
}
