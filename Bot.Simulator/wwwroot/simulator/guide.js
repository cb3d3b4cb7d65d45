// How to use it, what is set, and whatever the host wants a newcomer to know.
import { el, toast } from './dom.js';
import { opens } from './text.js';
import { attempt, on, world } from './world.js';

const steps = [
  '点“关注公众号”，机器人会收到关注事件并回复欢迎语。',
  '点底部菜单，或点左下角键盘图标输入文字；回复里的“1. …”可以直接点。',
  '点输入框右侧的 ⊕ 发送图片、位置、语音，或扫一扫海报上的二维码。',
  '左侧“新增”可以再请一位市民，同时和机器人对话。',
  '“流水”里是平台与机器人之间的每一次真实往来，点开可看原文。',
  '“故障”让平台出错，“时钟”让时间快进，看看机器人怎样应对。',
];

const linked = text => text.split(/(https?:\/\/[^\s，。；]+)/).map((part, i) => i % 2 ? el('a', { href: part, ...opens }, part) : part);

function show(panel) {
  const fact = ([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  panel.replaceChildren(el('div', { class: 'tab-panel' },
    world.help.length ? el('section', { class: 'block' }, el('header', {}, el('h3', {}, '工作人员控制台')), el('div', { class: 'inner notes' }, world.help.map(h => el('p', {}, linked(h))))) : '',
    el('section', { class: 'block' }, el('header', {}, el('h3', {}, '怎样使用')), el('div', { class: 'inner' }, el('ol', { class: 'guide' }, steps.map(s => el('li', {}, s))))),
    el('section', { class: 'block' },
      el('header', {}, el('h3', {}, '服务器配置'), el('button', { class: 'small-button', type: 'button', onclick: verify }, '验证服务器地址')),
      el('div', { class: 'inner' }, el('dl', { class: 'facts' }, Object.entries(world.settings).map(fact)))),
    el('p', { class: 'hint' }, '这里没有真实的微信用户。市民、消息和图片只保存在内存中，程序停止后即消失。')));
}

async function verify() {
  const result = await attempt('verify', { method: 'POST' });
  if (result) toast(result.fault ? `验证失败：${result.fault}` : '验证通过，机器人正确返回了 echostr');
}

export function startGuide(panel) {
  on('settings', () => show(panel));
}
