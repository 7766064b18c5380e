//! Links the page's module so that it can be cut into parts afterwards: the cut has to know what refers
//! to what, which the linker forgets unless it is told to keep it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_PARTS").is_some() {
        println!("cargo::rustc-link-arg-bin=tongxing-app=--emit-relocs");
    }
}
