// Every call and push, newest first; a click shows the raw request and response.
import { clockTime, el, icon, toast } from './dom.js';
import { ask, attempt, on, world } from './world.js';

const filters = [['all', '全部'], ['push', '推送'], ['call', '接口'], ['bad', '异常']];
let filter = 'all';
let list;

const wanted = e => filter === 'all' || (filter === 'bad' ? !e.good : e.kind === filter);

async function raw(details, id) {
  if (details.querySelector('.raw')) return;
  const entry = await attempt(`journal/${id}`);
  if (!entry) return;
  details.append(el('div', { class: 'raw' },
    el('h4', {}, entry.kind === 'push' ? '平台发出' : '机器人发出'), el('pre', { tabindex: '0' }, entry.request || '（空）'),
    el('h4', {}, entry.kind === 'push' ? '机器人回复' : '平台应答'), el('pre', { tabindex: '0' }, entry.response || '（空）')));
}

function line(e) {
  const details = el('details', { class: `entry ${e.kind}${e.good ? '' : ' bad'}`, data: { id: e.id }, ontoggle: () => details.open && raw(details, e.id) },
    el('summary', {},
      el('span', { class: 'way', title: e.kind === 'push' ? '平台推送给机器人' : '机器人调用平台接口' }, icon(e.kind === 'push' ? 'out' : 'into', 2)),
      el('span', { class: 'what' }, e.title), el('time', {}, clockTime(e.at)),
      el('span', { class: 'how', title: e.outcome }, e.outcome), el('span', { class: 'took' }, e.milliseconds >= 1 ? `${Math.round(e.milliseconds)} 毫秒` : '<1 毫秒')));
  return details;
}

function showAll() {
  const entries = world.journal.filter(wanted).slice(0, 200);
  list.replaceChildren(...(entries.length ? entries.map(line) : [el('p', { class: 'nothing' }, '还没有记录。发一条消息，就能看到平台推送了什么、机器人回了什么。')]));
}

export async function showInJournal(id) {
  if (!world.journal.some(e => e.id === id)) {
    const entry = await ask(`journal/${id}`).catch(() => null);
    if (!entry) return toast('这条记录已被清理');
    world.journal.push(entry);
    world.journal.sort((a, b) => b.id - a.id);
  }
  filter = 'all';
  showFilters();
  showAll();
  const node = list.querySelector(`[data-id="${id}"]`);
  if (!node) return;
  node.open = true;
  node.classList.add('flash');
  node.scrollIntoView({ block: 'center' });
  node.querySelector('summary').focus();
}

let segments;
function showFilters() {
  segments.replaceChildren(...filters.map(([id, label]) => el('button', { type: 'button', 'aria-pressed': String(id === filter), onclick: () => { filter = id; showFilters(); showAll(); } }, label)));
}

export function startJournal(panel) {
  segments = el('div', { class: 'segments', role: 'group', 'aria-label': '筛选' });
  list = el('div', { class: 'journal' });
  panel.append(el('div', { class: 'tool-bar' }, segments, el('span', { class: 'spacer' }),
    el('button', { class: 'small-button', type: 'button', onclick: async () => {
      if (await attempt('journal', { method: 'DELETE' })) { world.journal = []; showAll(); }
    } }, '清空')), list);
  showFilters();
  showAll();
  on('journal', entry => {
    if (!entry) return showAll();
    if (!wanted(entry)) return;
    list.querySelector('.nothing')?.remove();
    list.prepend(line(entry));
    while (list.children.length > 300) list.lastChild.remove();
  });
}
