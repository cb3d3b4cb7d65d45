// Small words for building elements. Text always goes in as text, never as markup.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.className = value;
    else if (name === 'data') Object.assign(node.dataset, value);
    else if (name in node && name !== 'list' && typeof value !== 'string') node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(c => c !== null && c !== undefined && c !== false));
  return node;
}

const shapes = {
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6L6 18',
  keyboard: 'M3.5 6.5h17v11h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M7 14h.01M17 14h.01M10 14h4',
  lines: 'M5 7h14M5 12h14M5 17h14',
  plus: 'M12 8v8M8 12h8M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
  camera: 'M4 8h3l1.5-2.5h7L17 8h3v11H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z',
  pin: 'M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM12 7a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z',
  mic: 'M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.5',
  scan: 'M4 8V5h3M17 5h3v3M20 16v3h-3M7 19H4v-3M4 12h16',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  heart: 'M12 20s-7.5-4.7-7.5-10A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 19.5 10c0 5.3-7.5 10-7.5 10z',
  leave: 'M14 4H6v16h8M10 12h10M17 8.5l3.5 3.5-3.5 3.5',
  film: 'M4 6h11v12H4zM15 10.5l5-3v9l-5-3z',
  out: 'M5 12h13M13 7l5 5-5 5',
  into: 'M19 12H6M11 7l-5 5 5 5',
  hand: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20a7 7 0 0 1 14 0',
  sound: 'M6 15a4 4 0 0 0 0-6M9.5 17.5a8 8 0 0 0 0-11M13 20a12 12 0 0 0 0-16',
  seal: 'M12 3l2.3 1.7 2.8-.2.9 2.7 2.3 1.7-.9 2.7.9 2.7-2.3 1.7-.9 2.7-2.8-.2L12 20.2l-2.3-1.7-2.8.2-.9-2.7-2.3-1.7.9-2.7-.9-2.7L6 7.2l.9-2.7 2.8.2zM8.8 11.8l2.2 2.2 4.2-4.2',
};

export function icon(name, weight = 1.7) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': name === 'more' ? 2.6 : weight,
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
  })) svg.setAttribute(key, value);
  const path = document.createElementNS(svg.namespaceURI, 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

export const $ = id => document.getElementById(id);

/** Many calls, one run a frame: a load test must not drown the page. */
export function once(run) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; run(); });
  };
}

let toastTimer;
export function toast(text) {
  const node = $('toast');
  node.textContent = text;
  node.classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => node.classList.remove('shown'), 2600);
}

const two = n => String(n).padStart(2, '0');

// The office's wall clock, wherever the browser is: Beijing, eight hours before UTC, no summer time.
const beijing = ms => new Date(ms + 8 * 3600000);
export const hourMinute = ms => { const d = beijing(ms); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`; };
export const clockTime = ms => `${hourMinute(ms)}:${two(beijing(ms).getUTCSeconds())}`;

/** WeChat's way of dating a chat: the hour today, the day before that. */
export function chatTime(ms, now) {
  const day = t => Math.floor(beijing(t) / 86400000);
  const days = day(now) - day(ms);
  if (days === 0) return hourMinute(ms);
  if (days === 1) return `昨天 ${hourMinute(ms)}`;
  const d = beijing(ms);
  return `${d.getUTCFullYear() === beijing(now).getUTCFullYear() ? '' : `${d.getUTCFullYear()}年`}${d.getUTCMonth() + 1}月${d.getUTCDate()}日 ${hourMinute(ms)}`;
}

export const span = seconds => seconds >= 86400 ? `${Math.floor(seconds / 86400)} 天 ${Math.floor(seconds % 86400 / 3600)} 时`
  : seconds >= 3600 ? `${Math.floor(seconds / 3600)} 小时 ${Math.floor(seconds % 3600 / 60)} 分`
  : seconds >= 60 ? `${Math.floor(seconds / 60)} 分 ${Math.floor(seconds % 60)} 秒` : `${Math.max(0, Math.floor(seconds))} 秒`;
