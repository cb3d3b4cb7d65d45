// The list of citizens, the chosen one's standing, and the account's card.
import { $, chatTime, el, icon, once, span, toast } from './dom.js';
import { avatarOf } from './bubbles.js';
import { scan } from './attachments.js';
import { confirmLeave } from './composer.js';
import { choices, field, form, openSheet } from './sheet.js';
import { act, attempt, choose, now, on, person, world } from './world.js';

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');
const kinds = { Message: '发消息', MenuTap: '点菜单', Follow: '关注', Scan: '扫码' };

function showList() {
  const people = [...world.citizens.values()].sort((a, b) => b.lastSeen - a.lastSeen).slice(0, 300);
  $('people-count').textContent = world.total > 1 ? `${world.total} 人，${world.followers} 人已关注` : '';
  $('people-list').replaceChildren(...people.map(c => {
    const avatar = avatarOf(c);
    if (c.unread && c.openId !== world.current) avatar.append(el('span', { class: 'badge' }, c.unread > 99 ? '99+' : String(c.unread)));
    return el('li', {}, el('button', {
      type: 'button', 'aria-current': String(c.openId === world.current), title: c.unread ? `${c.unread} 条未读` : null,
      onclick: () => { choose(c.openId); $('people').classList.remove('open'); $('scrim').hidden = true; },
    }, avatar, el('span', { class: 'who' },
      el('span', { class: 'top' }, el('span', { class: 'name' }, c.name), el('time', {}, c.last ? chatTime(c.lastSeen, now()).split(' ')[0] : '')),
      el('span', { class: 'last' }, c.last.replaceAll(/<[^>]*>/g, '').replaceAll('\n', ' ') || (c.follows ? '已关注' : '尚未关注')))));
  }));
}

function showPerson() {
  const c = person();
  if (!c) return;
  const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  const open = c.allowances.filter(a => a.until > now());
  $('person').replaceChildren(
    el('h3', {}, c.name, el('span', { class: `chip ${c.follows ? 'good' : ''}` }, c.follows ? '已关注' : '未关注')),
    el('dl', {},
      ...(open.length
        ? open.map(a => fact(`可回复（${kinds[a.kind] ?? a.kind}）`, `${a.left} 条 · ${span((a.until - now()) / 1000)}`))
        : [fact('客服消息窗口', c.follows ? '已关闭' : '—')]),
      c.refuses ? fact('接收消息', '已拒收') : '',
      c.tags.length ? fact('标签', c.tags.join('、')) : '',
      fact('OpenID', el('code', { title: c.openId }, `${c.openId.slice(0, 8)}…${c.openId.slice(-4)}`))));
}

async function add() {
  const name = `市民小${surnames[Math.floor(Math.random() * surnames.length)]}`;
  const added = await attempt('citizens', { method: 'POST', json: { name } });
  if (!added) return;
  await choose(added[0].openId);
  $('people').classList.remove('open');
  $('scrim').hidden = true;
  toast(`${name} 来了，先点“关注公众号”`);
}

function showProfile() {
  const c = person();
  const card = $('profile');
  card.hidden = !c || c.follows;
  $('chat').hidden = !card.hidden;
  if (card.hidden) return;
  const verified = el('span', { class: 'verified' }, icon('seal', 1.8), '政务服务号 · 已认证');
  card.replaceChildren(
    el('img', { src: 'assets/icon.svg', alt: '' }),
    el('h2', {}, world.account.name ?? ''), verified,
    el('p', { class: 'about' }, '查政策、约办事、提诉求、看进度，一个公众号都能办。'),
    el('button', { class: 'follow', type: 'button', onclick: () => act('follow') }, '关注公众号'),
    el('button', { class: 'scan', type: 'button', onclick: () => scan() }, '扫海报上的二维码关注'),
    el('dl', {},
      el('div', {}, el('dt', {}, '当前市民'), el('dd', {}, c.name)),
      el('div', {}, el('dt', {}, '账号主体'), el('dd', {}, '滨海市政务服务管理局（演示）')),
      el('div', {}, el('dt', {}, '微信号'), el('dd', {}, world.account.id ?? ''))));
}

function showMore() {
  const c = person();
  if (!c) return;
  const settings = json => attempt(`citizens/${encodeURIComponent(c.openId)}/settings`, { method: 'POST', json });
  openSheet(world.account.name ?? '', choices([
    ...(matchMedia('(max-width: 980px)').matches ? [
      { label: '流水、故障、时钟、说明', hint: '开发与演示工具', pick: () => { $('tools').classList.add('open'); $('scrim').hidden = false; } },
      { label: '切换市民', pick: () => { $('people').classList.add('open'); $('scrim').hidden = false; } },
    ] : []),
    ...(c.follows ? [{ label: '扫一扫', hint: '模拟扫描带参数的二维码', pick: () => scan() }] : []),
    ...(c.follows ? [{ label: '进入会话并上报位置', hint: '公众号开启“上报地理位置”时发生', pick: () => act('enter', { latitude: 30.2461, longitude: 120.2108 }) }] : []),
    ...(c.follows && world.templates.length ? [{ label: '订阅通知授权', hint: '模拟点击“订阅”后的弹窗', pick: askConsent }] : []),
    { label: c.refuses ? '恢复接收消息' : '拒收公众号消息', hint: '影响客服消息与模板消息', pick: () => settings({ refuses: !c.refuses }) },
    { label: c.client === 1 ? '换成安卓手机' : '换成苹果手机', hint: '影响个性化菜单', pick: () => settings({ client: c.client === 1 ? 2 : 1 }) },
    { label: '修改市民姓名', pick: () => openSheet('修改市民姓名', form('保存', [field('姓名', el('input', { name: 'name', value: c.name, maxlength: 20, required: true }))], v => settings(v))) },
    ...(c.follows ? [{ label: '取消关注', danger: true, pick: confirmLeave }] : [{ label: '关注公众号', pick: () => act('follow') }]),
  ]));
}

function askConsent() {
  const select = el('select', { name: 'id' }, world.templates.map(t => el('option', { value: t.id }, t.title)));
  const how = el('select', { name: 'how' }, [['once', '允许一次'], ['long', '长期订阅'], ['no', '拒绝']].map(([v, t]) => el('option', { value: v }, t)));
  openSheet('订阅通知授权', form('确定', [field('通知', select), field('选择', how)], v => act('consent', { id: v.id, accept: v.how !== 'no', longTerm: v.how === 'long' })));
}

export function startPeople() {
  $('people-close').append(icon('close'));
  $('people-add').addEventListener('click', add);
  $('title-more').addEventListener('click', showMore);
  $('title-back').addEventListener('click', () => {
    if (!matchMedia('(max-width: 980px)').matches) return $('people-list').querySelector('[aria-current="true"]')?.focus();
    $('people').classList.add('open');
    $('scrim').hidden = false;
    $('people-close').focus();
  });
  const close = () => { $('people').classList.remove('open'); $('tools').classList.remove('open'); $('scrim').hidden = true; };
  $('people-close').addEventListener('click', close);
  $('scrim').addEventListener('click', close);
  document.addEventListener('keydown', e => e.key === 'Escape' && !$('scrim').hidden && close());
  on('chosen', () => { showList(); showPerson(); showProfile(); });
  const refresh = once(showList);
  on('citizens', c => { refresh(); if (!c || c.openId === world.current) showPerson(); });
  on('clock', showPerson);
  on('account', () => { $('brand-account').textContent = world.account.name; document.title = `${world.account.name} · 公众号模拟器`; });
  on('online', () => {
    $('live').classList.toggle('on', world.online);
    $('live-text').textContent = world.online ? '已连接，消息实时更新' : '连接中断，正在重连';
  });
  setInterval(showPerson, 1000);
}

