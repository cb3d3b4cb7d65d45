// A sheet that rises inside the phone, with the keyboard kept inside it.
import { $, el } from './dom.js';

let opener = null;

export function closeSheet() {
  const layer = $('sheet-layer');
  if (layer.hidden) return;
  layer.hidden = true;
  layer.replaceChildren();
  opener?.isConnected && opener.focus();
}

export function openSheet(title, ...content) {
  opener = document.activeElement;
  const layer = $('sheet-layer');
  const sheet = el('div', { class: 'sheet', role: 'dialog', 'aria-modal': 'true', 'aria-label': title }, el('h3', {}, title), ...content);
  layer.replaceChildren(sheet);
  layer.hidden = false;
  // A handler that returned false would cancel the click, and with it a form's submission.
  layer.onclick = e => { if (e.target === layer) closeSheet(); };
  layer.onkeydown = e => {
    if (e.key === 'Escape') closeSheet();
    if (e.key !== 'Tab') return;
    const stops = [...sheet.querySelectorAll('button, input, textarea, select, a[href]')].filter(n => !n.disabled && n.offsetParent);
    const edge = e.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge) {
      e.preventDefault();
      (e.shiftKey ? stops.at(-1) : stops[0])?.focus();
    }
  };
  sheet.querySelector('input:not([type=file]), textarea, button')?.focus();
  return sheet;
}

export const choices = list => el('div', { class: 'choices' }, list.map(c => el('button', {
  type: 'button', class: c.danger ? 'danger' : '', onclick: () => { closeSheet(); c.pick(); },
}, c.label, c.hint ? el('small', {}, c.hint) : null)));

export function form(submitLabel, fields, submit) {
  return el('form', { onsubmit: e => {
    e.preventDefault();
    const values = Object.fromEntries(new FormData(e.target));
    closeSheet();
    submit(values);
  } }, ...fields, el('div', { class: 'actions' },
    el('button', { class: 'button', type: 'button', onclick: closeSheet }, '取消'),
    el('button', { class: 'button primary', type: 'submit' }, submitLabel)));
}

export const field = (label, input) => el('label', { class: 'field' }, el('span', {}, label), input);
