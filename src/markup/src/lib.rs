//! The `view!` macro. It reads the markup that Leptos reads, with the same parser, and writes calls of
//! `tongxing_view` that all have one type: a page then weighs what it says, not what it is made of.
//!
//! | markup | meaning |
//! | --- | --- |
//! | `<p class="help">…</p>` | an element with an attribute; literals are kept as data |
//! | `hidden=move \|\| …` | an attribute that follows signals |
//! | `prop:value=…` | a property of the element |
//! | `style:--value=…` | a custom property of its style |
//! | `on:click=…` | a listener |
//! | `node_ref=…` | where the element can be reached once it is there |
//! | `{…}` | anything that can be shown |
//! | `<For each=… key=… let:item>…</For>` | a list whose entries keep their elements by key |

mod element;

use proc_macro2::TokenStream;
use quote::quote;
use rstml::Parser;
use rstml::ParserConfig;

/// Describes a view in markup; its value is a `tongxing_view::View`.
#[proc_macro]
pub fn view(markup: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, diagnostics) = parser.parse_recoverable(markup).split_vec();
    let errors = diagnostics
        .into_iter()
        .map(|diagnostic| diagnostic.emit_as_expr_tokens());
    let view = element::several(&nodes);
    let view: TokenStream = quote! {{ #(#errors;)* #view }};
    view.into()
}
