//! How the two sides meet: the channels of the last twelve months in one bar.

use super::here::Here;
use super::timeline::channel_icon;
use crate::components::explain::explain;
use crate::components::pane::section;
use crate::locales::quick_log as texts;
use tongxing_domain::channel_mix::ChannelMix;
use tongxing_view::prelude::*;

/// The section; nothing before the first meeting.
pub(super) fn section_of(here: Here) -> View {
    let s = here.s;
    let mix = s.store.read(|book| ChannelMix::of(book, here.id, s.today));
    if mix.total() == 0 {
        return ().into_view();
    }
    let parts = mix
        .counts
        .iter()
        .map(|(channel, count)| {
            view! { <i data-channel=channel.code().to_string() style:--share=count.to_string()></i> }
        })
        .collect_view();
    let legend = mix
        .counts
        .iter()
        .map(|(channel, count)| {
            let (told, of) = (mix.clone(), *channel);
            let share = mix.share(of).map(|share| {
                let figure = view! { <strong>{*count}</strong> " " <small>{share.show()}</small> };
                explain(figure, s.t(texts::MIX_TITLE), move || {
                    told.explain(Some(of), s.lang)
                })
            });
            view! {
                <li data-channel=channel.code().to_string()>
                    {channel_icon(Some(*channel)).draw()}
                    {s.t(channel.words())}
                    " "
                    {share}
                </li>
            }
        })
        .collect_view();
    let told = mix.clone();
    let total = explain(
        texts::times(s.lang, mix.total()),
        s.t(texts::MIX_TITLE),
        move || told.explain(None, s.lang),
    );
    let head = view! { <span class="section-more">{total}</span> };
    let content = view! {
        <div class="mix" aria-hidden="true">{parts}</div>
        <ul class="mix-legend">{legend}</ul>
    };
    section(s.t(texts::MIX), None, Some(head), content)
}
