//! Nodes of the markup into calls.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use rstml::Infallible;
use rstml::node::{
    KVAttributeValue, KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName,
};
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, Stmt};

/// Elements of drawings, which live in a namespace of their own.
const DRAWN: [&str; 9] = [
    "svg", "g", "path", "line", "circle", "rect", "polyline", "polygon", "text",
];

/// One view of all the nodes.
pub(crate) fn several(nodes: &[Node<Infallible>]) -> TokenStream {
    let views: Vec<TokenStream> = nodes.iter().filter_map(node).collect();
    match views.as_slice() {
        [one] => quote! { ::tongxing_view::IntoView::into_view(#one) },
        _ => quote! {
            ::tongxing_view::View::Several(::std::vec![
                #(::tongxing_view::IntoView::into_view(#views)),*
            ])
        },
    }
}

/// Something that can be shown; nothing for a comment.
fn node(node: &Node<Infallible>) -> Option<TokenStream> {
    match node {
        Node::Element(element) if element.name().to_string() == "For" => Some(keyed(element)),
        Node::Element(element) => Some(drawn(element)),
        Node::Fragment(fragment) => Some(several(&fragment.children)),
        Node::Block(block) => Some(block_value(block)),
        Node::Text(text) => {
            let text = &text.value;
            Some(quote! { #text })
        }
        Node::RawText(text) => {
            let text = text.to_string_best();
            Some(quote! { #text })
        }
        Node::Comment(_) | Node::Doctype(_) | Node::Custom(_) => None,
    }
}

/// A block's value: without the braces where there is nothing but an expression in them.
fn block_value(block: &NodeBlock) -> TokenStream {
    match block.try_block().map(|block| block.stmts.as_slice()) {
        Some([Stmt::Expr(value, None)]) => quote! { #value },
        _ => quote! { #block },
    }
}

fn drawn(element: &NodeElement<Infallible>) -> TokenStream {
    let name = element.name().to_string();
    // Not to be seen by the expressions inside.
    let this = Ident::new("element", Span::mixed_site());
    let is_drawn = DRAWN.contains(&name.as_str());
    let mut fixed = Vec::new();
    let mut calls = Vec::new();
    for attribute in element.attributes() {
        match attribute {
            NodeAttribute::Attribute(attribute) => match literal(attribute) {
                Some((name, text)) => fixed.push(quote! { (#name, #text) }),
                None => calls.push(setting(&this, attribute)),
            },
            NodeAttribute::Block(block) => calls.push(error(
                block.span(),
                "an attribute needs a name: write it as name=value",
            )),
        }
    }
    let children = element.children.iter().filter_map(node);
    quote! {{
        let mut #this = ::tongxing_view::Element::new(&::tongxing_view::Tag {
            name: #name,
            drawn: #is_drawn,
            fixed: &[#(#fixed),*],
        });
        #(#calls)*
        #(#this.child(#children);)*
        ::tongxing_view::View::from(#this)
    }}
}

/// An attribute whose text is in the source.
fn literal(attribute: &KeyedAttribute) -> Option<(String, String)> {
    let name = attribute.key.to_string();
    if name.contains(':') || name == "node_ref" {
        return None;
    }
    match value(attribute) {
        None => Some((name, String::new())),
        Some(KVAttributeValue::Expr(Expr::Lit(literal))) => match &literal.lit {
            Lit::Str(text) => Some((name, text.value())),
            Lit::Int(number) => Some((name, number.base10_digits().to_owned())),
            _ => None,
        },
        Some(_) => None,
    }
}

fn value(attribute: &KeyedAttribute) -> Option<&KVAttributeValue> {
    attribute
        .possible_value
        .to_value()
        .map(|value| &value.value)
}

fn setting(this: &Ident, attribute: &KeyedAttribute) -> TokenStream {
    let name = attribute.key.to_string();
    let span = attribute.key.span();
    let value = match value(attribute) {
        Some(KVAttributeValue::Expr(Expr::Block(block))) => {
            block_value(&NodeBlock::ValidBlock(block.block.clone()))
        }
        Some(KVAttributeValue::Expr(value)) => quote! { #value },
        Some(KVAttributeValue::InvalidBraced(block)) => quote! { #block },
        None => return error(span, "this needs a value"),
    };
    match name.split_once(':') {
        Some(("prop", name)) => quote! { #this.property(#name, #value); },
        Some(("style", name)) => quote! { #this.style(#name, #value); },
        Some(("on", name)) => {
            let event = format_ident!("{name}", span = last_span(&attribute.key));
            quote! { #this.on(::tongxing_view::event::#event, #value); }
        }
        Some(_) => error(span, "known are on:, prop: and style:"),
        None if name == "node_ref" => quote! { #this.reference(#value); },
        None => quote! { #this.attribute(#name, #value); },
    }
}

fn last_span(name: &NodeName) -> Span {
    match name {
        NodeName::Punctuated(parts) => parts.last().map_or(Span::call_site(), |part| part.span()),
        other => other.span(),
    }
}

/// `<For each=… key=… let:item>`.
fn keyed(element: &NodeElement<Infallible>) -> TokenStream {
    let (mut each, mut key, mut item) = (None, None, None);
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            continue;
        };
        match (attribute.key.to_string().as_str(), attribute.value()) {
            ("each", Some(value)) => each = Some(value),
            ("key", Some(value)) => key = Some(value),
            (name, None) if name.starts_with("let:") => {
                item = name
                    .strip_prefix("let:")
                    .map(|name| format_ident!("{name}", span = last_span(&attribute.key)));
            }
            _ => return error(attribute.key.span(), "For takes each=, key= and let:name"),
        }
    }
    let (Some(each), Some(key), Some(item)) = (each, key, item) else {
        return error(element.name().span(), "For takes each=, key= and let:name");
    };
    let children = several(&element.children);
    quote! { ::tongxing_view::keyed(#each, #key, move |#item| #children) }
}

fn error(span: Span, message: &str) -> TokenStream {
    quote_spanned! { span => ::core::compile_error!(#message); }
}
