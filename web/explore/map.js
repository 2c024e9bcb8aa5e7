// The map: modules as areas, models as boxes, relations and links as lines.

import { get } from './api.js';
import { h, number, show } from './dom.js';
import * as models from './models.js';

const state = { svg: null, panel: null, diagram: null, around: 'order', view: null, boxes: new Map(), wires: [], counts: new Map() };
const kinds = { stored: 'stored link', 'read-only': 'read-only link', virtual: 'virtual link', relation: 'relation inside the module' };

// start builds the view.
export function start(root) {
  const modules = [...new Set(models.all().map((m) => m.module))].filter((m) => m !== 'link').sort();
  const choice = h('select', { 'aria-label': 'What the map shows', id: 'around', change: (e) => { location.hash = `#/map/${e.target.value}`; } },
    h('option', { value: 'order' }, 'order and what it is linked to'), h('option', { value: 'all' }, 'everything'),
    modules.filter((m) => m !== 'order').map((m) => h('option', { value: m }, `${m} and what it is linked to`)));
  const search = h('input', { type: 'search', id: 'find', placeholder: 'Find a model, table or link', 'aria-label': 'Find a model, table or link', input: find, keydown: (e) => { if (e.key === 'Enter') firstFound(); } });
  state.svg = h('svg', { role: 'group', 'aria-label': 'Map of modules and links; arrow keys move it, plus and minus zoom', tabindex: '0', keydown: onKey, wheel: onWheel, pointerdown: onDown });
  state.panel = h('aside', { 'aria-live': 'polite', id: 'panel' });
  state.choice = choice;
  state.search = search;
  show(root, h('div', { class: 'stage' },
    h('div', { class: 'tools row' }, choice, search,
      h('button', { type: 'button', 'aria-label': 'Zoom in', click: () => zoom(0.8) }, '+'), h('button', { type: 'button', 'aria-label': 'Zoom out', click: () => zoom(1.25) }, '−'),
      h('button', { type: 'button', click: fit }, 'Fit'),
      h('span', { class: 'small' }, Object.keys(kinds).map((k) => [h('span', { class: `key ${k}` }), k]))),
    state.svg), state.panel);
}

// drawn asks for the diagram around a module, or of everything.
const drawn = (around) => get('/admin/models/diagram' + (around === 'all' ? '' : `?around=${encodeURIComponent(around)}`), { first: true });

// expect asks for a diagram before the map is opened.
export function expect([around]) {
  const wanted = around || 'order';
  state.expected = { wanted, diagram: drawn(wanted) };
  state.expected.diagram.catch(() => {}); // open reports it
}

// open draws the map around a module, or of everything.
export async function open([around]) {
  const wanted = around || 'order';
  state.choice.value = wanted;
  if (state.diagram && state.around === wanted) return;
  state.opening = wanted;
  const diagram = await (state.expected && state.expected.wanted === wanted ? state.expected.diagram : drawn(wanted));
  state.expected = null;
  if (state.opening !== wanted) return; // another one was opened meanwhile
  state.around = wanted;
  state.diagram = diagram;
  draw();
  overview();
  await count();
}

function draw() {
  const d = state.diagram;
  state.boxes.clear();
  state.wires = d.lines.map((line) => {
    const wire = h('path', { d: line.path, class: `wire ${line.kind}` });
    const hit = h('path', { d: line.path, class: 'hit', click: () => chooseLine(line), 'data-from': line.from, 'data-to': line.to }, h('title', null, lineTitle(line)));
    return { line, wire, hit, marks: marks(line) };
  });
  for (const b of d.boxes) {
    const count = h('text', { class: 'count', x: b.x + b.width - 8, y: b.y + b.height - 5 });
    const box = h('g', {
      class: 'box', tabindex: '0', role: 'button', 'aria-label': `${b.entity}, module ${b.module}`, 'data-entity': b.entity,
      click: () => chooseBox(b.entity), keydown: (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); chooseBox(b.entity); } },
    }, h('rect', { x: b.x, y: b.y, width: b.width, height: b.height, rx: 5 }), h('text', { x: b.x + 8, y: b.y + b.height / 2 + 4.5 }, b.entity), count);
    state.boxes.set(b.entity, { box, count });
  }
  show(state.svg,
    d.areas.map((a) => h('g', { class: 'area' }, h('rect', { x: a.x, y: a.y, width: a.width, height: a.height, rx: 9 }), h('text', { x: a.x + 10, y: a.y + 19 }, a.module))),
    state.wires.map((w) => w.wire), state.wires.map((w) => w.marks), state.wires.map((w) => w.hit), [...state.boxes.values()].map((b) => b.box));
  fit();
}

// marks returns what stands at a line: 1 or n at its ends and, around a module, the
// table or column that holds it, on its longer straight end. The path is
// M x y H x C … x y H x.
function marks(line) {
  const p = line.path.match(/-?\d+(\.\d+)?/g).map(Number);
  const [x0, y0, x1, inner0] = p;
  const [inner1, , x2, y2, x3] = p.slice(-5);
  const at = (x, y, text) => h('text', { class: 'mark', x, y: y - 4 }, text);
  const side = (from, to) => from + Math.sign(to - from) * 8;
  const out = [at(side(x0, inner0), y0, line.from_many ? 'n' : '1'), at(side(x3, inner1), y2, line.to_many ? 'n' : '1')];
  if (state.around === 'all') return line.kind === 'relation' ? [] : out;
  const first = Math.abs(x1 - x0) > Math.abs(x3 - x2);
  return [...out, first ? at((x0 + x1) / 2 + Math.sign(x1 - x0) * 6, y0, line.table || line.column) : at((x2 + x3) / 2 + Math.sign(x2 - x3) * 6, y2, line.table || line.column)];
}

function lineTitle(l) {
  return `${l.from} – ${l.to || 'outside'}: ${kinds[l.kind]}${l.table ? `, table ${l.table}` : ''}${!l.table && l.column ? `, column ${l.column}` : ''}`;
}

const cardinality = (l) => `${l.from_many ? 'many' : 'one'} ${l.from} to ${l.to_many ? 'many' : 'one'} ${l.to || 'record outside'}`;

// count fills in how many live records the boxes have.
async function count() {
  const entities = [...state.boxes.keys()].filter((e) => models.model(e) && !state.counts.has(e));
  const tables = state.diagram.lines.map((l) => l.table).filter((t) => t && models.model(t) && !state.counts.has(t));
  const all = [...new Set([...entities, ...tables])];
  for (let i = 0; i < all.length; i += 50) {
    const { models: counted } = await get('/admin/models/counts?' + all.slice(i, i + 50).map((e) => `entity=${encodeURIComponent(e)}`).join('&'));
    for (const c of counted) state.counts.set(c.entity, c);
    showCounts();
  }
  showCounts();
}

function showCounts() {
  for (const [entity, b] of state.boxes) b.count.textContent = countText(entity, true);
  for (const e of state.panel.querySelectorAll('[data-count]')) e.textContent = countText(e.dataset.count, false);
}

// countText says how many records there are; an estimate has ≈.
function countText(entity, short) {
  const c = state.counts.get(entity);
  if (!c) return short ? '' : '…';
  return (c.count_is_estimate ? '≈ ' : '') + number(c.count) + (c.count_is_estimate && !short ? ' (estimated)' : '');
}

function pick(near, chosen) {
  state.svg.classList.toggle('picked', near.size > 0);
  for (const [entity, b] of state.boxes) {
    b.box.classList.toggle('near', near.has(entity));
    b.box.classList.toggle('chosen', chosen.box === entity);
  }
  for (const w of state.wires) for (const e of [w.wire, ...w.marks]) e.classList.toggle('chosen', chosen.lines.includes(w.line));
}

function overview() {
  pick(new Set(), { lines: [] });
  const links = state.diagram.lines.filter((l) => l.kind !== 'relation');
  show(state.panel, h('h2', null, state.around === 'all' ? 'All modules' : `Links of ${state.around}`),
    h('p', { class: 'small' }, `${state.diagram.boxes.length} models, ${links.length} links. Choose a box or a line, by click or by Tab and Enter.`),
    h('ul', { class: 'plain', id: 'links' }, links.map((l) => h('li', null, h('button', { type: 'button', class: 'link', 'data-link': l.table || `${l.from}.${l.column}`, click: () => chooseLine(l) }, `${l.from} – ${l.to || 'outside'}`), h('span', { class: 'small' }, ` ${l.table || l.column}`)))));
}

function chooseLine(l) {
  pick(new Set([l.from, l.to]), { lines: [l] });
  show(state.panel, back(), h('h2', null, `${l.from} – ${l.to || 'outside the database'}`),
    h('dl', null,
      h('dt', null, 'kind'), h('dd', { id: 'link-kind' }, kinds[l.kind]), h('dt', null, 'how many'), h('dd', null, cardinality(l)),
      l.table ? [h('dt', null, 'table'), h('dd', null, h('code', null, l.table))] : [h('dt', null, 'column'), h('dd', null, h('code', null, l.column))],
      l.field ? [h('dt', null, `from ${l.from}`), h('dd', null, h('code', null, l.field))] : null,
      l.inverse ? [h('dt', null, `from ${l.to}`), h('dd', null, h('code', null, l.inverse))] : null,
      l.columns.length ? [h('dt', null, 'columns'), h('dd', null, l.columns.join(', '))] : null,
      l.cascades.length ? [h('dt', null, 'cascades'), h('dd', null, `deleting one deletes its ${l.cascades.join(', ')}`)] : null,
      models.model(l.table) ? [h('dt', null, 'live rows'), h('dd', { 'data-count': l.table })] : null),
    h('p', { class: 'row' }, l.field ? askButton(l.from, [`id`, `${l.field}.*`], `Ask ${l.from} for ${l.field}`) : null, l.inverse && l.to ? askButton(l.to, ['id', `${l.inverse}.*`], `Ask ${l.to} for ${l.inverse}`) : null),
    h('p', null, goTo(l.from), ' ', l.to ? goTo(l.to) : null));
  showCounts();
}

const back = () => h('button', { type: 'button', click: overview }, '← all links');
const goTo = (entity) => h('button', { type: 'button', class: 'link', click: () => chooseBox(entity) }, entity);

function askButton(entity, fields, label) {
  return h('button', { type: 'button', click: () => { location.hash = '#/ask?q=' + encodeURIComponent(JSON.stringify({ entity, fields, limit: 20, count: 'estimated' })); } }, label);
}

function chooseBox(entity) {
  const lines = state.diagram.lines.filter((l) => l.from === entity || l.to === entity);
  pick(new Set([entity, ...lines.flatMap((l) => [l.from, l.to])]), { box: entity, lines });
  const m = models.model(entity);
  if (!m) return;
  const edge = (e) => h('li', null, h('code', null, e.name), ' → ', e.to && state.boxes.has(e.to) ? goTo(e.to) : e.to || 'outside', h('span', { class: 'small' }, ` ${e.many ? 'many' : 'one'}, ${e.kind}${e.held_by ? `, ${e.held_by}` : ''}`));
  show(state.panel, back(), h('h2', null, entity),
    h('dl', null, h('dt', null, 'module'), h('dd', null, m.module), h('dt', null, 'table'), h('dd', null, h('code', null, m.table)), h('dt', null, 'live rows'), h('dd', { 'data-count': entity })),
    h('p', { class: 'row' }, askButton(entity, ['*'], `Ask for ${entity}`)),
    m.links.length ? [h('h3', null, 'Links'), h('ul', { class: 'plain' }, m.links.map(edge))] : null,
    m.relations.length ? [h('h3', null, 'Relations'), h('ul', { class: 'plain' }, m.relations.map(edge))] : null,
    h('h3', null, 'Columns'), h('ul', { class: 'plain' }, m.fields.map((f) => h('li', null, h('code', null, f.name), h('span', { class: 'small' }, ` ${f.kind}${f.null ? ', null' : ''}${f.enum.length ? `: ${f.enum.join(', ')}` : ''}${f.references ? ` → ${f.references}` : ''}`)))));
  showCounts();
}

// find marks the boxes whose model, table, column or link has the text.
function find() {
  const text = state.search.value.trim().toLowerCase();
  const linked = new Set(text ? state.diagram.lines.filter((l) => `${l.table} ${l.column} ${l.field} ${l.inverse}`.toLowerCase().includes(text)).flatMap((l) => [l.from, l.to]) : []);
  for (const [entity, b] of state.boxes) {
    const m = models.model(entity);
    b.box.classList.toggle('found', Boolean(text) && (`${entity} ${m ? m.table : ''}`.toLowerCase().includes(text) || linked.has(entity)));
  }
}

function firstFound() {
  const text = state.search.value.trim().toLowerCase();
  const found = [...state.boxes].filter(([, b]) => b.box.classList.contains('found')).sort(([a], [b]) => (a === text ? -1 : 0) - (b === text ? -1 : 0))[0];
  if (!found) return;
  found[1].box.focus();
  chooseBox(found[0]);
}

// The part of the diagram that is visible.
function look(v) {
  state.view = v;
  state.svg.setAttribute('viewBox', `${v.x} ${v.y} ${v.w} ${v.h}`);
}

function fit() {
  const d = state.diagram;
  if (d) look({ x: -12, y: -12, w: d.width + 24, h: d.height + 24 });
}

function zoom(by, cx = 0.5, cy = 0.5) {
  const v = state.view;
  const w = Math.min(Math.max(v.w * by, 120), state.diagram.width * 4);
  const ratio = w / v.w;
  look({ x: v.x + v.w * cx * (1 - ratio), y: v.y + v.h * cy * (1 - ratio), w, h: v.h * ratio });
}

function onKey(e) {
  if (e.target !== state.svg) return;
  const v = state.view;
  const by = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[e.key];
  if (by) look({ ...v, x: v.x + by[0] * v.w, y: v.y + by[1] * v.h });
  else if (e.key === '+' || e.key === '=') zoom(0.8);
  else if (e.key === '-') zoom(1.25);
  else if (e.key === '0') fit();
  else return;
  e.preventDefault();
}

function onWheel(e) {
  e.preventDefault();
  const r = state.svg.getBoundingClientRect();
  zoom(e.deltaY > 0 ? 1.12 : 0.89, (e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height);
}

function onDown(e) {
  const from = { x: e.clientX, y: e.clientY, v: state.view };
  const scale = Math.max(state.view.w / state.svg.clientWidth, state.view.h / state.svg.clientHeight);
  const move = (m) => look({ ...from.v, x: from.v.x - (m.clientX - from.x) * scale, y: from.v.y - (m.clientY - from.y) * scale });
  addEventListener('pointermove', move);
  addEventListener('pointerup', () => removeEventListener('pointermove', move), { once: true });
}
