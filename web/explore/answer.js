// The answer: a table, JSON, or how it was found.

import { post } from './api.js';
import { bytes, h, number, show } from './dom.js';
import { table } from './table.js';

const tabs = { table: 'Table', json: 'JSON', explain: 'Explain' };
let tab = 'table';

// draw shows an answer: what it cost in meta, and its records in root. after is the
// cursor of its page, and page is called with that of another one, or null for the
// first.
export function draw(meta, root, last, after, page) {
  meta.textContent = cost(last);
  const body = h('div', { role: 'tabpanel' });
  show(root, h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'The answer' }, Object.entries(tabs).map(([name, label]) =>
    h('button', { type: 'button', role: 'tab', 'aria-selected': String(name === tab), 'data-answer': name, click: () => { tab = name; draw(meta, root, last, after, page); } }, label))), body);
  if (tab === 'json') drawJSON(body, last);
  else if (tab === 'explain') drawPlan(body, last);
  else show(body, last.data.length ? table(last.data, last.request.entity) : h('p', null, 'No records match.'), pages(last.metadata.next, after, page));
}

// cost says how many records there are, and what the answer took.
function cost({ data, metadata, ms, size }) {
  const of = metadata.count === undefined ? '' : ` of ${metadata.count_is_estimate ? 'about ' : ''}${number(metadata.count)}`;
  const partial = metadata.search_is_partial ? ' · the search has not tried all records' : '';
  return `${number(data.length)} ${data.length === 1 ? 'record' : 'records'}${of} · ${ms.toFixed(ms < 10 ? 1 : 0)} ms · ${bytes(size)}${partial}`;
}

// pages returns buttons to the next page and the first.
function pages(next, after, page) {
  return h('p', null,
    next ? h('button', { type: 'button', id: 'next', click: () => page(next) }, 'Next page') : null,
    after ? h('button', { type: 'button', click: () => page(null) }, 'First page') : null);
}

// pretty indents JSON without reading its numbers, which may have more digits than
// JavaScript keeps.
function pretty(json) {
  let depth = 0;
  return json.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (t, at) => {
    if (t.length > 1) return t;
    const indent = (n) => '\n' + '  '.repeat(n);
    if (t === ':') return ': ';
    if (t === ',') return ',' + indent(depth);
    if (t === '{' || t === '[') return /[}\]]/.test(json[at + 1] || '') ? t : t + indent(++depth);
    return /[{[]/.test(json[at - 1] || '') ? t : indent(--depth) + t;
  });
}

// drawJSON shows the answer as text; a long one in parts.
function drawJSON(body, last) {
  const text = pretty(last.text);
  const step = 200_000;
  let end = step;
  const pre = h('pre', { tabindex: '0', id: 'answer-json' }, text.slice(0, end));
  const more = h('button', { type: 'button', hidden: text.length <= end, click: () => { pre.append(text.slice(end, end + step)); end += step; more.hidden = text.length <= end; } }, `Show more of ${bytes(text.length)}`);
  show(body, pre, more);
}

// drawPlan explains the question, beside its SQL and what the database does.
async function drawPlan(body, last) {
  if (!last.plan) {
    show(body, h('p', null, 'Explaining …'));
    try { last.plan = await post('/admin/query/explain', last.sent); } catch (e) { show(body, h('p', { class: 'error' }, e.message)); return; }
  }
  const { plan, sql, database_plan: database } = last.plan;
  const lines = database.split('\n');
  const made = new Set(lines.map((l) => /(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(l)).filter(Boolean).map((m) => m[1])); // not tables
  const scans = (line) => {
    const scan = /\bSCAN (t\d+)\b(.*)/.exec(line);
    return /Seq Scan on/.test(line) || Boolean(scan && !made.has(scan[1]) && (!/USING/.test(scan[2]) || last.request.filters));
  };
  show(body, h('div', { class: 'two' }, h('div', null, h('h3', null, 'Plan'), planTree(plan)), h('div', null, h('h3', null, 'SQL'), h('pre', { tabindex: '0', id: 'sql' }, sql))),
    h('details', null, h('summary', null, 'What the database does', lines.some(scans) ? h('span', { class: 'warn' }, ' ⚠ it may read a whole table') : null),
      h('pre', { tabindex: '0' }, lines.map((l) => h('span', { class: scans(l) ? 'warn' : null }, scans(l) ? `⚠ ${l}\n` : l + '\n')))));
}

// planTree turns an indented text into nested lists.
function planTree(text) {
  const root = h('ul', { class: 'plan', id: 'plan' });
  const open = [{ depth: -1, list: root, item: null }];
  for (const line of text.split('\n').filter((l) => l.trim())) {
    const depth = line.search(/\S/);
    while (open.length > 1 && open[open.length - 1].depth >= depth) open.pop();
    const parent = open[open.length - 1];
    if (!parent.list) parent.item.append(parent.list = h('ul', { class: 'plan' }));
    const item = h('li', null, h('code', null, line.trim()));
    parent.list.append(item);
    open.push({ depth, list: null, item });
  }
  return root;
}
