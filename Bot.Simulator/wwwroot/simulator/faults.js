// Switches for everything that goes wrong on the real platform.
import { el } from './dom.js';
import { attempt, on, world } from './world.js';

const ofCalls = [
  ['busy', '系统繁忙', '返回 -1，稍后可重试'],
  ['minuteQuota', '分钟限频', '返回 45011，下一分钟再试'],
  ['tokenInvalid', '令牌失效', '当前 access_token 作废，返回 40001'],
  ['badGateway', 'HTTP 502', '网关错误页'],
  ['reset', '连接被重置', '没有任何应答'],
  ['slow', '延迟 10 秒', '执行成功但应答很慢'],
  ['truncated', 'JSON 被截断', '已执行，应答只有一半'],
  ['htmlPage', '返回网页', '状态 200，内容是 HTML'],
  ['answerLost', '应答丢失', '已执行，连接断开（检验会不会重复发送）'],
];
const ofPushes = [
  ['duplicate', '重复推送', '同一条消息同时到达两次'],
  ['outOfOrder', '乱序推送', '这条消息等到下一条之后才到'],
  ['unknownEvent', '未知事件', '先推送一个没见过的事件'],
  ['staleTimestamp', '过期时间戳', '伪造：一小时前的签名，应被拒绝'],
  ['tampered', '密文被改', '伪造：内容与签名不符，应被拒绝'],
  ['wrongAppId', '别人的 AppId', '伪造：解密后不是本账号，应被拒绝'],
  ['dtd', '带 DTD 的 XML', '伪造：外部实体攻击，应被拒绝'],
  ['hugeBody', '1 MB 消息体', '伪造：超大请求，应被拒绝'],
];
const ofJobs = [
  ['jobLost', '结果不推送', '模板、群发任务没有结果通知'],
  ['jobFailed', '发送失败', '结果为 failed: system failed'],
  ['jobEarly', '结果先到', '结果通知比接口应答更早到达'],
];
const rates = [['0', '关'], ['once', '下一次'], ['0.1', '10%'], ['0.3', '30%'], ['1', '每次']];
const nearest = rule => !rule ? '0' : rule.times ? 'once' : rates.map(r => r[0]).includes(String(rule.rate)) ? String(rule.rate) : '1';

let path = '*';

function row([kind, label, hint], where) {
  const rule = world.faults.find(f => f.kind === kind && f.path === where);
  const select = el('select', { class: 'select', 'aria-label': `${label}的频率`, onchange: () => attempt('faults', { method: 'PUT', json: {
    kind, path: where, rate: select.value === 'once' ? 1 : Number(select.value), times: select.value === 'once' ? 1 : null,
  } }) }, rates.map(([v, t]) => el('option', { value: v }, t)));
  select.value = nearest(rule);
  return el('div', { class: `fault${rule ? ' on' : ''}` }, el('div', {}, el('strong', {}, label), el('small', {}, hint)), select);
}

const block = (title, extra, rows) => el('section', { class: 'block' }, el('header', {}, el('h3', {}, title), extra), ...rows);

function show(panel) {
  const picker = el('select', { class: 'select', 'aria-label': '故障作用的接口', onchange: e => { path = e.target.value; show(panel); } },
    ['*', ...world.paths].map(p => el('option', { value: p }, p === '*' ? '全部接口' : p)));
  picker.value = path;
  panel.replaceChildren(el('div', { class: 'tool-bar' },
    el('span', {}, world.faults.length ? el('span', { class: 'chip bad' }, `已开启 ${world.faults.length} 项`) : el('span', { class: 'chip good' }, '一切正常')),
    el('span', { class: 'spacer' }),
    el('button', { class: 'small-button', type: 'button', disabled: !world.faults.length, onclick: () => attempt('faults', { method: 'DELETE' }) }, '全部关闭')),
  el('div', { class: 'tab-panel' },
    block('消息推送', null, ofPushes.map(f => row(f, '*'))),
    block('接口调用', picker, ofCalls.map(f => row(f, path))),
    block('任务结果', null, ofJobs.map(f => row(f, '*'))),
    el('section', { class: 'block' }, el('header', {}, el('h3', {}, '令牌'),
      el('button', { class: 'small-button', type: 'button', onclick: () => attempt('tokens/invalidate', { method: 'POST' }) }, '让所有令牌失效')))));
}

export function startFaults(panel) {
  on('faults', () => {
    const focused = document.activeElement?.getAttribute?.('aria-label');
    show(panel);
    if (focused) [...panel.querySelectorAll('select')].find(s => s.getAttribute('aria-label') === focused)?.focus();
  });
}
