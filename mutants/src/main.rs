//! Lays many mutants into one copy of the sources, each behind a switch that the environment throws.
//!
//! `cogov-mutants ROOT ONE_IN FOLDER...` rewrites the files below `ROOT/src/FOLDER`: of all places where an
//! operator, a negation, a condition or a number could be another one, one in `ONE_IN` becomes
//! `if mutant(N) { other } else { own }`. `COGOV_MUTANT=N` throws the switch. One build then serves for
//! all of them, where a build a mutant takes minutes. The list of mutants goes to standard output.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, ExprBinary, ExprUnary, ItemConst, ItemFn, ItemMod, ItemStatic, UnOp, parse_quote};

/// What stands for the switch in the library's root.
const SWITCH: &str = "
/// Whether the mutant of this number is on.
#[doc(hidden)]
pub fn mutant(number: usize) -> bool {
    static ON: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *ON.get_or_init(|| std::env::var(\"COGOV_MUTANT\").ok().and_then(|of| of.parse().ok()).unwrap_or(usize::MAX)) == number
}
";

/// Files of tests alone.
const TESTS: [&str; 2] = ["tests.rs", "by_hand.rs"];

/// Who goes through a file and lays mutants.
struct Laying {
    file: String,
    one_in: u64,
    dice: u64,
    next: usize,
}

impl Laying {
    /// Whether the next place is chosen (splitmix: Steele and others 2014).
    fn chosen(&mut self) -> bool {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % self.one_in == 0
    }

    /// The number of a new mutant, which is told.
    fn tell(&mut self, at: Span, own: &str, other: &str) -> usize {
        let number = self.next;
        self.next += 1;
        println!("{number}\t{}:{}\t{own}\t{other}", self.file, at.start().line);
        number
    }
}

/// The operator that takes the place of `own`, if one could.
fn other(own: &BinOp) -> Option<BinOp> {
    Some(match own {
        BinOp::Add(_) => parse_quote!(-),
        BinOp::Sub(_) => parse_quote!(+),
        BinOp::Mul(_) => parse_quote!(/),
        BinOp::Div(_) => parse_quote!(*),
        BinOp::Rem(_) => parse_quote!(/),
        BinOp::And(_) => parse_quote!(||),
        BinOp::Or(_) => parse_quote!(&&),
        BinOp::Lt(_) => parse_quote!(<=),
        BinOp::Le(_) => parse_quote!(<),
        BinOp::Gt(_) => parse_quote!(>=),
        BinOp::Ge(_) => parse_quote!(>),
        BinOp::Eq(_) => parse_quote!(!=),
        BinOp::Ne(_) => parse_quote!(==),
        BinOp::AddAssign(_) => parse_quote!(-=),
        BinOp::SubAssign(_) => parse_quote!(+=),
        BinOp::MulAssign(_) => parse_quote!(/=),
        BinOp::DivAssign(_) => parse_quote!(*=),
        _ => return None,
    })
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|one| one.to_token_stream().to_string().contains("test"))
}

/// Whether a binding in `expression` must be seen outside of it.
fn binds(expression: &Expr) -> bool {
    let text = expression.to_token_stream().to_string();
    text.contains("let ") || text.contains('?') || text.contains("return ")
}

impl VisitMut for Laying {
    fn visit_item_const_mut(&mut self, _: &mut ItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut ItemStatic) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
    fn visit_expr_repeat_mut(&mut self, _: &mut syn::ExprRepeat) {}

    fn visit_item_mod_mut(&mut self, of: &mut ItemMod) {
        if !is_test(&of.attrs) {
            visit_mut::visit_item_mod_mut(self, of);
        }
    }

    fn visit_item_fn_mut(&mut self, of: &mut ItemFn) {
        if of.sig.constness.is_none() && !is_test(&of.attrs) {
            visit_mut::visit_item_fn_mut(self, of);
        }
    }

    fn visit_impl_item_fn_mut(&mut self, of: &mut syn::ImplItemFn) {
        if of.sig.constness.is_none() {
            visit_mut::visit_impl_item_fn_mut(self, of);
        }
    }

    fn visit_expr_mut(&mut self, of: &mut Expr) {
        visit_mut::visit_expr_mut(self, of);
        if binds(of) {
            return;
        }
        let at = of.span();
        let changed: Option<(Expr, String, String)> = match &*of {
            Expr::Binary(ExprBinary { left, op, right, .. }) => other(op).map(|new| {
                let told = [op.to_token_stream().to_string(), new.to_token_stream().to_string()];
                let [own, instead] = told;
                (parse_quote!(#left #new #right), own, instead)
            }),
            Expr::Unary(ExprUnary { op: UnOp::Not(_) | UnOp::Neg(_), expr, .. }) => {
                Some((parse_quote!(#expr), "!, -".into(), String::new()))
            }
            _ => None,
        };
        if let Some((changed, own, instead)) = changed
            && self.chosen()
        {
            let number = self.tell(at, &own, &instead);
            *of = parse_quote!((if crate::mutant(#number) { #changed } else { #of }));
        }
    }
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files(&path, into);
        } else if name.ends_with(".rs") && !TESTS.contains(&name.as_str()) {
            into.push(path);
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [root, one_in, folders @ ..] = &words[..] else { panic!("ROOT ONE_IN FOLDER...") };
    let mut all = Vec::new();
    folders.iter().for_each(|folder| files(&Path::new(root).join("src").join(folder), &mut all));
    let mut laying = Laying {
        file: String::new(),
        one_in: one_in.parse().expect("a whole number"),
        dice: 18,
        next: 0,
    };
    for path in all {
        let text = fs::read_to_string(&path).expect("a source");
        let mut file = syn::parse_file(&text).expect("Rust");
        laying.file = path.strip_prefix(root).expect("below the root").display().to_string();
        let before = laying.next;
        laying.visit_file_mut(&mut file);
        if laying.next > before {
            fs::write(&path, prettyplease::unparse(&file)).expect("a source is written");
        }
    }
    let library = Path::new(root).join("src/lib.rs");
    let text = fs::read_to_string(&library).expect("the library's root");
    fs::write(&library, text + SWITCH).expect("the library's root is written");
}
