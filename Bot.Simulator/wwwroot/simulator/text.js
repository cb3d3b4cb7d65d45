// The words of a bubble. Only <a href> is understood, as in WeChat; everything else is text.
import { el } from './dom.js';
import { act } from './world.js';

const anchor = /<a\s+([^>]*)>([\s\S]*?)<\/a>/gi;
const bare = /https?:\/\/[^\s<>"'，。；！？、（）《》【】]+/g;
const option = /^\s*(\d{1,2})[.．]\s?(.+)$/;

const attribute = (text, name) => new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(text)?.slice(1).find(Boolean) ?? '';

const decode = text => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]);

/** Only web pages may be opened. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export const opens = { target: '_blank', rel: 'noopener noreferrer' };

function link(attributes, label) {
  const href = decode(attribute(attributes, 'href'));
  if (/^weixin:\/\/bizmsgmenu\?/i.test(href)) {
    const query = new URLSearchParams(href.slice(href.indexOf('?') + 1));
    const text = query.get('msgmenucontent') ?? '';
    return el('button', { class: 'word', type: 'button', onclick: () => act('line', { text, id: query.get('msgmenuid') ?? '' }) }, label);
  }
  const url = safeUrl(href);
  return url && href ? el('a', { href: url, ...opens }, label) : label;
}

function withBareLinks(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(bare)) {
    parts.push(text.slice(from, match.index), el('a', { href: match[0], ...opens }, match[0]));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts.filter(p => p !== '');
}

function inline(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(anchor)) {
    parts.push(...withBareLinks(text.slice(from, match.index)), link(match[1], match[2]));
    from = match.index + match[0].length;
  }
  parts.push(...withBareLinks(text.slice(from)));
  return parts;
}

/** @param tappable whether numbered lines send their number, as they do in what the account says */
export function words(text, tappable) {
  if (!tappable) return withBareLinks(text);
  const nodes = [];
  const plain = [];
  const flush = () => {
    if (plain.length) nodes.push(...inline(plain.splice(0).join('\n')));
  };
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    const match = /<a\s|https?:/i.test(line) ? null : option.exec(line);
    if (!match) {
      plain.push(line);
      return;
    }
    const open = nodes.at(-1);
    if (plain.length) {
      flush();
    } else if (typeof open === 'string') {
      nodes.push('');
    }
    nodes.push(el('button', { class: 'option', type: 'button', title: `回复 ${match[1]}`, onclick: () => act('text', { text: match[1] }) },
      el('b', {}, `${match[1]}.`), ` ${match[2]}`));
    if (i === lines.length - 1) return;
  });
  flush();
  return nodes;
}
