//! Files added to the built-in theme make the program build again.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
}
