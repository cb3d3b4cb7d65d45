// Every call and push, newest first; a click shows the raw request and response.
import { clockTime, el, icon, once, toast } from './dom.js';
import { ask, attempt, on, world } from './world.js';

const filters = [['all', '全部'], ['push', '推送'], ['call', '接口'], ['bad', '异常']];
const most = 300;
let filter = 'all';
let list;

const wanted = e => filter === 'all' || (filter === 'bad' ? !e.good : e.kind === filter);

async function raw(details, id) {
  if (details.querySelector('.raw')) return;
  const entry = await attempt(`journal/${id}`);
  if (!entry) return;
  const push = entry.kind === 'push';
  details.append(el('div', { class: 'raw' }, part(push ? '平台推送' : '机器人请求', entry.request), part(push ? '机器人回复' : '平台应答', entry.response)));
}

const seam = '\n\n—— 明文 ——\n';

// What was encrypted is shown in clear first; the wire beneath it.
function part(title, text) {
  const [wire, plain] = text.split(seam);
  const pre = (inner, kind) => el('pre', { tabindex: '0', class: kind }, inner || '（空）');
  return plain ? [el('h4', {}, `${title} · 明文`), pre(pretty(plain)), el('h4', {}, `${title} · 原始报文`), pre(wire, 'wire')]
    : [el('h4', {}, title), pre(pretty(wire))];
}

function pretty(text) {
  const at = text.search(/[<{]/);
  if (at < 0) return text;
  const [head, body] = [text.slice(0, at), text.slice(at)];
  if (body[0] === '{') {
    // Numbers beyond 2^53 would lose digits in JSON.parse.
    if (/:\s*\d{16,}/.test(body)) return text;
    try {
      return head + JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      return text;
    }
  }
  let depth = 0;
  return head + body.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>|<\/?[^>]+>/g, tag => tag.startsWith('<!') ? tag : `\u0000${tag}`).split('\u0000').filter(Boolean).map(piece => {
    if (piece.startsWith('</')) depth--;
    const line = '  '.repeat(Math.max(depth, 0)) + piece;
    if (!piece.startsWith('</') && !piece.includes('/>')) depth++;
    return line;
  }).join('\n').replaceAll(/(<(\w+)>[^\n]*)\n\s*(<\/\2>)/g, '$1$3');
}

function line(e) {
  const details = el('details', { class: `entry ${e.kind}${e.good ? '' : ' bad'}`, data: { id: e.id }, ontoggle: () => details.open && raw(details, e.id) },
    el('summary', {},
      el('span', { class: 'way', title: e.kind === 'push' ? '平台推送给机器人' : '机器人调用平台接口' }, icon(e.kind === 'push' ? 'out' : 'into', 2)),
      el('span', { class: 'what' }, e.title), el('time', {}, clockTime(e.at)),
      el('span', { class: 'how', title: e.outcome }, world.citizens.size > 1 && world.citizens.has(e.openId) ? `${world.citizens.get(e.openId).name} · ` : '', e.outcome), el('span', { class: 'took' }, e.milliseconds >= 1 ? `${Math.round(e.milliseconds)} 毫秒` : '<1 毫秒')));
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
  const arrived = [];
  const show = once(() => {
    list.querySelector('.nothing')?.remove();
    list.prepend(...arrived.splice(0).slice(-most).reverse().map(line));
    while (list.children.length > most) list.lastChild.remove();
  });
  on('journal', entry => {
    if (!entry) return showAll();
    if (!wanted(entry)) return;
    arrived.push(entry);
    show();
  });
}
