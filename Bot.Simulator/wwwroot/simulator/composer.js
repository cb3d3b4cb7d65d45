// The bar at the bottom: the account's menu or the keyboard, and the + panel.
import { $, el, icon, toast } from './dom.js';
import { pickImage, pickPlace, scan, sendLink, speak } from './attachments.js';
import { choices, openSheet } from './sheet.js';
import { safeUrl } from './text.js';
import { act, on, person, world } from './world.js';

let typing = false;
let plus = false;
const drafts = new Map();

async function tap(path, button) {
  closeSubmenus();
  const press = more => act('menu', { path, ...more });
  switch (button.type) {
    case 'view': {
      const url = safeUrl(button.url);
      if (url) open(url, '_blank', 'noopener,noreferrer');
      return press();
    }
    case 'miniprogram':
      toast('将打开小程序');
      return press();
    case 'scancode_push':
    case 'scancode_waitmsg':
      return scan(scene => press({ scene }), button.name);
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return pickImage(mediaId => press({ mediaId }), button.type === 'pic_sysphoto');
    case 'location_select':
      return pickPlace(p => press(p), button.name);
    default:
      return press();
  }
}

function closeSubmenus() {
  for (const open of document.querySelectorAll('.menu-item > button[aria-expanded="true"]')) {
    open.setAttribute('aria-expanded', 'false');
    open.parentElement.querySelector('.submenu').hidden = true;
  }
}

function menuItem(button, i) {
  const subs = button.sub_button ?? [];
  if (!subs.length) return el('div', { class: 'menu-item' }, el('button', { type: 'button', onclick: () => tap(String(i), button) }, button.name));
  const list = el('ul', { class: 'submenu', hidden: true }, subs.map((s, j) => el('li', {}, el('button', { type: 'button', onclick: () => tap(`${i},${j}`, s) }, s.name))));
  const top = el('button', { type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'true', onclick: () => {
    const opening = list.hidden;
    closeSubmenus();
    list.hidden = !opening;
    top.setAttribute('aria-expanded', String(opening));
  } }, el('span', { class: 'menu-lines', 'aria-hidden': 'true' }), button.name);
  return el('div', { class: 'menu-item', onkeydown: e => { if (e.key === 'Escape') { closeSubmenus(); top.focus(); } } }, top, list);
}

function input() {
  const area = el('textarea', { rows: 1, maxlength: 4000, 'aria-label': '输入消息，按回车发送', enterkeyhint: 'send', autocomplete: 'off' });
  const more = el('button', { class: 'round', type: 'button', 'aria-label': '更多功能', 'aria-expanded': String(plus), onclick: () => { plus = !plus; show(); } }, icon('plus', 1.5));
  const send = el('button', { class: 'send', type: 'button', onclick: () => say() }, '发送');
  const fit = () => {
    drafts.set(world.current, area.value);
    area.style.height = '36px';
    area.style.height = `${Math.min(area.scrollHeight, 102)}px`;
    send.hidden = !area.value.trim();
    more.hidden = !send.hidden;
  };
  const say = () => {
    const text = area.value.trim();
    if (!text) return;
    area.value = '';
    fit();
    act('text', { text });
    area.focus();
  };
  area.value = drafts.get(world.current) ?? '';
  area.addEventListener('input', fit);
  area.addEventListener('keydown', e => {
    // While an input method composes Chinese, Enter chooses the word.
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      say();
    }
  });
  queueMicrotask(fit);
  return el('div', { class: 'typing-row' }, area, more, send);
}

const extras = () => el('div', { class: 'plus' }, [
  ['image', '相册', () => pickImage()],
  ['camera', '拍摄', () => pickImage(undefined, true)],
  ['pin', '位置', () => pickPlace()],
  ['mic', '语音', speak],
  ['scan', '扫一扫', () => scan()],
  ['link', '链接', sendLink],
  ['film', '视频', () => act('video')],
  ['leave', '取消关注', confirmLeave],
].map(([name, label, pick]) => el('button', { type: 'button', onclick: pick }, el('span', {}, icon(name, 1.5)), label)));

export function confirmLeave() {
  openSheet('取消关注后将不再收到公众号的消息', choices([{ label: '取消关注', danger: true, pick: () => act('unfollow') }, { label: '再想想', pick: () => {} }]));
}

function show() {
  const composer = $('composer');
  const focused = composer.contains(document.activeElement) && document.activeElement.tagName === 'TEXTAREA';
  composer.hidden = !person()?.follows;
  if (composer.hidden) return;
  const menu = world.menu?.length ? world.menu : null;
  const keyboard = typing || !menu;
  composer.replaceChildren(el('div', { class: 'bar' },
    menu ? el('button', { class: 'bar-toggle', type: 'button', 'aria-label': keyboard ? '切换到菜单' : '切换到键盘输入', onclick: () => {
      typing = !typing;
      plus = false;
      show();
      if (typing) $('composer').querySelector('textarea').focus();
    } }, icon(keyboard ? 'lines' : 'keyboard', 1.4)) : null,
    keyboard ? input() : el('nav', { class: 'menu', 'aria-label': '公众号菜单' }, menu.map(menuItem))),
    keyboard && plus ? extras() : '');
  if (focused) composer.querySelector('textarea')?.focus();
  const chat = $('chat');
  chat.scrollTop = chat.scrollHeight;
}

export function startComposer() {
  on('chosen', () => { plus = false; show(); });
  on('menu', show);
  document.addEventListener('pointerdown', e => { if (!e.target.closest('.menu-item')) closeSubmenus(); });
  $('chat').addEventListener('pointerdown', () => { if (plus) { plus = false; show(); } });
  document.addEventListener('keydown', e => {
    // Typing anywhere on a desktop goes to the chat.
    if (e.key !== '/' || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) || !person()?.follows) return;
    e.preventDefault();
    typing = true;
    show();
    $('composer').querySelector('textarea').focus();
  });
}
