// What can be sent besides text.
import { el, toast } from './dom.js';
import { choices, closeSheet, field, form, openSheet } from './sheet.js';
import { act, ask, world } from './world.js';

const places = [
  { label: '滨海市民中心', latitude: 30.2461, longitude: 120.2108 },
  { label: '永福地铁站', latitude: 30.2836, longitude: 120.0735 },
  { label: '江东社区居委会', latitude: 30.3018, longitude: 120.4366 },
  { label: '城南湿地公园', latitude: 30.2098, longitude: 120.1522 },
];

const scenes = [['checkin_binhai', '滨海市民中心签到台'], ['branch_binhai', '滨海市民中心易拉宝：预约'], ['svc_juzhuzheng', '居住证海报：预约'], ['topic_户籍证件', '政策专题海报：户籍证件'], ['survey_1', '问卷调查']];

async function upload(blob) {
  const { mediaId } = await ask('media', { method: 'POST', body: blob, type: blob.type || 'application/octet-stream' });
  return mediaId;
}

const samples = [
  { name: '路面破损', paint: c => { fill(c, '#8f9499'); shape(c, '#5c6167', [[120, 150], [190, 120], [280, 140], [300, 190], [230, 225], [140, 205]]); shape(c, '#e9e5d8', [[0, 60], [400, 20], [400, 34], [0, 76]]); } },
  { name: '垃圾堆放', paint: c => { fill(c, '#bcd3a5'); shape(c, '#3f6f54', [[60, 250], [90, 150], [170, 150], [200, 250]]); shape(c, '#46505a', [[180, 260], [220, 170], [300, 180], [340, 260]]); shape(c, '#d8b45a', [[130, 265], [160, 215], [230, 220], [250, 265]]); } },
  { name: '申请材料', paint: c => { fill(c, '#dbe6f5'); shape(c, '#fff', [[110, 40], [290, 40], [290, 270], [110, 270]]); for (let y = 90; y < 240; y += 24) shape(c, '#b5c0d0', [[135, y], [265 - y % 48, y], [265 - y % 48, y + 8], [135, y + 8]]); shape(c, '#d33a31', [[215, 205], [265, 205], [265, 250], [215, 250]]); } },
];

function fill(c, color) { c.fillStyle = color; c.fillRect(0, 0, 400, 300); }
function shape(c, color, points) {
  c.fillStyle = color;
  c.beginPath();
  points.forEach(([x, y], i) => i ? c.lineTo(x, y) : c.moveTo(x, y));
  c.fill();
}

/** @param send gets the stored picture's id */
export function pickImage(send = mediaId => act('image', { mediaId }), camera = false) {
  const give = async blob => {
    closeSheet();
    try {
      await send(await upload(blob));
    } catch (e) {
      toast(e.message);
    }
  };
  const file = el('input', { type: 'file', accept: 'image/png,image/jpeg,image/gif', hidden: true, ...(camera ? { capture: 'environment' } : {}), 'aria-label': '图片文件', onchange: e => e.target.files[0] && give(e.target.files[0]) });
  openSheet(camera ? '拍摄' : '发送图片',
    el('div', { class: 'samples' }, samples.map(s => {
      const canvas = el('canvas', { width: 400, height: 300, 'aria-hidden': 'true' });
      s.paint(canvas.getContext('2d'));
      return el('button', { type: 'button', onclick: () => canvas.toBlob(give, 'image/jpeg', .85) }, canvas, el('span', {}, s.name));
    })),
    file,
    el('div', { class: 'actions' },
      el('button', { class: 'button', type: 'button', onclick: closeSheet }, '取消'),
      el('button', { class: 'button primary', type: 'button', onclick: () => file.click() }, '选择图片文件')));
}

export function pickPlace(send = p => act('location', p), title = '发送位置') {
  openSheet(title,
    choices(places.map(p => ({ label: p.label, hint: `${p.latitude}，${p.longitude}`, pick: () => send(p) }))),
    form('发送这个位置', [
      field('地点名称', el('input', { name: 'label', value: '我的位置', maxlength: 60, required: true })),
      el('div', { class: 'pair' },
        field('纬度', el('input', { name: 'latitude', inputmode: 'decimal', value: '30.2461', required: true, pattern: '-?[0-9]{1,2}(\\.[0-9]+)?' })),
        field('经度', el('input', { name: 'longitude', inputmode: 'decimal', value: '120.2108', required: true, pattern: '-?[0-9]{1,3}(\\.[0-9]+)?' }))),
    ], v => send({ label: v.label, latitude: Number(v.latitude), longitude: Number(v.longitude) })));
}

export function speak() {
  openSheet('发送语音', form('发送', [
    field('说的内容（作为语音识别结果推送）', el('textarea', { name: 'text', maxlength: 300, placeholder: '例如：我想预约办身份证' })),
    el('p', { class: 'hint' }, '留空表示没有识别结果，机器人只收到语音文件。'),
  ], v => act('voice', { text: v.text.trim() || null })));
}

export function scan(send = scene => act('scan', { scene }), title = '扫一扫') {
  const made = world.codes.filter(c => !scenes.some(([s]) => s === c)).slice(0, 30).map(c => [c, '公众号生成的二维码']);
  openSheet(title,
    choices([...made, ...scenes].map(([scene, hint]) => ({ label: scene, hint, pick: () => send(scene) }))),
    form('扫描', [field('或输入二维码的场景值', el('input', { name: 'scene', maxlength: 64, required: true, autocomplete: 'off' }))], v => send(v.scene.trim())));
}

export function sendLink() {
  openSheet('发送链接', form('发送', [
    field('标题', el('input', { name: 'title', value: '居住证办理指南', maxlength: 100, required: true })),
    field('说明', el('input', { name: 'description', value: '材料清单与流程', maxlength: 200 })),
    field('网址', el('input', { name: 'url', type: 'url', value: 'https://www.example.gov.cn/jzz', required: true })),
  ], v => act('link', v)));
}
