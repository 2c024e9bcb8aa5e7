// Ask: a question built by ticking or typed as JSON, its code, and the answer.

import { query } from './api.js';
import { copy, h, later, notice, show } from './dom.js';
import * as answer from './answer.js';
import * as code from './code.js';
import * as filters from './filters.js';
import * as models from './models.js';
import { tree } from './tree.js';

const q = { entity: 'order', fields: ['id', 'display_id', 'email', 'customer.email'], filters: filters.empty(), order: ['-created_at'], lists: {}, limit: 20, more: { count: 'estimated' }, raw: {}, text: null, draft: null };
const ui = {};
let tab = 'json';
let running = null; // the AbortController of the question that runs
let last = null; // the last answer

// request returns the question as /admin/query takes it.
function request() {
  const r = { entity: q.entity, fields: q.fields };
  const f = filters.build(q.filters);
  if (Object.keys(f).length) r.filters = f;
  if (q.order.length) r.order = q.order;
  if (q.limit) r.limit = q.limit;
  if (Object.keys(q.lists).length) r.lists = q.lists;
  return { ...r, ...q.raw, ...q.more };
}

const texts = (v) => Array.isArray(v) && v.every((x) => typeof x === 'string');
const plain = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);

// take reads a question that was typed, shared or saved. What the builder has no
// form for stays as it is, in raw or more.
function take(r) {
  const { entity, fields, filters: f, order, limit, lists, ...more } = r;
  const raw = {};
  const or = (key, value, fits, otherwise) => {
    if (value !== undefined && !fits) raw[key] = value;
    return value !== undefined && fits ? value : otherwise;
  };
  q.entity = or('entity', entity, typeof entity === 'string', '');
  q.fields = [...or('fields', fields, texts(fields), [])];
  q.filters = filters.parse(or('filters', f, plain(f), {}));
  q.order = [...or('order', order, texts(order), [])];
  q.limit = or('limit', limit, Number.isInteger(limit) && limit > 0, undefined);
  q.lists = structuredClone(or('lists', lists, plain(lists) && Object.values(lists).every(plain), {}));
  q.raw = raw;
  q.more = more;
  q.text = null;
}

export function start(root) {
  ui.entity = h('select', { id: 'entity', 'aria-label': 'Entity', change: (e) => { take({ entity: e.target.value, fields: ['*'], limit: 20, count: 'estimated' }); redraw(); } },
    models.all().map((m) => h('option', { value: m.entity }, m.entity)));
  ui.tree = h('div', { id: 'tree' });
  ui.filters = h('div', { id: 'filters' });
  ui.order = h('div', { id: 'order' });
  ui.limit = h('input', { type: 'number', min: '1', id: 'limit', 'aria-label': 'Limit', input: (e) => { delete q.raw.limit; q.limit = Number(e.target.value) || undefined; edited(); } });
  ui.saved = h('div', { id: 'saved' });
  ui.code = h('div', { id: 'code' });
  ui.error = h('div', { id: 'error', role: 'alert' });
  ui.meta = h('p', { id: 'meta', class: 'small', role: 'status' });
  ui.result = h('div', { id: 'result' });
  show(root,
    h('section', { class: 'build', 'aria-label': 'The question' },
      h('label', { class: 'row' }, h('b', null, 'Ask for'), ui.entity),
      h('fieldset', null, h('legend', null, 'Fields'), ui.tree),
      h('fieldset', null, h('legend', null, 'Filters'), ui.filters),
      h('fieldset', null, h('legend', null, 'Order'), ui.order),
      h('fieldset', null, h('legend', null, 'Limit'), ui.limit),
      ui.saved),
    h('section', { class: 'answer', 'aria-label': 'The answer' },
      ui.code, h('div', { class: 'row' }, h('button', { type: 'button', class: 'main', id: 'run', click: run }, 'Run'), h('button', { type: 'button', click: save }, 'Save'), h('button', { type: 'button', click: (e) => copy(location.href, e.target) }, 'Copy link')),
      ui.error, ui.meta, ui.result));
}

// open takes the question of the address, if it has one, and runs it.
export function open(_, search) {
  const shared = search && search.get('q');
  if (shared) {
    try {
      const r = JSON.parse(shared);
      if (!plain(r)) throw new Error('no object');
      q.draft = null;
      take(r);
    } catch {
      drawBuilder();
      drawCode();
      show(ui.error, h('p', { class: 'error' }, 'The link holds no question: its JSON is damaged.'));
      return;
    }
    redraw();
  } else if (last) address();
  else redraw();
}

// address puts the question into the address of the page.
function address() {
  history.replaceState(null, '', '#/ask?q=' + encodeURIComponent(q.text || JSON.stringify(request())));
}

// redraw draws the builder anew, after a change of its shape.
function redraw() {
  drawBuilder();
  edited();
}

function drawBuilder() {
  ui.entity.value = q.entity;
  show(ui.tree, tree(q.entity, q.fields, q.lists, () => { delete q.raw.fields; delete q.raw.lists; edited(); }));
  drawFilters();
  drawOrder();
  ui.limit.value = q.limit || '';
  drawSaved();
}

// drawFilters draws the filters, and keeps the focus at the place where it was.
function drawFilters() {
  const controls = () => [...ui.filters.querySelectorAll('input, select, button')];
  const at = controls().indexOf(document.activeElement);
  const change = () => { delete q.raw.filters; edited(); };
  show(ui.filters, filters.editor(q.filters, q.entity, '', change, () => { drawFilters(); change(); }));
  if (at >= 0) controls()[Math.min(at, controls().length - 1)].focus();
}

function drawOrder() {
  const options = h('datalist', { id: 'sorts' });
  const fill = (typed) => options.replaceChildren(...models.complete(q.entity, typed.replace(/^-/, '')).slice(0, 60).map((p) => h('option', { value: (typed.startsWith('-') ? '-' : '') + p })));
  fill('');
  const set = (i, v) => { delete q.raw.order; if (v) q.order[i] = v; else q.order.splice(i, 1); edited(); };
  show(ui.order, options, [...q.order, ''].map((key, i) => h('div', { class: 'row' },
    h('input', { 'aria-label': `Sort key ${i + 1}`, list: 'sorts', placeholder: 'path, - before it for descending', value: key, input: (e) => fill(e.target.value), change: (e) => { set(i, e.target.value.trim()); drawOrder(); } }))));
}

// edited shows the question as code, puts it into the address, and runs it.
function edited() {
  q.text = null;
  const lost = q.draft;
  q.draft = null;
  drawCode();
  if (lost) ui.code.append(h('button', { type: 'button', id: 'restore', click: () => { q.draft = lost; tab = 'json'; drawCode(true); typed(); } }, 'Restore the JSON that was typed'));
  address();
  soon();
}

const runLater = later(() => run(), 60);

// soon runs the question once it has not been edited for a moment. The answer to
// what it was before is not waited for.
function soon() {
  if (running) running.abort();
  running = null;
  ui.result.setAttribute('aria-busy', 'true');
  runLater();
}

function drawCode(anew) {
  const tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'The question as code' }, Object.entries(code.kinds).map(([kind, label]) =>
    h('button', { type: 'button', role: 'tab', 'aria-selected': String(kind === tab), 'data-code': kind, click: () => { tab = kind; drawCode(); } }, label)),
  h('span', { class: 'grow' }), h('button', { type: 'button', id: 'copy', click: (e) => copy(tab === 'json' ? ui.text.value : code.write[tab](request(), q.text), e.target) }, 'Copy'));
  if (tab !== 'json') {
    show(ui.code, tabs, h('pre', { id: 'code-text', tabindex: '0' }, code.write[tab](request(), q.text)));
    return;
  }
  if (!anew && ui.text && document.activeElement === ui.text) return; // it is what is being typed
  ui.text = h('textarea', { id: 'json', spellcheck: 'false', 'aria-label': 'The question as JSON', value: q.draft || q.text || code.json(request()), input: typed, keydown: onKey, blur: later(() => show(ui.suggest), 200) });
  ui.suggest = h('ul', { class: 'suggest', role: 'listbox', 'aria-label': 'Names that fit', hidden: true });
  show(ui.code, tabs, ui.text, ui.suggest);
}

// typed takes what was typed once it is JSON, and leaves the text alone.
function typed() {
  suggest();
  try {
    const r = JSON.parse(ui.text.value);
    if (r === null || typeof r !== 'object' || Array.isArray(r)) throw new Error('the question must be an object');
    take(r);
    q.text = ui.text.value; // sent as it is: numbers keep all their digits
    q.draft = null;
  } catch (e) {
    q.draft = ui.text.value;
    show(ui.error, h('p', { class: 'error' }, `This is not JSON yet: ${e.message}`));
    return;
  }
  show(ui.error);
  drawBuilder();
  address();
  soon();
}

// suggest lists the names that may complete the text before the cursor.
function suggest() {
  const before = ui.text.value.slice(0, ui.text.selectionStart);
  const inText = (before.replace(/\\./g, '').match(/"/g) || []).length % 2 === 1;
  const begun = inText && /"(-?)([\w.$*]*)$/.exec(before);
  const key = /"(\w+)"\s*:\s*\[?[^\]{}:]*$/.exec(before);
  let names = [];
  if (begun && key && key[1] === 'entity') names = models.all().map((m) => m.entity).filter((n) => n.startsWith(begun[2]));
  else if (begun) names = models.complete(q.entity, begun[2]);
  names = names.filter((n) => n !== (begun && begun[2])).slice(0, 30);
  ui.suggest.hidden = names.length === 0;
  show(ui.suggest, names.map((n, i) => h('li', { role: 'option', 'aria-selected': String(i === 0), mousedown: (e) => { e.preventDefault(); accept(n); } }, n)));
}

function accept(name) {
  const at = ui.text.selectionStart;
  const from = ui.text.value.slice(0, at).search(/[\w.$*]*$/);
  ui.text.setRangeText(name, from, at, 'end');
  ui.suggest.hidden = true;
  typed();
}

function onKey(e) {
  if ((e.ctrlKey || e.metaKey) && e.key === 'Enter') { e.preventDefault(); run(); return; }
  if (ui.suggest.hidden) return;
  const items = [...ui.suggest.children];
  const i = items.findIndex((li) => li.getAttribute('aria-selected') === 'true');
  if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
    const next = (i + (e.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length;
    items.forEach((li, n) => li.setAttribute('aria-selected', String(n === next)));
    items[next].scrollIntoView({ block: 'nearest' });
  } else if (e.key === 'Enter' || e.key === 'Tab') accept(items[Math.max(i, 0)].textContent);
  else if (e.key === 'Escape') ui.suggest.hidden = true;
  else return;
  e.preventDefault();
}

// run asks the question, and shows its answer unless another was asked meanwhile.
async function run() {
  if (running) running.abort();
  const mine = running = new AbortController();
  if (q.draft !== null) {
    ui.meta.textContent = 'The JSON is not finished.';
    ui.result.setAttribute('aria-busy', 'false');
    return;
  }
  if (!q.text && !q.fields.length && !q.raw.fields) {
    ui.meta.textContent = 'Tick a field.';
    ui.result.setAttribute('aria-busy', 'false');
    return;
  }
  ui.meta.textContent = 'Running …';
  const r = request();
  try {
    const got = await query(q.text || r, mine.signal);
    if (running !== mine) return;
    last = { request: r, sent: q.text || r, ...got, plan: null };
    show(ui.error);
    remember(r);
    drawAnswer();
    ui.result.setAttribute('aria-busy', 'false');
  } catch (e) {
    if (e.name === 'AbortError' || running !== mine) return;
    ui.meta.textContent = '';
    showError(e.message);
    ui.result.setAttribute('aria-busy', 'false');
  }
}

// showError shows the server's error, with the place in the text that it names.
function showError(message) {
  const place = placeOf(message);
  show(ui.error, h('p', { class: 'error', id: 'error-text' }, message), place ? h('button', { type: 'button', id: 'error-place', click: () => {
    if (tab !== 'json') { tab = 'json'; drawCode(); }
    ui.text.focus();
    ui.text.setSelectionRange(place.from, place.to);
  } }, `line ${place.line}: ${place.name}`) : null);
}

// placeOf finds what an error names, after the key that the error begins with.
function placeOf(message) {
  const whole = tab === 'json' && ui.text ? ui.text.value : code.json(request());
  const part = /^(fields|filters|order|lists|entity|limit)\b/.exec(message);
  const start = part ? Math.max(whole.indexOf(`"${part[1]}"`), 0) : 0;
  const found = placeIn(whole.slice(start), message);
  return found && { ...found, from: found.from + start, to: found.to + start, line: whole.slice(0, found.from + start).split('\n').length };
}

function placeIn(shownText, message) {
  const named = [...message.matchAll(/"([^"]+)"|'([^']+)'|([\w$*]+(?:\.[\w$*]+)*)/g)].map((m) => m[1] || m[2] || m[3]);
  for (const name of named.filter((n) => !['fields', 'filters', 'order', 'lists', 'limit'].includes(n)).flatMap((n) => [n, n.split('.').pop()])) {
    const at = shownText.indexOf(`"${name}"`) >= 0 ? shownText.indexOf(`"${name}"`) + 1 : name.length > 2 ? shownText.search(new RegExp(`[."-]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`)) + 1 : 0;
    if (at > 0) return { from: at, to: at + name.length, name };
  }
  return null;
}

// drawAnswer shows the last answer.
const drawAnswer = () => answer.draw(ui.meta, ui.result, last, q.more.after, (after) => {
  if (after) q.more.after = after;
  else delete q.more.after;
  edited();
});

// History and saved questions stay in this browser.
function stored(key) {
  try { return JSON.parse(localStorage.getItem(`gorgon.${key}`)) || []; } catch { return []; }
}

function store(key, list) {
  try {
    localStorage.setItem(`gorgon.${key}`, JSON.stringify(list));
    return true;
  } catch {
    return false; // storage is full or forbidden
  }
}

function remember(r) {
  const text = JSON.stringify(r);
  store('history', [r, ...stored('history').filter((o) => JSON.stringify(o) !== text)].slice(0, 30));
  drawSaved();
}

function save() {
  const name = prompt('Name of the question', `${q.entity}: ${q.fields.slice(0, 3).join(', ')}`);
  if (!name) return;
  if (!store('saved', [{ name, request: request() }, ...stored('saved').filter((s) => s.name !== name)])) notice('The browser has no room to save the question; its address is a link to it.');
  drawSaved();
}

function drawSaved() {
  const entry = (label, r, remove) => h('li', null, h('button', { type: 'button', class: 'link', click: () => { take(r); redraw(); } }, label), remove ? h('button', { type: 'button', 'aria-label': `Forget ${label}`, click: remove }, '×') : null);
  const saved = stored('saved');
  const open = [...ui.saved.querySelectorAll('details')].map((d) => d.open);
  show(ui.saved,
    h('details', { open: open[0] || false }, h('summary', null, `Saved (${saved.length})`), h('ul', { class: 'plain' }, saved.map((s) => entry(s.name, s.request, () => { store('saved', stored('saved').filter((o) => o.name !== s.name)); drawSaved(); })))),
    h('details', { open: open[1] || false }, h('summary', null, 'History'), h('ul', { class: 'plain' }, stored('history').map((r) => entry(`${r.entity}: ${(r.fields || []).join(', ').slice(0, 60)}${r.filters ? ' · ' + JSON.stringify(r.filters).slice(0, 60) : ''}`, r)))));
}
