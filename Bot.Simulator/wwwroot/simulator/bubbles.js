// One entry of a chat as WeChat draws it.
import { el, icon } from './dom.js';
import { opens, safeUrl, words } from './text.js';
import { act, person, tell, world } from './world.js';

export function avatarOf(citizen) {
  const node = el('span', { class: 'avatar', 'aria-hidden': 'true' }, citizen.name.slice(-1));
  node.style.backgroundColor = citizen.color;
  return node;
}

const accountAvatar = () => el('span', { class: 'avatar', 'aria-hidden': 'true' }, el('img', { src: 'assets/icon.svg', alt: '' }));

const picture = (src, alt = '') => {
  if (!src) return null;
  const img = el('img', { src, alt, loading: 'lazy', referrerpolicy: 'no-referrer' });
  img.addEventListener('error', () => img.remove());
  return img;
};

const bubble = (...inner) => el('div', { class: 'bubble' }, ...inner);

function photo(body) {
  const src = `media/${body.mediaId}`;
  const img = el('img', { src, alt: '图片消息' });
  img.addEventListener('load', () => tell('grown'));
  img.addEventListener('error', () => img.replaceWith(el('span', { class: 'bubble' }, '图片已过期或被清理')));
  return el('button', { class: 'photo', type: 'button', 'aria-label': '查看大图', onclick: () => tell('view', src) }, img);
}

function voice(body) {
  const seconds = body.seconds ?? 1;
  const node = bubble(el('div', { class: 'voice' }, icon('sound'), `${seconds}″`));
  node.style.width = `${Math.min(92 + seconds * 5, 210)}px`;
  return body.text ? [node, el('div', { class: 'heard' }, body.text, el('small', {}, '转文字'))] : node;
}

const place = body => el('div', { class: 'card' },
  el('div', { class: 'card-pad' }, el('h3', {}, body.label || '位置'), el('p', {}, `纬度 ${body.latitude}，经度 ${body.longitude}`)),
  el('div', { class: 'map' }, icon('pin', 2)));

const linkCard = (body, kind) => {
  const url = safeUrl(body.url);
  return el(url ? 'a' : 'div', { class: 'card', href: url, ...(url ? opens : {}) },
    el('div', { class: 'card-pad' }, el('h3', {}, body.title ?? ''),
      el('div', { class: 'link-card' }, el('p', {}, body.description || body.page || body.id || url || ''), el('span', { class: 'thumb' }, icon(kind)))));
};

function article(item, first, many) {
  const url = item.url ? safeUrl(item.url) : null;
  const img = picture(item.picMedia ? `media/${item.picMedia}` : safeUrl(item.picUrl) && item.picUrl);
  const props = { class: first ? 'news' : 'news small', href: url, ...(url ? opens : {}) };
  if (!first) return el(url ? 'a' : 'div', props, el('h3', {}, item.title), el('span', { class: 'thumb' }, img));
  return el(url ? 'a' : 'div', props,
    el('div', { class: 'cover' }, img, el('h3', {}, item.title)),
    !many && item.description ? el('div', { class: 'text' }, el('p', {}, item.description)) : null);
}

const news = body => el('div', { class: 'card wide' }, body.articles.map((a, i) => article(a, i === 0, body.articles.length > 1)));

function letter(body) {
  const url = body.url ? safeUrl(body.url) : null;
  return el('div', { class: 'card wide letter' },
    el('header', {}, el('img', { src: 'assets/icon.svg', alt: '' }), world.account.name),
    el('h3', {}, body.title),
    el('dl', {}, body.fields.map(f => el('div', {}, el('dt', {}, f.label), el('dd', {}, f.value)))),
    url ? el('a', { class: 'more', href: url, ...opens }, body.page ? '进入小程序查看' : '查看详情')
      : body.page ? el('span', { class: 'more' }, `进入小程序查看 ${body.page}`) : null);
}

const menuMessage = body => el('div', { class: 'bubble menu-message' },
  words(body.head ?? '', true),
  el('div', { class: 'lines' }, body.lines.map(l => el('button', { type: 'button', onclick: () => act('line', { text: l.text, id: l.id }) }, l.text))),
  words(body.tail ?? '', true));

const kinds = {
  text: (body, mine) => bubble(words(body.text, !mine)),
  image: photo,
  voice,
  video: body => linkCard({ title: body.title || '视频', description: body.description || '视频消息' }, 'film'),
  music: body => linkCard(body, 'sound'),
  location: place,
  link: body => linkCard(body, 'link'),
  card: body => linkCard(body, 'heart'),
  miniprogram: body => linkCard(body, 'link'),
  menu: menuMessage,
};

const wide = { news, template: letter };

function notice(entry) {
  const why = entry.journal && entry.body.failed
    ? el('button', { type: 'button', onclick: () => tell('explain', entry.journal) }, '查看原因') : null;
  return el('div', { class: `notice${entry.body.failed ? ' failed' : ''}` }, entry.body.text, why);
}

export function draw(entry) {
  const body = entry.body;
  if (entry.kind === 'notice') return notice(entry);
  if (wide[entry.kind]) return wide[entry.kind](body);
  const mine = entry.side === 'citizen';
  return el('div', { class: `row${mine ? ' mine' : ''}` },
    mine ? avatarOf(person()) : accountAvatar(),
    el('div', { class: 'said' },
      body.agent ? el('span', { class: 'agent' }, `客服 ${body.agent.split('@')[0]}`) : null,
      (kinds[entry.kind] ?? (b => bubble(JSON.stringify(b))))(body, mine)));
}
