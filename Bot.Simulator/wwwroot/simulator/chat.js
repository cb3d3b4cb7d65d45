// The chat itself: entries, times between them, and staying at the newest line.
import { $, chatTime, el, hourMinute, icon, once } from './dom.js';
import { draw } from './bubbles.js';
import { now, on, person, read, world } from './world.js';

const gap = 5 * 60 * 1000;
let lastAt = 0;

const atEnd = () => { const c = $('chat'); return c.scrollHeight - c.scrollTop - c.clientHeight < 80; };
const toEnd = () => { const c = $('chat'); c.scrollTop = c.scrollHeight; $('newest').hidden = true; };

function append(entry, fresh) {
  const chat = $('chat');
  if (Math.abs(entry.at - lastAt) > gap) chat.append(el('div', { class: 'when' }, chatTime(entry.at, now())));
  lastAt = entry.at;
  const node = draw(entry);
  if (fresh) node.classList.add('fresh');
  chat.append(node);
}

function showAll() {
  const chat = $('chat');
  chat.replaceChildren();
  lastAt = 0;
  const entries = world.chats.get(world.current) ?? [];
  for (const entry of entries) append(entry, false);
  if (!entries.length) chat.append(el('p', { class: 'empty' }, '还没有消息。在下面输入文字，或点菜单试试。'));
  toEnd();
}

function showEntry(entry) {
  const stay = !atEnd() && entry.side !== 'citizen';
  $('chat').querySelector('.empty')?.remove();
  append(entry, true);
  if (stay) $('newest').hidden = false;
  else toEnd();
}

function showTitle() {
  const citizen = person();
  $('title-name').textContent = world.account.name ?? '';
  $('title-typing').textContent = citizen?.typing && citizen.follows ? '对方正在输入…' : '';
  const others = [...world.citizens.values()].reduce((n, c) => n + (c.openId === world.current ? 0 : c.unread), 0);
  $('title-back').setAttribute('aria-label', others ? `市民列表，${others > 99 ? '99+' : others} 条未读` : '市民列表');
  $('title-back').replaceChildren(icon('back', 2), others ? el('span', { class: 'bubble-count' }, others > 99 ? '99+' : String(others)) : '');
}

export function startChat() {
  $('title-more').append(icon('more'));
  $('status-icons').append(...statusIcons());
  const tick = () => { $('status-time').textContent = hourMinute(now()); };
  setInterval(tick, 5000);
  on('clock', tick);
  on('chosen', () => { showTitle(); showAll(); });
  on('entry', showEntry);
  on('citizens', once(showTitle));
  on('account', showTitle);
  on('grown', () => { if (atEnd() || $('newest').hidden) toEnd(); });
  $('newest').addEventListener('click', toEnd);
  $('chat').addEventListener('scroll', () => { if (atEnd()) $('newest').hidden = true; }, { passive: true });
  document.addEventListener('visibilitychange', () => { if (!document.hidden && world.current) read(world.current); });
  on('view', src => {
    const opener = document.activeElement;
    const close = () => { viewer.remove(); opener?.focus(); };
    const viewer = el('button', { class: 'viewer', type: 'button', 'aria-label': '关闭大图', onclick: close, onkeydown: e => e.key === 'Escape' && close() },
      el('img', { src, alt: '图片消息' }));
    $('screen').append(viewer);
    viewer.focus();
  });
}

function statusIcons() {
  const draw = (viewBox, d) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', viewBox);
    const path = document.createElementNS(svg.namespaceURI, 'path');
    path.setAttribute('d', d);
    svg.append(path);
    return svg;
  };
  return [
    draw('0 0 18 12', 'M0 8h3v4H0zM5 6h3v6H5zM10 3h3v9h-3zM15 0h3v12h-3z'),
    draw('0 0 16 12', 'M8 2.4c2.2 0 4.2.9 5.7 2.3l1.2-1.2A9.9 9.9 0 0 0 8 .7 9.9 9.9 0 0 0 1.1 3.5l1.2 1.2A8.2 8.2 0 0 1 8 2.4zm0 3.8c1.2 0 2.3.5 3.1 1.2l1.2-1.2A6.1 6.1 0 0 0 8 4.5c-1.7 0-3.2.7-4.3 1.7l1.2 1.2A4.5 4.5 0 0 1 8 6.2zm2 2.6a2.9 2.9 0 0 0-4 0l2 2z'),
    draw('0 0 26 12', 'M3 0h18a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3zm0 1.2A1.8 1.8 0 0 0 1.2 3v6c0 1 .8 1.8 1.8 1.8h18c1 0 1.8-.8 1.8-1.8V3c0-1-.8-1.8-1.8-1.8zM3 2.4h15v7.2H3zM25 4v4a2.2 2.2 0 0 0 0-4z'),
  ];
}
