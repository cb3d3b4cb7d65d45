// The page's copy of the pretend world, kept fresh by server-sent events.
import { toast } from './dom.js';

export const world = { account: {}, citizens: new Map(), chats: new Map(), menu: null, templates: [], codes: [], faults: [], clock: {}, paths: [], settings: {}, help: [], total: 0, followers: 0, current: null, online: false, journal: [] };

const listeners = new Map();
export function on(kind, listener) {
  listeners.set(kind, [...listeners.get(kind) ?? [], listener]);
}
export function tell(kind, detail) {
  for (const listener of listeners.get(kind) ?? []) listener(detail);
}

export async function ask(path, { method = 'GET', json, body, type } = {}) {
  const response = await fetch(`control/${path}`, {
    method,
    headers: json !== undefined ? { 'Content-Type': 'application/json' } : type ? { 'Content-Type': type } : {},
    body: json !== undefined ? JSON.stringify(json) : body,
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? (response.status === 413 ? '文件太大了' : response.status === 415 ? '只支持 PNG、JPG、GIF 图片' : `操作没有成功（${response.status}）`));
  }
  return response.json();
}

/** The same, telling the tester instead of throwing. */
export async function attempt(path, options) {
  try {
    return await ask(path, options);
  } catch (e) {
    toast(e.message || '网络连接中断');
    return null;
  }
}

export const person = () => world.citizens.get(world.current);
export const act = (kind, more = {}) => world.current && attempt(`citizens/${encodeURIComponent(world.current)}/messages`, { method: 'POST', json: { kind, ...more } });

/** Milliseconds on the platform's clock. */
export const now = () => Date.now() + (world.clock.skew ?? 0);

function setClock(clock) {
  world.clock = { ...clock, skew: clock.now - Date.now() };
  tell('clock');
}

export async function reload() {
  const [state, journal] = await Promise.all([ask('state'), ask('journal?count=200')]);
  Object.assign(world, { account: state.account, templates: state.templates, codes: state.codes, faults: state.faults, paths: state.paths, settings: state.settings, help: state.help, total: state.total, followers: state.followers, menu: state.menu });
  world.citizens = new Map(state.citizens.map(c => [c.openId, c]));
  setClock(state.clock);
  world.journal = journal;
  if (!world.citizens.has(world.current)) {
    const kept = sessionStorage.getItem('citizen');
    world.current = world.citizens.has(kept) ? kept : state.citizens[0]?.openId ?? null;
  }
  for (const kind of ['account', 'citizens', 'faults', 'journal', 'settings']) tell(kind);
  if (world.current) await choose(world.current);
}

export async function choose(openId) {
  world.current = openId;
  sessionStorage.setItem('citizen', openId);
  // Pages that ask WeChat who is looking (OAuth) learn it from here.
  document.cookie = `simulator_citizen=${encodeURIComponent(openId)}; path=/; samesite=lax`;
  const [chat, menu] = await Promise.all([ask(`citizens/${encodeURIComponent(openId)}/chat`), ask(`menu?openId=${encodeURIComponent(openId)}`)]);
  if (world.current !== openId) return;
  world.chats.set(openId, chat);
  world.menu = menu.buttons;
  tell('chosen');
  read(openId);
}

export function read(openId) {
  if (world.citizens.get(openId)?.unread) attempt(`citizens/${encodeURIComponent(openId)}/read`, { method: 'POST' });
}

export function connect() {
  const events = new EventSource('control/events');
  const hear = (kind, listener) => events.addEventListener(kind, e => listener(JSON.parse(e.data)));
  hear('hello', async () => {
    world.online = true;
    try {
      await reload();
      tell('online');
    } catch (e) {
      toast(e.message);
    }
  });
  events.addEventListener('error', () => { world.online = false; tell('online'); });
  hear('chat', ({ openId, entry }) => {
    const chat = world.chats.get(openId);
    if (chat && !chat.some(e => e.id === entry.id)) {
      chat.push(entry);
      if (openId === world.current) tell('entry', entry);
    }
    if (openId === world.current && !document.hidden && entry.side === 'account') queueMicrotask(() => read(openId));
  });
  hear('citizen', citizen => {
    const known = world.citizens.get(citizen.openId);
    if (!known) world.total++;
    if (known?.follows !== citizen.follows) world.followers += citizen.follows ? 1 : known ? -1 : 0;
    world.citizens.set(citizen.openId, citizen);
    tell('citizens', citizen);
    if (known?.follows !== citizen.follows && citizen.openId === world.current) tell('chosen');
  });
  hear('menu', async () => {
    const menu = await ask(`menu?openId=${encodeURIComponent(world.current ?? '')}`);
    world.menu = menu.buttons;
    tell('menu');
  });
  hear('journal', entry => {
    world.journal.unshift(entry);
    world.journal.length = Math.min(world.journal.length, 500);
    tell('journal', entry);
  });
  hear('faults', faults => { world.faults = faults; tell('faults'); });
  hear('codes', codes => { world.codes = codes; });
  hear('clock', setClock);
}
