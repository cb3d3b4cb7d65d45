// The platform's clock: skip ahead to see windows close, tokens expire and flows time out.
import { clockTime, el, span } from './dom.js';
import { attempt, now, on, world } from './world.js';

const jumps = [[1, '1 分钟', '菜单窗口关闭'], [5, '5 分钟', '旧令牌失效'], [31, '31 分钟', '办理超时'], [60, '1 小时', '半个令牌周期'], [120, '2 小时', '令牌到期'], [1440, '1 天', '额度恢复'], [2880, '2 天', '48 小时窗口'], [4320, '3 天', '素材过期']];
const move = (minutes, shiftsCallbacks) => attempt('clock', { method: 'POST', json: { minutes, shiftsCallbacks } });

export function startClock(panel) {
  const time = el('strong', {});
  const date = el('span', {});
  const offset = el('span', { class: 'chip' });
  const shift = el('input', { type: 'checkbox', onchange: () => move(0, shift.checked) });
  const custom = el('input', { type: 'number', name: 'minutes', min: '1', max: '525600', value: '30', required: true });
  panel.append(el('div', { class: 'tab-panel' },
    el('section', { class: 'block' }, el('div', { class: 'inner' },
      el('div', { class: 'big-clock' }, time, el('div', {}, date, ' ', offset)),
      el('div', { class: 'jumps' }, jumps.map(([m, label, hint]) => el('button', { type: 'button', onclick: () => move(m) }, `+ ${label}`, el('small', {}, hint || ' ')))),
      el('form', { class: 'jump-to', onsubmit: e => { e.preventDefault(); move(Number(custom.value)); } },
        el('label', { class: 'field' }, el('span', {}, '前进任意分钟'), custom),
        el('button', { class: 'button', type: 'submit' }, '前进'),
        el('button', { class: 'button', type: 'button', onclick: () => attempt('clock', { method: 'DELETE' }) }, '回到现在')))),
    el('section', { class: 'block' }, el('div', { class: 'inner' },
      el('label', { class: 'check' }, shift, el('span', {}, '推送也使用这个时间', el('small', {}, 'CreateTime 与签名时间戳一起前移。机器人仍用真实时间，超出容许范围时会拒绝推送。'))),
      el('p', { class: 'hint' }, '时钟只影响模拟的平台：客服消息窗口、令牌、素材、二维码和每日额度。机器人自己的时间不会改变。')))));
  const tick = () => {
    const t = now();
    time.textContent = clockTime(t);
    date.textContent = new Date(t).toLocaleDateString('zh-CN', { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long', timeZone: 'Asia/Shanghai' });
  };
  setInterval(tick, 1000);
  on('clock', () => {
    tick();
    const minutes = world.clock.offsetMinutes ?? 0;
    offset.textContent = minutes ? `比现在快 ${span(minutes * 60)}` : '与现在一致';
    offset.className = `chip ${minutes ? 'warn' : 'good'}`;
    shift.checked = world.clock.shiftsCallbacks;
  });
}
